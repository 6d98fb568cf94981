/**
 * Owns how an instance of a template is called while a shim is planned and written: one word, so that it is a name as any other.
 * `lab::Box<int>` is `lab::unfork_instance3_Box_of_int` (3: the letters of `Box`); the last step writes it out.
 */
import { sha256 } from "../../../support/hash.js";

const WORD = /unfork_instance(\d+)_(\w+)/;

/** `shown`: its arguments in common names, without those of the library's own namespace. */
export function instanceWord(template: string, shown: string, key: string): string {
  const word = shown
    .replaceAll(/\bstd::/g, "")
    .replaceAll("&&", "_rvalue")
    .replaceAll("&", "_ref")
    .replaceAll("*", "_ptr")
    .replaceAll("<", "_of_")
    .replaceAll(",", "_and_")
    .replaceAll(/\W+/g, "_")
    .replaceAll(/_+/g, "_")
    .replaceAll(/^_|_$/g, "");
  const name = template.replaceAll(/\W/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`);
  // Signs that leave no trace in a word could make two instances one.
  const isPlain = /^[\w:<>,*& ]*$/.test(shown);
  return `unfork_instance${name.length}_${name}_of_${word}${isPlain ? "" : `_${sha256(key).slice(0, 4)}`}`;
}

/** Whether the last word of a name is an instance's. */
export function isInstanceName(name: string): boolean {
  return name.slice(name.lastIndexOf(":") + 1).startsWith("unfork_instance");
}

/** Whether it is an instance's, or of what is in one. */
export function isOfInstance(name: string): boolean {
  return name.includes("unfork_instance");
}

/** For names that are made of it: `Box_of_int`. */
export function plainWords(text: string): string {
  return text.replaceAll(new RegExp(WORD, "g"), "$2");
}

/** What a class of that last word calls itself: `Box`. */
export function ownWord(word: string): string {
  const [whole, length, rest] = WORD.exec(word) ?? [];
  return whole === word && rest !== undefined ? rest.slice(0, Number(length)) : word;
}

/** In the flavor's own build. */
export function libraryWord(name: string, flavor: string): string {
  return name.replaceAll(/\bunfork_instance(?=\d)/g, `unfork_library_${flavor}_`);
}
