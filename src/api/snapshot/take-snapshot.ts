/** Owns taking a snapshot of headers: the engine, the process that reads them, and what its errors come to. */
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import { UnforkError } from "../../support/errors.js";
import { shellLine } from "../../support/shell-line.js";
import { askChild } from "./ask-child.js";
import { type EngineName, findEngine } from "./find-engine.js";
import { guiltyHeaders } from "./guilty-headers.js";
import { readByClang } from "./json/read-by-clang.js";
import type { SnapshotQuestion } from "./model.js";
import { plainC } from "./plain-c.js";
import { planQuestion, type SnapshotRequest } from "./request.js";

export interface SnapshotOptions extends SnapshotRequest {
  /** Errors in headers are recorded instead of thrown. */
  readonly keepGoing: boolean;
  /** None: libclang, or clang where that is not there. */
  readonly engine?: EngineName | undefined;
}

/** How many errors of headers are told. */
const SHOWN_ERRORS = 5;

/**
 * Throws `input-invalid` for headers with errors (their first ones by place), `input-missing` for a header that is not there,
 * `tool-missing` without anything that reads C++, `tool-failed` when reading ends in a crash.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<ApiSnapshot> {
  const { notes, ...planned } = await planQuestion(options);
  const { name, tool } = await findEngine(options.engine);
  const question = { ...planned, tool };
  const read = await (name === "libclang" ? answered(question) : readByClang(question));
  const snapshot = withNotes({ ...read, ...(await plainC(question, read)) }, notes);
  if (!options.keepGoing) wantNoErrors(snapshot);
  return snapshot;
}

async function answered(question: SnapshotQuestion): Promise<ApiSnapshot> {
  const answer = await askChild(question);
  if (answer.status === "read") return answer.snapshot;
  if ((await askChild({ ...question, headers: [] })).status !== "read") throw flagsError(question, answer.reason);
  const guilty = await guiltyHeaders(question);
  throw new UnforkError("tool-failed", `${answer.reason} as it read ${namesOf(guilty)}`, {
    hint: "leave these headers out, or read them by the other engine: --engine clang-json",
    context: { libclang: question.tool },
  });
}

/** No header is needed for it to fail. */
function flagsError({ arguments: flags, tool }: SnapshotQuestion, reason: string): UnforkError {
  const standard = flags.find((flag) => flag.startsWith("-std="));
  return new UnforkError("usage", `${reason} with these flags, whatever headers are in it: ${shellLine(flags)}`, {
    hint: `${standard === undefined ? "" : `is ${standard} a standard of this language? `}correct --std, --language or --cxxflag`,
    context: { libclang: tool },
  });
}

function withNotes(snapshot: ApiSnapshot, notes: readonly string[]): ApiSnapshot {
  const told = notes.map((text) => ({ severity: "warning" as const, place: null, column: 0, text }));
  return { ...snapshot, diagnostics: [...told, ...snapshot.diagnostics] };
}

function namesOf(headers: readonly string[]): string {
  const shown = headers.slice(0, 5).join(", ");
  return headers.length > 5 ? `${shown} and ${headers.length - 5} more` : shown;
}

function wantNoErrors({ diagnostics }: ApiSnapshot): void {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const lines = errors
    .slice(0, SHOWN_ERRORS)
    .map(({ place, column, text }) => `  ${place === null ? "" : `${place.file}:${place.line}:${column}: `}${text}`);
  const more = errors.length > SHOWN_ERRORS ? [`  and ${errors.length - SHOWN_ERRORS} more`] : [];
  throw new UnforkError("input-invalid", ["the headers do not compile:", ...lines, ...more].join("\n"), {
    hint: `${hintFor(first.text)}; --keep-going reads what it can and records the errors`,
    context: first.place === null ? {} : { file: first.place.file, line: first.place.line },
  });
}

function hintFor(text: string): string {
  if (/file not found/.test(text)) return "give the include folders (--include DIR) or the build's commands (--compile-commands FILE)";
  return "give the flags that the library is compiled with (--cxxflag, --std, --language c) or --compile-commands FILE";
}
