/** Owns the command line's entry: parse, run, tell errors, give the exit code. */
import { CommanderError } from "commander";

import { UnforkError } from "../support/errors.js";
import { killChildren } from "../support/children.js";
import { EXIT, exitCodeOf } from "./exit-codes.js";
import { printError } from "./print-error.js";
import { programFor } from "./program-for.js";
import { removeTemporaries } from "../support/temporary-folders.js";
import { openTerminal } from "./terminal.js";

/** Runs one command line (without node and script) and resolves to the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const outcome: { code: number } = { code: EXIT.done };
  stopOnSignals(args);
  endWithReader();
  try {
    const program = await programFor(args, (code) => (outcome.code = code));
    await program.parseAsync(args, { from: "user" });
    return outcome.code;
  } catch (error) {
    const json = args.includes("--json");
    if (error instanceof CommanderError) return usageError(error, json);
    printError(error, openTerminal({ color: !args.includes("--no-color") }), { json, verbose: args.includes("--verbose") });
    return exitCodeOf(error);
  } finally {
    killChildren();
  }
}

/** Commander has told it on stderr. */
function usageError({ exitCode, message }: CommanderError, json: boolean): number {
  if (exitCode === 0) return EXIT.done;
  const text = message.replace(/^error: /, "");
  if (json) openTerminal({}).result(JSON.stringify({ error: { code: "usage", message: text, context: {} } }, null, 2));
  return EXIT.usage;
}

/** `unfork … | head`: when nobody reads on, there is nothing more to say. */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      killChildren();
      process.exit(EXIT.done);
    });
  }
}

/** What a run that was told to stop leaves behind. */
function afterwards(args: readonly string[]): string {
  const goesOn = args[0] === "upgrade" || args.includes("--in-place");
  return goesOn ? "start again: the run goes on where its journal ends" : "start again: what was there before is as it was";
}

function stopOnSignals(args: readonly string[]): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      killChildren();
      removeTemporaries();
      const error = new UnforkError("interrupted", "interrupted", { hint: afterwards(args) });
      printError(error, openTerminal({}), {});
      process.exit(EXIT.interrupted);
    });
  }
}
