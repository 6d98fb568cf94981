/**
 * Owns which part of the command tree a command line needs: loading all of it takes longer than `unfork isolate` does
 * over an output of which little has changed.
 */
import type { Command } from "commander";

import { expectShortRun } from "../isolate/engine/engine-flags.js";
import { createBase, prepare } from "./base-program.js";
import type { SetExitCode } from "./command.js";
import { INNER_COMMANDS } from "./commands/isolate/group.js";

/** The program with at least the command that `args` call; the whole tree wherever help may be asked for. */
export async function programFor(args: readonly string[], setExitCode: SetExitCode): Promise<Command> {
  if (!isIsolateItself(args)) return (await import("./program.js")).createProgram(setExitCode);
  expectShortRun();
  const { addIsolateAlone } = await import("./commands/isolate/alone.js");
  const program = createBase();
  addIsolateAlone(program, setExitCode);
  for (const command of program.commands) prepare(command);
  return program;
}

/** `unfork isolate <tree> …` without a word for help. */
function isIsolateItself([first, second, ...rest]: readonly string[]): boolean {
  if (first !== "isolate" || second === undefined || second.startsWith("-")) return false;
  return !INNER_COMMANDS.includes(second) && second !== "help" && ![second, ...rest].some((arg) => arg === "-h" || arg === "--help");
}
