/** Owns which names the macros of GNU's assembler build: its calls followed through the files of the tree. */
import { basename } from "node:path/posix";

import { exportingWord } from "../survey/assembler.js";
import type { ExportCondition } from "../survey/assembler-macros.js";
import {
  type AssembledLine,
  type AssembledLines,
  type AssembledOperand,
  type AssembledWord,
  type AssemblerMacro,
  isBuilt,
} from "../survey/assembler-lines.js";

/** The lines of one file. */
export interface AssembledFile extends AssembledLines {
  readonly file: number;
  /** Names of the files that it includes, without their folders. */
  readonly includes: readonly string[];
}

/** A place where macros build names. */
export interface AssembledPlace {
  readonly file: number;
  /** Byte offset behind it. */
  readonly end: number;
  /** Its text, `*` for each parameter. */
  readonly pattern: string;
  /** What it ends with. */
  readonly endsWith: "text" | "parameter" | "inner loop";
  readonly names: ReadonlySet<string>;
  /** Whether not every call is known. */
  readonly isOpen: boolean;
  /** Whether what it builds is exported there. */
  readonly isExported: boolean;
  /** Whole words in it, and words of calls that become parts of its names: `file`, offset behind the word. */
  readonly words: ReadonlyMap<string, { readonly text: string; readonly file: number; readonly end: number }>;
}

export interface AssembledNames {
  readonly places: readonly AssembledPlace[];
  /** Exported names that no line spells, each with a file that builds it. */
  readonly exported: ReadonlyMap<string, number>;
  /** Words of calls that stand for a whole name as well: `file/end`. */
  readonly whole: ReadonlySet<string>;
}

/** A value of a parameter; the word that it was in the call, when it was one. */
interface Value {
  readonly text: string | undefined;
  readonly from?: { readonly text: string; readonly file: number; readonly end: number };
}

interface OpenPlace {
  readonly file: number;
  readonly end: number;
  readonly pattern: string;
  readonly endsWith: AssembledPlace["endsWith"];
  readonly names: Set<string>;
  isOpen: boolean;
  isExported: boolean;
  readonly words: Map<string, { readonly text: string; readonly file: number; readonly end: number }>;
}

/** How deep macros call each other, and how many calls are followed in a tree. */
const DEPTH = 12;
const CALLS = 400_000;

/** `exporters`: macros that export the label which is their first argument, with the condition. */
export function assembledNames(
  files: readonly AssembledFile[],
  nameOf: (file: number) => string,
  exporters: ReadonlyMap<string, ExportCondition | undefined>,
): AssembledNames {
  const places = new Map<string, OpenPlace>();
  const [exported, weak] = [new Map<string, number>(), new Map<string, number>()];
  const labels = new Set<string>();
  const whole = new Set<string>();
  const seen = new Set<string>();
  const macrosFor = macrosIn(files, nameOf);
  let left = CALLS;

  function follow(line: AssembledLine, values: readonly Value[], around: number, caller: number, depth: number): void {
    for (const word of line.built) note(word, values, around);
    const label = line.label === undefined ? undefined : joined(line.label, values);
    if (label !== undefined) labels.add(label);
    const called = line.calls === undefined ? undefined : joined(line.calls, values);
    if (called === undefined) return;
    const exporting = exporters.has(called) ? "always" : exportingWord(called);
    if (exporting !== undefined) {
      if (depth > 0) noteExport(line, values, around, exporters.get(called), exporting === "always" ? exported : weak);
      return;
    }
    for (const { file, macro } of macrosFor(caller, called)) {
      if (depth >= DEPTH || left-- <= 0) return void openAll(macro, file);
      const given = bound(macro, line.operands, values, around);
      const key = JSON.stringify([file, macro.name, caller, given]);
      if (seen.has(key)) continue;
      seen.add(key);
      for (const inner of macro.lines) follow(inner, given, file, caller, depth + 1);
    }
  }

  function note(word: AssembledWord, values: readonly Value[], file: number): void {
    const place = placeAt(places, word, file);
    const name = joined(word, values);
    if (name === undefined) place.isOpen = true;
    else place.names.add(name);
    for (const part of word.parts) {
      const from = typeof part === "number" ? values[part]?.from : undefined;
      if (from !== undefined) place.words.set(`${String(from.file)}/${String(from.end)}`, from);
    }
  }

  function noteExport(
    { operands: [label, ...more] }: AssembledLine,
    values: readonly Value[],
    file: number,
    when: ExportCondition | undefined,
    into: Map<string, number>,
  ): void {
    if (label?.word === undefined || (when !== undefined && !holds(when, [label, ...more], values))) return;
    if (isBuilt(label.word)) placeAt(places, label.word, file).isExported = true;
    const name = joined(withoutPrefix(label.word), values);
    if (name !== undefined && /^[A-Za-z_][\w$]*$/.test(name) && !into.has(name)) into.set(name, file);
    const [only, ...rest] = label.word.parts;
    const from = typeof only === "number" && rest.length === 0 ? values[only]?.from : undefined;
    if (from !== undefined) whole.add(`${String(from.file)}/${String(from.end)}`);
  }

  function openAll({ lines }: AssemblerMacro, file: number): void {
    for (const word of lines.flatMap(({ built }) => built)) placeAt(places, word, file).isOpen = true;
  }

  for (const { file, lines } of files) for (const line of lines) follow(line, [], file, file, 0);
  for (const [name, file] of weak) if (labels.has(name) && !exported.has(name)) exported.set(name, file);
  return { places: [...places.values()].toSorted((a, b) => a.file - b.file || a.end - b.end), exported, whole };
}

