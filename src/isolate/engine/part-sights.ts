/** Owns a part's answer about global names that share their spelling with something else: which files have, declare or use them, and which scopes do. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { dialectOf, isAssembler, type Language } from "../code-files.js";
import { isOtherMember, isTag } from "../decide/token-places.js";
import { type Enclosing, enclosing } from "../decide/enclosing.js";
import { parameterList } from "../decide/macro-definitions.js";
import { callOf } from "../decide/namespace-tokens.js";
import { isDeclarator, isEnumerator, isFriend, isUsed, saysLinkage } from "../decide/word-uses.js";
import { isMark, isShouted, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";
import { type IncludeTable, includeTable } from "../visibility/include-table.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { NameSights, SightAnswer, SightQuestion } from "./word-model.js";

/** The include lines of the part's files. */
export function includesOf({ files, includeLines }: LoadedPart): IncludeTable {
  return includeTable(
    includeLines,
    files.map(({ file, includes }) => [file.index, includes] as const),
  );
}

/** Reads the files that have one of the names once more. */
export function answerSights(part: LoadedPart, { names }: SightQuestion): SightAnswer {
  const { interner, indexer } = part;
  const sights = new Map<number, OpenSights>();
  for (const { name, isType } of names) {
    const id = interner.find(name);
    if (id >= 0)
      sights.set(id, {
        isType,
        spelled: [],
        declared: [],
        internal: [],
        macros: [],
        called: [],
        scopes: new Set(),
        callees: new Set(),
        isAlias: false,
      });
  }
  if (sights.size === 0) return [];
  const roles = new Uint8Array(interner.size());
  for (const id of sights.keys()) roles[id] = 1;
  for (const file of part.files) if (indexer.has(file.ids, (id) => roles[id] === 1)) readFile(part, file, sights, roles);
  return [...sights].map(([id, { spelled, declared, internal, macros, called, scopes, callees, isAlias }]): NameSights => ({
    name: interner.name(id),
    spelled,
    declared,
    internal,
    macros,
    called,
    scopes: [...scopes].toSorted(),
    callees: [...callees].toSorted(),
    isAlias,
  }));
}

/** What is gathered of a name. */
interface OpenSights {
  readonly isType: boolean;
  readonly spelled: number[];
  readonly declared: { file: number; lines: number }[];
  readonly internal: number[];
  readonly macros: number[];
  readonly called: number[];
  readonly scopes: Set<string>;
  readonly callees: Set<string>;
  isAlias: boolean;
}

function readFile(part: LoadedPart, file: CodeFile, sights: ReadonlyMap<number, OpenSights>, roles: Uint8Array): void {
  const { indexer, interner, stream, words } = part;
  const { language, content, survey } = file;
  const index = file.file.index;
  const bytes = content.once();
  scan(bytes, interner, stream, dialectOf(language));
  const reading: Reading = { stream, bytes, words, opened: survey.namespaces };
  const known = new Set([
    ...survey.declaredGlobal,
    ...survey.declaredC,
    ...survey.defined.map(({ id }) => id),
    ...survey.constants.map(({ id }) => id),
  ]);
  const internal = new Set(survey.internal);
  const introduced = new Set(survey.defined.map(({ offset }) => offset));
  const seen = new Set<number>();
  const declared = new Set<number>();
  const { hits, directives } = indexer.add(stream, roles);
  let [lines, at] = [0, 0];
  for (const token of hits) {
    for (; at < directives.length && (directives[at + 1] as number) < token; at += 2)
      if (stream.values[directives[at] as number] === DIRECTIVE.include) lines++;
    const line = (directives[at] ?? token) < token ? lineAt(reading, directives[at] as number) : NO_LINE;
    const id = stream.values[token] as number;
    const found = sights.get(id) as OpenSights;
    if (line.parameters.includes(id)) continue;
    if (found.isType && introduced.has(stream.starts[token] as number) && !isTag(reading, token)) found.isAlias = true;
    if (!seen.has(id)) {
      seen.add(id);
      const isLocal = internal.has(id) && !known.has(id);
      (isLocal ? found.internal : found.spelled).push(index);
    }
    if (line.directive === DIRECTIVE.define && found.macros.at(-1) !== index) found.macros.push(index);
    if (isAssembler(language) || isOtherMember(reading, token)) {
      if (!declared.has(id) && !found.isType && meansSymbol(reading, token, language, known)) {
        declared.add(id);
        found.declared.push({ file: index, lines: 0 });
      } else if (isUsed(reading, token)) noteScope(reading, found, enclosing(reading, token)[0], interner.name);
      continue;
    }
    noteCallee(reading, token, found);
    const around = enclosing(reading, token);
    if (file.standing !== undefined && around.length === 0) {
      if (isDeclaredHere(reading, token)) for (const word of file.standing.words) found.scopes.add(word);
    } else if (declaresIn(reading, token, around)) {
      if (around[0]?.kind === "enumeration") noteScope(reading, found, around[1], interner.name);
      if (around[0]?.words?.length !== 0) noteScope(reading, found, around[0], interner.name);
      else if (found.internal.at(-1) !== index) found.internal.push(index);
    } else if (
      !declared.has(id) &&
      file.standing === undefined &&
      (known.has(id) || mayDeclare(reading, token, found.isType, around, line))
    ) {
      declared.add(id);
      found.declared.push({ file: index, lines });
    } else if (language === "c" && !found.isType && isMark(reading, token + 1, BYTE.open) && found.called.at(-1) !== index)
      found.called.push(index);
  }
}

/**
 * Whether assembler means the symbol there: GNU's needs no declaration; NASM's does, and gives arguments of macros names that only these
 * know.
 */
