/** Owns the decision, token by token, where a file gets the flavor's suffix and where it must not be guessed. */
import { DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, type Reading } from "../survey/heads.js";
import type { NestedUses } from "../survey/nested-namespaces.js";
import { argumentTexts, type AsmText, asmTexts, isSymbolText, pragmaLineTexts } from "../constructs/asm-text.js";
import { moduleLine, type ModuleName } from "../constructs/module-lines.js";
import type { FileIndex } from "./file-index.js";
import { isMeasured } from "./measured-signatures.js";
import { homonymAlias, type HomonymType, homonymType } from "./homonym-types.js";
import { parameterList } from "./macro-definitions.js";
import { endsDeclaration, isLoneArgument } from "./macro-strings.js";
import { isInPath } from "./path-words.js";
import { type NamesTable, ROLE } from "./names-table.js";
import { callOf, decideNamespace, isAttributePrefix } from "./namespace-tokens.js";
import { isForCppAlone } from "./cplusplus-only.js";
import { isArgumentOf, useOf } from "./word-uses.js";
import type { FileEdits, PendingToken, Stringized } from "./file-edits.js";
import { calledName, type CalledName, makesText } from "./string-arguments.js";
import { hasAtSign, isSelector } from "./selectors.js";
import { isAsmOperand, isMarkedGlobal, isNoSymbol, isOtherMember, isPasted, isStandard, isTag } from "./token-places.js";

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
  const calls: CalledName[] = [];
  const edits: FileEdits = { offsets: [], ids: [], undecided: [], pending, types, asm, modules, stringized, calls };
  const { doubt } = reading.stream;
  if (doubt >= 0) edits.undecided.push({ offset: doubt, token: TRIGRAPH, why: IN_DOUBT });
  if (isWide(reading.bytes)) edits.undecided.push({ offset: 0, token: UTF_16, why: "the file is encoded in UTF-16, which is not read" });
  const lineOf = linesOf(reading, index.directives);
  let objective: boolean | undefined;
  const hasSelectors = (): boolean => (objective ??= hasAtSign(reading));
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
    const own = line.parameters.has(id) ? "leave" : decide(reading, token, id, table, file, line.directive);
    const why = own === "rename" && table.roles[id] !== ROLE.namespace && hasSelectors() && isSelector(reading, token) ? "leave" : own;
    if (why === "rename" && table.roles[id] === ROLE.namespace) {
      const call = calledName(reading, token);
      const name = { edit: edits.offsets.length, start: starts[token] as number, name: nameOf(id) };
      if (call !== undefined && !line.parameters.has(call.macro)) calls.push({ ...name, ...call });
    }
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
  if (strings.size === 0) return undefined;
  const call = callOf(reading, token);
  const macro = call === undefined || parameters.has(call.callee) ? undefined : strings.get(call.callee);
  if (call === undefined || macro === undefined || isSymbolText(reading, call.at)) return undefined;
  if (makesText(macro, call.index)) return { is: "only", macro: call.callee };
  if (!isLoneArgument(reading, token) && !endsDeclaration(reading, token)) return undefined;
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
  const bodyOf = type === "argument" && isBody(reading, token) ? { bodyOf: nameOf(values[token - 3] as number) } : {};
  return {
    ...bodyOf,
    token: nameOf(values[token] as number),
    offset: starts[token] as number,
    end: ends[token] as number,
    type,
    macro: call === undefined ? "" : nameOf(call.callee),
    index: call?.index ?? 0,
  };
}

/** `#define NS RENAME(lib)`, where the token is `lib`. */
function isBody({ stream: { kinds } }: Reading, token: number): boolean {
  return (
    kinds[token - 4] === KIND.directive &&
    kinds[token - 3] === KIND.identifier &&
    kinds[token - 2] === KIND.identifier &&
    kinds[token + 2] === KIND.directiveEnd
  );
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
  if (table.tags.get(id)?.has(file.index) === true && !isForCppAlone(reading, token))
    return isTag(reading, token) || isArgumentOf(reading, token, knowledge.tagged) ? "rename" : "leave";
  const here = !isOtherMember(reading, token) && useOf(reading, token, knowledge).is === "global";
  return here ? "rename" : "leave";
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
