/** Owns the decision, token by token, where a file gets the flavor's suffix and where it must not be guessed. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, type Reading } from "../survey/heads.js";
import type { NestedUses } from "../survey/nested-namespaces.js";
import { argumentTexts, type AsmText, asmTexts, isSymbolText, pragmaLineTexts } from "../constructs/asm-text.js";
import { type ModuleName, moduleLine } from "../constructs/module-lines.js";
import { isMnemonic } from "./assembler-words.js";
import type { FileIndex } from "./file-index.js";
import { isMeasured } from "./measured-signatures.js";
import { type HomonymType, homonymAlias, homonymType } from "./homonym-types.js";
import { parameterList } from "./macro-definitions.js";
import { endsDeclaration, isLoneArgument } from "./macro-strings.js";
import type { Pending } from "./macro-model.js";
import { isInPath } from "./path-words.js";
import { type NamesTable, ROLE } from "./names-table.js";
import { callOf, decideNamespace, isAttributePrefix } from "./namespace-tokens.js";
import { isTrailingReturn } from "./trailing-return.js";
import { isArgumentOf, useOf } from "./word-uses.js";

/** Where one file is changed: the suffix is inserted at each offset. */
export interface FileEdits {
  /** Ascending byte offsets. */
  readonly offsets: number[];
  /** Interner id of the identifier that ends at the offset of the same index. */
  readonly ids: number[];
  readonly undecided: Undecided[];
  /** Tokens whose meaning depends on macros, which other files may define. */
  readonly pending: readonly PendingToken[];
  /** Strings that hold symbols: of `asm(…)`, of attributes, for the linker. */
  readonly asm: readonly AsmText[];
  /** Names of modules; the whole tree decides about them. */
  readonly modules: readonly ModuleName[];
  /** Arguments that get the flavor, though a macro makes a string of them, too. */
  readonly stringized: readonly Stringized[];
  /** Types that bear the word of an external namespace. */
  readonly types: readonly HomonymType[];
  /** Further insertions, of which the text is given. */
  readonly extra?: readonly ExtraInsertion[];
}

/** The edits of a file in which nothing is renamed. */
export const NO_EDITS: FileEdits = { offsets: [], ids: [], undecided: [], pending: [], types: [], asm: [], modules: [], stringized: [] };

/** A token that a macro gets as argument, or stands for; see {@link Pending}. */
export type PendingToken = Omit<Pending, "file" | "local">;

/** A text inserted at a byte offset, and the names that get the flavor by it. */
export interface ExtraInsertion {
  readonly offset: number;
  readonly text: string;
  readonly names: readonly string[];
}

/** A renamed name in a call of a macro that makes a string of it; or a signature's text in which code counts characters, under its own name. */
export interface Stringized {
  readonly offset: number;
  readonly name: string;
  readonly macro: string;
  /** No macro: a string that a look-up at run time is given, which stays. */
  readonly isLookup?: boolean;
}

export interface Undecided {
  readonly offset: number;
  readonly token: string;
  readonly why: string;
}

/** The file whose tokens are decided. */
export interface FileContext {
  /** Its index in the tree, for names that are renamed in some files only. */
  readonly index: number;
  readonly nested: NestedUses | undefined;
  /** Assembler: a word right behind a dot is a directive or a local label. */
  readonly isAssembler?: boolean;
  /** A source file of C, which has no modules. */
  readonly isC?: boolean;
}

/** The preprocessor line that a token stands in. */
interface Line {
  /** DIRECTIVE code, or -1 outside of preprocessor lines. */
  readonly directive: number;
  /** Parameters of the macro that it defines. */
  readonly parameters: ReadonlySet<number>;
}

const NO_LINE: Line = { directive: -1, parameters: new Set() };

