/** Owns the reading of a declaration that ends with `;`: the variables it defines, the typedef names of unnamed types. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { beginsUnit } from "../constructs/module-lines.js";
import { holdsExpressions } from "./arguments.js";
import {
  isAttributeName,
  isPlainWord,
  aggregateName,
  angleEnd,
  externLanguage,
  groupEnd,
  hasWord,
  type Head,
  isInternal,
  isMark,
  isShouted,
  isWord,
  type Reading,
  valueAt,
} from "./heads.js";
import { withoutPrefix } from "./declaration-prefix.js";
import { functionName, isGuide, returningPointer } from "./function-names.js";
import { BLOCK } from "./scope-model.js";
import { declarators, variables } from "./declarators.js";
import { tokenText } from "./token-text.js";
import { pointerName } from "./pointer-names.js";

/** How a declaration is to be read. */
export interface DeclarationRules {
  readonly language: "c" | "c++";
  /** Variables that the file has declared before. */
  readonly variables: ReadonlySet<number>;
}

/** The entities that a declaration ending with `;` introduces (function declarations and variables). */
export function declared(reading: Reading, tokens: readonly number[], rules: DeclarationRules): Head[] {
  const heads = declaredBy(reading, tokens, rules);
  return isAlias(reading, tokens) ? heads.map((head) => ({ ...head, defines: true })) : heads;
}

/** `alias("other")` or `ifunc("resolver")`: the declaration makes a symbol. */
function isAlias(reading: Reading, tokens: readonly number[]): boolean {
  return tokens.some(
    (token, at) =>
      isWord(reading, token) &&
      reading.words.aliasing.has(valueAt(reading, token)) &&
      isMark(reading, tokens[at + 1], BYTE.open) &&
      [BYTE.open, BYTE.comma, PUNCTUATION.scope].some((mark) => isMark(reading, tokens[at - 1], mark)),
  );
}

function declaredBy(reading: Reading, tokens: readonly number[], rules: DeclarationRules): Head[] {
  const { id } = reading.words;
  const { language } = rules;
  const rest = withoutPrefix(reading, tokens);
  const first = valueAt(reading, rest[0]);
  const isPointed = rest.length < tokens.length && isMark(reading, rest[0], BYTE.star);
  if (!isWord(reading, rest[0]) && rest[0] !== BLOCK && !isPointed) return [];
  if (reading.words.silent.has(first) || (language === "c++" && isModuleLine(reading, rest))) return [];
  if (hasWord(reading, rest, id.typedef)) return typedefNames(reading, rest);
  if (language === "c++" && isGuide(reading, rest, rest.findIndex((token) => isMark(reading, token, BYTE.open)) - 1)) return [];
  const linkageC = externLanguage(reading, rest) === "c";
  const isTemplate = hasWord(reading, tokens.slice(0, 1), id.template);
  const behindMacro = rest.length < tokens.length;
  if (!isFunction(reading, rest, rules)) {
    const typed = behindMacro && !isShouted(reading, rest[0]) && !isStandardClass(reading, rest);
    return variables(reading, rest, { language, linkageC, isTemplate, typed });
  }
  const found = functionDeclaration(reading, rest, linkageC, behindMacro);
  const others = found.flatMap(({ token }) => otherDeclarators(reading, rest, token));
  return others.length === 0 ? found : [...found, ...declaredBy(reading, others, rules)];
}

/** Class templates that the standard library has, and that others declare in its namespace, which a macro may open. */
const STANDARD_CLASSES = new Set(
  "allocator array basic_string char_traits complex deque function hash list map optional pair set shared_ptr tuple unique_ptr variant vector".split(
    " ",
  ),
);

/** `class vector` and nothing else, behind `template <…>`. */
function isStandardClass(reading: Reading, [first, name, ...more]: readonly number[]): boolean {
  const isAggregate = isWord(reading, first) && reading.words.aggregate.has(valueAt(reading, first));
  return isAggregate && more.length === 0 && isWord(reading, name) && STANDARD_CLASSES.has(tokenText(reading, name as number));
}

