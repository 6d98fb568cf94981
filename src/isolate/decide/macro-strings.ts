/** Owns which parameters of a tree's macros become strings or parts of longer names: by `#` and `##`, also in macros that these are handed on to. */
import { byText } from "../../support/order.js";
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { hasVersions } from "../survey/symbol-versions.js";
import { isSymbolText } from "../constructs/asm-text.js";
import { isPaste } from "./macro-call.js";
import { parameterList } from "./macro-definitions.js";
import type { MacroStrings, PassedOn, StringUse } from "./macro-model.js";
import { callOf } from "./namespace-tokens.js";
import { isPragmaText } from "./string-arguments.js";

/** The macros of a file that have parameters, with what becomes of each; `directives` as of a file's index. */
export function stringDefinitions(reading: Reading, directives: readonly number[], nameOf: (id: number) => string): MacroStrings[] {
  const found: MacroStrings[] = [];
  for (let at = 0; at < directives.length; at += 2) {
    const start = directives[at] as number;
    if (reading.stream.values[start] !== DIRECTIVE.define || !isWord(reading, start + 1)) continue;
    const list = parameterList(reading, start + 1);
    if (list === undefined || list.ids.length === 0) continue;
    const uses = usesIn(reading, list.end, directives[at + 1] as number, list.ids, nameOf);
    found.push({ name: nameOf(valueAt(reading, start + 1)), uses });
  }
  return found;
}

function usesIn(reading: Reading, from: number, end: number, ids: readonly number[], nameOf: (id: number) => string): StringUse[] {
  const uses = ids.map(() => ({ string: false, part: false, other: false, symbol: false, passed: [] as PassedOn[] }));
  for (let i = from; i < end; i++) {
    const use = reading.stream.kinds[i] === KIND.identifier ? uses[ids.indexOf(valueAt(reading, i))] : undefined;
    if (use === undefined) continue;
    if (isMark(reading, i - 1, BYTE.hash))
      use[isSymbolText(reading, i - 1) || isPragmaText(reading, i - 1, nameOf) ? "other" : "string"] = true;
    else if (isPaste(reading, i - 1) || isPaste(reading, i + 1)) {
      if (isPartOfLonger(reading, i, ids)) use.part = true;
      else use.other = true;
    } else if (isLoneArgument(reading, i)) {
      const call = callOf(reading, i);
      if (call !== undefined && reading.words.target.has(call.callee)) use.symbol = true;
      if (call === undefined || isSymbolText(reading, call.at)) use.other = true;
      else use.passed.push({ macro: nameOf(call.callee), index: call.index });
    } else {
      use.other = true;
      if (isBesideString(reading, i) && hasVersions(reading, from, end)) use.symbol = true;
    }
  }
  return uses;
}

/** Whether the token and a string literal make one text: `".symver " name ","`. */
function isBesideString({ stream }: Reading, token: number): boolean {
  return stream.kinds[token - 1] === KIND.string || stream.kinds[token + 1] === KIND.string;
}

/** The macros whose parameters are symbols when they are strings, with the parameters. Sorted by name. */
export function symbolMacros(definitions: readonly MacroStrings[]): (readonly [string, readonly number[]])[] {
  const found = new Map<string, Set<number>>();
  for (const { name, uses } of definitions)
    for (const [index, { symbol }] of uses.entries()) if (symbol === true) found.set(name, (found.get(name) ?? new Set()).add(index));
  return [...found].map(([name, symbols]) => [name, [...symbols].toSorted((a, b) => a - b)] as const).toSorted(([a], [b]) => byText(a, b));
}

/** Whether `##` joins the parameter with a text that tells something: not `_`, and no parameter, which may be empty. */
function isPartOfLonger(reading: Reading, token: number, ids: readonly number[]): boolean {
  const tells = (at: number): boolean => {
    const { kinds, starts, ends, values } = reading.stream;
    if (kinds[at] === KIND.number) return true;
    if (kinds[at] !== KIND.identifier || ids.includes(values[at] as number)) return false;
    return reading.bytes.subarray(starts[at], ends[at]).some((byte) => byte !== UNDERSCORE);
  };
  for (const step of [-2, 2]) {
    for (let at = token; isPaste(reading, at + step / 2); at += step) if (tells(at + step)) return true;
  }
  return false;
}

