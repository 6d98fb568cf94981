/** Owns how an error is told: what, where, what to do; the causes only on request. */
import { UnforkError, messageOf } from "../support/errors.js";
import { canonicalJson } from "../support/hash.js";
import { withOriginalPlaces } from "./original-places.js";
import type { Terminal } from "./terminal.js";

export interface ErrorPrintOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export function printError(error: unknown, terminal: Terminal, options: ErrorPrintOptions): void {
  if (options.json === true) terminal.result(canonicalJson({ error: errorValue(error) }, 2));
  const red = terminal.errorColor ? (text: string) => `\u001B[31m${text}\u001B[39m` : (text: string) => text;
  if (!(error instanceof UnforkError)) {
    terminal.complain(`${red("bug:")} ${withOriginalPlaces(error instanceof Error ? (error.stack ?? error.message) : String(error))}`);
    terminal.complain("this is a fault of unfork itself: please report it with the lines above");
    return;
  }
  terminal.complain(`${red("error:")} ${error.message}`);
  for (const [name, value] of Object.entries(error.context))
    if (!error.message.includes(String(value))) terminal.complain(`  ${name}: ${value}`);
  if (error.hint !== undefined) terminal.complain(`  → ${error.hint}`);
  if (options.verbose === true) printCauses(error.cause, terminal);
}

function errorValue(error: unknown): unknown {
  if (!(error instanceof UnforkError)) return { code: "bug", message: messageOf(error) };
  return { code: error.code, message: error.message, hint: error.hint ?? null, context: error.context };
}

function printCauses(cause: unknown, terminal: Terminal): void {
  for (let current = cause; current !== undefined; current = current instanceof Error ? current.cause : undefined) {
    terminal.complain(`  caused by: ${current instanceof Error ? (current.stack ?? current.message) : String(current)}`);
  }
}