/** `type b, c` of `type a(…), b, c`, where `a` is the token; nothing when nothing follows. */
function otherDeclarators(reading: Reading, tokens: readonly number[], token: number): number[] {
  const at = tokens.indexOf(token);
  let comma = at + 1;
  while (comma < tokens.length && !isMark(reading, tokens[comma], BYTE.comma)) {
    comma = isMark(reading, tokens[comma], BYTE.open) ? groupEnd(reading, tokens, comma) : comma + 1;
  }
  if (comma >= tokens.length) return [];
  const type = tokens.findIndex((mark) => [BYTE.star, BYTE.ampersand, BYTE.open].some((byte) => isMark(reading, mark, byte)));
  return [...tokens.slice(0, Math.min(type < 0 ? at : type, at)), ...tokens.slice(comma + 1)];
}

/** `[export] module a.b:part;`, `[export] import a.b;`, `import :part;`. */
function isModuleLine(reading: Reading, tokens: readonly number[]): boolean {
  const { id } = reading.words;
  const at = isWord(reading, tokens[0]) && valueAt(reading, tokens[0]) === id.export ? 1 : 0;
  const first = valueAt(reading, tokens[at]);
  if (!isWord(reading, tokens[at]) || (first !== id.import && first !== id.module)) return false;
  const rest = tokens.slice(at + 1);
  if (at === 0 && first === id.module && rest.length > 0 && !beginsUnit(reading, tokens[0] as number)) return false;
  if (rest.length === 0 || isMark(reading, rest[0], BYTE.colon)) return true;
  const isJoint = (token: number): boolean => isMark(reading, token, BYTE.dot) || isMark(reading, token, BYTE.colon);
  return rest.every((token, i) => (i % 2 === 0 ? isWord(reading, token) : isJoint(token)));
}

/**
 * The function whose head `int f(a, b) int a;`, also without `int`, or `int (*f(a))() int a;` begins: names without types in the parameter list, and the first
 * declaration of a parameter behind it (C before 1989; C23 has dropped it).
 */
export function oldStyleFunction(reading: Reading, tokens: readonly number[]): Head | undefined {
  const rest = withoutPrefix(reading, tokens);
  const first = rest.findIndex((token) => isMark(reading, token, BYTE.open));
  const pointed = first < 0 ? undefined : returningPointer(reading, rest, first);
  const open = pointed === undefined ? first : rest.indexOf(pointed) + 1;
  const end = open < 0 ? rest.length : groupEnd(reading, rest, open);
  const name = rest[open - 1];
  const listed = rest.slice(open + 1, end - 1);
  const isList =
    listed.length % 2 === 1 &&
    listed.every((token, at) => (at % 2 === 0 ? isPlainWord(reading, token) : isMark(reading, token, BYTE.comma)));
  if (open < 1 || name === undefined || !isPlainWord(reading, name) || !isList || rest.length < end + 2) return undefined;
  if (rest.slice(end).some((token) => isNoParameter(reading, token))) return undefined;
  if (open === 1 && !rest.slice(end).every((token) => isWord(reading, token) || PLAIN.some((mark) => isMark(reading, token, mark))))
    return undefined;
  const parameters = new Set(listed.map((token) => valueAt(reading, token)));
  if (!rest.slice(end + 1).some((token) => isWord(reading, token) && parameters.has(valueAt(reading, token)))) return undefined;
  const linkage = isInternal(reading, rest.slice(0, open), name) ? "internal" : "external";
  return { kind: "function", token: name, linkage, defines: true, linkageC: false };
}

/** What no declaration of a parameter has: the list was a macro's call. */
function isNoParameter(reading: Reading, token: number): boolean {
  return (
    token === BLOCK ||
    isMark(reading, token, BYTE.equals) ||
    (isWord(reading, token) && valueAt(reading, token) === reading.words.id.static)
  );
}

/** What stands in declarations of parameters beside words: behind a name without a type anything else shows the call of a macro. */
const PLAIN = [BYTE.star, BYTE.comma, BYTE.openSquare, BYTE.closeSquare] as const;

function functionDeclaration(reading: Reading, tokens: readonly number[], linkageC: boolean, typed: boolean): Head[] {
  const token = functionName(reading, tokens, typed);
  if (token === undefined) return [];
  const linkage = isInternal(reading, tokens, token) ? "internal" : "external";
  return [{ kind: "function", token, linkage, defines: false, linkageC }];
}

