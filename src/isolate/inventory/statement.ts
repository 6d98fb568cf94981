/** Owns the reading of one declaration outside of bodies, at its `{` or its `;`, from the marks that the walk left. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { calleeKind } from "./callees.js";
import { FLAG, type FileState, resetStatement, type Scope } from "./file-state.js";
import { countDefinition, isLinkedC, noteAt } from "./notes.js";
import type { Reader } from "./reader.js";
import { addSite, SITE } from "./sites.js";
import { isInitialised, variable } from "./variables.js";
import { WATCH } from "./watch-words.js";

/** The `{` at token `at`: what it opens follows from the declaration before it. */
export function openScope(reader: Reader, state: FileState, at: number): void {
  if (state.parens > 0) return push(state, "block", 1, at);
  if (state.oldStyle >= 0) return openOldStyle(reader, state, at);
  if (state.namespaceAt >= 0 && state.equals < 0) return openNamespace(reader, state, at);
  if (isLinkageBlock(reader, state, at)) return openLinkage(reader, state);
  if (state.equals >= 0 || (state.flags & FLAG.method) !== 0) return push(state, state.equals >= 0 ? "block" : "body", 1, at);
  if (isAggregate(state)) {
    defineType(reader, state, at);
    return push(state, "block", 1, at);
  }
  if (state.paren >= 0 || state.operatorAt >= 0) {
    defineFunction(reader, state, at);
    return push(state, "body", 1, at);
  }
  push(state, state.first < 0 ? "body" : "block", 1, at);
}

function push(state: FileState, kind: Scope["kind"], opaque: number, at: number): void {
  if (kind === "block" && !state.block) state.blockAt = at;
  state.scopes.push({ kind, context: state.context, linkageC: state.linkageC, namespaces: state.namespaces });
  state.opaque = opaque;
}

/** A `}` outside of bodies, or the one that ends a body, at token `at`. */
export function closeScope(state: FileState, at: number): void {
  const scope = state.scopes.pop();
  if (scope === undefined) return resetStatement(state);
  state.context = scope.context;
  state.linkageC = scope.linkageC;
  state.namespaces = scope.namespaces;
  if (scope.kind !== "block") return resetStatement(state);
  state.block = true;
  state.blockEnd = at;
}

function openNamespace(reader: Reader, state: FileState, at: number): void {
  const { starts, ends, values } = reader.stream;
  const word = state.openedByMacro === -2 ? firstWord(reader, state.namespaceAt + 1, at) : -1;
  const id = word >= 0 ? (values[word] as number) : state.openedByMacro;
  state.openedByMacro = -2;
  push(state, "namespace", 0, at);
  if (state.namespaces === 0) {
    state.context = id < 0 ? -2 : id;
    const token = word >= 0 ? word : state.namespaceAt;
    if (id >= 0) addSite(reader.sites, SITE.namespace, starts[token] as number, ends[token] as number, id, id);
  } else if (word >= 0) {
    const kind = (state.flags & FLAG.inline) !== 0 ? SITE.inlineNamespace : SITE.nestedNamespace;
    addSite(reader.sites, kind, starts[word] as number, ends[word] as number, id, state.context);
  }
  state.namespaces++;
  resetStatement(state);
}

/** The first word of the namespace's name: behind attributes and macros in capitals, unless nothing else is there. */
function firstWord({ stream, words, interner }: Reader, from: number, to: number): number {
  const { kinds, values } = stream;
  let found = -1;
  let depth = 0;
  for (let i = from; i < to; i++) {
    if (kinds[i] === KIND.punctuation) {
      const value = values[i];
      if (value === BYTE.open || value === BYTE.openSquare) depth++;
      else if (value === BYTE.close || value === BYTE.closeSquare) depth--;
      continue;
    }
    if (depth > 0 || kinds[i] !== KIND.identifier || words.roles[values[i] as number] === WATCH.attribute) continue;
    const name = interner.name(values[i] as number);
    const isMacro = /^[A-Z][A-Z0-9_]*$/.test(name) && (kinds[i + 1] === KIND.identifier || values[i + 1] === BYTE.open) && i + 1 < to;
    if (!isMacro && found < 0) found = i;
  }
  return found;
}

/** `extern "C" {`; a language written in a macro is not looked for. */
function isLinkageBlock({ stream }: Reader, state: FileState, at: number): boolean {
  return (state.flags & FLAG.extern) !== 0 && state.lastString === at - 1 && at > 0 && stream.kinds[at - 1] === KIND.string;
}

function openLinkage(reader: Reader, state: FileState): void {
  const { starts, ends } = reader.stream;
  const at = state.lastString;
  const isC = (ends[at] as number) - (starts[at] as number) === 3;
  if (isC) addSite(reader.sites, SITE.externC, starts[at] as number, ends[at] as number, -1, state.context);
  push(state, "linkage", 0, at);
  state.linkageC = isC;
  resetStatement(state);
}