function meansSymbol(reading: Reading, token: number, language: Language, known: ReadonlySet<number>): boolean {
  if (language === "gas") return true;
  if (language !== "nasm") return false;
  if (known.has(valueAt(reading, token))) return true;
  let at = token - 1;
  while (isMark(reading, at, BYTE.comma)) at -= 2;
  return isWord(reading, at) && /extern/i.test(tokenText(reading, at));
}

/** The preprocessor line that a token stands in. */
interface Line {
  /** DIRECTIVE code, or -1 outside of such lines. */
  readonly directive: number;
  /** Parameters of the macro that it defines. */
  readonly parameters: readonly number[];
}

const NO_LINE: Line = { directive: -1, parameters: [] };

function lineAt(reading: Reading, start: number): Line {
  const directive = reading.stream.values[start] as number;
  const parameters = directive === DIRECTIVE.define ? parameterList(reading, start + 1)?.ids : undefined;
  return { directive, parameters: parameters ?? [] };
}

function noteCallee(reading: Reading, token: number, { callees }: OpenSights): void {
  if (!isMark(reading, token - 1, BYTE.open) && !isMark(reading, token - 1, BYTE.comma)) return;
  const call = callOf(reading, token);
  if (call !== undefined) callees.add(tokenText(reading, call.at));
}

/** Adds the words by which the scope is known. */
function noteScope(reading: Reading, { scopes }: OpenSights, scope: Enclosing | undefined, nameOf: (id: number) => string): void {
  for (const word of scope?.words ?? (scope?.name === undefined ? [] : [valueAt(reading, scope.name)])) scopes.add(nameOf(word));
}

/** Whether the word is declared right in a class, a namespace or an enumeration. */
function declaresIn(reading: Reading, token: number, [scope]: readonly Enclosing[]): boolean {
  if (scope === undefined) return false;
  if (isEnumerator(reading, token, scope)) return true;
  if (scope.kind !== "class" && scope.kind !== "namespace") return false;
  return isDeclaredHere(reading, token);
}

function isDeclaredHere(reading: Reading, token: number): boolean {
  return parenthesisAround(reading, token) < 0 && isDeclarator(reading, token) && !isFriend(reading, token) && !saysLinkage(reading, token);
}

/** Whether the word may be declared at global scope there: more than is, where the tokens do not tell. */
function mayDeclare(
  reading: Reading,
  token: number,
  isType: boolean,
  around: readonly Enclosing[],
  { directive, parameters: defined }: Line,
): boolean {
  if (around.some(({ kind }) => kind === "namespace")) return false;
  const before = isShouted(reading, token - 1) ? token - 2 : token - 1;
  if (isType) return isWord(reading, before) && reading.words.aggregate.has(valueAt(reading, before));
  if (saysExtern(reading, token)) return true;
  if (!around.every(({ kind }) => kind === "linkage-c")) return isFriend(reading, token);
  const open = parenthesisAround(reading, token);
  if (open < 0) {
    const isFunction = isMark(reading, token + 1, BYTE.open);
    return (directive < 0 || isFunction) && isDeclarator(reading, token) && !isMark(reading, token - 1, BYTE.comma);
  }
  if (directive >= 0)
    return isWord(reading, open - 1) && defined.includes(valueAt(reading, open - 1)) && !isMark(reading, open - 2, PUNCTUATION.paste);
  return (isShouted(reading, open - 1) && !isParameter(reading, token, open)) || isPointer(reading, token);
}

/** The parameter of a function whose name is in capitals: `result DO_IT(struct job *name)`. Its type stands before it, the function's before that. */
function isParameter(reading: Reading, token: number, open: number): boolean {
  const { words } = reading;
  const hasType = isWord(reading, token - 1) || isMark(reading, token - 1, BYTE.star);
  const before = open - 2;
  const isTyped = isMark(reading, before, BYTE.star) || (isWord(reading, before) && !words.specifier.has(valueAt(reading, before)));
  return hasType && isTyped && !isShouted(reading, before);
}

/** The innermost `(` that is open before the token in its declaration or line, or -1. */
function parenthesisAround(reading: Reading, token: number): number {
  const { kinds, values } = reading.stream;
  let depth = 0;
  for (let i = token - 1; i >= 0 && kinds[i] !== KIND.directive; i--) {
    while (kinds[i] === KIND.directiveEnd) i = lineStart(reading, i) - 1;
    if (kinds[i] !== KIND.punctuation) continue;
    const value = values[i];
    if (value === BYTE.close) depth++;
    else if (value === BYTE.open && depth-- === 0) return i;
    else if (depth === 0 && (value === BYTE.semicolon || value === BYTE.openBrace || value === BYTE.closeBrace)) return -1;
  }
  return -1;
}

/** The `#` of the line that ends at the token. */
function lineStart({ stream: { kinds } }: Reading, end: number): number {
  let i = end;
  while (i > 0 && kinds[i] !== KIND.directive) i--;
  return i;
}

/** `(*name)` */
function isPointer(reading: Reading, token: number): boolean {
  return isMark(reading, token - 1, BYTE.star) && isMark(reading, token - 2, BYTE.open) && isMark(reading, token + 1, BYTE.close);
}

/** `extern` before it in its statement. */
function saysExtern(reading: Reading, token: number): boolean {
  const { kinds, values } = reading.stream;
  for (let i = token - 1; i >= 0 && kinds[i] !== KIND.directiveEnd; i--) {
    if (kinds[i] === KIND.identifier && values[i] === reading.words.id.extern) return true;
    if (kinds[i] === KIND.punctuation && ENDS.has(values[i] as number)) return false;
  }
  return false;
}

const ENDS: ReadonlySet<number> = new Set([BYTE.semicolon, BYTE.openBrace, BYTE.closeBrace, BYTE.open, PUNCTUATION.arrow]);
