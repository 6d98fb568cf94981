/** Owns the list of compile errors of a failed build: read, brought back to the original source, each told once. */
import type { CompileError } from "../../model/build.js";
import { shellLine } from "../../support/shell-line.js";
import { type Diagnostic, diagnosticsIn } from "./diagnostics.js";
import { type PlaceContext, originalPlace } from "./original-place.js";
import { byText } from "../../support/order.js";

export interface FailedCommand {
  /** As a shell would take it. */
  readonly command: string;
  /** All it printed. */
  readonly text: string;
  /** What it worked on, seen from the folder it ran in; stands in when a message names no file. */
  readonly source: string;
}

const LAST_WORDS = 5;

/** The errors of all failed commands, sorted by place, each place and message once. Never empty when a command failed. */
export async function compileErrors(failed: readonly FailedCommand[], context: PlaceContext): Promise<CompileError[]> {
  const errors = new Map<string, CompileError>();
  for (const step of failed) {
    const command = `cd ${shellLine([context.folder])} && ${step.command}`;
    for (const one of readErrors(step)) {
      const error = { ...(await originalPlace(one, context)), command };
      const key = [error.file, error.line, error.column, error.message].join("\0");
      if (!errors.has(key)) errors.set(key, error);
    }
  }
  return [...errors.values()].toSorted(byPlace);
}

/** When a command failed without an error we can read, its last words are the message. */
function readErrors(step: FailedCommand): Diagnostic[] {
  const found = diagnosticsIn(step.text, step.source);
  if (found.length > 0) return found;
  const words = step.text.trim().split("\n").slice(-LAST_WORDS).join("\n");
  return [{ file: step.source, line: 0, column: 0, message: words === "" ? "failed without a word" : words }];
}

function byPlace(a: CompileError, b: CompileError): number {
  return byText(a.file, b.file) || a.line - b.line || a.column - b.column || byText(a.message, b.message);
}
