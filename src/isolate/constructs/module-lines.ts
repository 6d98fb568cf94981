/** Owns the lines by which C++20 modules are declared and imported: where the module's name stands (ISO C++ [module.unit], [module.import]). */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";

/** The name of a module in such a line. */
export interface ModuleName {
  /** With its dots, without a partition: `lib.core` of `lib.core:part`. */
  readonly name: string;
  /** `module`, not `import`. */
  readonly declares: boolean;
  /** Byte offset behind its last word. */
  readonly end: number;
}

/** A line that begins with the token `at`, one of `module` and `import`. */
export interface ModuleLine {
  readonly module: ModuleName | undefined;
  /** The last token of `<path>`, whose words are no names; else the token itself. */
  readonly last: number;
}

/** The line, or undefined when the word is none of a module's. */
export function moduleLine(reading: Reading, at: number, nameOf: (id: number) => string): ModuleLine | undefined {
  const { id } = reading.words;
  const declares = valueAt(reading, at) === id.module;
  const first = isExport(reading, at - 1) ? at - 1 : at;
  if (!startsLine(reading, first) || (declares && !beginsUnit(reading, first))) return undefined;
  if (!declares && isMark(reading, at + 1, BYTE.less)) return { module: undefined, last: headerEnd(reading, at + 1) };
  const words: string[] = [];
  let i = at + 1;
  for (; isWord(reading, i); i += 2) {
    words.push(nameOf(valueAt(reading, i)));
    if (!isMark(reading, i + 1, BYTE.dot)) break;
  }
  if (words.length === 0 || !isWord(reading, i) || !endsName(reading, i + 1)) return undefined;
  return { module: { name: words.join("."), declares, end: reading.stream.ends[i] as number }, last: at };
}

function isExport(reading: Reading, token: number): boolean {
  return isWord(reading, token) && valueAt(reading, token) === reading.words.id.export;
}

/** Whether the token is the first one of its line. */
function startsLine({ bytes, stream }: Reading, token: number): boolean {
  if (token === 0 || stream.kinds[token - 1] === KIND.directiveEnd) return true;
  return bytes.subarray(stream.ends[token - 1], stream.starts[token]).includes(10);
}

/** `;`, a partition, an attribute. */
function endsName(reading: Reading, token: number): boolean {
  return [BYTE.semicolon, BYTE.colon, BYTE.openSquare].some((mark) => isMark(reading, token, mark));
}

/** The `>` of `<path>` on the same line. */
function headerEnd(reading: Reading, open: number): number {
  const { starts, count } = reading.stream;
  const newline = reading.bytes.indexOf(10, starts[open]);
  const lineEnd = newline < 0 ? reading.bytes.length : newline;
  let i = open;
  while (i < count && (starts[i] as number) < lineEnd && !isMark(reading, i, BYTE.greater)) i++;
  return isMark(reading, i, BYTE.greater) ? i : open;
}

/** Whether nothing but preprocessor lines and `module;` stands before the token. */
export function beginsUnit(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  for (let i = 0; i < token; i++) {
    if (kinds[i] === KIND.directive) while (i < token && kinds[i] !== KIND.directiveEnd) i++;
    else if (values[i] !== reading.words.id.module && !isMark(reading, i, BYTE.semicolon)) return false;
  }
  return true;
}
