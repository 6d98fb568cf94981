/** Owns the one error class of the project: what was wrong, where, and what to do about it. */

/** Everything that may go wrong outside our own code, one code per cause a user can act on. */
export type ErrorCode =
  | "usage"
  | "config-not-found"
  | "config-invalid"
  | "input-invalid"
  | "input-missing"
  | "tool-missing"
  | "tool-failed"
  | "network"
  | "checksum"
  | "archive-invalid"
  | "object-invalid"
  | "disk"
  | "locked"
  | "interrupted"
  | "state-invalid"
  | "waits-for-human";

export interface UnforkErrorDetails {
  /** What to do next; a sentence or a command. */
  readonly hint?: string;
  /** Where it happened: file:line, symbol, ref, URL … by name. */
  readonly context?: Readonly<Record<string, string | number>>;
  readonly cause?: unknown;
}

/** Broken input, tools or environment. Anything else that reaches `main` is a bug of ours. */
export class UnforkError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly context: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, details: UnforkErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "UnforkError";
    this.code = code;
    this.hint = details.hint;
    this.context = details.context ?? {};
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error (ENOENT, ENOSPC …), or undefined. */
export function systemCodeOf(error: unknown): string | undefined {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return undefined;
}

/**
 * A failed read or write, told with its path and with what to do.
 *
 * @param verb what was tried, as in "write" or "read"
 */
export function fileError(verb: string, path: string, error: unknown): UnforkError {
  const code = systemCodeOf(error);
  const hint = code === undefined ? undefined : FILE_HINTS[code];
  const kind = code === "ENOENT" ? "input-missing" : code === "ENOTDIR" && verb === "read" ? "input-invalid" : "disk";
  return new UnforkError(kind, `cannot ${verb} ${path}: ${messageOf(error)}`, {
    context: { path },
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}

const FILE_HINTS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full: free some space (nothing was half-written) and start again",
  EDQUOT: "the disk quota is used up: free some space (nothing was half-written) and start again",
  EACCES: "the permissions do not allow it: check the owner of this path",
  EROFS: "the file system is read-only: choose another place with --out or UNFORK_CACHE",
  ELOOP: "symbolic links lead in a circle: correct or remove one of them",
  ENOENT: "the path does not exist: check its spelling",
  EISDIR: "a folder stands there: name a file",
  ENOTDIR: "a file stands where a folder is needed: name the folder",
};