function isAggregate(state: FileState): boolean {
  if ((state.flags & (FLAG.aggregate | FLAG.enum)) === 0 || state.block) return false;
  return state.paren < 0 || state.parenIsMacro || state.paren < state.aggregateAt;
}

function defineType(reader: Reader, state: FileState, at: number): void {
  countDefinition(reader, state);
  noteSpecialisation(reader, state);
  if (state.context !== -1 || (state.flags & FLAG.special) !== 0) return;
  const name = typeName(reader, state.aggregateAt + 1, at);
  if (name >= 0) noteAt(reader, state, SITE.globalType, name);
}

/** The token of the name in `class [attributes] Name [final] [: bases]`; -1 for an unnamed, a qualified or a specialised one. */
function typeName({ stream, words }: Reader, from: number, to: number): number {
  const { kinds, values } = stream;
  let name = -1;
  let depth = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    if (kinds[i] === KIND.punctuation) {
      if (value === BYTE.open || value === BYTE.openSquare) depth++;
      else if (value === BYTE.close || value === BYTE.closeSquare) depth--;
      else if (depth > 0) continue;
      else if (value === BYTE.colon) break;
      else if (value === BYTE.less || value === PUNCTUATION.scope) return -1;
      if (depth === 1 && value === BYTE.open) name = -1;
    } else if (depth === 0 && kinds[i] === KIND.identifier && words.roles[value] === 0) name = i;
  }
  return name;
}

function defineFunction(reader: Reader, state: FileState, at: number): void {
  countDefinition(reader, state);
  noteSpecialisation(reader, state);
  if (state.operatorAt >= 0) return freeOperator(reader, state);
  if (isRegistration(reader, state)) return;
  if (state.context === -1) countQualified(reader, state);
  const name = functionName(reader, state, at);
  if (name < 0 || (state.flags & (FLAG.static | FLAG.special | FLAG.template)) !== 0) return;
  if (isLinkedC(state)) noteAt(reader, state, SITE.cFunction, name);
  else if (state.context === -1) noteAt(reader, state, SITE.globalFunction, name);
}

/** `int lib::f() {` outside of all namespaces defines something in `lib`. */
function countQualified({ stream, defines }: Reader, state: FileState): void {
  const { kinds, values } = stream;
  if ((state.flags & FLAG.special) !== 0) return;
  const isScope = (at: number): boolean => kinds[at] === KIND.punctuation && values[at] === PUNCTUATION.scope;
  let first = state.paren - 1;
  while (first - 2 >= state.first && isScope(first - 1) && kinds[first - 2] === KIND.identifier) first -= 2;
  if (first === state.paren - 1 || kinds[first] !== KIND.identifier) return;
  const id = values[first] as number;
  defines.set(id, (defines.get(id) ?? 0) + 1);
}

/** The word before the parameter list, when it is neither qualified nor the first token. */
function functionName({ stream, words }: Reader, state: FileState, at: number): number {
  const { kinds, values } = stream;
  const name = state.paren - 1;
  if (name <= state.first || name >= at || kinds[name] !== KIND.identifier || words.roles[values[name] as number] === WATCH.keyword)
    return -1;
  const isPart = kinds[name - 1] === KIND.punctuation && (values[name - 1] === PUNCTUATION.scope || values[name - 1] === BYTE.tilde);
  return isPart ? -1 : name;
}

function freeOperator({ stream, sites }: Reader, state: FileState): void {
  const at = state.operatorAt;
  const isMember = at > 0 && stream.kinds[at - 1] === KIND.punctuation && stream.values[at - 1] === PUNCTUATION.scope;
  if (!isMember) addSite(sites, SITE.freeOperator, stream.starts[at] as number, stream.ends[at] as number, -1, state.context);
}

/** The `;` at token `at`. */
export function endDeclaration(reader: Reader, state: FileState, at: number): void {
  if (state.oldStyle >= 0 || state.first < 0 || (state.flags & FLAG.silent) !== 0 || state.namespaceAt >= 0) return;
  if (state.linkageC && isOldStyle(reader, state, at)) {
    state.oldStyle = (state.flags & FLAG.static) === 0 ? state.paren - 1 : HIDDEN;
    return;
  }
  if (isRegistration(reader, state)) return;
  if (isAggregate(state) && state.equals < 0 && forward(reader, state, at)) return;
  if ((state.flags & FLAG.typedef) !== 0) return typedefName(reader, state, at);
  if (state.operatorAt >= 0) return;
  if (state.paren >= 0 && (state.equals < 0 || state.paren < state.equals) && !isInitialised(reader, state))
    return noteSpecialisation(reader, state);
  variable(reader, state, at);
}

