/** Owns the JSON that is signed: read so that no two readers can understand it differently. */

/** A text, a number, or a sign of JSON; what JSON.parse took has nothing else. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\]:,]/g;
const WHOLE = /^(?:0|-?[1-9]\d*)$/;
const DEEPEST = 32;

/**
 * JSON of UTF-8 without byte order mark, without an object that names a key twice, with whole numbers only (no fraction, no
 * exponent), whole characters in texts, 32 levels at most. Undefined where it is not that.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isStrict(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isStrict(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let last: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":" && !isNewKey(open.at(-1), last)) return false;
    else if (token.startsWith('"')) last = JSON.parse(token) as string;
    else if (/^[-\d]/.test(token) && !WHOLE.test(token)) return false;
    if (open.length > DEEPEST || (token.startsWith('"') && /\p{Surrogate}/u.test(last ?? ""))) return false;
  }
  return true;
}

function isNewKey(keys: Set<string> | null | undefined, key: string | undefined): boolean {
  if (keys === null || keys === undefined || key === undefined || key === "__proto__" || keys.has(key)) return false;
  keys.add(key);
  return true;
}
