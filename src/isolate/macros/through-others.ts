/** Owns macros that look the same on both sides and yet expand to one that does not. */
import type { HeaderTree } from "./header-tree.js";
import type { PairedMacro } from "./pair-macros.js";

/** For each macro of class `same` that reaches a differing one: the next macro on the way. */
export function throughOthers(trees: readonly [HeaderTree, HeaderTree], pairs: readonly PairedMacro[]): Map<string, string> {
  const visible = (pair: PairedMacro): boolean =>
    trees.every(({ reached }, side) => pair.sides[side]?.some(({ file }) => reached.has(file)) === true);
  const differing = new Set(
    pairs.filter((pair) => pair.class !== "same" && pair.class !== "guard" && visible(pair)).map(({ name }) => name),
  );
  const same = pairs.filter((pair) => pair.class === "same").map((pair) => ({ name: pair.name, words: wordsOf(pair) }));
  const through = new Map<string, string>();
  for (let found = true; found;) {
    found = false;
    for (const { name, words } of same) {
      if (through.has(name)) continue;
      const next = words.find((word) => word !== name && (differing.has(word) || through.has(word)));
      if (next === undefined) continue;
      through.set(name, next);
      found = true;
    }
  }
  return through;
}

function wordsOf({ sides }: PairedMacro): string[] {
  return [...new Set(sides.flat().flatMap(({ normal }) => normal.match(/[A-Za-z_]\w*/g) ?? []))];
}
