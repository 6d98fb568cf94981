/** Owns the command tree. */
import { Command } from "commander";

import { toolVersion } from "../support/version.js";
import { addCompletion } from "./commands/completion.js";
import { addConfig } from "./commands/config.js";
import { addDoctor } from "./commands/doctor.js";
import { addInit } from "./commands/init.js";
import { addIsolate } from "./commands/isolate/index.js";
import { addReport } from "./commands/report.js";
import { addStatus } from "./commands/status.js";
import { addUpgrade } from "./commands/upgrade.js";
import type { SetExitCode } from "./command.js";

/** The whole tree; errors are thrown, never printed and exited. */
export function createProgram(setExitCode: SetExitCode): Command {
  const program = new Command("unfork")
    .description("Keep your patches on upstream's newest release: two releases of one C/C++ library in one program, compared and switched.")
    .version(toolVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .optionsGroup("Options of every command:")
    .option("--config <file>", "the project's configuration (default: unfork.config.{ts,mjs,json} here or above)")
    .option("--json", "print one JSON document on stdout")
    .option("--quiet", "no progress and no messages")
    .option("--verbose", "also every external command and every finding")
    .option("--no-color", "no colours (also: NO_COLOR=1)")
    .showSuggestionAfterError()
    .showHelpAfterError("(run with --help for the options)")
    .exitOverride();
  const adders = [addInit, addDoctor, addConfig, addStatus, addUpgrade, addReport, addIsolate];
  for (const add of adders) add(program, setExitCode);
  addCompletion(program);
  for (const command of program.commands) prepare(command);
  return program;
}

/** The same help and errors for a command and those inside its group. */
function prepare(command: Command): void {
  command.exitOverride().showSuggestionAfterError().helpOption("-h, --help", "print this help");
  for (const inner of command.commands) prepare(inner);
}
