/** Owns what one file introduces at global scope and with C linkage, read from its tokens without compiling it. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { surveyAssembler } from "./assembler.js";
import { type Language, TEST_TEMPLATE } from "../code-files.js";
import { noteNesting, noteSource } from "./include-facts.js";
import { hasWord, isInternal, isMark, isWord, isZero, opensNamespace, type Reading, valueAt } from "./heads.js";
import { withoutPrefix } from "./declaration-prefix.js";
import { functionName } from "./function-names.js";
import { fileName } from "./macro-bodies.js";
import { builtBound } from "./section-bounds.js";
import { selfIncludes } from "./self-includes.js";
import { headFact, macroFact } from "./macro-facts.js";
import { implicitFunction, mayBeObject, plainLiteral } from "./old-heads.js";
import { pragmaCalls } from "./pragma-calls.js";
import { pragmaFact } from "./pragma-facts.js";
import { objectiveName } from "./objective-c.js";
import { openedByMacro } from "./opened-namespace.js";
import { noteCalls } from "./separate-calls.js";
import type { DeclarationVisitor, Scope, ScopeChange } from "./scope-model.js";
import { walkDeclarations } from "./scopes.js";
import { tokenText } from "./token-text.js";
import { declared, oldStyleFunction } from "./variables.js";
import { emptySurvey, type Introduced, type KnownMacros, NO_MACROS, type OpenSurvey, type Survey } from "./survey-model.js";
import type { CalledStatement, Sink } from "./survey-sink.js";
import { note, noteUntyped, open } from "./note-heads.js";

/** Surveys one file; without `macros` those that open and close scopes count as nothing. `name`: of the file, by which it may include itself. */
export function surveyFile(reading: Reading, language: Language, macros: KnownMacros = NO_MACROS, name?: string): Survey {
  const survey = emptySurvey();
  if (language === "gas" || language === "nasm") surveyAssembler(reading, language, survey, macros.exporters);
  else {
    walk(reading, language, { survey, namespaced: undefined, macros: macros.scopes, isNested: macros.isNested, name });
    survey.macros.push(...pragmaCalls(reading));
  }
  if (name?.endsWith(TEST_TEMPLATE) === true || isPieceOfClass(reading, language)) withoutDefinitions(survey);
  return survey;
}

/** Whether the first declaration is `public:` or its like: the file is a piece of a class, also where nobody includes it. */
function isPieceOfClass(reading: Reading, language: Language): boolean {
  const { kinds, count } = reading.stream;
  if (language !== "header" && language !== "fragment") return false;
  let at = 0;
  while (at < count && kinds[at] === KIND.directive) {
    while (at < count && kinds[at] !== KIND.directiveEnd) at++;
    at++;
  }
  return isWord(reading, at) && isMark(reading, at + 1, BYTE.colon) && /^(public|private|protected)$/.test(tokenText(reading, at));
}

/** Functions of test templates are called by data files, and become `static`: their names are theirs, as are members of a class. */
function withoutDefinitions(survey: OpenSurvey): void {
  survey.defined.length = 0;
  survey.constants.length = 0;
}

/** Functions and variables that a file defines inside namespaces: C symbols if another file declares them so. */
export function surveyNamespaced(reading: Reading, language: Language, macros: KnownMacros = NO_MACROS): Introduced[] {
  const namespaced: Introduced[] = [];
  walk(reading, language, { survey: emptySurvey(), namespaced, macros: macros.scopes });
  return namespaced;
}

/** The declarations of a file outside of all namespaces in which one of the macros is called. */
export function surveyCalls(
  reading: Reading,
  language: Language,
  macros: KnownMacros,
  { roots, name }: { readonly roots: ReadonlySet<number>; readonly name: string },
): CalledStatement[] {
  const found: CalledStatement[] = [];
  if (isPieceOfClass(reading, language)) return found;
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
      if (literal !== undefined && !isInternal(reading, head, literal.token))
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
      const typed = rest.length < head.length && namesParameters(reading, rest);
      const name = functionName(reading, rest, typed);
      if (name === undefined || (rest.indexOf(name) < 1 && !typed) || !isWord(reading, head[0])) return false;
      if (!scope.namespaced) noteCalls(reading, sink, head, ["{", "}"]);
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

/** Whether two words stand side by side in the head, or one behind a `*`: a parameter with its type, which no macro's argument is. */
function namesParameters(reading: Reading, head: readonly number[]): boolean {
  return head.some((token, at) => {
    const next = isMark(reading, head[at + 1], BYTE.star) ? head[at + 2] : head[at + 1];
    return isWord(reading, token) && isWord(reading, next);
  });
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
