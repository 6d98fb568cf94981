/** Owns byte strings: paths and lines of git as JavaScript strings with one character per byte, since neither has to be UTF-8. */

/** A path or line as git has it, decoded as latin1: every byte one character. */
export type ByteString = string;

/** The bytes of a text, as UTF-8. */
export function bytesOf(text: string): ByteString {
  return isAscii(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** A byte string for people: its text where it is UTF-8, else quoted as git quotes paths (`"caf\351.c"`). */
export function shownBytes(bytes: ByteString): string {
  if (isAscii(bytes)) return bytes;
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  if (!text.includes("\uFFFD")) return text;
  return `"${bytes.replaceAll(/["\\\x80-\xff]/g, quoted)}"`;
}

function quoted(byte: string): string {
  if (byte === '"' || byte === "\\") return `\\${byte}`;
  return `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`;
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
