/** Owns transfer encodings of mails: quoted-printable and base64, on bytes (latin1). */

/** The bytes behind a `Content-Transfer-Encoding`; 7bit, 8bit and binary are themselves. */
export function decodeTransfer(bytes: string, encoding: string): string {
  const name = encoding.trim().toLowerCase();
  if (name === "base64") return Buffer.from(bytes, "base64").toString("latin1");
  if (name !== "quoted-printable") return bytes;
  return decodeQuoted(bytes.replaceAll(/[ \t]+(?=\r?\n|$)/g, "").replaceAll(/=\r?\n/g, ""));
}

/** `=XX` for a byte. */
export function decodeQuoted(text: string): string {
  return text.replaceAll(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}
