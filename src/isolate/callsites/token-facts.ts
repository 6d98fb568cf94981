/** Owns small facts read from a file's tokens: include paths, and names that only a friend declaration introduces. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";
import { textOf } from "./declaration.js";
import type { NamespaceBlock } from "./walk-file.js";

/** The paths of all include lines, without their marks. */
export function includePaths(reading: Reading): string[] {
  const { kinds, count } = reading.stream;
  const found: string[] = [];
  for (let i = 0; i < count; i++) if (kinds[i] === KIND.includePath) found.push(includedPath(reading, i));
  return found;
}

/** The path between the marks of the include line whose path is `token`. */
export function includedPath({ bytes, stream }: Reading, token: number): string {
  const text = bytes.subarray((stream.starts[token] as number) + 1, (stream.ends[token] as number) - 1);
  return Buffer.from(text).toString("latin1");
}

/** A name that a `friend` declaration makes a member of the namespace around its class (ISO C++ [namespace.memdef]). */
export interface Befriended {
  readonly block: NamespaceBlock;
  readonly name: string;
  /** NAME.type or NAME.function */
  readonly bits: number;
}

const TYPE = 1;
const FUNCTION = 2;

/** Unqualified friends without a body. */
export function befriended(reading: Reading, blocks: readonly NamespaceBlock[]): Befriended[] {
  const { stream, words } = reading;
  const found: Befriended[] = [];
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier || stream.values[i] !== words.id.friend) continue;
    const block = blocks.findLast((candidate) => candidate.brace < i && i < candidate.end);
    const friend = block === undefined || block.path.includes("") ? undefined : friendName(reading, i + 1);
    if (block !== undefined && friend !== undefined) found.push({ block, ...friend });
  }
  return found;
}

function friendName(reading: Reading, from: number): { name: string; bits: number } | undefined {
  const { stream, words } = reading;
  const isClass = words.aggregate.has(stream.values[from] as number) && isWord(reading, from);
  if (isClass && isWord(reading, from + 1) && isMark(reading, from + 2, BYTE.semicolon))
    return { name: textOf(reading, from + 1), bits: TYPE };
  for (let i = from; i < stream.count && i < from + 200; i++) {
    if (isMark(reading, i, BYTE.semicolon) || isMark(reading, i, BYTE.openBrace)) return undefined;
    if (!isMark(reading, i, BYTE.open)) continue;
    const plain = isWord(reading, i - 1) && !isMark(reading, i - 2, PUNCTUATION.scope);
    return plain && endsPlain(reading, i) ? { name: textOf(reading, i - 1), bits: FUNCTION } : undefined;
  }
  return undefined;
}

function endsPlain(reading: Reading, from: number): boolean {
  for (let i = from; i < reading.stream.count; i++) {
    if (isMark(reading, i, BYTE.semicolon)) return true;
    if (isMark(reading, i, BYTE.openBrace)) return false;
  }
  return false;
}