/** Finds the edits of the file that `reading` and `index` hold. */
export function findEdits(
  reading: Reading,
  index: FileIndex,
  table: NamesTable,
  file: FileContext,
  nameOf: (id: number) => string,
): FileEdits {
  const { values, ends, starts } = reading.stream;
  const pending: PendingToken[] = [];
  const types: HomonymType[] = [];
  const asm: AsmText[] = pragmaLineTexts(reading, index.directives);
  const modules: ModuleName[] = [];
  const stringized: Stringized[] = [];
  let passed = -1;
  const edits: FileEdits = { offsets: [], ids: [], undecided: [], pending, types, asm, modules, stringized };
  const { doubt } = reading.stream;
  if (doubt >= 0) edits.undecided.push({ offset: doubt, token: TRIGRAPH, why: IN_DOUBT });
  if (isWide(reading.bytes)) edits.undecided.push({ offset: 0, token: UTF_16, why: "the file is encoded in UTF-16, which is not read" });
  const lineOf = linesOf(reading, index.directives);
  for (const token of index.hits) {
    const id = values[token] as number;
    if (token <= passed) continue;
    if (table.roles[id] === ROLE.module) {
      const line = file.isC === true || file.isAssembler === true ? undefined : moduleLine(reading, token, nameOf);
      passed = line?.last ?? passed;
      if (line?.module !== undefined) modules.push(line.module);
      continue;
    }
    if (table.roles[id] === ROLE.asm) {
      const symbols = table.symbols.get(id);
      asm.push(...(symbols === undefined ? asmTexts(reading, token) : argumentTexts(reading, token, symbols)));
      continue;
    }
    if (table.roles[id] === ROLE.signature) {
      if (isMeasured(reading, token)) stringized.push({ offset: starts[token] as number, name: nameOf(id), macro: nameOf(id) });
      continue;
    }
    const line = lineOf(token);
    if (escapes(reading.bytes, ends[token] as number) || escapes(reading.bytes, (starts[token] as number) - 1)) continue;
    const why = line.parameters.has(id) ? "leave" : decide(reading, token, id, table, file, line.directive);
    const string = why === "rename" && table.roles[id] !== ROLE.namespace ? stringOf(reading, token, table, line) : undefined;
    if (string?.is === "only") continue;
    if (string !== undefined) stringized.push({ offset: starts[token] as number, name: nameOf(id), macro: nameOf(string.macro) });
    if (why === "rename") {
      edits.offsets.push(ends[token] as number);
      edits.ids.push(id);
      const alias = table.roles[id] === ROLE.namespace ? homonymAlias(reading, token) : undefined;
      if (alias !== undefined) types.push(alias);
    } else if (why === "argument" || why === "alone") pending.push(pendingAt(reading, token, why, nameOf));
    else if (why === "named") pending.push(namedPending(reading, token, line.directive, nameOf));
    else if (why === "leave") {
      const type = table.roles[id] === ROLE.namespace && line.directive < 0 ? homonymType(reading, token) : undefined;
      if (type !== undefined) types.push(type);
    } else edits.undecided.push({ offset: starts[token] as number, token: nameOf(id), why });
  }
  return edits;
}

/** The token by which a trigraph is told that may be read or not. */
export const TRIGRAPH = "??/";

/** What stands for a file in an encoding that is not read. */
export const UTF_16 = "UTF-16";

