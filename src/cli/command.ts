/** Owns what every command has: the options of all, examples above the help, a way to tell its exit code. */
import type { Command } from "commander";

/** How a command tells its exit code. */
export type SetExitCode = (code: number) => void;

/** Options every command has. */
export interface GlobalOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** Examples above everything else in a command's help. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  return command.addHelpText("before", () => `Examples:\n${examples.map((example) => `  $ ${example}`).join("\n")}\n`);
}

export function globalsOf(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}
