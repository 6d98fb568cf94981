/** Owns names in double quotes, as git writes them: C escapes and octal bytes (git-config, core.quotePath). */

const LETTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  '"': '"',
  "\\": "\\",
};

const ESCAPES = new Map(Object.entries(LETTERS).map(([letter, byte]) => [byte, `\\${letter}`]));

/** The name at the start of a text that begins with a double quote, and what follows it; undefined when the quotes are broken. */
export function unquoteName(text: string): { name: string; rest: string } | undefined {
  const quoted = /^"((?:[^"\\]|\\(?:[abtnvfr"\\]|[0-3][0-7]{2}))*)"/.exec(text);
  if (quoted === null) return undefined;
  const name = (quoted[1] ?? "").replaceAll(/\\([0-3][0-7]{2}|.)/g, (_all, code: string) => LETTERS[code] ?? byteOf(code));
  return { name, rest: text.slice(quoted[0].length) };
}

function byteOf(octal: string): string {
  return String.fromCodePoint(Number.parseInt(octal, 8));
}

/** The name as it is, or in quotes when it holds control characters, quotes, backslashes or bytes beyond ASCII. */
export function quoteName(name: string): string {
  const body = name.replaceAll(/[\p{Cc}"\\\x7f-\xff]/gu, (byte) => ESCAPES.get(byte) ?? `\\${octalOf(byte)}`);
  return body === name ? name : `"${body}"`;
}

function octalOf(byte: string): string {
  return byte.charCodeAt(0).toString(8).padStart(3, "0");
}
