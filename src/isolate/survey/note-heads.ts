/** Owns what becomes of the head of a declaration: what it opens, and where in the survey its name is noted. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import {
  aggregateName,
  angleEnd,
  externLanguage,
  groupEnd,
  hasWord,
  type Head,
  isInternal,
  isMark,
  isWord,
  opensNamespace,
  type Reading,
  valueAt,
} from "./heads.js";
import { withoutPrefix } from "./declaration-prefix.js";
import { functionName, wrapperOf } from "./function-names.js";
import { openedNamespace } from "./opened-namespace.js";
import type { Opening, Scope } from "./scope-model.js";
import { tokenText } from "./token-text.js";
import { untypedVariables } from "./untyped-variables.js";
import type { Introduced, OpenSurvey } from "./survey-model.js";
import type { Sink } from "./survey-sink.js";

/** Variables without a type: those that no file declares `extern` are told. */
export function noteUntyped(reading: Reading, survey: OpenSurvey, tokens: readonly number[]): void {
  for (const token of untypedVariables(reading, tokens)) {
    const head: Head = { kind: "variable", token, linkage: "constant", defines: true, linkageC: false };
    survey.constants.push(introduced(reading, head, undefined));
    const name = tokenText(reading, token);
    survey.macros.push({ kind: "doubtful", name, offset: reading.stream.starts[token] as number, is: "untyped" });
  }
}

export function open(reading: Reading, sink: Sink, head: readonly number[], scope: Scope, brace: number): Opening {
  const { id } = reading.words;
  const rest = withoutPrefix(reading, head);
  const language = externLanguage(reading, rest);
  if (language !== undefined && externLanguage(reading, rest.slice(-2)) !== undefined)
    return language === "c" ? "linkage-c" : "linkage-c++";
  if (opensNamespace(reading, rest)) {
    sink.survey.namespaces.push(openedNamespace(reading, rest, sink.survey.namespaces, scope, brace));
    return "namespace";
  }
  if (rest.length === 1 && rest[0] === head[0] && hasWord(reading, rest, id.export)) return "linkage-c++";
  if (rest.length === 0 || isMethod(reading, rest[0])) return "body";
  if (isMark(reading, rest.at(-1), BYTE.equals)) return "continue";
  const name = hasWord(reading, rest.slice(0, 1), id.typedef) ? undefined : functionName(reading, rest, rest.length < head.length);
  if (name !== undefined && !hasBody(reading, rest, name)) return "continue";
  if (name !== undefined) {
    const linkage = isInternal(reading, rest.slice(0, rest.indexOf(name)), name) ? "internal" : "external";
    const around = wrapperOf(reading, rest, name);
    const wrapper = around === undefined ? undefined : valueAt(reading, around);
    const isTemplate = hasWord(reading, head.slice(0, 1), id.template);
    const found: Head = { kind: "function", token: name, linkage, defines: true, linkageC: language === "c", wrapper, isTemplate };
    note(reading, sink, found, scope, rest[0]);
    return "body";
  }
  const aggregate = introducesType(reading, rest) ? aggregateName(reading, rest) : undefined;
  if (aggregate !== undefined) {
    const { token } = aggregate;
    const kind = hasWord(reading, rest, id.enum) ? "enumeration" : "type";
    const isTemplate = hasWord(reading, head.slice(0, 1), id.template);
    if (token !== undefined)
      note(reading, sink, { kind, token, linkage: "external", defines: true, linkageC: false, isTemplate }, scope, undefined);
    return "continue";
  }
  if (hasWord(reading, rest, id.operator)) return "body";
  if (assigns(reading, rest)) return "continue";
  return rest.some((token) => isMark(reading, token, BYTE.open)) ? "body" : "continue";
}

/** Whether a `struct` or its like is the head's own, which is not that of a member function. */
function introducesType(reading: Reading, head: readonly number[]): boolean {
  const at = aggregateAt(reading, head);
  return at >= 0 && !namesMember(reading, head, at);
}

/** Where the first `struct` or its like stands outside of parentheses: a parameter's is none of the head. */
function aggregateAt(reading: Reading, head: readonly number[]): number {
  for (let i = 0; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.open)) i = groupEnd(reading, head, i) - 1;
    else if (isWord(reading, head[i]) && reading.words.aggregate.has(valueAt(reading, head[i]))) return i;
  }
  return -1;
}

