/** Owns what the comparison of two objects finds: differences, and texts that hold names. */

export type DifferenceKind = "object" | "section" | "attributes" | "order" | "group" | "symbol" | "bytes" | "relocation" | "text";

export interface Difference {
  readonly kind: DifferenceKind;
  /** As the `before` side names it, or the `after` side where only that has it; "" for the object as a whole. */
  readonly section: string;
  /** The function or object it lies in, mangled, as the original names it; null where no symbol is. */
  readonly symbol: string | null;
  /** Offsets in the section. */
  readonly before: number | null;
  readonly after: number | null;
  readonly what: string;
  /** Section indexes, for the disassembly. */
  readonly sections: { readonly before: number | null; readonly after: number | null };
}

/** Where the code or data that uses a text lies on the `after` side. */
export interface Reference {
  readonly section: number;
  readonly offset: number;
}

/** A text that differs by the flavor's suffixes alone. */
export interface NameText {
  readonly before: string;
  readonly after: string;
  /** The mangled name of a type, or text of the program. */
  readonly kind: "typeinfo" | "text";
  readonly symbol: string | null;
  readonly references: Reference[];
}
