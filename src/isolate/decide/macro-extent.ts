/** Owns how far a macro reaches that its own file ends by `#undef`: other files do not see it, unless they are included in between. */
import { DIRECTIVE } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";

/** A `#define` whose end is looked for. */
interface Open {
  readonly start: number;
  readonly name: number;
  /** How many `#if` are around it. */
  readonly depth: number;
}

/**
 * The byte offset of the `#undef` behind each `#define` that has one in the same branch, by the token that starts the
 * `#define`; `directives` as of a file's index. Not those with an `#include` in between, or an `#undef` that only some branch has.
 */
export function macroExtents(reading: Reading, directives: readonly number[]): ReadonlyMap<number, number> {
  const { values, starts } = reading.stream;
  const ends = new Map<number, number>();
  if (!directives.some((token, at) => at % 2 === 0 && values[token] === DIRECTIVE.undef)) return ends;
  let open: Open[] = [];
  let depth = 0;
  for (let at = 0; at < directives.length; at += 2) {
    const start = directives[at] as number;
    const name = values[start + 1] as number;
    const word = values[start];
    if (word === DIRECTIVE.if) depth++;
    else if (word === DIRECTIVE.elif || word === DIRECTIVE.else) open = open.filter((macro) => macro.depth < depth);
    else if (word === DIRECTIVE.endif) {
      open = open.filter((macro) => macro.depth < depth);
      depth--;
    } else if (word === DIRECTIVE.include) open = [];
    else if (word === DIRECTIVE.define) open.push({ start, name, depth });
    else if (word === DIRECTIVE.undef) {
      for (const macro of open) if (macro.name === name && macro.depth === depth) ends.set(macro.start, starts[start] as number);
      open = open.filter((macro) => macro.name !== name);
    }
  }
  return ends;
}
