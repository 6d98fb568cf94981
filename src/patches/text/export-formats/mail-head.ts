/** Owns head lines of mails: ASCII as it is, all else as encoded words (RFC 2047), names with odd characters in quotes. */
import type { Person } from "../text-patch.js";

/** Most bytes of text in a word of 75 characters, each byte three of them at worst. */
const WORD_ROOM = 75 - "=?UTF-8?q??=".length;

/** A head's value. Text that only looks like an encoded word is encoded, too. */
export function headText(text: string): string {
  return isPlain(text) ? text : encodedWords(text);
}

export function headPerson({ name, email }: Person): string {
  const shown = !isPlain(name)
    ? encodedWords(name)
    : /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(name)
      ? name
      : `"${name.replaceAll(/["\\]/g, "\\$&")}"`;
  return `${shown} <${email}>`;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]{0,900}$/.test(text) && !text.includes("=?") && text.trim() === text;
}

/** Words on lines of their own; no character is split between two. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = "";
  for (const character of text) {
    const encoded = encodedCharacter(character);
    if (word.length + encoded.length > WORD_ROOM) {
      words.push(word);
      word = "";
    }
    word += encoded;
  }
  return [...words, word].map((content) => `=?UTF-8?q?${content}?=`).join("\n ");
}

function encodedCharacter(character: string): string {
  if (/^[A-Za-z0-9!*+/-]$/.test(character)) return character;
  return [...Buffer.from(character, "utf8")].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