/** A static function of old style: no symbol. */
const HIDDEN = Number.MAX_SAFE_INTEGER;

/** The body of a function whose parameters were declared behind its head. */
function openOldStyle(reader: Reader, state: FileState, at: number): void {
  if (state.oldStyle !== HIDDEN) noteAt(reader, state, SITE.cFunction, state.oldStyle);
  state.oldStyle = -1;
  push(state, "body", 1, at);
}

/** `int f(a, b) int a;`: names without types in the list, and the first parameter's declaration behind it (C before 1989). */
function isOldStyle({ stream, words }: Reader, state: FileState, at: number): boolean {
  const { kinds, values } = stream;
  const { paren, parenEnd, first } = state;
  if (paren <= first + 1 || parenEnd <= paren + 1 || parenEnd + 2 >= at || kinds[paren - 1] !== KIND.identifier) return false;
  if (kinds[parenEnd + 1] !== KIND.identifier || words.roles[values[parenEnd + 1] as number] === WATCH.attribute) return false;
  for (let i = paren + 1; i < parenEnd; i++) {
    const isName = (i - paren) % 2 === 1;
    if (isName ? kinds[i] !== KIND.identifier : values[i] !== BYTE.comma) return false;
  }
  return (parenEnd - paren) % 2 === 0;
}

/** `class [MACRO] A;` and `enum A : int;`: true when it was one. */
function forward(reader: Reader, state: FileState, at: number): boolean {
  const { kinds, values, starts } = reader.stream;
  const name = typeName(reader, state.aggregateAt + 1, at);
  if ((state.flags & FLAG.special) !== 0) {
    noteSpecialisation(reader, state);
    return true;
  }
  if (name < 0) return false;
  const words = wordsBetween(reader, state.aggregateAt + 1, name);
  if (words > 0 && !isCapitals(state, reader, name - 1) && kinds[name - 1] === KIND.identifier) return false;
  if (name !== at - 1 && !(kinds[name + 1] === KIND.punctuation && values[name + 1] === BYTE.colon)) return false;
  const start = starts[state.first] as number;
  const column = start === 0 || state.bytes[start - 1] === 10;
  addSite(
    reader.sites,
    SITE.forward,
    starts[name] as number,
    column ? -(reader.stream.ends[name] as number) : (reader.stream.ends[name] as number),
    values[name] as number,
    state.context,
  );
  return true;
}

function wordsBetween({ stream, words }: Reader, from: number, to: number): number {
  let found = 0;
  for (let i = from; i < to; i++) if (stream.kinds[i] === KIND.identifier && words.roles[stream.values[i] as number] === 0) found++;
  return found;
}

/** Written as macros are: capitals, and more than one letter. */
function isCapitals({ bytes }: FileState, { stream }: Reader, at: number): boolean {
  if ((stream.ends[at] as number) - (stream.starts[at] as number) < 2) return false;
  for (let i = stream.starts[at] as number; i < (stream.ends[at] as number); i++) {
    if ((bytes[i] as number) >= 97 && (bytes[i] as number) <= 122) return false;
  }
  return true;
}

/** The name that an unnamed struct gets by its typedef. */
function typedefName(reader: Reader, state: FileState, at: number): void {
  if (!state.block || state.context !== -1 || state.aggregateAt < 0) return;
  const { kinds, values } = reader.stream;
  const isUnnamed = kinds[state.aggregateAt + 1] === KIND.punctuation && values[state.aggregateAt + 1] === BYTE.openBrace;
  if (isUnnamed && kinds[at - 1] === KIND.identifier) noteAt(reader, state, SITE.globalType, at - 1);
}

function noteSpecialisation(reader: Reader, state: FileState): void {
  if ((state.flags & FLAG.special) === 0) return;
  const { starts, ends, values, kinds } = reader.stream;
  const isNamed = state.aggregateAt > state.templateAt && kinds[state.aggregateAt + 1] === KIND.identifier;
  const word = isNamed ? state.aggregateAt + 1 : state.templateAt;
  const isQualified = values[word + 1] === PUNCTUATION.scope && kinds[word + 1] === KIND.punctuation;
  const context = isQualified ? (values[word] as number) : state.context;
  addSite(reader.sites, SITE.specialisation, starts[state.templateAt] as number, ends[word] as number, values[word] as number, context);
}

/** A macro called as a whole declaration: a flag, a registration, a test. */
function isRegistration(reader: Reader, state: FileState): boolean {
  if (state.paren !== state.first + 1 || reader.stream.kinds[state.first] !== KIND.identifier) return false;
  const kind = calleeKind(reader, reader.stream.values[state.first] as number);
  if (kind === SITE.none) return false;
  noteAt(reader, state, kind, state.first);
  return true;
}
