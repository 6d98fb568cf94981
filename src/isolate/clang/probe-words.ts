/** Owns words that stand for undecided tokens in a second parse: as long as the word itself, so that no offset moves, and found nowhere else. */

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** A word of the name's length for the token of that number, which none of the texts holds. */
export function probeWord(name: string, number: number, texts: readonly Buffer[]): string {
  for (let salt = 0; salt < LETTERS.length ** 2; salt++) {
    const word = wordOf(name.length, number * 7 + salt);
    if (word !== name && !texts.some((text) => text.includes(word, 0, "latin1"))) return word;
  }
  throw new Error(`no free word of ${name.length} letters stands for '${name}'`);
}

/** `zq…` with the number in base 62 at its end; shorter ones keep what fits. */
function wordOf(length: number, number: number): string {
  let digits = "";
  for (let rest = number; digits.length < Math.max(1, length - 1); rest = Math.floor(rest / LETTERS.length))
    digits = LETTERS[rest % LETTERS.length] + digits;
  const start = "zqxkvjw".padEnd(length, "zqxkvjw");
  return (start.slice(0, Math.max(1, length - 4)) + digits.slice(-Math.min(4, length - 1))).slice(0, length);
}
