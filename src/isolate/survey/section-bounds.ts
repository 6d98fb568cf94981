/** Owns macros that build the names of a section's bounds, `__start_##set`: no token spells these names. */
import { isWord, type Reading } from "./heads.js";
import { tokenText } from "./token-text.js";

/** Longest body, in tokens, that is looked through. */
const LONGEST_BODY = 60;

/** The word in the body of a macro, whose `#define` is the token `start` and whose line ends at the token `end`, that begins such a name. */
export function builtBound(reading: Reading, start: number, end: number): string | undefined {
  for (let at = start + 2; at < Math.min(end, start + LONGEST_BODY); at++)
    if (isWord(reading, at) && beginsBound(reading, at)) return tokenText(reading, at);
  return undefined;
}

/** Whether the word begins with `__st`, and then as the linker's names do. */
function beginsBound(reading: Reading, token: number): boolean {
  const { bytes, stream } = reading;
  const from = stream.starts[token] as number;
  if (bytes[from] !== UNDERSCORE || bytes[from + 1] !== UNDERSCORE || bytes[from + 2] !== LETTER_S) return false;
  return /^__(?:start|stop)_/.test(tokenText(reading, token));
}

const [UNDERSCORE, LETTER_S] = [95, 115];
