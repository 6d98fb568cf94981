/** Owns what a detector finds in one file, before it is put into words. */

/** What a compatibility header cannot serve. */
export const CONSTRUCTS = [
  "adl-call",
  "adl-hook",
  "ambiguous-name",
  "c-declaration",
  "c-name",
  "deduction-guide",
  "explicit-instantiation",
  "forward-declaration",
  "friend",
  "include-path",
  "macro",
  "member-definition",
  "moves-along",
  "namespace-alias",
  "nested-namespace",
  "qualified-definition",
  "redeclaration",
  "reopening",
  "specialisation",
  "symbol-string",
] as const;
export type Construct = (typeof CONSTRUCTS)[number];

/** How the compatibility header imports: `namespace x { using namespace x_f; }` or `namespace x = x_f;`. */
export type ImportKind = "using" | "alias";

/** Bytes `[start, end)` of a file become `text`; an insertion when both are equal. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One place, by byte offset. */
export interface Found {
  readonly offset: number;
  readonly construct: Construct;
  /** The name that it is about. */
  readonly name: string;
  /** What the reason's text names besides: a namespace, a path. */
  readonly detail: string;
  /** The edit that mends it, or null when a person must. */
  readonly edit: TextEdit | null;
}
