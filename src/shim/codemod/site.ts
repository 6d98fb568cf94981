/** Owns a call site as the search finds it: what stands there, what becomes of it, or why nothing does. */
import type { CodemodSiteKind } from "../../model/shim-codemod.js";

/** Bytes `[start, end)` become `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Site {
  readonly kind: CodemodSiteKind;
  readonly line: number;
  readonly name: string;
  /** Empty of a site that moves by an edit elsewhere in the file (a name under a using-directive). One that is left has them only to stay valid. */
  readonly edits: readonly Edit[];
  readonly left: { readonly why: "missing" | "undecided"; readonly reason: string } | null;
}

/** What the search tells besides of a file. */
export interface FileSites {
  readonly sites: readonly Site[];
  readonly flavors: readonly { readonly name: string; readonly flavor: string; readonly line: number }[];
  /** How many names of the shim stand there already. */
  readonly already: number;
}
