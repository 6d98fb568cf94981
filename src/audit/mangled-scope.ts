/**
 * Owns the outermost scope of a mangled C++ name, read from the mangled text itself (Itanium C++ ABI, "Mangling"):
 * the guard against a demangled text that starts with something else than the entity's own name.
 */

/** Letters after `S` that stand for `std` or a class in it. */
const STANDARD = /^S[tabsiod]/;

/** What comes before the name: `_Z` and the kinds of special names, with a thunk's offsets. */
const SPECIAL = /^_Z(?:T[VTISWHA]|TC|GV|GR|GTt|GTn|T[hv](?:n?\d+_)+|Tc(?:[hv](?:n?\d+_)+){2})?/;

/**
 * The first component: `std`, a namespace, a class, or a function at global scope; "" for builtin types and
 * operators at global scope; undefined for a name that is not mangled or starts in a way that is not known.
 */
export function outermostScope(symbol: string): string | undefined {
  const special = SPECIAL.exec(symbol);
  if (special === null) return undefined;
  const rest = symbol
    .slice(special[0].length)
    .replace(/^[PROKVZ]*/, "")
    .replace(/^(?:Z|N[rVKRO]*)*/, "");
  if (STANDARD.test(rest)) return "std";
  const source = /^L?(\d+)/.exec(rest);
  if (source === null) return /^[a-zFADM]/.test(rest) ? "" : undefined;
  return sourceName(rest, source);
}

function sourceName(rest: string, source: RegExpExecArray): string | undefined {
  const length = Number(source[1]);
  const bytes = Buffer.from(rest.slice(source[0].length), "utf8");
  if (length === 0 || length > bytes.length) return undefined;
  const name = bytes.subarray(0, length).toString("utf8");
  return name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
}
