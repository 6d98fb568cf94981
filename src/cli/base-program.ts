/** Owns what every command line has, whichever commands are loaded. */
import { Command } from "commander";

import { toolVersion } from "../support/version.js";

/** The program without commands; errors are thrown, never printed and exited. */
export function createBase(): Command {
  return new Command("unfork")
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
}

/** The same help and errors for a command and those inside its group. */
export function prepare(command: Command): void {
  command.exitOverride().showSuggestionAfterError().helpOption("-h, --help", "print this help");
  misspelledFirst(command);
  for (const inner of command.commands) prepare(inner);
}

/** What commander has and its types do not tell. */
interface CommandErrors {
  missingMandatoryOptionValue: (option: unknown) => void;
  readonly unknownOption: (flag: string) => void;
}

/** A required option is missing most often because it is misspelled: the unknown one is told, with what was meant. */
function misspelledFirst(command: Command): void {
  const errors = command as unknown as CommandErrors;
  const missing = errors.missingMandatoryOptionValue;
  errors.missingMandatoryOptionValue = function (this: Command & CommandErrors, option) {
    const unknown = this.args.find((arg) => arg.startsWith("-"));
    if (unknown === undefined) missing.call(this, option);
    else this.unknownOption(unknown);
  };
}
