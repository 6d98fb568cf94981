/** Owns the reading of a `#define`: its parameters, what the body does with each, the names that it pastes together. */
import { isSymbolText } from "../constructs/asm-text.js";
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isWord, type Reading } from "../survey/heads.js";
import type { FileIndex } from "./file-index.js";
import { argumentOf, argumentsAt, isPaste, partAt } from "./macro-call.js";
import { macroExtents } from "./macro-extent.js";
import type { MacroArgument, MacroDefinition, ParameterUse, PassedOn, Paste, PastePart } from "./macro-model.js";
import { callOf, decideNamespace } from "./namespace-tokens.js";

/** The file that is read. */
export interface MacroFile {
  /** Its index in the tree. */
  readonly index: number;
  /** Whether nobody is expected to include it. */
  readonly local: boolean;
}

/** The definition whose directive is the token `start`; `undefined` when nothing is defined there. */
export function readDefinition(
  reading: Reading,
  start: number,
  nameOf: (id: number) => string,
  file: MacroFile,
): MacroDefinition | undefined {
  const { kinds, values } = reading.stream;
  if (kinds[start + 1] !== KIND.identifier) return undefined;
  const list = parameterList(reading, start + 1);
  const ids = list?.ids ?? [];
  const body = list === undefined ? start + 2 : list.end;
  return {
    name: nameOf(values[start + 1] as number),
    file: file.index,
    local: file.local,
    includes: file.local ? includedNames(reading) : [],
    offset: reading.stream.starts[start] as number,
    parameters: list?.ids.map(nameOf),
    variadic: list?.variadic ?? false,
    close: list === undefined ? undefined : reading.stream.starts[list.end - 1],
    uses: usesOf(reading, body, ids, nameOf),
    pastes: pastesOf(reading, body, ids, nameOf),
    filled: list === undefined ? filledAt(reading, start + 1) : undefined,
    result: argumentOf(reading, body, lineEndAt(reading, body), ids, nameOf).parts,
  };
}

/** The end of `@NAME@` or `${NAME}` when that is all that stands behind the macro's name in its line. */
function filledAt({ bytes, stream }: Reading, name: number): number | undefined {
  let from = stream.ends[name] as number;
  while (bytes[from] === 32 || bytes[from] === 9) from++;
  if (bytes[from] !== BYTE.at && bytes[from] !== DOLLAR) return undefined;
  let to = from;
  while (to < bytes.length && bytes[to] !== 10 && bytes[to] !== 13) to++;
  const text = Buffer.from(bytes.subarray(from, to)).toString("latin1").trimEnd();
  return /^(?:@\w+@|\$\{\w+\})$/.test(text) ? from + text.length : undefined;
}

const DOLLAR = 36;

/** Names of the files, without folders, that the file includes between quotes. */
function includedNames({ bytes, stream }: Reading): string[] {
  const { kinds, starts, ends, count } = stream;
  const found = new Set<string>();
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.includePath || bytes[starts[i] as number] !== QUOTE) continue;
    const path = Buffer.from(bytes.subarray((starts[i] as number) + 1, (ends[i] as number) - 1)).toString("latin1");
    found.add(path.slice(path.lastIndexOf("/") + 1));
  }
  return [...found];
}

const QUOTE = 34;

function lineEndAt({ stream }: Reading, from: number): number {
  let i = from;
  while (i < stream.count && stream.kinds[i] !== KIND.directiveEnd) i++;
  return i;
}

/** The definitions of a file in which the tokens `index.pastes` paste. */
export function pastingDefinitions(
  reading: Reading,
  { directives, pastes }: Pick<FileIndex, "directives" | "pastes">,
  file: MacroFile,
  nameOf: (id: number) => string,
): MacroDefinition[] {
  const found: MacroDefinition[] = [];
  const extents = macroExtents(reading, directives);
  let at = 0;
  let last = -1;
  for (const paste of pastes) {
    while (at < directives.length && (directives[at + 1] as number) < paste) at += 2;
    const start = directives[at];
    if (start === undefined || start > paste || start === last || reading.stream.values[start] !== DIRECTIVE.define) continue;
    last = start;
    const definition = readDefinition(reading, start, nameOf, file);
    if (definition !== undefined && definition.pastes.length > 0) found.push({ ...definition, until: extents.get(start) });
  }
  return found;
}

