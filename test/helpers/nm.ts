/** Owns the independent check with binutils: what plain `nm` says that two archives both define. */
import { runOk } from "../../src/support/exec.js";

/** The global names that `nm -g --defined-only` lists in a file, sorted, each once. */
export async function nmDefinedNames(path: string): Promise<string[]> {
  const { stdout } = await runOk({ command: "nm", args: ["-g", "--defined-only", "--format=posix", path] });
  const names = new Set<string>();
  for (const line of stdout.toString("utf8").split("\n")) {
    const match = /^(\S+) [A-Za-z](?: |$)/.exec(line);
    if (match?.[1] !== undefined) names.add(match[1]);
  }
  return [...names].toSorted((a, b) => (a < b ? -1 : 1));
}

/** The names that both files define, by `nm`. */
export async function nmCommonNames(a: string, b: string): Promise<string[]> {
  const [left, right] = await Promise.all([nmDefinedNames(a), nmDefinedNames(b)]);
  const known = new Set(right);
  return left.filter((name) => known.has(name));
}
