/** Owns what a header declares outside of every namespace, enumerators and typedef names included. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { Interner } from "../../tokens/interner.js";
import { hasWord, isMark, isShouted, isWord, opensNamespace, type Reading } from "../survey/heads.js";
import { withoutPrefix } from "../survey/declaration-prefix.js";
import { functionName } from "../survey/function-names.js";
import { walkDeclarations } from "../survey/scopes.js";
import { BLOCK } from "../survey/scope-model.js";
import { surveyFile } from "../survey/survey.js";
import type { GlobalKind } from "../survey/survey-model.js";
import { declared } from "../survey/variables.js";
import type { Words } from "../survey/words.js";
import type { HeaderMacros } from "./known-macros.js";
import type { Tokens } from "./tokens-of.js";
import { lineAt } from "../engine/rewrite.js";

/** What a name at global scope is. Enumerators and typedef names make no symbol, yet two of them clash in one unit. */
export type GlobalDeclarationKind =
  | "type"
  | "enumeration"
  | "function"
  | "variable"
  | "constant"
  | "static-function"
  | "enumerator"
  | "typedef";

export interface GlobalDeclaration {
  readonly name: string;
  readonly kind: GlobalDeclarationKind;
  readonly line: number;
  /** For a typedef: what it says, to compare. */
  readonly text: string;
}

/** Gives the reader for the headers of one tree; `macros` are those of all its headers. */
export function globalDeclarationReader(interner: Interner, macros: HeaderMacros): (tokens: Tokens) => GlobalDeclaration[] {
  const { words } = macros;
  return (tokens) => {
    const reading: Reading = { stream: tokens.stream, bytes: tokens.bytes, words };
    const survey = surveyFile(reading, "header", macros.known);
    const isInside = (token: number): boolean => {
      const offset = tokens.stream.starts[token] as number;
      return survey.namespaces.some(({ start, end }) => start <= offset && offset < end);
    };
    const light = declarationsWithoutSymbol(reading, words)
      .filter(({ token }) => !isInside(token))
      .map(({ token, kind, text }) => ({
        name: tokens.text(token),
        kind,
        line: tokens.line(token),
        text: text.map((part) => (part === BLOCK ? "{}" : tokens.text(part))).join(" "),
      }));
    const known = new Set(light.map(({ name }) => name));
    const constants = new Set(survey.constants);
    const symbols = [...survey.defined, ...survey.constants].flatMap((found): GlobalDeclaration[] => {
      const id = macros.nameOf(found);
      if (id === undefined) return [];
      const kind = kindOf(found.kind, constants.has(found));
      return [{ name: interner.name(id), kind, line: lineAt(tokens.bytes, found.offset), text: "" }];
    });
    return [...symbols.filter(({ name }) => !known.has(name)), ...light];
  };
}

function kindOf(kind: GlobalKind, constant: boolean): GlobalDeclarationKind {
  if (constant) return "constant";
  return kind === "asm" ? "function" : kind;
}

interface Light {
  readonly token: number;
  readonly kind: "enumerator" | "typedef" | "static-function" | "constant";
  /** The tokens of a typedef. */
  readonly text: readonly number[];
}

function declarationsWithoutSymbol(reading: Reading, words: Words): Light[] {
  const found: Light[] = [];
  walkDeclarations(reading.stream, () => false, {
    leaveNamespace: () => undefined,
    open: (head, scope, brace) => {
      if (opensNamespace(reading, head)) return "namespace";
      if (hasWord(reading, head, words.id.extern) && head.length === 2) return "linkage-c";
      if (scope.namespaced) return "continue";
      if (isOpenEnumeration(reading, head, words)) found.push(...enumerators(reading, brace));
      else if (hasWord(reading, head, words.id.static)) found.push(...staticFunction(reading, head));
      return head.some((token) => isMark(reading, token, BYTE.open)) && !hasWord(reading, head, words.id.enum) ? "body" : "continue";
    },
    declaration: (tokens, scope) => {
      if (scope.namespaced) return;
      const typedefs = typedefNames(reading, tokens, words);
      for (const token of typedefs) found.push({ token, kind: "typedef", text: [...tokens] });
      if (typedefs.length === 0) found.push(...staticVariables(reading, tokens));
    },
  });
  return found;
}

