/** Owns the way back from an isolated symbol to the name it had before: lengths and suffixes taken off, nothing demangled. */

/** A renamed identifier: a namespace, or a global name. */
export interface RenamedIdentifier {
  readonly from: string;
  readonly to: string;
}

/** Maps one symbol to its name before isolation; names that no rename touched come back as they are. */
export type Unflavor = (symbol: string) => string;

/**
 * The map for one flavor. In Itanium-mangled names an identifier is `<decimal length><identifier>` (Itanium C++ ABI
 * 5.1.3), so `13webrtc_legacy` becomes `6webrtc` and nothing else in the name depends on its length. C symbols are
 * compared as wholes, apart from a compiler's suffix (`.cold`, `.part.0`) and Mach-O's leading underscore.
 */
export function unflavorFor(flavor: string, renamed: readonly RenamedIdentifier[]): Unflavor {
  const suffix = `_${flavor}`;
  const byTo = versioned(new Map(renamed.map(({ from, to }) => [to, from])), suffix);
  return (symbol) => {
    if (!symbol.includes(suffix)) return symbol;
    return isMangled(symbol) ? unflavorMangled(symbol, suffix, byTo) : unflavorC(symbol, byTo);
  };
}

/** As {@link unflavorFor}, for one symbol; the map is made once per list. */
export function unflavor(symbol: string, flavor: string, renamed: readonly RenamedIdentifier[]): string {
  const known = made.get(renamed);
  if (known?.flavor === flavor) return known.map(symbol);
  const map = unflavorFor(flavor, renamed);
  made.set(renamed, { flavor, map });
  return map(symbol);
}

const made = new WeakMap<readonly RenamedIdentifier[], { readonly flavor: string; readonly map: Unflavor }>();

/**
 * As {@link unflavorFor} where it is not known what was renamed: every identifier that ends with `_<flavor>` counts as
 * one that got the suffix.
 */
export function unflavorAny(flavor: string): Unflavor {
  const suffix = `_${flavor}`;
  const plain = {
    get: (name: string) =>
      isWord(name) && name.endsWith(suffix) && name.length > suffix.length ? name.slice(0, -suffix.length) : undefined,
  };
  const byTo = versioned(plain, suffix);
  return (symbol) => {
    if (!symbol.includes(suffix)) return symbol;
    return isMangled(symbol) ? unflavorMangled(symbol, suffix, byTo) : unflavorC(symbol, byTo);
  };
}

function isWord(text: string): boolean {
  return /^[\p{L}_$.][\p{L}\p{N}_$.]*$/u.test(text);
}

/** New names with the old ones. */
interface ByTo {
  readonly get: (to: string) => string | undefined;
}

/** With names that a library's macros put its version behind: `icu_legacy_76` comes of `icu_76`. */
function versioned(byTo: ByTo, suffix: string): ByTo {
  return {
    get: (name) => {
      const found = byTo.get(name);
      const at = found === undefined ? name.lastIndexOf(suffix) : -1;
      const version = at < 0 ? "" : name.slice(at + suffix.length);
      if (!/^(?:_\d+)+$/.test(version)) return found;
      const from = byTo.get(name.slice(0, -version.length));
      return from === undefined ? undefined : from + version;
    },
  };
}

function isMangled(symbol: string): boolean {
  return /^_{0,3}Z|_GLOBAL__/.test(symbol);
}

function unflavorC(symbol: string, byTo: ByTo): string {
  const [, underscore = "", name = "", rest = ""] = /^(_?)([^.@]*)(.*)$/s.exec(symbol) ?? [];
  const whole = byTo.get(underscore + name);
  if (whole !== undefined) return whole + rest;
  const from = byTo.get(name);
  return from === undefined ? symbol : underscore + from + rest;
}

/** Each `<digits><to>` whose digits end with the length of `to`; digits before them end an identifier or a literal. */
function unflavorMangled(symbol: string, suffix: string, byTo: ByTo): string {
  let out = "";
  let from = 0;
  for (let at = symbol.indexOf(suffix); at >= 0; at = symbol.indexOf(suffix, at + 1)) {
    for (const end of endsBehind(symbol, at + suffix.length)) {
      const found = identifierEndingAt(symbol, from, end, byTo);
      if (found === undefined) continue;
      out += `${symbol.slice(from, found.digits)}${found.name.length}${found.name}`;
      from = end;
      break;
    }
  }
  return out + symbol.slice(from);
}

/** Where an identifier may end that has the suffix before `at`: there, or behind a version, whose digits those of a length may follow. */
function endsBehind(symbol: string, at: number): number[] {
  const version = /^(?:_\d+)+/.exec(symbol.slice(at, at + LONGEST_VERSION))?.[0] ?? "";
  return [at, ...Array.from(version, (_, index) => at + index + 1).filter((end) => symbol[end - 1] !== "_")];
}

const LONGEST_VERSION = 16;

/** The renamed identifier `[start, end)` with its length written right before it. */
function identifierEndingAt(symbol: string, from: number, end: number, byTo: ByTo): { digits: number; name: string } | undefined {
  for (let start = end - 1; start > from; start--) {
    const length = String(end - start);
    if (!symbol.endsWith(length, start) || start - length.length < from) continue;
    const name = byTo.get(symbol.slice(start, end));
    if (name !== undefined) return { digits: start - length.length, name };
  }
  return undefined;
}
