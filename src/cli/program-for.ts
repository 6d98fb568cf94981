/**
 * Owns which part of the command tree a command line needs: loading all of it takes longer than listing an archive's symbols
 * does, or `unfork isolate` over an output of which little has changed.
 */
import type { Command } from "commander";

import { expectArchiveRun, expectStackRun, expectTreeRun } from "../support/engine-flags.js";
import { createBase, prepare } from "./base-program.js";
import type { SetExitCode } from "./command.js";
import { isIsolateItself } from "./isolate-itself.js";

type Add = (program: Command, setExitCode: SetExitCode) => void;

/** What adds each command that is loaded by itself. */
const ALONE: ReadonlyMap<string, (inner: string) => Promise<Add>> = new Map<string, (inner: string) => Promise<Add>>([
  ["isolate", async () => (await import("./commands/isolate/alone.js")).addIsolateAlone],
  ["audit", async () => (await import("./commands/audit/index.js")).addAudit],
  ["symbols", async () => (await import("./commands/symbols.js")).addSymbols],
  ["symbolize", async () => (await import("./commands/symbolize.js")).addSymbolize],
  ["patch", async (inner: string) => (await import("./commands/patch/alone.js")).patchCommand(inner)],
  ["check", async () => (await import("./commands/check.js")).addCheck],
]);

/** The program with at least the command that `args` call; the whole tree wherever help may be asked for. */
export async function programFor(args: readonly string[], setExitCode: SetExitCode): Promise<Command> {
  const alone = isAlone(args) ? ALONE.get(args[0] ?? "") : undefined;
  if (alone === undefined) return (await import("./program.js")).createProgram(setExitCode);
  if (args[0] === "isolate") expectTreeRun();
  else if (args[0] === "patch") expectStackRun();
  else expectArchiveRun();
  const add = await alone(args[1] ?? "");
  const program = createBase();
  add(program, setExitCode);
  for (const command of program.commands) prepare(command);
  return program;
}

/** Something follows the command's name, and no word for help; `unfork isolate <tree>` itself, no command inside of it. */
function isAlone(args: readonly string[]): boolean {
  const [first, second, ...rest] = args;
  if (second === undefined || second === "help" || [second, ...rest].some((arg) => arg === "-h" || arg === "--help")) return false;
  return first !== "isolate" || isIsolateItself(args);
}