function staticFunction(reading: Reading, head: readonly number[]): Light[] {
  const token = functionName(reading, withoutPrefix(reading, head));
  return token === undefined ? [] : [{ token, kind: "static-function", text: [] }];
}

function staticVariables(reading: Reading, tokens: readonly number[]): Light[] {
  const heads = declared(reading, tokens, { language: "c++", variables: new Set() }).filter(
    ({ kind, linkage }) => kind === "variable" && linkage === "internal",
  );
  return heads.map(({ token }) => ({ token, kind: "constant", text: [] }));
}

/** `enum class` keeps its enumerators to itself. */
function isOpenEnumeration(reading: Reading, head: readonly number[], words: Words): boolean {
  const at = head.findIndex((token) => isWord(reading, token) && reading.stream.values[token] === words.id.enum);
  const next = head[at + 1];
  if (at < 0) return false;
  return !(isWord(reading, next) && [words.id.class, words.id.struct].includes(reading.stream.values[next as number] as number));
}

/** The first word of each item between the brace and its end. */
function enumerators({ stream: { kinds, values, count } }: Reading, brace: number): Light[] {
  const found: Light[] = [];
  let depth = 0;
  let fresh = true;
  for (let i = brace + 1; i < count && depth >= 0; i++) {
    if (kinds[i] === KIND.directive) while (i < count && kinds[i] !== KIND.directiveEnd) i++;
    else if (kinds[i] === KIND.identifier) {
      if (fresh) found.push({ token: i, kind: "enumerator", text: [] });
      fresh = false;
    } else if (kinds[i] === KIND.punctuation) {
      const value = values[i];
      if (value === BYTE.openBrace || value === BYTE.open) depth++;
      else if (value === BYTE.closeBrace || value === BYTE.close) depth--;
      else if (value === BYTE.comma && depth === 0) fresh = true;
    }
  }
  return found;
}

/** `typedef … name, *other;`, `typedef … (*name)(…);`, `using name = …;`. */
function typedefNames(reading: Reading, tokens: readonly number[], words: Words): number[] {
  if (hasWord(reading, tokens.slice(0, 1), words.id.using)) return isMark(reading, tokens[2], BYTE.equals) ? tokens.slice(1, 2) : [];
  if (!hasWord(reading, tokens.slice(0, 1), words.id.typedef)) return [];
  const parts: number[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isMark(reading, token, BYTE.open) || isMark(reading, token, BYTE.less)) depth++;
    else if (isMark(reading, token, BYTE.close) || isMark(reading, token, BYTE.greater)) depth--;
    if (depth === 0 && isMark(reading, token, BYTE.comma)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.flatMap((part) => declaratorName(reading, part));
}

/** `name` of `typedef MACRO(void, *name, (int))`, `typedef MACRO(void, name, (int))`; nothing when no argument looks so. */
function handedName(reading: Reading, part: readonly number[]): number[] {
  if (!isShouted(reading, part[1]) || !isMark(reading, part[2], BYTE.open)) return [];
  const isEnd = (token: number | undefined): boolean => isMark(reading, token, BYTE.comma) || isMark(reading, token, BYTE.close);
  const isArgument = (at: number, before: number): boolean =>
    isWord(reading, part[at]) && isMark(reading, part[at - 1], before) && isEnd(part[at + 1]);
  const pointer = part.findIndex((_, at) => at > 3 && isArgument(at, BYTE.star) && isMark(reading, part[at - 2], BYTE.comma));
  const plain = pointer < 0 ? part.findIndex((_, at) => at > 3 && isArgument(at, BYTE.comma)) : pointer;
  return plain < 0 ? [] : part.slice(plain, plain + 1);
}

function declaratorName(reading: Reading, part: readonly number[]): number[] {
  const handed = handedName(reading, part);
  if (handed.length > 0) return handed;
  const pointer = part.findIndex((token, at) => isMark(reading, token, BYTE.open) && isMark(reading, part[at + 1], BYTE.star));
  const inner = pointer < 0 ? undefined : part[pointer + 2];
  if (inner !== undefined && isWord(reading, inner)) return [inner];
  const open = part.findIndex((token) => isMark(reading, token, BYTE.open) || isMark(reading, token, BYTE.openSquare));
  const last = part[(open < 0 ? part.length : open) - 1];
  return last !== undefined && isWord(reading, last) ? [last] : [];
}
