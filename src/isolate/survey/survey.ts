/** Owns what one file introduces at global scope and with C linkage, read from its tokens without compiling it. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { type Exporters, NO_EXPORTERS, surveyAssembler } from "./assembler.js";
import type { Language } from "../code-files.js";
import { noteNesting, noteSource } from "./include-facts.js";
import type { Head, Reading } from "./heads.js";
import {
  aggregateName,
  angleEnd,
  externLanguage,
  functionName,
  groupEnd,
  hasWord,
  isInternal,
  isMark,
  isWord,
  isZero,
  opensNamespace,
  valueAt,
  withoutPrefix,
  wrapperOf,
} from "./heads.js";
import { fileName } from "./macro-bodies.js";
import { builtBound } from "./section-bounds.js";
import { selfIncludes } from "./self-includes.js";
import { headFact, type MacroFact, macroFact } from "./macro-facts.js";
import { implicitFunction, mayBeObject, plainLiteral } from "./old-heads.js";
import { pragmaFact } from "./pragma-facts.js";
import { objectiveName } from "./objective-c.js";
import { openedByMacro, openedNamespace, type OpenedNamespace } from "./opened-namespace.js";
import { noteCalls } from "./separate-calls.js";
import type { ScopeMacro } from "./scope-macros.js";
import type { DeclarationVisitor, Opening, Scope, ScopeChange } from "./scopes.js";
import { walkDeclarations } from "./scopes.js";
import { tokenText } from "./token-text.js";
import { untypedVariables } from "./untyped-variables.js";
import { declared, oldStyleFunction } from "./variables.js";

/** What a name stands for. */
export type GlobalKind = "function" | "variable" | "type" | "enumeration" | "asm";

/** A name by its interner id, with the byte offset of one place that introduces it. */
export interface Introduced {
  readonly id: number;
  readonly kind: GlobalKind;
  readonly offset: number;
  /** Words of which one is the name if `id` is a macro for an attribute: the nearest first. */
  readonly instead: readonly number[] | undefined;
  /** The word whose argument the name is. */
  readonly wrapper: number | undefined;
  /** The declaration's first word, when it is none of the language. */
  readonly first: number | undefined;
  readonly isTemplate?: boolean | undefined;
  /** Whether it has C linkage inside a namespace. */
  readonly isInside?: boolean;
  /** As of a {@link Head}. */
  readonly isImplicit?: boolean | undefined;
}

/** Macros that open and close scopes, by the id of their name; their words are ids, or -1 - n for argument n. */
export type ScopeMacrosById = ReadonlyMap<number, Omit<ScopeMacro, "words"> & { readonly words: readonly number[] }>;

/** What is known of the macros of the whole tree. */
export interface KnownMacros {
  readonly scopes: ScopeMacrosById;
  /** Macros of assembler that export the label they are given. */
  readonly exporters: Exporters;
  /** Whether the file is included inside a namespace. */
  readonly isNested?: boolean;
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
  /** Functions and variables at global scope that other files do not see. */
  readonly internal: number[];
  /** Names that `typedef` gives at global scope; not those of pointers to functions. */
  readonly typedefs: number[];
  readonly namespaces: OpenedNamespace[];
  readonly macros: MacroFact[];
  /** Words that begin a declaration outside of all scopes, each once: such a macro may open one. */
  readonly leading: ReadonlySet<number>;
  /** Words behind which a parenthesis stands between declarations outside of all namespaces, each once. */
  readonly called: ReadonlySet<number>;
  /** Names of the macros that the file defines; may repeat. */
  readonly macroNames: readonly number[];
}

/** Nothing is known of other files yet. */
export const NO_MACROS: KnownMacros = { scopes: new Map(), exporters: NO_EXPORTERS };

/** Surveys one file; without `macros` those that open and close scopes count as nothing. `name`: of the file, by which it may include itself. */
export function surveyFile(reading: Reading, language: Language, macros: KnownMacros = NO_MACROS, name?: string): Survey {
  const survey = emptySurvey();
  if (language === "gas" || language === "nasm") surveyAssembler(reading, language, survey, macros.exporters);
  else walk(reading, language, { survey, namespaced: undefined, macros: macros.scopes, isNested: macros.isNested, name });
  return survey;
}

/** Functions and variables that a file defines inside namespaces: C symbols if another file declares them so. */
export function surveyNamespaced(reading: Reading, language: Language, macros: KnownMacros = NO_MACROS): Introduced[] {
  const namespaced: Introduced[] = [];
  walk(reading, language, { survey: emptySurvey(), namespaced, macros: macros.scopes });
  return namespaced;
}

/** What the walk fills. */
type OpenSurvey = Survey & { readonly leading: Set<number>; readonly called: Set<number>; readonly macroNames: number[] };

/** Of a file that introduces nothing. */
export function emptySurvey(): OpenSurvey {
  return {
    defined: [],
    constants: [],
    declaredExtern: [],
    declaredC: [],
    declaredGlobal: [],
    internal: [],
    typedefs: [],
    namespaces: [],
    macros: [],
    leading: new Set(),
    called: new Set(),
    macroNames: [],
  };
}

