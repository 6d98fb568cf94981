/** Owns the list of outside tools: what each is for, how to ask its version, which package brings it. */

export interface Tool {
  readonly id: string;
  /** Any one of these programs serves. */
  readonly programs: readonly string[];
  readonly versionArgs: readonly string[];
  /** A shared library instead of a program. */
  readonly library?: "libclang";
  /** Lowest version that serves, as dotted numbers. */
  readonly atLeast?: string;
  readonly purpose: string;
  /** A run cannot do without it; the others are for single commands or speed. */
  readonly required: boolean;
  /** Package names for apt and Homebrew. */
  readonly apt: string;
  readonly brew: string;
}

export const TOOLS: readonly Tool[] = [
  {
    id: "git",
    programs: ["git"],
    versionArgs: ["--version"],
    atLeast: "2.38",
    purpose: "features as branches, merges without a work tree",
    required: true,
    apt: "git",
    brew: "git",
  },
  {
    id: "C++ compiler",
    programs: ["g++", "clang++"],
    versionArgs: ["--version"],
    purpose: "builds both flavors",
    required: true,
    apt: "g++",
    brew: "llvm",
  },
  {
    id: "ninja",
    programs: ["ninja"],
    versionArgs: ["--version"],
    purpose: "runs the build",
    required: true,
    apt: "ninja-build",
    brew: "ninja",
  },
  {
    id: "ar",
    programs: ["ar", "llvm-ar"],
    versionArgs: ["--version"],
    purpose: "makes the static archives",
    required: true,
    apt: "binutils",
    brew: "binutils",
  },
  {
    id: "strip",
    programs: ["strip"],
    versionArgs: ["--version"],
    purpose: "measures program sizes",
    required: true,
    apt: "binutils",
    brew: "binutils",
  },
  {
    id: "xz",
    programs: ["xz"],
    versionArgs: ["--version"],
    purpose: "unpacks release archives",
    required: true,
    apt: "xz-utils",
    brew: "xz",
  },
  {
    id: "gpgv",
    programs: ["gpgv"],
    versionArgs: ["--version"],
    purpose: "checks the signature of Debian's index of sources",
    required: false,
    apt: "gpgv",
    brew: "gnupg",
  },
  {
    id: "clang++",
    programs: ["clang++"],
    versionArgs: ["--version"],
    purpose: "the second compiler",
    required: false,
    apt: "clang",
    brew: "llvm",
  },
  {
    id: "libclang",
    programs: [],
    versionArgs: [],
    library: "libclang",
    atLeast: "14",
    purpose: "reads APIs from headers; decides tokens that isolation cannot, with a compile database",
    required: false,
    apt: "libclang-dev",
    brew: "llvm",
  },
  {
    id: "ccache",
    programs: ["ccache"],
    versionArgs: ["--version"],
    purpose: "a launcher that keeps objects between projects",
    required: false,
    apt: "ccache",
    brew: "ccache",
  },
  {
    id: "cmake",
    programs: ["cmake"],
    versionArgs: ["--version"],
    purpose: "the example with a build system of its own",
    required: false,
    apt: "cmake",
    brew: "cmake",
  },
  {
    id: "espeak-ng",
    programs: ["espeak-ng"],
    versionArgs: ["--version"],
    purpose: "speech for the audio demo's use cases",
    required: false,
    apt: "espeak-ng",
    brew: "espeak-ng",
  },
];