const UNDERSCORE = 95;

/** Whether the token is all of an argument of a call, or of something that looks like one. */
export function isLoneArgument(reading: Reading, token: number): boolean {
  const begins = isMark(reading, token - 1, BYTE.open) || isMark(reading, token - 1, BYTE.comma);
  return begins && (isMark(reading, token + 1, BYTE.close) || isMark(reading, token + 1, BYTE.comma));
}

/** Whether the token ends an argument as the name of a declaration does: `void name`, `int *name`. */
export function endsDeclaration(reading: Reading, token: number): boolean {
  const typed = isWord(reading, token - 1) || isMark(reading, token - 1, BYTE.star);
  return typed && (isMark(reading, token + 1, BYTE.close) || isMark(reading, token + 1, BYTE.comma));
}

/**
 * By macro: the parameters of which nothing but strings and parts of longer names are made, those of strings that are used otherwise, too,
 * those of nothing but strings, and how many parameters it has.
 */
export type StringMacro = readonly [
  name: string,
  only: readonly number[],
  also: readonly number[],
  texts: readonly number[],
  count: number,
];

/** What becomes of a parameter, as far as it is known. */
interface Fate {
  string: boolean;
  part: boolean;
  other: boolean;
}

/**
 * Follows parameters through all definitions. Sorted by name. `expands`: names of macros get the flavor, too; a word that is
 * expanded before it becomes a part of another is needed whole then.
 */
export function stringMacros(definitions: readonly MacroStrings[], expands: boolean): StringMacro[] {
  const fates = new Map<string, Fate[]>();
  for (const { name, uses } of definitions) {
    const known = fates.get(name) ?? [];
    fates.set(
      name,
      Array.from({ length: Math.max(known.length, uses.length) }, (_, i) => ({
        string: known[i]?.string === true || uses[i]?.string === true,
        part: known[i]?.part === true || (!expands && uses[i]?.part === true),
        other: known[i]?.other === true || uses[i]?.other === true || (expands && uses[i]?.part === true),
      })),
    );
  }
  for (let changed = true; changed;) {
    changed = false;
    for (const { name, uses } of definitions) for (const [i, use] of uses.entries()) changed = takeOver(fates, name, i, use) || changed;
  }
  const found = [...fates].map(([name, list]): StringMacro => [
    name,
    indices(list, isOnly),
    indices(list, isAlso),
    indices(list, isText),
    list.length,
  ]);
  return found.filter(([, only, also]) => only.length + also.length > 0).toSorted(([a], [b]) => byText(a, b));
}

/** Adds what becomes of a parameter where it is handed on; a function, or a macro without such parameters, uses it otherwise. */
function takeOver(fates: Map<string, Fate[]>, name: string, index: number, { passed }: StringUse): boolean {
  const fate = fates.get(name)?.[index];
  if (fate === undefined) return false;
  const { string, part, other } = fate;
  for (const to of passed) {
    const list = fates.get(to.macro);
    const next = list?.[Math.min(to.index, list.length - 1)] ?? { string: false, part: false, other: true };
    fate.string ||= next.string;
    fate.part ||= next.part;
    fate.other ||= next.other || (!isKnown(next) && !isPending(to, fates));
  }
  return fate.string !== string || fate.part !== part || fate.other !== other;
}

function isKnown({ string, part, other }: Fate): boolean {
  return string || part || other;
}

/** Whether nothing is known yet of what the macro does with the parameter. */
function isPending({ macro, index }: PassedOn, fates: ReadonlyMap<string, readonly Fate[]>): boolean {
  const fate = fates.get(macro)?.[index];
  return fate !== undefined && !isKnown(fate);
}

function isOnly({ string, part, other }: Fate): boolean {
  return (string || part) && !other;
}

function isText({ string, part, other }: Fate): boolean {
  return string && !part && !other;
}

function isAlso({ string, other }: Fate): boolean {
  return string && other;
}

function indices(list: readonly Fate[], belongs: (fate: Fate) => boolean): number[] {
  return list.flatMap((fate, i) => (belongs(fate) ? [i] : []));
}
