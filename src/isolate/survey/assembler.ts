/** Owns the labels that assembler files export, by directive or by a macro of the tree that holds one. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "./heads.js";
import { definesParameter, type LabelParts, labelText, namesBehind, type OwnSymbols, ownSymbols, partsOf } from "./assembler-labels.js";
import { type AssemblerLanguage, createMacroWalk, type ExportCondition, exportsLabel, sameLine } from "./assembler-macros.js";
import { assembledLines } from "./assembler-lines.js";
import { tokenText } from "./token-text.js";
import type { MacroFact } from "./macro-facts.js";
import type { Introduced } from "./survey-model.js";

const EXPORTING = /^(globl|global|private_extern|GLOBAL_FUNCTION|GLOBAL_LABEL|EXPORT|PUBLIC|public)$/;
/** They make a symbol that others see only where the file defines it. */
const WEAK = /^(weak|weak_definition)$/;
const COMMON = /^comm(on)?$/;
const PERCENT = 37;
const BACKSLASH = 92;
const DOLLAR = 36;

/** What a file of assembler introduces. */
export interface AssemblerSurvey {
  readonly defined: Introduced[];
  readonly macros: MacroFact[];
}

/** How a macro exports the label it is given: under which condition, and what it joins to it. */
export interface Exporting {
  readonly when?: ExportCondition | undefined;
  readonly parts?: LabelParts | undefined;
}

/** By the id of a macro that exports the label it is given. */
export type Exporters = Readonly<Record<AssemblerLanguage, ReadonlyMap<number, Exporting>>>;

/** Nothing is known of other files. */
export const NO_EXPORTERS: Exporters = { gas: new Map(), nasm: new Map() };

/** Whether a line that begins with the word (`.global`, `EXPORT`) exports a label: of `.weak` only one that is defined there. */
export function exportingWord(word: string): "always" | "defined" | undefined {
  const plain = word.startsWith(".") ? word.slice(1) : word;
  if (EXPORTING.test(plain)) return "always";
  return word.startsWith(".") && WEAK.test(plain) ? "defined" : undefined;
}

/** Adds the word behind each exporting directive or macro; `known` are such macros of the whole tree. */
export function surveyAssembler(reading: Reading, assembler: AssemblerLanguage, survey: AssemblerSurvey, known: Exporters): void {
  const { kinds, count } = reading.stream;
  const exporters = known[assembler];
  const walk = createMacroWalk(reading);
  let own: OwnSymbols | undefined;
  let line: number | undefined;
  let hasMacros = false;
  /** By the id of a macro that the file defines for the preprocessor: whether it exports anything. */
  const owned = new Map<number, boolean>();
  for (let i = 0; i + 1 < count; i++) {
    if (kinds[i] === KIND.directive) {
      const { end, exports, name } = atDirective(reading, i, assembler, exporters, survey);
      if (name !== undefined) owned.set(name, exports || owned.get(name) === true);
      i = end;
    } else if (!isWord(reading, i)) continue;
    else if (isMacroWord(reading, i, /^[ix]?define$/)) {
      line = ++i;
      noteAlias(reading, line, survey);
    } else if (isMacroWord(reading, i, /^(i?macro|endm|endi?macro|if\w*|el(se|if)\w*|endif)$/)) {
      hasMacros ||= tokenText(reading, i) === "macro";
      i = walk.at(i);
    } else if ((exporters.has(valueAt(reading, i)) && owned.get(valueAt(reading, i)) !== false) || EXPORTING.test(tokenText(reading, i))) {
      const label = labelBehind(reading, i);
      const macro = walk.inside();
      const exporter = exporters.get(valueAt(reading, i));
      if (line !== undefined && sameLine(reading, line, i))
        survey.macros.push({ kind: "exporting", name: tokenText(reading, line), assembler });
      else if (label === "parameter" && macro !== undefined) {
        const parts = partsOf(labelText(reading, i));
        if (assembler === "nasm" || (parts === undefined && isFirstParameter(reading, i, macro.parameters)))
          survey.macros.push({ kind: "exporting", name: macro.name, assembler, when: walk.condition(), parts });
      } else if (exporter?.parts !== undefined) noteBuilt(reading, i, exporter.parts, exporter.when, survey);
      else if (typeof label === "number" && isExported(reading, label, exporter?.when))
        survey.defined.push(...exported(reading, i, label).map((token) => introduced(reading, token)));
      else if (exporter === undefined && isDoubtful(reading, i, label, assembler)) noteDoubtful(reading, i, survey);
    } else if (isMark(reading, i - 1, BYTE.dot) && WEAK.test(tokenText(reading, i))) {
      own ??= ownSymbols(reading);
      atWeak(reading, i, { assembler, macro: walk.inside()?.name, own }, survey);
    } else if (COMMON.test(tokenText(reading, i))) {
      own ??= ownSymbols(reading);
      const label = commonLabel(reading, i, assembler);
      if (label !== undefined && !own.local.has(valueAt(reading, label))) survey.defined.push(introduced(reading, label));
    } else if (tokenText(reading, i) === "symver" && isMark(reading, i - 1, BYTE.dot)) {
      const version = namesBehind(reading, i)[1];
      if (version !== undefined) survey.defined.push(introduced(reading, version));
    } else if (isProcedure(reading, i)) survey.defined.push(introduced(reading, i));
  }
  if (hasMacros && assembler === "gas") noteAssembling(reading, survey);
}

