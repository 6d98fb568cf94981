/** Owns which Debian package brings which tool, and the exact command that installs what is missing. */

const PACKAGES: Readonly<Record<string, string>> = {
  gcc: "gcc",
  cc: "gcc",
  "g++": "g++",
  "c++": "g++",
  clang: "clang",
  "clang++": "clang",
  ar: "binutils",
  "llvm-ar": "llvm",
  strip: "binutils",
  nm: "binutils",
  ninja: "ninja-build",
  cmake: "cmake",
  make: "make",
  ccache: "ccache",
  distcc: "distcc",
  git: "git",
};

/** Package names of versioned compilers are the tools' own names (g++-12), or lack the `++` (clang-19 brings clang++-19). */
const VERSIONED = /^(gcc|g\+\+|clang|clang\+\+|llvm-ar)-(\d+)$/;

/** The Debian package that brings `tool` (a name or a path), or undefined when we do not know one. */
export function debianPackageOf(tool: string): string | undefined {
  const name = tool.slice(tool.lastIndexOf("/") + 1);
  const versioned = VERSIONED.exec(name);
  if (versioned === null) return Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
  const [, base = "", version = ""] = versioned;
  if (base === "llvm-ar") return `llvm-${version}`;
  return `${base === "clang++" ? "clang" : base}-${version}`;
}

/** What to do about missing tools: one apt command for all whose package is known, else a sentence. */
export function installHint(tools: readonly string[]): string {
  const packages = tools.map(debianPackageOf).filter((name) => name !== undefined);
  const unknown = tools.filter((tool) => debianPackageOf(tool) === undefined);
  const lines: string[] = [];
  if (packages.length > 0) lines.push(`sudo apt-get install ${[...new Set(packages)].toSorted().join(" ")}`);
  if (unknown.length > 0) lines.push(`check the spelling of ${unknown.join(", ")}, or put it on the PATH`);
  return lines.join("; ");
}
