/** Owns what `unfork shim check` finds. */

export interface ShimFinding {
  readonly kind: "missing" | "stale" | "conflict" | "input" | "does-not-compile";
  /** Relative to the shim's folder, or as the input was given. */
  readonly path: string;
  /** From 1; 0 for the whole file. */
  readonly line: number;
  readonly text: string;
}