/** Where the walk puts what it finds; without `namespaced` it passes over what C++ names mangle anyway. */
interface Sink {
  readonly survey: OpenSurvey;
  readonly namespaced: Introduced[] | undefined;
  readonly macros: ScopeMacrosById;
  readonly isNested?: boolean | undefined;
  /** The file's. */
  readonly name?: string | undefined;
  /** Takes the declarations outside of all namespaces that have a call of such a macro. */
  readonly calls?: { readonly roots: ReadonlySet<number>; readonly found: CalledStatement[] };
}

/** A declaration in which macros are called, spelled out; a braced part is `{ }`. */
export interface CalledStatement {
  readonly texts: readonly string[];
  /** Byte offset of its first token. */
  readonly offset: number;
}

/** The declarations of a file outside of all namespaces in which one of the macros is called. */
export function surveyCalls(
  reading: Reading,
  language: Language,
  macros: KnownMacros,
  { roots, name }: { readonly roots: ReadonlySet<number>; readonly name: string },
): CalledStatement[] {
  const found: CalledStatement[] = [];
  walk(reading, language, { survey: emptySurvey(), namespaced: undefined, macros: macros.scopes, calls: { roots, found }, name });
  return found;
}

function walk(reading: Reading, language: Language, sink: Sink): void {
  const rules = language === "c" ? "c" : "c++";
  const { id } = reading.words;
  const passOver = (scope: Scope): boolean => scope.namespaced && !scope.linkageC && sink.namespaced === undefined;
  /** Behind the head of a function of C before 1989: declarations of its parameters follow, then its body. */
  let oldStyle = false;
  let includes = 0;
  let behindMacro = -1;
  const variables = new Set<number>();
  const itself = selfIncludes(reading, sink.name);
  const passedOver = [id.namespace, id.extern] as const;
  const visitor: DeclarationVisitor = {
    onlyWords: (scope) => (passOver(scope) && !oldStyle && sink.macros.size === 0 ? passedOver : undefined),
    open: (head, around, brace) => {
      if (oldStyle) {
        oldStyle = false;
        return "body";
      }
      const scope = itself.scopeOf(around);
      if (passOver(scope) && !hasWord(reading, head, id.namespace) && !hasWord(reading, head, id.extern)) return "body";
      if (!scope.namespaced) noteCalls(reading, sink, head, ["{", "}"]);
      const implicit = language === "c" ? implicitFunction(reading, head, brace) : undefined;
      if (implicit !== undefined) note(reading, sink, implicit, scope, head[0]);
      const literal = !scope.namespaced && rules === "c++" ? plainLiteral(reading, head) : undefined;
      if (literal !== undefined && !isInternal(reading, head, literal.token) && !hasWord(reading, head, id.inline))
        sink.survey.macros.push({
          kind: "doubtful",
          name: literal.name,
          offset: reading.stream.starts[literal.token] as number,
          is: "literal",
        });
      return implicit === undefined ? open(reading, sink, head, scope, brace) : "body";
    },
    otherHead: (head, around, brace) => {
      const scope = itself.scopeOf(around);
      if (oldStyle || (passOver(scope) && !hasWord(reading, head, id.extern)) || opensNamespace(reading, head)) return;
      if (!scope.namespaced) noteCalls(reading, sink, head, ["{", "}"]);
      open(reading, sink, head, scope, brace);
    },
    bodyIncluded: (head, around, line) => {
      const scope = itself.scopeOf(around);
      if (passOver(scope) || oldStyle) return false;
      const rest = withoutPrefix(reading, head);
      const name = functionName(reading, rest, false);
      if (name === undefined || rest.indexOf(name) < 1 || !isWord(reading, head[0])) return false;
      return open(reading, sink, head, scope, line) === "body";
    },
    leaveNamespace: (brace, end) => {
      const opened = sink.survey.namespaces.findLast((namespace) => namespace.brace === brace);
      if (opened !== undefined) opened.end = reading.stream.starts[end] as number;
    },
    rest: (tokens, scope) => {
      if (!itself.scopeOf(scope).namespaced) noteCalls(reading, sink, tokens, [";"]);
    },
    atSign: (token) => {
      const name = objectiveName(reading, token);
      if (name === undefined) return;
      const found = { id: valueAt(reading, name), kind: "type" as const, offset: reading.stream.starts[name] as number };
      sink.survey.defined.push({ ...found, instead: undefined, wrapper: undefined, first: undefined });
    },
    directive: (start, end, inside, scope) => {
      itself.directive(start, scope);
      if (reading.stream.values[start] === DIRECTIVE.include) {
        noteSource(reading, sink.survey, start);
        noteNesting(reading, sink.survey, start, includes++, scope);
      }
      if (reading.stream.kinds[start + 1] === KIND.includePath && (inside || start === behindMacro))
        sink.survey.macros.push({ kind: inside ? "embeds" : "lists", name: fileName(reading, start + 1) });
      const pragma = pragmaFact(reading, start, end);
      if (pragma !== undefined) sink.survey.macros.push(pragma);
      if (reading.stream.values[start] !== DIRECTIVE.define) return;
      behindMacro = end + 1;
      if (start + 1 < end && isWord(reading, start + 1)) sink.survey.macroNames.push(valueAt(reading, start + 1));
      const fact = macroFact(reading, start, end);
      if (fact !== undefined) sink.survey.macros.push(fact);
      const head = headFact(reading, start, end);
      if (head !== undefined) sink.survey.macros.push(head);
      const target = builtBound(reading, start, end);
      if (target !== undefined) sink.survey.macros.push({ kind: "bound", name: tokenText(reading, start + 1), target });
    },
    word: (token, scope, begins) => {
      if (begins && !itself.scopeOf(scope).namespaced && !scope.linkageC) sink.survey.leading.add(valueAt(reading, token));
      return sink.macros.size === 0 ? undefined : scopeChange(reading, sink, token, scope);
    },
    mayRestart: rules === "c" ? (token) => beginsLine(reading, token) && !isMark(reading, token + 1, BYTE.colon) : undefined,
    declaration: (tokens, around) => {
      const scope = itself.scopeOf(around);
      if (passOver(scope) && !hasWord(reading, tokens, id.extern)) return;
      if (oldStyle) return;
      if (!scope.namespaced) noteCalls(reading, sink, tokens, [";"]);
      if (!scope.namespaced && valueAt(reading, tokens[0]) === id.typedef && isWord(reading, tokens.at(-1)))
        sink.survey.typedefs.push(valueAt(reading, tokens.at(-1)));
      const old = rules === "c" ? oldStyleFunction(reading, tokens) : undefined;
      oldStyle = old !== undefined;
      if (language === "c" && old === undefined && !scope.namespaced) noteUntyped(reading, sink.survey, tokens);
      for (const head of old === undefined ? declared(reading, tokens, { language: rules, variables }) : [old]) {
        if (head.kind === "variable") variables.add(valueAt(reading, head.token));
        note(reading, sink, head, scope, tokens[0]);
        if (language === "c++" && head.kind === "function" && !scope.namespaced && mayBeObject(reading, tokens, head.token)) {
          const fact = {
            kind: "doubtful",
            name: tokenText(reading, head.token),
            offset: reading.stream.starts[head.token] as number,
            is: "object",
          } as const;
          sink.survey.macros.push(fact);
        }
      }
    },
  };
  walkDeclarations(reading.stream, (token) => isZero(reading, token), visitor, sink.isNested);
}

