/** Owns what passes between taking a snapshot and the process that reads the headers. */
import type { ApiSnapshot } from "../../model/api-snapshot.js";

/** A folder whose headers are the API, or a single header. */
export interface SnapshotRoot {
  /** Absolute, as the compiler will open it. */
  readonly path: string;
  readonly isFile: boolean;
}

/** What to read, with every path resolved. */
export interface SnapshotQuestion {
  /** Path of libclang, or of the clang whose AST is read as JSON. */
  readonly tool: string;
  readonly directory: string;
  /** Arguments of the parse without a source. */
  readonly arguments: readonly string[];
  readonly language: "c" | "c++";
  readonly standard: string;
  readonly roots: readonly SnapshotRoot[];
  /** Headers in their order: by the path to open, and by the name that an `#include` gives them. */
  readonly headers: readonly { readonly path: string; readonly name: string }[];
}

export type SnapshotAnswer =
  | { readonly status: "read"; readonly snapshot: ApiSnapshot }
  /** The parser gave up without a word. */
  | { readonly status: "failed"; readonly reason: string };
