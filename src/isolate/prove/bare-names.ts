/**
 * Owns the key under which a name of the original and its renamed form meet: every suffix of the flavor taken off, lengths
 * of mangled identifiers corrected (Itanium C++ ABI 5.1.3: `<decimal length><identifier>`). Both sides go through it.
 */
import { bareMangled } from "./bare-mangled.js";

export interface BareNames {
  readonly flavor: string;
  /** The key of a symbol's or a section's name. */
  readonly symbol: (name: string) => string;
  /** How many suffixes a name or a text holds. */
  readonly count: (text: string) => number;
  /** Whether `after` is `before` with suffixes put in: as plain text, or as mangled text with its lengths. */
  readonly sameText: (before: string, after: string) => boolean;
  /** The text without suffixes, as plain text. */
  readonly text: (text: string) => string;
}

export function bareNames(flavor: string): BareNames {
  const suffix = `_${flavor}`;
  const known = new Map<string, string>();
  function symbol(name: string): string {
    if (!name.includes(flavor) && !name.startsWith("_GLOBAL__")) return name;
    let bare = known.get(name);
    if (bare === undefined) known.set(name, (bare = bareSymbol(name, suffix)));
    return bare;
  }
  const text = (value: string): string => value.replaceAll(suffix, "");
  const count = (value: string): number => value.split(suffix).length + value.split(`_1${flavor}`).length - 2;
  function sameText(before: string, after: string): boolean {
    if (before === after) return true;
    return (
      count(after) > count(before) &&
      (text(before) === text(after) || bareMangled(`_Z${before}`, suffix) === bareMangled(`_Z${after}`, suffix))
    );
  }
  return { flavor, symbol, count, sameText, text };
}

/** GCC's random number behind a file's initialiser where no name of the file is global: `_1A2B3C4D_0x0123456789abcdef`. */
const RANDOM = /_[0-9A-F]{8}_0x[0-9a-f]+$/;

function bareSymbol(name: string, suffix: string): string {
  const steady = name.startsWith("_GLOBAL__") ? name.replace(RANDOM, "") : name;
  if (/_Z|_GLOBAL__/.test(steady)) return bareMangled(steady, suffix);
  return steady.replaceAll(suffix, "").replaceAll(`_1${suffix.slice(1)}`, "");
}