/** What the macros of the file do with names. */
function noteAssembling(reading: Reading, { macros }: AssemblerSurvey): void {
  for (const { name, lines } of assembledLines(reading, (_, isInside) => isInside).macros) {
    const calls = lines.flatMap(({ calls: word }) =>
      word?.parts.length === 1 && typeof word.parts[0] === "string" ? [word.parts[0]] : [],
    );
    macros.push({ kind: "assembling", name, calls: [...new Set(calls)], builds: lines.some(({ built }) => built.length > 0) });
  }
}

/** `.weak name` with `name:` elsewhere in the file; in a macro, `.weak \name` with `\name:`. Without a label it is a use of another's. */
function atWeak(
  reading: Reading,
  at: number,
  { assembler, macro, own }: { readonly assembler: AssemblerLanguage; readonly macro: string | undefined; readonly own: OwnSymbols },
  survey: AssemblerSurvey,
): void {
  if (labelBehind(reading, at) !== "parameter")
    survey.defined.push(
      ...namesBehind(reading, at)
        .filter((label) => own.defined.has(valueAt(reading, label)))
        .map((label) => introduced(reading, label)),
    );
  else if (macro !== undefined && definesParameter(reading, at, labelText(reading, at))) {
    const parts = partsOf(labelText(reading, at));
    if (parts === undefined || assembler === "nasm") survey.macros.push({ kind: "exporting", name: macro, assembler, parts });
  }
}

/** `name` of `.comm name, 4, 4`, or of `common name 4` in NASM. */
function commonLabel(reading: Reading, at: number, assembler: AssemblerLanguage): number | undefined {
  const begins = assembler === "gas" ? isMark(reading, at - 1, BYTE.dot) && tokenText(reading, at) === "comm" : isFirst(reading, at);
  const label = at + 1;
  return begins && isWord(reading, label) && sameLine(reading, at, label) ? label : undefined;
}

function isFirst(reading: Reading, token: number): boolean {
  return tokenText(reading, token) === "common" && (token === 0 || !sameLine(reading, token - 1, token));
}

/** A label in quotes, or one that a loop puts together: nobody knows here what it is called. GNU's loops are followed (assembler-lines.ts). */
function isDoubtful(reading: Reading, at: number, label: ReturnType<typeof labelBehind>, assembler: AssemblerLanguage): boolean {
  if (label !== "parameter") return labelText(reading, at).startsWith('"');
  return assembler === "nasm" && partsOf(labelText(reading, at)) !== undefined;
}

function noteDoubtful(reading: Reading, at: number, survey: AssemblerSurvey): void {
  const text = labelText(reading, at);
  const isQuoted = text.startsWith('"');
  const name = isQuoted ? text.slice(1, -1) : text;
  if (isQuoted && !/^[\w.$]+$/.test(name)) return;
  survey.macros.push({ kind: "doubtful", name, offset: reading.stream.starts[at + 1] as number, is: isQuoted ? "quoted" : "built" });
}