/** `struct result Type::name(…)`, `enum kind Type::operator==(…)`: the head of a function that gives such a value. */
function namesMember(reading: Reading, head: readonly number[], at: number): boolean {
  for (let i = at + 1; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.open) || isMark(reading, head[i], BYTE.openSquare)) i = groupEnd(reading, head, i) - 1;
    else if (isMark(reading, head[i], BYTE.colon)) return false;
    else if (isMark(reading, head[i], PUNCTUATION.scope) && isWord(reading, head[i + 1])) {
      if (isMark(reading, head[i + 2], BYTE.open) || valueAt(reading, head[i + 1]) === reading.words.id.operator) return true;
    }
  }
  return false;
}

/** Whether an `=` stands outside of parentheses: not one of a default argument, nor of what a constructor gives a member. */
function assigns(reading: Reading, head: readonly number[]): boolean {
  for (let i = 0; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.open) || isMark(reading, head[i], BYTE.openSquare)) i = groupEnd(reading, head, i) - 1;
    else if (isMark(reading, head[i], BYTE.equals) && !compares(reading, head[i] as number)) return true;
  }
  return false;
}

/** Whether the `=` is a part of `==`, `!=`, `<=` or `>=`. */
function compares({ bytes, stream }: Reading, token: number): boolean {
  const [before, behind] = [bytes[(stream.starts[token] as number) - 1] as number, bytes[stream.ends[token] as number]];
  return behind === BYTE.equals || COMPARING.has(before);
}

const COMPARING: ReadonlySet<number> = new Set(["=", "!", "<", ">"].map((mark) => mark.charCodeAt(0)));

/** Not `a(1), b` of `type a(1), b{2};`: a comma stands behind the parameters, and no `:` of a constructor before it. */
function hasBody(reading: Reading, head: readonly number[], name: number): boolean {
  for (let i = head.indexOf(name) + 1; i < head.length; i++) {
    if (isMark(reading, head[i], BYTE.open) || isMark(reading, head[i], BYTE.openSquare)) i = groupEnd(reading, head, i) - 1;
    else if (isMark(reading, head[i], BYTE.less)) i = angleEnd(reading, head, i) - 1;
    else if (isMark(reading, head[i], BYTE.colon)) return true;
    else if (isMark(reading, head[i], BYTE.comma)) return false;
  }
  return true;
}

/** `- (void)name` and `+ (void)name` of Objective-C. */
function isMethod(reading: Reading, first: number | undefined): boolean {
  return isMark(reading, first, BYTE.minus) || isMark(reading, first, BYTE.plus);
}

/** `first`: the first token of the declaration. */
export function note(reading: Reading, { survey, namespaced }: Sink, head: Head, scope: Scope, first: number | undefined): void {
  const id = valueAt(reading, head.token);
  if (head.linkage === "internal") {
    if (!scope.namespaced) survey.internal.push(id);
    return;
  }
  const linkageC = (head.linkageC || scope.linkageC) && !isType(head);
  if (!head.defines) {
    if (linkageC) survey.declaredC.push(id);
    if (!scope.namespaced) survey.declaredGlobal.push(id);
    if (head.kind === "variable") survey.declaredExtern.push(id);
  } else if (head.linkage === "constant" && !linkageC) {
    if (!scope.namespaced) survey.constants.push(introduced(reading, head, first));
  } else if (!scope.namespaced) survey.defined.push(introduced(reading, head, first));
  else if (linkageC) survey.defined.push({ ...introduced(reading, head, first), isInside: true });
  else if (!isType(head)) namespaced?.push(introduced(reading, head, first));
}

function introduced(
  reading: Reading,
  { kind, token, instead, wrapper, isTemplate, isImplicit }: Head,
  first: number | undefined,
): Introduced {
  const isOwnWord = first !== undefined && first !== token && isWord(reading, first) && !reading.words.keyword.has(valueAt(reading, first));
  return {
    id: valueAt(reading, token),
    kind,
    offset: reading.stream.starts[token] as number,
    instead,
    wrapper,
    ...(isTemplate === true ? { isTemplate } : {}),
    ...(isImplicit === true ? { isImplicit } : {}),
    first: isOwnWord ? valueAt(reading, first) : undefined,
  };
}

function isType(head: Head): boolean {
  return head.kind === "type" || head.kind === "enumeration";
}
