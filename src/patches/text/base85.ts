/** Owns git's base 85: five characters for four bytes, most significant first; other digits than RFC 1924's order knows are none. */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** The first `length` bytes of a text in base 85; undefined when a character is no digit or a group is beyond 32 bits. */
export function decode85(text: string, length: number): Buffer | undefined {
  const bytes = Buffer.alloc((text.length / 5) * 4);
  for (let group = 0; group * 5 < text.length; group++) {
    const value = groupValue(text.slice(group * 5, group * 5 + 5));
    if (value === undefined) return undefined;
    bytes.writeUInt32BE(value, group * 4);
  }
  return bytes.subarray(0, length);
}

function groupValue(digits: string): number | undefined {
  let value = 0;
  for (const digit of digits) value = value * 85 + (VALUES.get(digit) ?? Number.NaN);
  return value <= 0xffff_ffff ? value : undefined;
}

/** Bytes in base 85, the last group filled with zeros. */
export function encode85(bytes: Uint8Array): string {
  const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  let text = "";
  for (let at = 0; at < padded.length; at += 4) text += groupText(padded.readUInt32BE(at));
  return text;
}

function groupText(value: number): string {
  let text = "";
  for (let rest = value, digit = 0; digit < 5; digit++, rest = Math.floor(rest / 85)) text = `${DIGITS[rest % 85] ?? ""}${text}`;
  return text;
}
