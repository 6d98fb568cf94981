/**
 * Owns the macros of GNU's assembler as far as they build names: `ff_\type\()_neon` in the lines of a `.macro`, and the lines that call it
 * (GNU as, "Macro", "Irp", "Irpc").
 */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { sameLine } from "./assembler-macros.js";
import { isMark, isWord, type Reading } from "./heads.js";
import { tokenText } from "./token-text.js";

/** Text, or the index of a parameter of the macro around. */
export type AssembledPart = string | number;

/** A word that is put together of parts without a blank: `ff_\type\()_neon`. */
export interface AssembledWord {
  readonly parts: readonly AssembledPart[];
  /** Byte offset behind it. */
  readonly end: number;
  /** Its last part is the parameter of a loop inside of another block, behind which no `\()` can stand: the outer block takes it away. */
  readonly endsLoop?: true;
  /** The words that it holds as a whole, each with the offset behind it. */
  readonly words: readonly (readonly [text: string, end: number])[];
}

export interface AssembledOperand {
  /** `name=`, which may be a parameter of what is called. */
  readonly name?: string;
  /** Undefined: more than one word. */
  readonly word: AssembledWord | undefined;
}

/** A line that calls a macro, or in which words are built. */
export interface AssembledLine {
  readonly label?: AssembledWord | undefined;
  /** The instruction, directive (with its dot) or macro. */
  readonly calls: AssembledWord | undefined;
  readonly operands: readonly AssembledOperand[];
  /** Words with parameters, anywhere in the line. */
  readonly built: readonly AssembledWord[];
}

export interface AssemblerMacro {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly otherwise: string | undefined; readonly takesAll: boolean }[];
  readonly lines: readonly AssembledLine[];
}

/** What a file of assembler says about names that macros build. */
export interface AssembledLines {
  readonly macros: readonly AssemblerMacro[];
  /** Outside of all macros. */
  readonly lines: readonly AssembledLine[];
}

interface OpenBlock {
  readonly kind: "macro" | "loop";
  readonly name: string;
  readonly parameters: AssemblerMacro["parameters"];
  readonly lines: AssembledLine[];
  /** What the parameter of a loop stands for, one after the other. */
  readonly values: readonly (AssembledWord | undefined)[];
}

const BACKSLASH = 92;

/** Whether a line counts in which nothing is built, by the word that it begins with. */
export type IsWanted = (word: string, isInside: boolean) => boolean;

/** Reads a scanned file. */
export function assembledLines(reading: Reading, isWanted: IsWanted): AssembledLines {
  const macros: AssemblerMacro[] = [];
  const top: OpenBlock = { kind: "loop", name: "", parameters: [], lines: [], values: [] };
  const open: OpenBlock[] = [top];
  for (let at = 0; at < reading.stream.count;) {
    const end = lineEnd(reading, at);
    if (reading.stream.kinds[at] !== KIND.directive) readLine(reading, at, end, open, macros, isWanted);
    at = end;
  }
  return { macros, lines: top.lines };
}

/** Behind the last token of the line, or of the statement before a `;`. */
function lineEnd(reading: Reading, from: number): number {
  const { kinds, count } = reading.stream;
  if (kinds[from] === KIND.directive) {
    let end = from;
    while (end < count && kinds[end] !== KIND.directiveEnd) end++;
    return end + 1;
  }
  let end = from + 1;
  while (end < count && kinds[end] !== KIND.directive && sameLine(reading, end - 1, end) && !isMark(reading, end - 1, BYTE.semicolon))
    end++;
  return end;
}

function readLine(reading: Reading, from: number, end: number, open: OpenBlock[], macros: AssemblerMacro[], isWanted: IsWanted): void {
  const block = open.at(-1) as OpenBlock;
  const { parameters } = block;
  const [start, label] = behindLabel(reading, from, end, parameters);
  const isDirective = start + 1 < end && isMark(reading, start, BYTE.dot) && isWord(reading, start + 1);
  const directive = isDirective ? tokenText(reading, start + 1) : "";
  if (directive === "macro") open.push({ kind: "macro", ...headOf(reading, start + 2, end), lines: [], values: [] });
  else if (directive === "irp" || directive === "irpc" || directive === "rept")
    open.push(loopAt(reading, start + 2, end, block, directive));
  else if (directive === "endm" || directive === "endr") close(open, macros);
  else {
    const line = marked(lineAt(reading, start, end, parameters, label), open[1]?.parameters.length ?? 0);
    const [word, ...more] = line.calls?.parts ?? [];
    const isCalled = typeof word === "string" && more.length === 0 ? isWanted(word, open.length > 1) : line.calls !== undefined;
    if (isCalled || line.built.length > 0 || (label !== undefined && open.length > 1)) block.lines.push(line);
  }
}

