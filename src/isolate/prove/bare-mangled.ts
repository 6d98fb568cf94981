/** Owns taking a suffix out of the identifiers of a mangled name, with their lengths (Itanium C++ ABI 5.1), without demangling it. */

interface Identifier {
  readonly digits: number;
  readonly start: number;
  readonly end: number;
}

/** Every identifier that holds the suffix, with its length; suffixes in no identifier (C names in front) simply go. */
export function bareMangled(name: string, suffix: string): string {
  const walked = walk(name, suffix, true) ?? walk(name, suffix, false) ?? [];
  let out = "";
  let from = 0;
  for (let at = name.indexOf(suffix); at >= 0; at = name.indexOf(suffix, from)) {
    const end = at + suffix.length;
    const found = walked.find((one) => one.start < at && one.end >= end) ?? identifierAround(name, from, at, suffix.length);
    if (found === undefined) out += name.slice(from, at);
    else {
      const bare = name.slice(found.start, found.end).replaceAll(suffix, "");
      out += `${name.slice(from, found.digits)}${bare.length}${bare}`;
    }
    from = found?.end ?? end;
  }
  return out + name.slice(from);
}

/** Numbers that are no lengths: literals, substitutions, parameters, arrays, discriminators, offsets of thunks. */
const NUMBERS = /L[a-z]n?\d+E|[ST][\dA-Z]*_|A\d+_|fp\d*_|__\d+_|_\d+|Tvn?\d+_n?\d+_|Thn?\d+_|[CD]\d|\.\d+|U[tlb]\d*_/y;

/**
 * The identifiers that hold the suffix, read from left to right; undefined when one of them is met otherwise than behind
 * its length. A number between two E is a literal's value, or the length of an identifier that starts with E: `literals`.
 */
function walk(name: string, suffix: string, literals: boolean): Identifier[] | undefined {
  const found: Identifier[] = [];
  let at = name.indexOf("_Z") + 2;
  if (at < 2) return undefined;
  let next = name.indexOf(suffix);
  while (at < name.length && next >= 0) {
    if (at > next) return undefined;
    const skipped = numberAt(name, at, literals);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const identifier = isDigit(name, at) ? identifierAt(name, at) : undefined;
    if (identifier !== undefined && identifier.end > next) {
      if (identifier.end < next + suffix.length) return undefined;
      found.push(identifier);
      next = name.indexOf(suffix, identifier.end);
    }
    at = identifier?.end ?? at + 1;
  }
  return next < 0 ? found : undefined;
}

/** Where a number that is no length ends; `at` where there is none. */
function numberAt(name: string, at: number, literals: boolean): number {
  NUMBERS.lastIndex = at;
  if (NUMBERS.test(name)) return NUMBERS.lastIndex;
  if (!literals || name[at - 1] !== "E" || !isDigit(name, at)) return at;
  const end = digitsEnd(name, at);
  return name[end] === "E" ? end : at;
}

function identifierAt(name: string, digits: number): Identifier | undefined {
  const start = digitsEnd(name, digits);
  const end = start + Number(name.slice(digits, start));
  return end > start && end <= name.length && /^\w+$/.test(name.slice(start, end)) ? { digits, start, end } : undefined;
}

function digitsEnd(name: string, from: number): number {
  let end = from;
  while (isDigit(name, end)) end++;
  return end;
}

/** Where reading from the left failed: what has its own length in front and ends with the suffix at `at`, or has it inside. */
function identifierAround(name: string, from: number, at: number, length: number): Identifier | undefined {
  let inside: Identifier | undefined;
  let exact: Identifier | undefined;
  for (let start = at - 1; start > from; start--) {
    if (!isDigit(name, start - 1) || isDigit(name, start)) continue;
    for (let digits = start - 1; digits >= from && isDigit(name, digits); digits--) {
      const end = start + Number(name.slice(digits, start));
      if (end > name.length) break;
      if (end < at + length || name[digits] === "0" || !/^\w+$/.test(name.slice(start, end))) continue;
      const found = { digits, start, end };
      if (end > at + length) inside ??= found;
      else if (exact === undefined || !/L[a-z]n?$/.test(name.slice(0, digits))) exact = found;
    }
  }
  return exact ?? inside;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