/** By file and name: the file's own macros, else those of the files that it includes. */
function macrosIn(
  files: readonly AssembledFile[],
  nameOf: (file: number) => string,
): (file: number, name: string) => readonly { readonly file: number; readonly macro: AssemblerMacro }[] {
  const byFile = new Map(files.map((one) => [one.file, one] as const));
  const byName = new Map<string, AssembledFile[]>();
  for (const one of files) {
    const name = basename(nameOf(one.file));
    byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  const known = new Map<number, Map<string, { file: number; macro: AssemblerMacro }[]>>();
  function visible(file: number): Map<string, { file: number; macro: AssemblerMacro }[]> {
    const found = known.get(file) ?? new Map<string, { file: number; macro: AssemblerMacro }[]>();
    if (known.has(file)) return found;
    known.set(file, found);
    const [reached, waiting] = [new Set<number>(), [file]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const one = byFile.get(next);
      if (one === undefined || reached.has(next)) continue;
      reached.add(next);
      for (const macro of one.macros) found.set(macro.name, [...(found.get(macro.name) ?? []), { file: next, macro }]);
      waiting.push(...one.includes.flatMap((name) => (byName.get(name) ?? []).map((other) => other.file)));
    }
    return found;
  }
  return (file, name) => visible(file).get(name) ?? [];
}

function placeAt(places: Map<string, OpenPlace>, { parts, end, words, endsLoop }: AssembledWord, file: number): OpenPlace {
  const key = `${String(file)}/${String(end)}`;
  const known = places.get(key);
  if (known !== undefined) return known;
  const own = words.map(([text, at]) => [`${String(file)}/${String(at)}`, { text, file, end: at }] as const);
  const endsWith = endsLoop === true ? "inner loop" : typeof parts.at(-1) === "number" ? "parameter" : "text";
  const pattern = parts.map((part) => (typeof part === "string" ? part : "*")).join("");
  const place: OpenPlace = { file, end, pattern, endsWith, names: new Set(), isOpen: false, isExported: false, words: new Map(own) };
  places.set(key, place);
  return place;
}

function joined({ parts }: AssembledWord, values: readonly Value[]): string | undefined {
  let text = "";
  for (const part of parts) {
    const more = typeof part === "string" ? part : values[part]?.text;
    if (more === undefined) return undefined;
    text += more;
  }
  return text;
}

/** What the parameters of a macro stand for in a call; by place or by name. */
function bound(macro: AssemblerMacro, operands: readonly AssembledOperand[], values: readonly Value[], file: number): Value[] {
  const { parameters } = macro;
  const given: Value[] = parameters.map(({ otherwise }) => ({ text: otherwise }));
  let place = 0;
  for (const { name, word } of operands) {
    const named = name === undefined ? -1 : parameters.findIndex((one) => one.name === name);
    const index = named >= 0 ? named : place++;
    if (index >= parameters.length) {
      if (parameters.at(-1)?.takesAll === true) given[parameters.length - 1] = { text: undefined };
      continue;
    }
    given[index] = named < 0 && name !== undefined ? { text: undefined } : valueOf(word, values, file);
  }
  return given;
}

function valueOf(word: AssembledWord | undefined, values: readonly Value[], file: number): Value {
  if (word === undefined) return { text: undefined };
  const [only, ...more] = word.parts;
  if (typeof only === "number" && more.length === 0) return values[only] ?? { text: undefined };
  const text = joined(word, values);
  const [own, ...others] = word.words;
  return own !== undefined && others.length === 0 && own[0] === text ? { text, from: { text, file, end: own[1] } } : { text };
}

/** `EXTERN_ASM\name`: a macro of the preprocessor that is the object format's prefix. */
function withoutPrefix(word: AssembledWord): AssembledWord {
  const [first, ...more] = word.parts;
  return typeof first === "string" && more.length > 0 && /^[A-Z][A-Z0-9_]*$/.test(first) ? { ...word, parts: more } : word;
}

/** Whether the argument that a macro asks for before it exports is there, and not 0. */
function holds({ parameter, index, initially }: ExportCondition, operands: readonly AssembledOperand[], values: readonly Value[]): boolean {
  const named = operands.find(({ name }) => name === parameter);
  const given = named ?? operands.filter(({ name }) => name === undefined)[index];
  const text = given?.word === undefined ? undefined : joined(given.word, values);
  return given === undefined ? initially : text !== "0" && text !== "";
}