/** The parameters of the macro whose name is token `at`; undefined for a macro without a parameter list. */
export function parameterList(
  { stream, words }: Reading,
  at: number,
): { readonly ids: readonly number[]; readonly variadic: boolean; readonly end: number } | undefined {
  const { kinds, values, starts, ends, count } = stream;
  if (values[at + 1] !== BYTE.open || kinds[at + 1] !== KIND.punctuation || starts[at + 1] !== ends[at]) return undefined;
  const ids: number[] = [];
  let [dots, named] = [0, false];
  let i = at + 2;
  for (; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    if (kinds[i] === KIND.identifier) [named] = [true, ids.push(values[i] as number)];
    else if (values[i] === BYTE.close) break;
    else if (values[i] === BYTE.comma) named = false;
    else if (values[i] === BYTE.dot) dots++;
  }
  const { __VA_ARGS__: rest } = words.id;
  if (dots >= 3 && !named) ids.push(rest);
  return { ids, variadic: dots >= 3, end: i + 1 };
}

function usesOf(reading: Reading, body: number, ids: readonly number[], nameOf: (id: number) => string): ParameterUse[] {
  const { kinds, values, count } = reading.stream;
  const found = Array.from({ length: ids.length }, () => ({
    namespace: false,
    string: false,
    other: false,
    member: false,
    tag: false,
    plain: false,
    passed: [] as PassedOn[],
    whole: false,
    calls: [] as MacroArgument[][],
    places: [] as number[],
    symbols: [] as number[],
  }));
  for (let i = body; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    const use = kinds[i] === KIND.identifier ? found[ids.indexOf(values[i] as number)] : undefined;
    if (use === undefined || isPaste(reading, i - 1) || isPaste(reading, i + 1)) continue;
    if (isMark(reading, i - 1, BYTE.hash)) {
      use.string = true;
      if (isSymbolText(reading, i - 1)) use.symbols.push(reading.stream.ends[i] as number);
    } else {
      use.places.push(reading.stream.ends[i] as number);
      noteUse(reading, i, body, use, nameOf);
      const call = argumentsAt(reading, i + 1, ids, nameOf);
      if (call !== undefined) use.calls.push(call);
    }
  }
  return found;
}

function noteUse(
  reading: Reading,
  token: number,
  body: number,
  use: { namespace: boolean; other: boolean; member: boolean; tag: boolean; plain: boolean; whole: boolean; passed: PassedOn[] },
  nameOf: (id: number) => string,
): void {
  if (token === body && reading.stream.kinds[token + 1] === KIND.directiveEnd) use.whole = true;
  const decision = decideNamespace(reading, token, DIRECTIVE.define);
  if (isMark(reading, token - 1, BYTE.dot) || isMark(reading, token - 1, PUNCTUATION.arrow)) use.member = true;
  else if (isWord(reading, token - 1) && reading.words.aggregate.has(reading.stream.values[token - 1] as number)) use.tag = true;
  else if (decision !== "argument") use.plain = true;
  if (decision === "rename") use.namespace = true;
  else if (decision === "argument") {
    const call = callOf(reading, token);
    if (call !== undefined) use.passed.push({ macro: nameOf(call.callee), index: call.index, end: reading.stream.ends[token] as number });
  } else if (!use.whole) use.other = true;
}

/** Every chain of identifiers, numbers and parameters that `##` joins. */
function pastesOf(reading: Reading, body: number, ids: readonly number[], nameOf: (id: number) => string): Paste[] {
  const { kinds, starts, ends, count } = reading.stream;
  const found: Paste[] = [];
  for (let i = body; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    if (!isPaste(reading, i + 1)) continue;
    const from = i;
    const parts = [partAt(reading, i, ids, nameOf)];
    while (isPaste(reading, i + 1) && i + 2 < count && kinds[i + 2] !== KIND.directiveEnd) {
      i += 2;
      parts.push(partAt(reading, i, ids, nameOf));
    }
    if (parts.every((part) => part !== undefined)) {
      found.push({
        parts: parts as PastePart[],
        offset: starts[from] as number,
        end: ends[i] as number,
        argumentOf: argumentOfCall(reading, from, i, nameOf),
        call: argumentsAt(reading, i + 1, ids, nameOf),
      });
    }
  }
  return found;
}

/** The call that the tokens `from` to `to` are a whole argument of. */
function argumentOfCall(reading: Reading, from: number, to: number, nameOf: (id: number) => string): PassedOn | undefined {
  const isAlone =
    [BYTE.open, BYTE.comma].some((mark) => isMark(reading, from - 1, mark)) &&
    [BYTE.close, BYTE.comma].some((mark) => isMark(reading, to + 1, mark));
  const call = isAlone ? callOf(reading, from) : undefined;
  return call === undefined ? undefined : { macro: nameOf(call.callee), index: call.index };
}

function isMark({ stream }: Reading, token: number, value: number): boolean {
  return token >= 0 && token < stream.count && stream.kinds[token] === KIND.punctuation && stream.values[token] === value;
}