/** Begins with the byte order mark of UTF-16. */
function isWide(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

const IN_DOUBT = "a trigraph, if the compiler reads it, and here it changes what follows: `trigraphs: read` or `ignore` in the policy";

/** Whether the macro that the token is an argument of makes a string or a part of a longer name of it, and what else. */
function stringOf(
  reading: Reading,
  token: number,
  { strings }: NamesTable,
  { parameters }: Line,
): { is: "only" | "also"; macro: number } | undefined {
  if (strings.size === 0 || !(isLoneArgument(reading, token) || endsDeclaration(reading, token))) return undefined;
  const call = callOf(reading, token);
  const macro = call === undefined || parameters.has(call.callee) ? undefined : strings.get(call.callee);
  if (call === undefined || macro === undefined || isSymbolText(reading, call.at)) return undefined;
  if (macro.only.has(call.index)) return { is: "only", macro: call.callee };
  return macro.also.has(call.index) ? { is: "also", macro: call.callee } : undefined;
}

/** `\\u00e9` or `\\U000000e9` stands at the offset, also as `??/u00e9`: the word goes on with it, or ends with it. */
function escapes(bytes: Uint8Array, at: number): boolean {
  const letter = bytes[at] === 92 ? at + 1 : bytes[at] === 63 && bytes[at + 1] === 63 && bytes[at + 2] === 47 ? at + 3 : -1;
  return letter >= 0 && (bytes[letter] === 117 || bytes[letter] === 85);
}

function pendingAt(reading: Reading, token: number, type: "argument" | "alone", nameOf: (id: number) => string): PendingToken {
  const { starts, ends, values } = reading.stream;
  const call = type === "argument" ? callOf(reading, token) : { callee: values[token - 1] as number, index: 0 };
  return {
    token: nameOf(values[token] as number),
    offset: starts[token] as number,
    end: ends[token] as number,
    type,
    macro: call === undefined ? "" : nameOf(call.callee),
    index: call?.index ?? 0,
  };
}

/** A macro of this name: its definition, or a line that asks for it or ends it. */
function namedPending({ stream }: Reading, token: number, directive: number, nameOf: (id: number) => string): PendingToken {
  const name = nameOf(stream.values[token] as number);
  const type = directive === DIRECTIVE.define ? "macro" : "asked";
  return { token: name, offset: stream.starts[token] as number, end: stream.ends[token] as number, type, macro: name, index: 0 };
}

/** Gives the preprocessor line of a token; tokens must be asked in ascending order. */
function linesOf(reading: Reading, directives: readonly number[]): (token: number) => Line {
  let at = 0;
  let line: Line | undefined;
  return (token) => {
    while (at < directives.length && (directives[at + 1] as number) < token) {
      at += 2;
      line = undefined;
    }
    const start = directives[at];
    if (start === undefined || start > token) return NO_LINE;
    line ??= lineAt(reading, start);
    return line;
  };
}

function lineAt(reading: Reading, start: number): Line {
  const directive = reading.stream.values[start] as number;
  return { directive, parameters: directive === DIRECTIVE.define ? new Set(parameterList(reading, start + 1)?.ids) : NO_LINE.parameters };
}

function decide(reading: Reading, token: number, id: number, table: NamesTable, file: FileContext, directive: number): string {
  const role = table.roles[id];
  if (role === ROLE.namespace) return namespaceUse(reading, token, id, file, directive);
  if (isPasted(reading, token) || (file.isAssembler === true && isNoSymbol(reading, token, directive))) return "leave";
  if (isStandard(reading, token) || isAsmOperand(reading, token) || (directive < 0 && isInPath(reading, token))) return "leave";
  if (isMark(reading, token + 1, PUNCTUATION.scope) && isAttributePrefix(reading, token)) return "leave";
  if (role === ROLE.everywhere) return "rename";
  if (table.files.get(id)?.has(file.index) !== true) return "leave";
  const { knowledge } = table;
  if (table.tags.get(id)?.has(file.index) === true)
    return isTag(reading, token) || isArgumentOf(reading, token, knowledge.tagged) ? "rename" : "leave";
  const here = !isOtherMember(reading, token) && useOf(reading, token, knowledge).is === "global";
  return here ? "rename" : "leave";
}

/** `std::name`, `std::outer::name`, `std::list<Item>::name`: the standard library's, whatever else has that name. */
function isStandard({ stream, words }: Reading, token: number): boolean {
  const { kinds, values, starts, ends } = stream;
  let at = token;
  while (at >= 2 && ends[at - 2] === starts[at - 1] && kinds[at - 1] === KIND.punctuation && values[at - 1] === PUNCTUATION.scope) {
    at = kinds[at - 2] === KIND.identifier ? at - 2 : templateName(stream, at - 2);
    if (at >= 0 && values[at] === words.id.std) return true;
  }
  return false;
}

/** How far back the `<` of a template's arguments is looked for. */
const LONGEST_LIST = 200;

/** The name before the template arguments that end at the token, or -1. */
function templateName({ kinds, values }: Reading["stream"], end: number): number {
  let depth = 0;
  for (let at = end; at > 0 && end - at < LONGEST_LIST; at--) {
    if (kinds[at] !== KIND.punctuation) continue;
    if (values[at] === BYTE.greater) depth++;
    else if (values[at] === BYTE.less) depth--;
    else if (values[at] === BYTE.semicolon || values[at] === BYTE.openBrace || values[at] === BYTE.closeBrace) return -1;
    if (depth === 0) return kinds[at - 1] === KIND.identifier ? at - 1 : -1;
  }
  return -1;
}

/** `struct name`: in C never a member, wherever it stands. */
export function isTag({ stream, words }: Reading, token: number): boolean {
  return token > 0 && stream.kinds[token - 1] === KIND.identifier && words.aggregate.has(stream.values[token - 1] as number);
}

/** A directive or a local label, an instruction. */
function isNoSymbol(reading: Reading, token: number, directive: number): boolean {
  return isDotted(reading, token) || (directive < 0 && isMnemonic(reading, token));
}

/** `[name] "r"(…)`: how the text of an `asm` calls an operand, by `%[name]`. */
export function isAsmOperand(reading: Reading, token: number): boolean {
  const isOpen = token > 0 && isMark(reading, token - 1, BYTE.openSquare);
  return isOpen && isMark(reading, token + 1, BYTE.closeSquare) && reading.stream.kinds[token + 2] === KIND.string;
}

function namespaceUse(reading: Reading, token: number, id: number, { nested }: FileContext, directive: number): string {
  const offset = reading.stream.starts[token] as number;
  if (nested?.definitions.has(offset) === true) return "leave";
  const decision = decideNamespace(reading, token, directive);
  if (decision !== "rename" || nested === undefined || isMarkedGlobal(reading, token)) return decision;
  const denotes = nested.at(id, offset);
  if (denotes === "either") return "a namespace around it has an inner namespace or type of the same name";
  return denotes === "inner" ? "leave" : "rename";
}

/** `::name`, or the word that opens a namespace at global scope. */
function isMarkedGlobal(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  return token > 0 && kinds[token - 1] === KIND.punctuation && values[token - 1] === PUNCTUATION.scope;
}

/** `.name`, `->name`, `Other::name`; `::name` and `name::name` are no members, nor is `Base` of `x.Base::name`, `x.Base<T>::name`. */
export function isOtherMember(reading: Reading, token: number): boolean {
  const { kinds, values, starts, ends } = reading.stream;
  if (token === 0 || kinds[token - 1] !== KIND.punctuation) return false;
  const before = values[token - 1];
  if (before === BYTE.dot) return !isQualifier(reading, token);
  if (before === PUNCTUATION.arrow) return !isTrailingReturn(reading, token - 1) && !isQualifier(reading, token);
  if (before !== PUNCTUATION.scope || token < 2 || kinds[token - 2] !== KIND.identifier) return false;
  return ends[token - 2] === starts[token - 1] && values[token - 2] !== values[token];
}

/** Whether `::` follows, at once or behind template arguments. */
function isQualifier(reading: Reading, token: number): boolean {
  const behind = isMark(reading, token + 1, BYTE.less) ? behindArguments(reading, token + 1) : token + 1;
  return isMark(reading, behind, PUNCTUATION.scope);
}

/** The token behind the `<…>` that begins there, or the `<` where it is none. */
function behindArguments({ stream: { kinds, values, count } }: Reading, open: number): number {
  let depth = 0;
  for (let at = open; at < count && at - open < LONGEST_LIST; at++) {
    if (kinds[at] !== KIND.punctuation) continue;
    const value = values[at];
    if (value === BYTE.less) depth++;
    else if (value === BYTE.greater && --depth === 0) return at + 1;
    else if (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.closeBrace) return open;
  }
  return open;
}

/** `.name`, not `a.name`. */
function isDotted({ stream: { kinds, values, starts, ends } }: Reading, token: number): boolean {
  return token > 0 && kinds[token - 1] === KIND.punctuation && values[token - 1] === BYTE.dot && ends[token - 1] === starts[token];
}

function isPasted(reading: Reading, token: number): boolean {
  const { kinds, values, count } = reading.stream;
  const isPaste = (at: number): boolean => at >= 0 && at < count && kinds[at] === KIND.punctuation && values[at] === PUNCTUATION.paste;
  return isPaste(token - 1) || isPaste(token + 1);
}
