/** Owns the reading of `#define` lines with their bodies, for the expansion of calls between declarations. */
import { withoutBlocks } from "./body-blocks.js";
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "./heads.js";
import { innerDefinitions } from "./inner-macros.js";
import { tokenText } from "./token-text.js";

/** One definition of a macro, spelled out. */
export interface MacroBody {
  readonly name: string;
  /** Index of the file in the tree. */
  readonly file: number;
  /** Whether it holds in this file, and in what it includes, alone: a source file's. */
  readonly local: boolean;
  /** Whether the file is a source of C. */
  readonly isC?: true;
  /** Names of the files, without folders, that this file includes by name. */
  readonly includes: readonly string[];
  /** Whether the file ends it somewhere by `#undef`. */
  readonly ends?: true;
  /** Whether it stands in a class, a function or the like, for a list that is included there: it says nothing of other places. */
  readonly inner?: true;
  /** Whether it stands for the case that nobody has defined the macro before: `#ifndef NAME`. */
  readonly isDefault?: true;
  /** Whether a name that is declared by it is the word that it stands for, beyond doubt. */
  readonly givesName?: boolean;
  /** The files that may see it; undefined: it is not known which. */
  readonly seenBy?: readonly number[];
  /** Undefined: no parameter list. A variadic one ends with `__VA_ARGS__` unless that has a name of its own. */
  readonly parameters: readonly string[] | undefined;
  readonly body: readonly string[];
}

/** Of longer bodies the blocks of functions are left out; what is longer still is no declaration. */
const LONGEST_BODY = 2000;

/** The definitions of the wanted macros in one file. */
export function readBodies(reading: Reading, wanted: ReadonlySet<number>, place: Pick<MacroBody, "file" | "local" | "isC">): MacroBody[] {
  const { kinds, values, count } = reading.stream;
  const found: MacroBody[] = [];
  const starts: number[] = [];
  const includes: string[] = [];
  const ended = new Set<string>();
  const conditions: number[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] === KIND.includePath) includes.push(fileName(reading, i));
    if (kinds[i] !== KIND.directive || values[i] === DIRECTIVE.include) continue;
    const start = i;
    while (i < count && kinds[i] !== KIND.directiveEnd) i++;
    noteCondition(conditions, values[start] as number, start);
    if (values[start] === DIRECTIVE.undef && isWord(reading, start + 1)) ended.add(tokenText(reading, start + 1));
    if (values[start] !== DIRECTIVE.define || !isWord(reading, start + 1) || !wanted.has(valueAt(reading, start + 1))) continue;
    const body = definition(reading, start + 1, i);
    const short = i - start < LONGEST_BODY ? body : { ...body, body: withoutBlocks(body.body) };
    if (short.body.length >= LONGEST_BODY) continue;
    const isDefault = asksFor(reading, conditions.at(-1), body.name) ? { isDefault: true as const } : {};
    found.push({ ...place, includes, ...short, ...isDefault });
    starts.push(start);
  }
  const inner = innerDefinitions(reading, starts);
  return found.map((macro, at) =>
    Object.assign(
      macro,
      ended.has(macro.name) ? { ends: true as const } : {},
      inner.has(starts[at] as number) ? { inner: true as const } : {},
    ),
  );
}

/** Keeps the first tokens of the open conditions; a further branch's is not told. */
function noteCondition(conditions: number[], directive: number, start: number): void {
  if (directive === DIRECTIVE.if) conditions.push(start);
  else if (directive === DIRECTIVE.endif) conditions.pop();
  else if (conditions.length > 0 && (directive === DIRECTIVE.elif || directive === DIRECTIVE.else)) conditions[conditions.length - 1] = -1;
}

/** Whether the line that begins at the token is `#ifndef name` or `#if !defined(name)`. */
function asksFor({ stream, bytes }: Reading, start: number | undefined, name: string): boolean {
  if (start === undefined || start < 0) return false;
  let end = start;
  while (end < stream.count && stream.kinds[end] !== KIND.directiveEnd) end++;
  const [from, to] = [stream.starts[start] as number, stream.ends[end - 1] as number];
  const asked = /^#[ \t]*(?:ifndef[ \t]+|if[ \t]*![ \t]*defined[ \t(]*)(\w+)[ \t]*\)?$/.exec(
    Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1"),
  );
  return asked?.[1] === name;
}

/** `name` of the included path `"folder/name"`. */
export function fileName(reading: Reading, token: number): string {
  const path = tokenText(reading, token);
  return path.slice(Math.max(path.lastIndexOf("/"), 0) + 1, -1);
}

function definition(reading: Reading, name: number, end: number): Pick<MacroBody, "name" | "parameters" | "body"> {
  const { starts, ends } = reading.stream;
  const called = isMark(reading, name + 1, BYTE.open) && starts[name + 1] === ends[name];
  let at = name + 1;
  if (called) while (at < end && !isMark(reading, at, BYTE.close)) at++;
  return {
    name: tokenText(reading, name),
    parameters: called ? parameters(reading, name + 2, at) : undefined,
    body: tokenTexts(reading, called ? at + 1 : at, end),
  };
}

function parameters(reading: Reading, start: number, end: number): string[] {
  const found: string[] = [];
  for (let i = start; i < end; i++) if (isWord(reading, i)) found.push(tokenText(reading, i));
  const variadic = isMark(reading, end - 1, BYTE.dot);
  if (variadic && !isWord(reading, end - 4)) found.push("__VA_ARGS__");
  return found;
}

/** The texts of the tokens from `start` to before `end`. */
export function tokenTexts(reading: Reading, start: number, end: number): string[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, i) => tokenText(reading, start + i));
}
