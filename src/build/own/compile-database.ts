/** Owns compile_commands.json (format: clang.llvm.org/docs/JSONCompilationDatabase.html). */
import type { BuildTools, CompileStep } from "./graph.js";
import { compilerOf } from "./graph.js";

/** The database of these steps, sorted by file; without launcher, as tools that read it want the compiler. */
export function compileDatabaseText(steps: readonly CompileStep[], tools: BuildTools, ninjaFolder: string): string {
  const entries = steps
    .toSorted((a, b) => (a.source < b.source ? -1 : 1))
    .map((step) => ({
      directory: ninjaFolder,
      file: step.source,
      arguments: [compilerOf(step.language, tools), ...(step.databaseArguments ?? step.arguments), "-c", step.source, "-o", step.object],
      output: step.object,
    }));
  return `${JSON.stringify(entries, null, 1)}\n`;
}
