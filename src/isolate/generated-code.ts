/** Owns which strings hold code that names a renamed namespace: what a generator writes into the files that it makes. */
import { KIND } from "../tokens/kinds.js";
import type { TokenStream } from "../tokens/stream.js";

/** Such strings of one file. */
export interface CodeStrings {
  readonly count: number;
  /** Byte offset and text of the first. */
  readonly offset: number;
  readonly text: string;
}

/** Gives a test for texts that are code and name one of the namespaces; a name alone or in a sentence is no code. */
export function codeTest(namespaces: readonly string[]): (text: string) => boolean {
  if (namespaces.length === 0) return () => false;
  const word = `(?:${namespaces.join("|")})`;
  const opens = new RegExp(`\\bnamespace\\s+${word}\\b|(?:^|[^\\w:>])::${word}::`);
  const names = new RegExp(`(?<![\\w:])${word}::`);
  return (text) =>
    opens.test(text) || (names.test(text) && /;|\$\w*\$|[{}]\s*(?:\\n)*$|::\s*$|^\s*(?:using|friend|class|struct|template)\b/.test(text));
}

/** The strings of a scanned file that the test holds for; undefined when there is none. */
export function codeStrings(
  { kinds, starts, ends, count }: TokenStream,
  bytes: Buffer,
  isCode: (text: string) => boolean,
): CodeStrings | undefined {
  let found: { count: number; offset: number; text: string } | undefined;
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.string || !mayName(bytes, starts[i] as number, ends[i] as number)) continue;
    const text = bytes.toString("latin1", (starts[i] as number) + 1, (ends[i] as number) - 1);
    if (!isCode(text)) continue;
    found ??= { count: 0, offset: starts[i] as number, text };
    found.count++;
  }
  return found;
}

const COLON = 58;
const LETTER_N = 110;

/** `::` stands in it, or it begins as `namespace` does. */
function mayName(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start + 1; i + 1 < end; i++) if (bytes[i] === COLON && bytes[i + 1] === COLON) return true;
  return bytes[start + 1] === LETTER_N && bytes.toString("latin1", start + 1, start + 10) === "namespace";
}
