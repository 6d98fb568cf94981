/** Owns the demangling of C++ names, for now by binutils' `c++filt`: one process for all names. */
import { runOk } from "../support/exec.js";

/** What is shown, and the qualified name alone: no return type, no parameters. */
export interface DemangledName {
  readonly full: string;
  readonly plain: string;
}

export type Demangle = (symbols: readonly string[]) => Promise<ReadonlyMap<string, DemangledName>>;

/** Demangles names; those that are no C++ names come back as they are. Throws `tool-missing` without binutils. */
export async function demangleNames(symbols: readonly string[]): Promise<Map<string, DemangledName>> {
  const mangled = symbols.filter((symbol) => symbol.startsWith("_Z") && !symbol.includes("\n"));
  const [full, plain] = mangled.length === 0 ? [[], []] : await Promise.all([filter([], mangled), filter(["-p"], mangled)]);
  const names = new Map(symbols.map((symbol) => [symbol, { full: symbol, plain: symbol }]));
  for (const [index, symbol] of mangled.entries()) {
    names.set(symbol, { full: full[index] ?? symbol, plain: plain[index] ?? symbol });
  }
  return names;
}

async function filter(options: readonly string[], symbols: readonly string[]): Promise<string[]> {
  const { stdout } = await runOk({ command: "c++filt", args: ["--no-strip-underscore", ...options], input: `${symbols.join("\n")}\n` });
  const lines = stdout.toString("utf8").split("\n");
  if (lines.length !== symbols.length + 1) throw new Error(`c++filt gave ${lines.length - 1} lines for ${symbols.length} names`);
  return lines;
}