/** The call of a macro that joins something to the label: `lib_one` of `ENTRY one`. */
function noteBuilt(
  reading: Reading,
  at: number,
  { before, after }: LabelParts,
  when: ExportCondition | undefined,
  survey: AssemblerSurvey,
): void {
  const label = isMark(reading, at + 1, BYTE.open) ? at + 2 : at + 1;
  if (!sameLine(reading, at, label) || !isExported(reading, label, when)) return;
  const name = `${before}${tokenText(reading, label)}${after}`;
  if (/^[\w.$]+$/.test(name)) survey.macros.push({ kind: "doubtful", name, offset: reading.stream.starts[label] as number, is: "built" });
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

/** What a line of the preprocessor defines: `#define NAME(x) .globl x` exports. */
interface DirectiveLine {
  /** The end of the line. */
  readonly end: number;
  /** Id of the macro with parameters that it defines. */
  readonly name: number | undefined;
  readonly exports: boolean;
}

function atDirective(
  reading: Reading,
  start: number,
  assembler: AssemblerLanguage,
  exporters: ReadonlyMap<number, Exporting>,
  { macros }: AssemblerSurvey,
): DirectiveLine {
  const { kinds, values, starts, ends, count } = reading.stream;
  let [exports, hands] = [false, false];
  let end = start;
  for (; end < count && kinds[end] !== KIND.directiveEnd; end++) {
    if (!isWord(reading, end)) continue;
    exports ||= EXPORTING.test(tokenText(reading, end)) || isWeakLabel(reading, end);
    hands ||= end > start + 1 && exporters.has(valueAt(reading, end));
  }
  const called = isMark(reading, start + 2, BYTE.open) && starts[start + 2] === ends[start + 1];
  const isMacro = values[start] === DIRECTIVE.define && called;
  if (isMacro && exports)
    macros.push({ kind: "exporting", name: tokenText(reading, start + 1), assembler, parts: pastedLabel(reading, start, end) });
  return { end, exports: exports || hands, name: isMacro ? valueAt(reading, start + 1) : undefined };
}

/** `.weak x` with `x:` behind it in the body of a macro. */
function isWeakLabel(reading: Reading, at: number): boolean {
  if (!isMark(reading, at - 1, BYTE.dot) || !WEAK.test(tokenText(reading, at))) return false;
  const label = valueAt(reading, at + 1);
  for (let i = at + 2; i < reading.stream.count && reading.stream.kinds[i] !== KIND.directiveEnd; i++)
    if (isWord(reading, i) && valueAt(reading, i) === label && isMark(reading, i + 1, BYTE.colon)) return true;
  return false;
}

/** `as_##x` of `#define NAME(x) .globl as_##x`. */
function pastedLabel(reading: Reading, start: number, end: number): LabelParts | undefined {
  for (let i = start; i < end; i++)
    if (isWord(reading, i) && EXPORTING.test(tokenText(reading, i))) return partsOf(labelText(reading, i).replace(/^##|##$/g, ""));
  return undefined;
}

/** The word is one of these behind `.` or `%`. */
function isMacroWord(reading: Reading, token: number, words: RegExp): boolean {
  return (isMark(reading, token - 1, BYTE.dot) || isMark(reading, token - 1, PERCENT)) && words.test(tokenText(reading, token));
}

/** The label that the directive `at` exports: its token, or the parameter of a macro; `sym(label)`, `hidden(sym(label))` are looked into. */
function labelBehind(reading: Reading, at: number): number | "parameter" | undefined {
  let i = at + 1;
  if (isMark(reading, i, BYTE.open)) i++;
  while (isWord(reading, i) && isMark(reading, i + 1, BYTE.open)) i += 2;
  const next = isWord(reading, i) && reading.stream.ends[i] === reading.stream.starts[i + 1] ? i + 1 : i;
  if ([PERCENT, BACKSLASH, DOLLAR].some((mark) => isMark(reading, i, mark) || isMark(reading, next, mark))) return "parameter";
  if (isMark(reading, i + 1, PERCENT) && isMark(reading, i + 2, BYTE.plus)) return "parameter";
  if (!isWord(reading, i) || !sameLine(reading, at, i)) return undefined;
  return tokenText(reading, i).includes("$") ? "parameter" : i;
}

/** Whether the label is the first parameter of the macro, and nothing behind it: other labels are followed (assembler-lines.ts). */
function isFirstParameter(reading: Reading, at: number, parameters: readonly (readonly [name: string, initially: boolean])[]): boolean {
  for (let i = at + 1; i < reading.stream.count && sameLine(reading, at, i); i++) {
    if (!isMark(reading, i, BACKSLASH)) continue;
    const isNext = reading.stream.starts[i + 2] === reading.stream.ends[i + 1];
    return parameters[0]?.[0] === tokenText(reading, i + 1) && !(isNext && isMark(reading, i + 2, BACKSLASH));
  }
  return true;
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
