/** Owns the compiler as a judge: whether a unit of the compile database still compiles. */
import { relative, sep } from "node:path";

import { diagnosticsIn } from "../../build/errors/diagnostics.js";
import { run } from "../../support/exec.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import type { IncludeGraph } from "./include-graph.js";

export interface CompileUnit {
  /** Relative to the application; one outside of it begins with `../`. */
  readonly file: string;
  readonly directory: string;
  /** Syntax only: nothing is written. */
  readonly arguments: readonly string[];
}

const WITH_VALUE: ReadonlySet<string> = new Set(["-o", "-MF", "-MT", "-MQ", "-MJ"]);
const DROPPED = /^(?:-c|-S|-E|-M|-MM|-MD|-MMD|-MP|-MG|-o.+|-MF.+|-MT.+|-Werror(?:=.*)?)$/;

/** The commands of the database as checks of the source; `includes` are searched first. */
export function compileUnits(commands: readonly CompileCommand[], app: string, includes: readonly string[]): CompileUnit[] {
  return commands.map(({ directory, file, arguments: words }) => {
    const kept: string[] = [];
    for (let i = 0; i < words.length; i++) {
      const word = words[i] as string;
      if (WITH_VALUE.has(word)) i++;
      else if (!DROPPED.test(word)) kept.push(word);
    }
    return {
      file: relative(app, file).split(sep).join("/"),
      directory,
      arguments: [...kept, ...includes.map((path) => `-I${path}`), "-fsyntax-only", "-w"],
    };
  });
}

/** The compiler's first error, or null where it has none. */
export async function firstError(unit: CompileUnit): Promise<string | null> {
  const [command, ...args] = unit.arguments;
  const { code, stderr, signal } = await run({ command: command as string, args, cwd: unit.directory });
  if (code === 0) return null;
  const [found] = diagnosticsIn(stderr, unit.file);
  if (found !== undefined) return `${found.file}:${found.line}: ${found.message}`;
  const last = stderr.trim().split("\n").at(-1);
  return last === undefined || last === "" ? `the compiler ended with ${signal ?? code}` : last;
}

/** Units that read one of the files. */
export function unitsReading(units: readonly CompileUnit[], files: ReadonlySet<string>, graph: IncludeGraph): CompileUnit[] {
  return units.filter((unit) => [...graph.closureOf(unit.file)].some((file) => files.has(file)));
}
