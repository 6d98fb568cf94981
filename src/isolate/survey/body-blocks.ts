/** Owns the cut of functions' blocks out of macro bodies: what C declares outside of functions does not stand in them. */

/**
 * The tokens with `{ }` for each block behind a `)`. In C such a block is a function's, an initializer's or an enumeration's,
 * while in C++ a macro before it may open a namespace.
 */
export function withoutBlocks(tokens: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    out.push(tokens[i] as string);
    const end = tokens[i] === "{" && tokens[i - 1] === ")" ? blockEnd(tokens, i) : -1;
    if (end > 0) i = end - 1;
  }
  return out;
}

/** The index of the `}` that ends the block, or -1. */
function blockEnd(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i] === "{") depth++;
    else if (tokens[i] === "}" && --depth === 0) return i;
  }
  return -1;
}
