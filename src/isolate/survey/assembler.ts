/** Owns the labels that assembler files export, by directive or by a macro of the tree that holds one. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "./heads.js";
import { type AssemblerLanguage, createMacroWalk, type ExportCondition, exportsLabel, sameLine } from "./assembler-macros.js";
import { tokenText } from "./token-text.js";
import type { MacroFact } from "./macro-facts.js";
import type { Introduced } from "./survey-model.js";

const EXPORTING = /^(globl|global|GLOBAL_FUNCTION|GLOBAL_LABEL|EXPORT|PUBLIC|public)$/;
const PERCENT = 37;
const BACKSLASH = 92;
const DOLLAR = 36;

/** What a file of assembler introduces. */
export interface AssemblerSurvey {
  readonly defined: Introduced[];
  readonly macros: MacroFact[];
}

/** By the id of a macro that exports the label it is given: under which condition. */
export type Exporters = Readonly<Record<AssemblerLanguage, ReadonlyMap<number, ExportCondition | undefined>>>;

/** Nothing is known of other files. */
export const NO_EXPORTERS: Exporters = { gas: new Map(), nasm: new Map() };

/** Adds the word behind each exporting directive or macro; `known` are such macros of the whole tree. */
export function surveyAssembler(reading: Reading, assembler: AssemblerLanguage, survey: AssemblerSurvey, known: Exporters): void {
  const { kinds, count } = reading.stream;
  const exporters = known[assembler];
  const walk = createMacroWalk(reading);
  let line: number | undefined;
  for (let i = 0; i + 1 < count; i++) {
    if (kinds[i] === KIND.directive) i = atDirective(reading, i, assembler, survey);
    else if (!isWord(reading, i)) continue;
    else if (isMacroWord(reading, i, /^[ix]?define$/)) {
      line = ++i;
      noteAlias(reading, line, survey);
    } else if (isMacroWord(reading, i, /^(i?macro|endm|endi?macro|if\w*|el(se|if)\w*|endif)$/)) i = walk.at(i);
    else if (exporters.has(valueAt(reading, i)) || EXPORTING.test(tokenText(reading, i))) {
      const label = labelBehind(reading, i);
      const macro = walk.inside();
      if (line !== undefined && sameLine(reading, line, i))
        survey.macros.push({ kind: "exporting", name: tokenText(reading, line), assembler });
      else if (label === "parameter" && macro !== undefined)
        survey.macros.push({ kind: "exporting", name: macro.name, assembler, when: walk.condition() });
      else if (typeof label === "number" && isExported(reading, label, exporters.get(valueAt(reading, i))))
        survey.defined.push(...exported(reading, i, label).map((token) => introduced(reading, token)));
    } else if (isProcedure(reading, i)) survey.defined.push(introduced(reading, i));
  }
}

function isExported(reading: Reading, label: number, when: ExportCondition | undefined): boolean {
  return when === undefined || exportsLabel(reading, label, when);
}

/** The label; of a directive also those behind commas on the same line: `.globl a, b`. What else a macro is given is its own matter. */
function exported(reading: Reading, at: number, label: number): number[] {
  const found = [label];
  if (!EXPORTING.test(tokenText(reading, at))) return found;
  for (let i = label + 1; i < reading.stream.count && sameLine(reading, at, i); i++)
    if (isWord(reading, i) && isMark(reading, i - 1, BYTE.comma)) found.push(i);
  return found;
}

/** `name PROC` of Microsoft's assembler: public unless it says otherwise. */
function isProcedure(reading: Reading, token: number): boolean {
  const [next, after] = [token + 1, token + 2];
  if (!isWord(reading, next) || !sameLine(reading, token, next) || !/^(PROC|proc)$/.test(tokenText(reading, next))) return false;
  if (token > 0 && reading.stream.kinds[token - 1] !== KIND.directiveEnd && sameLine(reading, token - 1, token)) return false;
  return !(isWord(reading, after) && sameLine(reading, next, after) && /^private$/i.test(tokenText(reading, after)));
}

/** `%define name target`, and nothing else on the line; the target may stand on the next one behind a backslash. */
function noteAlias(reading: Reading, name: number, { macros }: AssemblerSurvey): void {
  const target = name + 1;
  const isAlone = isWord(reading, target) && sameLine(reading, name, target) && !sameLine(reading, target, target + 1);
  if (!isAlone || !isWord(reading, name)) return;
  macros.push({ kind: "alias", name: tokenText(reading, name), target: tokenText(reading, target), line: lineAt(reading, name) });
}

/** `#define NAME(x) .globl x`: such a macro exports. Gives the end of the line. */
function atDirective(reading: Reading, start: number, assembler: AssemblerLanguage, { macros }: AssemblerSurvey): number {
  const { kinds, values, starts, ends, count } = reading.stream;
  let exports = false;
  let end = start;
  for (; end < count && kinds[end] !== KIND.directiveEnd; end++)
    exports ||= isWord(reading, end) && EXPORTING.test(tokenText(reading, end));
  const called = isMark(reading, start + 2, BYTE.open) && starts[start + 2] === ends[start + 1];
  if (values[start] === DIRECTIVE.define && called && exports)
    macros.push({ kind: "exporting", name: tokenText(reading, start + 1), assembler });
  return end;
}

/** The word is one of these behind `.` or `%`. */
function isMacroWord(reading: Reading, token: number, words: RegExp): boolean {
  return (isMark(reading, token - 1, BYTE.dot) || isMark(reading, token - 1, PERCENT)) && words.test(tokenText(reading, token));
}

/** The label that the directive `at` exports: its token, or the parameter of a macro; `sym(label)` is looked into. */
function labelBehind(reading: Reading, at: number): number | "parameter" | undefined {
  let i = at + 1;
  if (isMark(reading, i, BYTE.open)) i++;
  if (isWord(reading, i) && isMark(reading, i + 1, BYTE.open)) i += 2;
  const next = isWord(reading, i) && reading.stream.ends[i] === reading.stream.starts[i + 1] ? i + 1 : i;
  if ([PERCENT, BACKSLASH, DOLLAR].some((mark) => isMark(reading, i, mark) || isMark(reading, next, mark))) return "parameter";
  if (isMark(reading, i + 1, PERCENT) && isMark(reading, i + 2, BYTE.plus)) return "parameter";
  if (!isWord(reading, i) || !sameLine(reading, at, i)) return undefined;
  return tokenText(reading, i).includes("$") ? "parameter" : i;
}

function lineAt({ bytes, stream }: Reading, token: number): number {
  let line = 1;
  for (let i = 0; i < (stream.starts[token] as number); i++) if (bytes[i] === 10) line++;
  return line;
}

function introduced(reading: Reading, token: number): Introduced {
  const offset = reading.stream.starts[token] as number;
  return { id: valueAt(reading, token), kind: "asm", offset, instead: undefined, wrapper: undefined, first: undefined };
}