/** Variables without a type: those that no file declares `extern` are told. */
function noteUntyped(reading: Reading, survey: OpenSurvey, tokens: readonly number[]): void {
  for (const token of untypedVariables(reading, tokens)) {
    const head: Head = { kind: "variable", token, linkage: "constant", defines: true, linkageC: false };
    survey.constants.push(introduced(reading, head, undefined));
    const name = tokenText(reading, token);
    survey.macros.push({ kind: "doubtful", name, offset: reading.stream.starts[token] as number, is: "untyped" });
  }
}

/** Whether nothing stands before the token in its line, no blank either. */
function beginsLine({ bytes, stream }: Reading, token: number): boolean {
  const start = stream.starts[token] as number;
  return start === 0 || bytes[start - 1] === 10;
}

function scopeChange(reading: Reading, { survey, macros }: Sink, token: number, scope: Scope): ScopeChange | undefined {
  const macro = macros.get(valueAt(reading, token));
  const end = macro?.called === true ? argumentsEnd(reading, token) : token;
  if (macro === undefined || end === undefined) return undefined;
  if (macro.opening === "namespace") survey.namespaces.push(openedByMacro(reading, macro.words, token, survey.namespaces, scope));
  return { opening: macro.opening, opens: macro.opens, closes: macro.closes, optional: macro.optional, end };
}

/** The `)` of the argument list behind the macro `token`; undefined when there is none. */
function argumentsEnd(reading: Reading, token: number): number | undefined {
  if (!isMark(reading, token + 1, BYTE.open)) return undefined;
  let end = token + 2;
  while (end < reading.stream.count && !isMark(reading, end, BYTE.close)) end++;
  return end;
}

function open(reading: Reading, sink: Sink, head: readonly number[], scope: Scope, brace: number): Opening {
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
  const name = functionName(reading, rest, rest.length < head.length);
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
  const aggregate = aggregateName(reading, rest);
  if (aggregate !== undefined) {
    const { token } = aggregate;
    const kind = hasWord(reading, rest, id.enum) ? "enumeration" : "type";
    const isTemplate = hasWord(reading, head.slice(0, 1), id.template);
    if (token !== undefined)
      note(reading, sink, { kind, token, linkage: "external", defines: true, linkageC: false, isTemplate }, scope, undefined);
    return "continue";
  }
  if (hasWord(reading, rest, id.operator)) return "body";
  if (rest.some((token) => isMark(reading, token, BYTE.equals))) return "continue";
  return rest.some((token) => isMark(reading, token, BYTE.open)) ? "body" : "continue";
}

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
function note(reading: Reading, { survey, namespaced }: Sink, head: Head, scope: Scope, first: number | undefined): void {
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
