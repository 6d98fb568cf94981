/** Owns what one file introduces at global scope and with C linkage, read from its tokens without compiling it. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { surveyAssembler } from "./assembler.js";
import type { Language } from "../code-files.js";
import type { Head, Reading } from "./heads.js";
import { aggregateName, externLanguage, functionName, hasWord, isMark, valueAt, withoutPrefix } from "./heads.js";
import { openedNamespace, type OpenedNamespace } from "./opened-namespace.js";
import type { DeclarationVisitor, Opening, Scope } from "./scopes.js";
import { walkDeclarations } from "./scopes.js";
import { declared, oldStyleFunction } from "./variables.js";

/** What a name stands for. */
export type GlobalKind = "function" | "variable" | "type" | "enumeration" | "asm";

/** A name by its interner id, with the byte offset of one place that introduces it. */
export interface Introduced {
  readonly id: number;
  readonly kind: GlobalKind;
  readonly offset: number;
}

export interface Survey {
  /** Defined at global scope, or anywhere with C linkage: a symbol of its own. */
  readonly defined: Introduced[];
  /** Constants at global scope of C++: external only if some declaration says `extern`. */
  readonly constants: Introduced[];
  /** Declared (not defined) `extern` at global scope, or with C linkage inside a namespace. */
  readonly declaredExtern: number[];
  readonly declaredC: number[];
  /** Functions and variables declared (not defined) at global scope. */
  readonly declaredGlobal: number[];
  readonly namespaces: OpenedNamespace[];
}

/** Surveys one file. */
export function surveyFile(reading: Reading, language: Language): Survey {
  const survey = emptySurvey();
  if (language === "gas" || language === "nasm") surveyAssembler(reading, survey.defined);
  else walk(reading, language, { survey, namespaced: undefined });
  return survey;
}

/** Functions and variables that a file defines inside namespaces: C symbols if another file declares them so. */
export function surveyNamespaced(reading: Reading, language: Language): Introduced[] {
  const namespaced: Introduced[] = [];
  walk(reading, language, { survey: emptySurvey(), namespaced });
  return namespaced;
}

function emptySurvey(): Survey {
  return { defined: [], constants: [], declaredExtern: [], declaredC: [], declaredGlobal: [], namespaces: [] };
}

/** Where the walk puts what it finds; without `namespaced` it passes over what C++ names mangle anyway. */
interface Sink {
  readonly survey: Survey;
  readonly namespaced: Introduced[] | undefined;
}

function walk(reading: Reading, language: Language, sink: Sink): void {
  const rules = language === "c" ? "c" : "c++";
  const { id } = reading.words;
  const passOver = (scope: Scope): boolean => scope.namespaced && !scope.linkageC && sink.namespaced === undefined;
  /** Behind the head of a function of C before 1989: declarations of its parameters follow, then its body. */
  let oldStyle = false;
  const visitor: DeclarationVisitor = {
    open: (head, scope, brace) => {
      if (oldStyle) {
        oldStyle = false;
        return "body";
      }
      if (passOver(scope) && !hasWord(reading, head, id.namespace) && !hasWord(reading, head, id.extern)) return "body";
      return open(reading, sink, head, scope, brace);
    },
    leaveNamespace: (brace, end) => {
      const opened = sink.survey.namespaces.findLast((namespace) => namespace.brace === brace);
      if (opened !== undefined) opened.end = reading.stream.starts[end] as number;
    },
    declaration: (tokens, scope) => {
      if (passOver(scope) && !hasWord(reading, tokens, id.extern)) return;
      if (oldStyle) return;
      const old = rules === "c" ? oldStyleFunction(reading, tokens) : undefined;
      oldStyle = old !== undefined;
      for (const head of old === undefined ? declared(reading, tokens, rules) : [old]) note(reading, sink, head, scope);
    },
  };
  walkDeclarations(reading.stream, (token) => isZero(reading, token), visitor);
}

function open(reading: Reading, sink: Sink, head: readonly number[], scope: Scope, brace: number): Opening {
  const { id } = reading.words;
  const rest = withoutPrefix(reading, head);
  const language = externLanguage(reading, rest);
  if (language !== undefined && externLanguage(reading, rest.slice(-2)) !== undefined)
    return language === "c" ? "linkage-c" : "linkage-c++";
  if (hasWord(reading, rest, id.namespace) && !hasWord(reading, rest, id.using)) {
    sink.survey.namespaces.push(openedNamespace(reading, rest, sink.survey.namespaces, scope, brace));
    return "namespace";
  }
  if (rest.length === 0 || isMethod(reading, rest[0])) return "body";
  if (isMark(reading, rest.at(-1), BYTE.equals)) return "continue";
  const name = functionName(reading, rest);
  if (name !== undefined) {
    const linkage = hasWord(reading, rest.slice(0, rest.indexOf(name)), id.static) ? "internal" : "external";
    note(reading, sink, { kind: "function", token: name, linkage, defines: true, linkageC: language === "c" }, scope);
    return "body";
  }
  const aggregate = aggregateName(reading, rest);
  if (aggregate !== undefined) {
    const { token } = aggregate;
    const kind = hasWord(reading, rest, id.enum) ? "enumeration" : "type";
    if (token !== undefined) note(reading, sink, { kind, token, linkage: "external", defines: true, linkageC: false }, scope);
    return "continue";
  }
  if (hasWord(reading, rest, id.operator)) return "body";
  if (rest.some((token) => isMark(reading, token, BYTE.equals))) return "continue";
  return rest.some((token) => isMark(reading, token, BYTE.open)) ? "body" : "continue";
}

/** `- (void)name` and `+ (void)name` of Objective-C. */
function isMethod(reading: Reading, first: number | undefined): boolean {
  return isMark(reading, first, BYTE.minus) || isMark(reading, first, BYTE.plus);
}

function note(reading: Reading, { survey, namespaced }: Sink, head: Head, scope: Scope): void {
  if (head.linkage === "internal") return;
  const id = valueAt(reading, head.token);
  const linkageC = (head.linkageC || scope.linkageC) && !isType(head);
  const found: Introduced = { id, kind: head.kind, offset: reading.stream.starts[head.token] as number };
  if (!head.defines) {
    if (linkageC) survey.declaredC.push(id);
    if (!scope.namespaced) survey.declaredGlobal.push(id);
    if (head.kind === "variable") survey.declaredExtern.push(id);
  } else if (head.linkage === "constant" && !linkageC) {
    if (!scope.namespaced) survey.constants.push(found);
  } else if (!scope.namespaced || linkageC) survey.defined.push(found);
  else if (!isType(head)) namespaced?.push(found);
}

function isType(head: Head): boolean {
  return head.kind === "type" || head.kind === "enumeration";
}

/** `#if 0`: its branch never counts for the balance of braces. */
function isZero(reading: Reading, token: number): boolean {
  const { kinds, starts, ends } = reading.stream;
  return (
    kinds[token] === KIND.number &&
    (ends[token] as number) - (starts[token] as number) === 1 &&
    reading.bytes[starts[token] as number] === 48
  );
}