/** The line with the marks of words that end with other parameters than those of the outermost block. */
function marked(line: AssembledLine, outermost: number): AssembledLine {
  const isInner = ({ parts }: AssembledWord): boolean => {
    const last = parts.at(-1);
    return typeof last === "number" && last >= outermost;
  };
  if (!line.built.some(isInner)) return line;
  return { ...line, built: line.built.map((word) => (isInner(word) ? { ...word, endsLoop: true } : word)) };
}

/** Ends a macro or a loop; the block around a loop calls it once with each value. */
function close(open: OpenBlock[], macros: AssemblerMacro[]): void {
  if (open.length < 2) return;
  const { kind, name, parameters, lines, values } = open.pop() as OpenBlock;
  if (lines.length === 0) return;
  macros.push({ name, parameters, lines });
  if (kind === "macro") return;
  const around = open.at(-1) as OpenBlock;
  const handed = around.parameters.map((_, index): AssembledOperand => ({ word: { parts: [index], end: -1, words: [] } }));
  for (const value of values)
    around.lines.push({ calls: { parts: [name], end: -1, words: [] }, operands: [...handed, { word: value }], built: [] });
}

/** `name first, second=1, third:req, rest:vararg`. */
function headOf(reading: Reading, name: number, end: number): Pick<OpenBlock, "name" | "parameters"> {
  const parameters: { name: string; otherwise: string | undefined; takesAll: boolean }[] = [];
  for (let i = name + 1; i < end; i++) {
    const last = parameters.at(-1);
    if (isMark(reading, i, BYTE.colon)) {
      if (last !== undefined) last.takesAll = tokenText(reading, i + 1) === "vararg";
      i++;
    } else if (isMark(reading, i, BYTE.equals)) {
      const word = i + 1 < end ? wordAt(reading, i + 1, end, []) : undefined;
      if (last !== undefined) last.otherwise = word?.word.parts.length === 1 ? String(word.word.parts[0]) : undefined;
      i = Math.max(i, (word?.next ?? i + 2) - 1);
    } else if (isWord(reading, i)) parameters.push({ name: tokenText(reading, i), otherwise: "", takesAll: false });
  }
  return { name: isWord(reading, name) && name < end ? tokenText(reading, name) : "", parameters };
}

/** `.irp x, a, b`, `.irpc x, abc`, `.rept 3`: a macro of the parameters around and its own. */
function loopAt(reading: Reading, from: number, end: number, around: OpenBlock, directive: string): OpenBlock {
  const name = `.${directive}@${String(reading.stream.starts[from] ?? 0)}`;
  const operands = operandsOf(reading, from, end, around.parameters);
  const own = directive === "rept" ? "" : operands[0]?.word?.parts[0];
  const given = directive === "rept" ? [undefined] : operands.slice(1).map(({ word }) => word);
  const values = directive === "irpc" ? given.flatMap(lettersOf) : given;
  return {
    kind: "loop",
    name,
    parameters: [...around.parameters, { name: typeof own === "string" ? own : "", otherwise: undefined, takesAll: false }],
    lines: [],
    values,
  };
}

function lettersOf(word: AssembledWord | undefined): (AssembledWord | undefined)[] {
  const [text, ...more] = word?.parts ?? [];
  if (typeof text !== "string" || more.length > 0) return [undefined];
  return [...text].map((letter) => ({ parts: [letter], end: -1, words: [] }));
}

function behindLabel(
  reading: Reading,
  from: number,
  end: number,
  parameters: AssemblerMacro["parameters"],
): [start: number, label: AssembledWord | undefined] {
  const first = wordAt(reading, from, end, parameters);
  if (first === undefined || first.next >= end || !isMark(reading, first.next, BYTE.colon)) return [from, undefined];
  return [first.next + 1, first.word];
}

function lineAt(
  reading: Reading,
  start: number,
  end: number,
  parameters: AssemblerMacro["parameters"],
  label: AssembledWord | undefined,
): AssembledLine {
  const isDirective = start < end && isMark(reading, start, BYTE.dot);
  const first = start < end ? wordAt(reading, isDirective ? start + 1 : start, end, parameters) : undefined;
  const calls = first === undefined || !isDirective ? first?.word : { ...first.word, parts: joinedParts([".", ...first.word.parts]) };
  const rest = first?.next ?? end;
  const built = label !== undefined && isBuilt(label) ? [label] : [];
  for (let i = rest; i < end;) {
    const found = wordAt(reading, i, end, parameters);
    if (found !== undefined && isBuilt(found.word)) built.push(found.word);
    i = found?.next ?? i + 1;
  }
  return { ...(label === undefined ? {} : { label }), calls, operands: operandsOf(reading, rest, end, parameters), built };
}

