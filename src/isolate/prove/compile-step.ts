/** Owns running one compile step of the proof. */
import { run } from "../../support/exec.js";
import type { CompileStep } from "./compile-arguments.js";

export type Compiled = { readonly status: "compiled" } | { readonly status: "failed"; readonly words: string };

/** Runs the step's compiler in its folder; a failure is data, with the compiler's first words. */
export async function runStep(
  step: CompileStep,
  compiler: string,
  args: readonly string[],
  launcher: readonly string[] = [],
): Promise<Compiled> {
  const [command = compiler, ...rest] = [...launcher, compiler, ...args];
  const result = await run({ command, args: rest, cwd: step.cwd });
  if (result.code === 0) return { status: "compiled" };
  return { status: "failed", words: firstErrors(result.stderr) || `it ended with ${result.code ?? result.signal ?? "a signal"}` };
}

function firstErrors(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const errors = lines.filter((line) => /\b(error|fatal)\b/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 3).join("\n");
}
