/** Owns the hashes of an object's symbol names, of 64 bits, each made once: relocations name the same symbols again and again. */
import type { ObjectFile } from "./model.js";
import { refuseIndex } from "./strings.js";
import { nameIndex } from "./symbols.js";

export interface NameHashes {
  readonly object: ObjectFile;
  /** Two numbers per symbol; the first is odd once they were made. */
  readonly words: Int32Array;
}

export function nameHashes(object: ObjectFile): NameHashes {
  return { object, words: new Int32Array(object.symbols.count * 2) };
}

/** Where the two numbers of a symbol's name lie in `words`; equal names have equal numbers in any object. */
export function hashedName({ object, words }: NameHashes, symbol: number): number {
  const at = symbol * 2;
  if (words[at] !== 0) return at;
  const { strings } = object.symbols;
  const { bytes } = strings;
  let place = nameIndex(object.symbols, symbol);
  if (place >= bytes.length && place > 0) refuseIndex(strings, place);
  let one = 0x2545_f491;
  let other = 0x4f6c_dd1d;
  for (let byte = bytes[place] ?? 0; byte !== 0; byte = bytes[++place] ?? 0) {
    one = Math.imul(one ^ byte, 0x9e37_79b1);
    one ^= one >>> 15;
    other = Math.imul(other + byte + (one << 3), 0x85eb_ca6b);
    other ^= other >>> 13;
  }
  words[at] = one | 1;
  words[at + 1] = other;
  return at;
}
