/** Owns what one file introduces at global scope and with C linkage, read from its tokens without compiling it. */
import { BYTE, DIRECTIVE, KIND } from "../tokens/kinds.js";
import type { Language } from "./code-files.js";
import type { Head, Reading } from "./heads.js";
import { aggregateName, externLanguage, functionName, hasWord, isMark, isWord, valueAt, withoutPrefix } from "./heads.js";
import { openedNamespace, type OpenedNamespace } from "./opened-namespace.js";
import type { DeclarationVisitor, Opening, Scope } from "./scopes.js";
import { walkDeclarations } from "./scopes.js";
import { declared } from "./variables.js";

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
  /** Functions and variables defined inside namespaces: external C symbols if declared so elsewhere. */
  readonly namespaced: Introduced[];
  /** Declared (not defined) `extern` at global scope, or with C linkage inside a namespace. */
  readonly declaredExtern: number[];
  readonly declaredC: number[];
  readonly namespaces: OpenedNamespace[];
}

/** Surveys one file. */
export function surveyFile(reading: Reading, language: Language): Survey {
  const survey: Survey = { defined: [], constants: [], namespaced: [], declaredExtern: [], declaredC: [], namespaces: [] };
  if (language === "gas" || language === "nasm") surveyAssembler(reading, survey);
  else walkDeclarations(reading.stream, (token) => isZero(reading, token), visitorOf(reading, survey, language));
  return survey;
}

function visitorOf(reading: Reading, survey: Survey, language: Language): DeclarationVisitor {
  const rules = language === "c" ? "c" : "c++";
  return {
    open: (head, scope, brace) => open(reading, survey, head, scope, brace),
    leaveNamespace: (brace, end) => {
      const opened = survey.namespaces.findLast((namespace) => namespace.brace === brace);
      if (opened !== undefined) opened.end = reading.stream.starts[end] as number;
    },
    declaration: (tokens, scope) => {
      for (const head of declared(reading, tokens, rules)) note(reading, survey, head, scope);
    },
  };
}

function open(reading: Reading, survey: Survey, head: readonly number[], scope: Scope, brace: number): Opening {
  const { id } = reading.words;
  const rest = withoutPrefix(reading, head);
  const language = externLanguage(reading, rest);
  if (language !== undefined && rest.length <= 2) return language === "c" ? "linkage-c" : "linkage-c++";
  if (hasWord(reading, rest, id.namespace) && !hasWord(reading, rest, id.using)) {
    survey.namespaces.push(openedNamespace(reading, rest, survey.namespaces, scope, brace));
    return "namespace";
  }
  if (rest.length === 0) return "body";
  if (isMark(reading, rest.at(-1), BYTE.equals)) return "continue";
  const name = functionName(reading, rest);
  if (name !== undefined) {
    const linkage = hasWord(reading, rest.slice(0, rest.indexOf(name)), id.static) ? "internal" : "external";
    note(reading, survey, { kind: "function", token: name, linkage, defines: true, linkageC: language === "c" }, scope);
    return "body";
  }
  const aggregate = aggregateName(reading, rest);
  if (aggregate !== undefined) {
    if (aggregate.token !== undefined)
      note(reading, survey, { kind: "type", token: aggregate.token, linkage: "external", defines: true, linkageC: false }, scope);
    return "continue";
  }
  return rest.some((token) => isMark(reading, token, BYTE.open)) ? "body" : "continue";
}

function note(reading: Reading, survey: Survey, head: Head, scope: Scope): void {
  if (head.linkage === "internal") return;
  const id = valueAt(reading, head.token);
  const linkageC = (head.linkageC || scope.linkageC) && !isType(head);
  const found: Introduced = { id, kind: head.kind, offset: reading.stream.starts[head.token] as number };
  if (!head.defines) {
    if (linkageC) survey.declaredC.push(id);
    if (head.kind === "variable") survey.declaredExtern.push(id);
  } else if (head.linkage === "constant" && !linkageC) {
    if (!scope.namespaced) survey.constants.push(found);
  } else if (!scope.namespaced || linkageC) survey.defined.push(found);
  else if (!isType(head)) survey.namespaced.push(found);
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

const EXPORTING = /^\.?(globl|global|GLOBAL_FUNCTION|GLOBAL_LABEL|EXPORT|cglobal)$/;

/** Assembler: the word after `.globl`, `.global`, `EXPORT` or a macro of that sort. */
function surveyAssembler(reading: Reading, survey: Survey): void {
  const { stream, bytes } = reading;
  for (let i = 0; i + 1 < stream.count; i++) {
    if (stream.kinds[i] === KIND.directive && stream.values[i] === DIRECTIVE.define) {
      while (i < stream.count && stream.kinds[i] !== KIND.directiveEnd) i++;
      continue;
    }
    if (!isWord(reading, i) || !isWord(reading, i + 1)) continue;
    const word = Buffer.from(
      bytes.buffer,
      bytes.byteOffset + (stream.starts[i] as number),
      (stream.ends[i] as number) - (stream.starts[i] as number),
    );
    if (EXPORTING.test(word.toString("latin1")))
      survey.defined.push({ id: stream.values[i + 1] as number, kind: "asm", offset: stream.starts[i + 1] as number });
  }
}
