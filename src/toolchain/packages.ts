/** Owns which package brings which tool, and the exact command that installs what is missing. */
import { TOOLS } from "./tools.js";

interface Packages {
  readonly apt: string;
  readonly brew: string;
}

/** Tools that a config may name beside those of the list. */
const MORE: Readonly<Record<string, Packages>> = {
  gcc: { apt: "gcc", brew: "gcc" },
  cc: { apt: "gcc", brew: "gcc" },
  "c++": { apt: "g++", brew: "gcc" },
  clang: { apt: "clang", brew: "llvm" },
  "llvm-ar": { apt: "llvm", brew: "llvm" },
  "llvm-strip": { apt: "llvm", brew: "llvm" },
  make: { apt: "make", brew: "make" },
  distcc: { apt: "distcc", brew: "distcc" },
};

const VERSIONED = /^(gcc|g\+\+|clang|clang\+\+|llvm-ar|llvm-strip)-(\d+)$/;

/** The packages that bring `tool` (a name or a path), or undefined when we know none. */
export function packagesOf(tool: string): Packages | undefined {
  const name = tool.slice(tool.lastIndexOf("/") + 1);
  const [, base = "", version = ""] = VERSIONED.exec(name) ?? [];
  if (base !== "") return versionedPackages(base, version);
  if (Object.hasOwn(MORE, name)) return MORE[name];
  return TOOLS.find((one) => one.id === name) ?? TOOLS.find((one) => one.programs.includes(name));
}

/** Debian's package of clang++-19 is clang-19, of llvm-ar-19 llvm-19, of g++-12 g++-12. */
function versionedPackages(base: string, version: string): Packages {
  const family = base === "clang++" ? "clang" : base.startsWith("llvm") ? "llvm" : base;
  const isGnu = family === "gcc" || family === "g++";
  return { apt: `${family}-${version}`, brew: `${isGnu ? "gcc" : "llvm"}@${version}` };
}

/** What to do about missing tools: one command for all whose package is known, and a word on the others. */
export function installHint(
  tools: readonly string[],
  platform: NodeJS.Platform = process.platform,
  isRoot = process.getuid?.() === 0,
): string {
  const found = tools.map(packagesOf).filter((packages) => packages !== undefined);
  const unknown = tools.filter((tool) => packagesOf(tool) === undefined);
  const names = [...new Set(found.map((packages) => (platform === "darwin" ? packages.brew : packages.apt)))].toSorted().join(" ");
  const command = platform === "darwin" ? `brew install ${names}` : `${isRoot ? "" : "sudo "}apt-get install -y ${names}`;
  const lines = names === "" ? [] : [command];
  if (unknown.length > 0) lines.push(`check the spelling of ${unknown.join(", ")}, or put it on the PATH`);
  return lines.join("; ");
}