/** Names of registers, as `v\i`, have less text of their own before the parameter. */
const LEAST_TEXT = 3;

/** Whether the word is made of text and parameters: not a register. */
export function isBuilt({ parts }: AssembledWord): boolean {
  const text = parts.reduce((sum: number, part) => sum + (typeof part === "string" ? part.length : 0), 0);
  const least = typeof parts[0] === "number" ? LEAST_TEXT - 1 : LEAST_TEXT;
  return parts.length > 1 && text >= least && parts.some((part) => typeof part === "number");
}

/** Texts that follow each other are one. */
function joinedParts(parts: readonly AssembledPart[]): AssembledPart[] {
  const found: AssembledPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (typeof part === "string" && typeof last === "string") found[found.length - 1] = last + part;
    else found.push(part);
  }
  return found;
}

/** Between commas outside of parentheses; words with nothing but blanks between them are operands of their own. */
function operandsOf(reading: Reading, from: number, end: number, parameters: AssemblerMacro["parameters"]): AssembledOperand[] {
  const found: AssembledOperand[] = [];
  let [depth, first] = [0, from];
  for (let i = from; i <= end; i++) {
    if (i < end && [BYTE.open, BYTE.openSquare, BYTE.openBrace].some((mark) => isMark(reading, i, mark))) depth++;
    else if (i < end && [BYTE.close, BYTE.closeSquare, BYTE.closeBrace].some((mark) => isMark(reading, i, mark))) depth--;
    else if (i === end || (depth === 0 && isMark(reading, i, BYTE.comma))) {
      if (i > first || i < end) found.push(...operandAt(reading, first, i, parameters));
      first = i + 1;
    }
  }
  return found;
}

function operandAt(reading: Reading, from: number, end: number, parameters: AssemblerMacro["parameters"]): AssembledOperand[] {
  const isNamed = from + 1 < end && isWord(reading, from) && isMark(reading, from + 1, BYTE.equals);
  const name = isNamed ? { name: tokenText(reading, from) } : {};
  const start = isNamed ? from + 2 : from;
  if (start >= end) return [{ ...name, word: { parts: [""], end: -1, words: [] } }];
  const words: AssembledWord[] = [];
  for (let i = start; i < end;) {
    const plain = wordAt(reading, i, end, parameters);
    const found = plain === undefined ? undefined : (calledWith(reading, plain.next, end, parameters) ?? plain);
    if (found === undefined) return [{ ...name, word: undefined }];
    words.push(found.word);
    i = found.next;
  }
  return words.map((word) => Object.assign({ word }, name));
}

/** `X(word)`, where `X` puts at most a prefix of the object format before it: the word. */
function calledWith(reading: Reading, at: number, end: number, parameters: AssemblerMacro["parameters"]): FoundWord | undefined {
  if (at >= end || !isMark(reading, at, BYTE.open) || reading.stream.starts[at] !== reading.stream.ends[at - 1]) return undefined;
  const inner = wordAt(reading, at + 1, end, parameters);
  return inner !== undefined && isMark(reading, inner.next, BYTE.close) ? { word: inner.word, next: inner.next + 1 } : undefined;
}

interface FoundWord {
  readonly word: AssembledWord;
  readonly next: number;
}

/** The longest word that begins at the token: words, numbers, `\parameter` and `\()`, with nothing between them. */
function wordAt(reading: Reading, from: number, end: number, parameters: AssemblerMacro["parameters"]): FoundWord | undefined {
  const { kinds, starts, ends } = reading.stream;
  const parts: AssembledPart[] = [];
  const words: [string, number][] = [];
  let at = from;
  while (at < end && (at === from || starts[at] === ends[at - 1])) {
    if (isMark(reading, at, BACKSLASH)) {
      if (isMark(reading, at + 1, BYTE.open) && isMark(reading, at + 2, BYTE.close)) at += 3;
      else if (at + 1 < end && isWord(reading, at + 1)) {
        const index = parameters.findIndex(({ name }) => name === tokenText(reading, at + 1));
        if (index < 0) return undefined;
        parts.push(index);
        at += 2;
      } else return undefined;
    } else if (isWord(reading, at) || kinds[at] === KIND.number) {
      const text = tokenText(reading, at);
      if (isWord(reading, at)) words.push([text, ends[at] as number]);
      parts.push(text);
      at++;
    } else break;
  }
  return at === from || parts.length === 0
    ? undefined
    : { word: { parts: joinedParts(parts), end: ends[at - 1] as number, words }, next: at };
}
