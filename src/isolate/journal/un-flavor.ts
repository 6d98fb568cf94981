/** Owns taking the flavor off the names of a text that was edited since isolation: what is new in it is un-flavored, too. */
import { KIND } from "../../tokens/kinds.js";
import { createInterner } from "../../tokens/interner.js";
import { scan } from "../../tokens/scan.js";
import { createStream } from "../../tokens/stream.js";
import { dialectOf, type Language } from "../code-files.js";
import { lineAt } from "../engine/rewrite.js";

/** What was taken off. */
export interface Unflavored {
  readonly bytes: Buffer;
  /** Tokens that lost the flavor. */
  readonly names: number;
  /** Identifiers that still hold the flavor, with their lines: names that isolation did not rename. */
  readonly left: readonly { readonly line: number; readonly token: string }[];
}

/** Takes the suffix off the identifiers that isolation lengthened; comments and literals stay. */
export type Unflavor = (bytes: Buffer, language: Language) => Unflavored;

/** `names` are the renamed names as they were, `suffix` is `_<flavor>`. */
export function createUnflavor(names: ReadonlySet<string>, suffix: string): Unflavor {
  const end = Buffer.from(suffix, "latin1");
  return (bytes, language) => {
    if (!bytes.includes(end)) return { bytes, names: 0, left: [] };
    const interner = createInterner();
    const stream = createStream();
    scan(bytes, interner, stream, dialectOf(language));
    const cuts: number[] = [];
    const left: { line: number; token: string }[] = [];
    for (let i = 0; i < stream.count; i++) {
      if (stream.kinds[i] !== KIND.identifier) continue;
      const token = interner.name(stream.values[i] as number);
      if (!token.includes(suffix)) continue;
      const at = (stream.ends[i] as number) - end.length;
      const isRenamed = token.endsWith(suffix) && names.has(token.slice(0, -suffix.length));
      if (isRenamed && bytes.subarray(at, at + end.length).equals(end)) cuts.push(at);
      else left.push({ line: lineAt(bytes, at), token });
    }
    return { bytes: withoutRanges(bytes, cuts, end.length), names: cuts.length, left };
  };
}

/** The same for whole words of a text that is no code, in which isolation renamed something. */
export function unflavorWords(bytes: Buffer, names: ReadonlySet<string>, suffix: string): Unflavored {
  const text = bytes.toString("latin1");
  const cuts = [...text.matchAll(/[A-Za-z_$\x80-\xff][\w$\x80-\xff]*/g)].flatMap(({ 0: word, index }) =>
    word.endsWith(suffix) && names.has(word.slice(0, -suffix.length)) ? [index + word.length - suffix.length] : [],
  );
  return { bytes: withoutRanges(bytes, cuts, suffix.length), names: cuts.length, left: [] };
}

function withoutRanges(bytes: Buffer, starts: readonly number[], length: number): Buffer {
  if (starts.length === 0) return bytes;
  let from = 0;
  const pieces = starts.map((start) => {
    const piece = bytes.subarray(from, start);
    from = start + length;
    return piece;
  });
  return Buffer.concat([...pieces, bytes.subarray(from)]);
}