/** A parameter list before any `=`: the declaration of a function, unless the list holds a literal or a pointer declarator. */
function isFunction(reading: Reading, tokens: readonly number[], rules: DeclarationRules): boolean {
  for (let i = 1; i < tokens.length; i++) {
    if (isMark(reading, tokens[i], BYTE.equals) || tokens[i] === BLOCK) return false;
    if (isMark(reading, tokens[i], BYTE.less)) i = angleEnd(reading, tokens, i) - 1;
    if (isMark(reading, tokens[i], BYTE.openSquare)) i = groupEnd(reading, tokens, i) - 1;
    if (!isMark(reading, tokens[i], BYTE.open)) continue;
    const isMacro = isShouted(reading, tokens[i - 1]) && (i > 2 ? !hasParameters(reading, tokens, i) : callsInside(reading, tokens, i));
    if (isAttributeName(reading, tokens[i - 1]) || isMacro) i = groupEnd(reading, tokens, i) - 1;
    else return !isPointerDeclarator(reading, tokens, i) && !isInitialised(reading, tokens, i, rules);
  }
  return false;
}

/** Whether the parentheses hold a type and a name, or `void`, and nothing stands behind them: the parameters of a function in capitals, `type CRC(const char *p)`. */
function hasParameters(reading: Reading, tokens: readonly number[], open: number): boolean {
  const end = groupEnd(reading, tokens, open);
  if (end !== tokens.length) return false;
  for (let i = open + 1; i + 1 < end; i++) {
    if (!isWord(reading, tokens[i])) continue;
    if (reading.words.keyword.has(valueAt(reading, tokens[i])) && (isWord(reading, tokens[i + 1]) || end - open === 3)) return true;
    if (isWord(reading, tokens[i + 1]) || (isMark(reading, tokens[i + 1], BYTE.star) && isWord(reading, tokens[i + 2]))) return true;
  }
  return false;
}

/** Whether an argument of the parentheses begins with a call, `NAME(OTHER(a, b), c)`: no parameter does. */
function callsInside(reading: Reading, tokens: readonly number[], open: number): boolean {
  const end = groupEnd(reading, tokens, open);
  for (let i = open + 1; i + 1 < end; i++) {
    const begins = isMark(reading, tokens[i - 1], BYTE.open) || isMark(reading, tokens[i - 1], BYTE.comma);
    if (begins && isPlainWord(reading, tokens[i]) && isMark(reading, tokens[i + 1], BYTE.open)) return true;
  }
  return false;
}

function isPointerDeclarator(reading: Reading, tokens: readonly number[], open: number): boolean {
  return returningPointer(reading, tokens, open) === undefined && pointerName(reading, tokens, open) !== undefined;
}

/** `name(1)`: in C++ a variable, in C no declaration of a function either. */
function isInitialised(
  reading: Reading,
  tokens: readonly number[],
  open: number,
  { language, variables: known }: DeclarationRules,
): boolean {
  if (language === "c++" && open >= 2) return holdsExpressions(reading, tokens, open, known);
  const first = tokens[open + 1];
  if (first === undefined || first === BLOCK) return false;
  const kind = reading.stream.kinds[first];
  return kind === KIND.number || kind === KIND.string || kind === KIND.character;
}

/** Whether the declarator is the type itself: right behind the block or a comma, and no array or function of it. */
function isDirect(reading: Reading, tokens: readonly number[], token: number): boolean {
  const at = tokens.indexOf(token);
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  return (before === BLOCK || isMark(reading, before, BYTE.comma)) && (after === undefined || isMark(reading, after, BYTE.comma));
}

/** The first name that an unnamed type gets for linkage (ISO C++ [dcl.typedef]). */
function typedefNames(reading: Reading, tokens: readonly number[]): Head[] {
  const block = tokens.indexOf(BLOCK);
  if (block < 0) return [];
  const head = tokens.slice(0, block);
  if (aggregateName(reading, head)?.token !== undefined) return [];
  const kind = hasWord(reading, head, reading.words.id.enum) ? "enumeration" : "type";
  const name = declarators(reading, tokens.slice(block)).find(({ token }) => isDirect(reading, tokens, token))?.token;
  return name === undefined ? [] : [{ kind, token: name, linkage: "external", defines: true, linkageC: false }];
}
