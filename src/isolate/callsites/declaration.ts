/** Owns the reading of one declaration at namespace level: its form, the name it declares, how that name is qualified. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { angleEnd, groupEnd, hasWord, isMark, isShouted, isWord, type Reading, valueAt } from "../survey/heads.js";
import { BLOCK } from "../survey/scope-model.js";
import { type NameChain, readChain } from "./name-chain.js";

/** What a declaration is. `other` introduces no name of the namespace. */
export type Form = "type" | "function" | "variable" | "alias" | "using-declaration" | "namespace-alias" | "guide" | "other";

/** Which template a declaration is about. */
export type TemplateForm = "none" | "primary" | "specialisation" | "instantiation";

export interface Declaration {
  readonly form: Form;
  readonly template: TemplateForm;
  /** A body, an initialiser, or a definition without `extern`. */
  readonly defines: boolean;
  readonly chain: NameChain;
  /** Tokens between the parentheses of a function's parameter list. */
  readonly parameters: readonly number[];
  /** `extern "C"` written on it. */
  readonly linkageC: boolean;
  readonly isStatic: boolean;
}

interface Prefix {
  readonly rest: readonly number[];
  readonly template: TemplateForm;
  readonly linkageC: boolean;
}

/**
 * Reads a declaration. `opened`: a `{` follows the tokens (a body); otherwise they end with `;`. {@link BLOCK} among the
 * tokens is a braced part. Undefined when it declares nothing that a name can be read of.
 */
export function readDeclaration(reading: Reading, tokens: readonly number[], opened: boolean): Declaration | undefined {
  const prefix = withoutFront(reading, tokens);
  const { id } = reading.words;
  const first = isWord(reading, prefix.rest[0]) ? valueAt(reading, prefix.rest[0]) : -1;
  if (first === id.using) return usingForm(reading, prefix);
  if (first === id.namespace) return namespaceAlias(reading, prefix);
  if (first === id.static_assert || first === id.friend) return undefined;
  if (first === id.typedef) return typedefForm(reading, prefix);
  return aggregate(reading, prefix, opened) ?? functionOrVariable(reading, prefix, opened);
}

/** Takes `template <…>`, `requires …`, attributes, `extern "C"`, `export` and macro calls off the front. */
function withoutFront(reading: Reading, tokens: readonly number[]): Prefix {
  const { id, attribute } = reading.words;
  let rest = tokens;
  let template: TemplateForm = "none";
  let linkageC = false;
  for (;;) {
    const word = isWord(reading, rest[0]) ? valueAt(reading, rest[0]) : -1;
    if (word === id.template) {
      const head = isMark(reading, rest[1], BYTE.less);
      const end = head ? angleEnd(reading, rest, 1) : 1;
      if (!head) template = "instantiation";
      else if (template === "none") template = end === 3 ? "specialisation" : "primary";
      rest = withoutRequires(reading, rest.slice(end));
    } else if (word === id.extern && isWord(reading, rest[1]) && valueAt(reading, rest[1]) === id.template) rest = rest.slice(1);
    else if (word === id.extern && rest[1] !== undefined && rest[1] !== BLOCK && reading.stream.kinds[rest[1]] === KIND.string) {
      linkageC = true;
      rest = rest.slice(2);
    } else if (word === id.export || isBeforeTemplate(reading, rest)) rest = rest.slice(1);
    else if (isMark(reading, rest[0], BYTE.openSquare)) rest = rest.slice(groupEnd(reading, rest, 0));
    else if (word >= 0 && isMark(reading, rest[1], BYTE.open) && (attribute.has(word) || isMacroCall(reading, rest))) {
      rest = rest.slice(groupEnd(reading, rest, 1));
    } else return { rest, template, linkageC };
  }
}

/** `LIB_EXPORT` of `LIB_EXPORT template <…> …`, also with more such words between. */
function isBeforeTemplate(reading: Reading, tokens: readonly number[]): boolean {
  let at = 0;
  while (isShouted(reading, tokens[at])) at++;
  return at > 0 && isWord(reading, tokens[at]) && valueAt(reading, tokens[at]) === reading.words.id.template;
}

/** `MACRO(…)` in front of a declaration: capitals, and a word behind the parentheses. */
function isMacroCall(reading: Reading, tokens: readonly number[]): boolean {
  return isShouted(reading, tokens[0]) && isWord(reading, tokens[groupEnd(reading, tokens, 1)]);
}

/** `requires A<T> && (B)` behind a template head. */
function withoutRequires(reading: Reading, tokens: readonly number[]): readonly number[] {
  if (textOf(reading, tokens[0]) !== "requires") return tokens;
  let i = 1;
  for (;;) {
    if (isMark(reading, tokens[i], BYTE.open)) i = groupEnd(reading, tokens, i);
    else i = readChain(reading, tokens, i)?.end ?? i;
    const joined = isMark(reading, tokens[i], BYTE.ampersand) || isMark(reading, tokens[i], 124);
    if (!joined) return tokens.slice(i);
    i += 2;
  }
}

function usingForm(reading: Reading, { rest, template }: Prefix): Declaration | undefined {
  const common = { defines: false, template, parameters: [], linkageC: false, isStatic: false };
  const start = isWord(reading, rest[1]) && textOf(reading, rest[1]) === "typename" ? 2 : 1;
  const chain = readChain(reading, rest, start);
  if (chain === undefined) return undefined;
  if (rest.slice(chain.end).some((token) => isMark(reading, token, BYTE.equals))) return { form: "alias", chain, ...common };
  return { form: "using-declaration", chain, ...common };
}

function namespaceAlias(reading: Reading, { rest, template }: Prefix): Declaration | undefined {
  const chain = readChain(reading, rest, 1);
  if (chain === undefined || !isMark(reading, rest[chain.end], BYTE.equals)) return undefined;
  return { form: "namespace-alias", chain, template, defines: false, parameters: [], linkageC: false, isStatic: false };
}

/** `typedef T name;`, `typedef R (*name)(…);`: the last word outside of parentheses, or the one behind `(*`. */
function typedefForm(reading: Reading, { rest, template }: Prefix): Declaration | undefined {
  const pointer = rest.findIndex((token, at) => isMark(reading, token, BYTE.open) && isMark(reading, rest[at + 1], BYTE.star));
  let at = pointer >= 0 ? pointer + 2 : rest.length - 1;
  if (pointer < 0) while (at > 0 && !isWord(reading, rest[at])) at--;
  const chain = at > 0 ? readChain(reading, rest, at) : undefined;
  if (chain === undefined) return undefined;
  return { form: "alias", chain, template, defines: false, parameters: [], linkageC: false, isStatic: false };
}

/** `class Foo;`, `struct A::B {`, `enum class E : int {`; undefined when the keyword only elaborates a type. */
function aggregate(reading: Reading, { rest, template, linkageC }: Prefix, opened: boolean): Declaration | undefined {
  const { words } = reading;
  if (!isWord(reading, rest[0]) || !words.aggregate.has(valueAt(reading, rest[0]))) return undefined;
  let i = 0;
  let chain: NameChain | undefined;
  while (i < rest.length) {
    const token = rest[i];
    if (isWord(reading, token) && (words.aggregate.has(valueAt(reading, token)) || valueAt(reading, token) === words.id.final)) i++;
    else if (isMark(reading, token, BYTE.openSquare)) i = groupEnd(reading, rest, i);
    else if (isWord(reading, token) && isMark(reading, rest[i + 1], BYTE.open) && isAttributeLike(reading, token))
      i = groupEnd(reading, rest, i + 1);
    else {
      const next = readChain(reading, rest, i);
      if (next === undefined) break;
      if (chain !== undefined && !isShouted(reading, chain.words.at(-1))) return undefined;
      chain = next;
      i = next.end;
    }
  }
  if (chain === undefined) return undefined;
  const next = rest[i];
  const body = (opened && next === undefined) || next === BLOCK || isMark(reading, next, BYTE.colon);
  if (next !== undefined && !body) return undefined;
  return { form: "type", template: partial(template, chain), defines: body, chain, parameters: [], linkageC, isStatic: false };
}

function isAttributeLike(reading: Reading, token: number | undefined): boolean {
  return isShouted(reading, token) || reading.words.attribute.has(valueAt(reading, token));
}

/** `template <class T> struct Foo<T*>` is a specialisation, too. */
function partial(template: TemplateForm, chain: NameChain): TemplateForm {
  return template === "primary" && chain.templated.at(-1) === true ? "specialisation" : template;
}

function functionOrVariable(reading: Reading, { rest, template, linkageC }: Prefix, opened: boolean): Declaration | undefined {
  const { id, keyword, attribute } = reading.words;
  let typed = false;
  for (let i = 0; i < rest.length;) {
    const token = rest[i];
    const word = isWord(reading, token) ? valueAt(reading, token) : -1;
    if (word >= 0 && attribute.has(word) && isMark(reading, rest[i + 1], BYTE.open)) {
      i = groupEnd(reading, rest, i + 1);
      typed = true;
      continue;
    }
    const starts = isMark(reading, token, PUNCTUATION.scope) || (word >= 0 && (word === id.operator || !keyword.has(word)));
    const chain = starts ? readChain(reading, rest, i) : undefined;
    if (chain === undefined) {
      if (isMark(reading, token, BYTE.equals) || isMark(reading, token, BYTE.open)) return undefined;
      typed ||= word >= 0 && !SPECIFIERS.has(textOf(reading, token));
      i++;
      continue;
    }
    const common = { template, chain, linkageC, isStatic: hasWord(reading, rest.slice(0, i), id.static) };
    const next = rest[chain.end];
    if (isMark(reading, next, BYTE.open) && (typed || chain.operator || !isShouted(reading, token) || template !== "none")) {
      const end = groupEnd(reading, rest, chain.end);
      const parameters = rest.slice(chain.end + 1, end - 1);
      const guide = !typed && isMark(reading, rest[end], PUNCTUATION.arrow) && chain.words.length === 1;
      if (!typed && !guide && !chain.operator && chain.words.length === 1 && template !== "specialisation") return undefined;
      if (typed && !opened && isMark(reading, rest[chain.end + 1], BYTE.star)) return undefined;
      return { form: guide ? "guide" : "function", defines: opened, parameters, ...common };
    }
    if (typed && isVariableEnd(reading, next)) {
      const isExtern = linkageC || hasWord(reading, rest.slice(0, i), id.extern);
      const defines = opened || isInitialised(reading, next) || !isExtern;
      return { form: "variable", defines: defines && template !== "instantiation", parameters: [], ...common };
    }
    typed = true;
    i = chain.end;
  }
  return undefined;
}

const SPECIFIERS: ReadonlySet<string> = new Set(
  "static inline constexpr consteval constinit extern virtual explicit thread_local __inline __inline__ const volatile".split(" "),
);

function isInitialised(reading: Reading, next: number | undefined): boolean {
  return next === BLOCK || isMark(reading, next, BYTE.equals);
}

function isVariableEnd(reading: Reading, next: number | undefined): boolean {
  if (next === undefined || next === BLOCK) return true;
  return [BYTE.equals, BYTE.openSquare, BYTE.comma].some((mark) => isMark(reading, next, mark));
}

/** The spelling of a word; "" for anything else. */
export function textOf(reading: Reading, token: number | undefined): string {
  if (!isWord(reading, token)) return "";
  const { starts, ends } = reading.stream;
  return Buffer.from(reading.bytes.buffer, reading.bytes.byteOffset, reading.bytes.length)
    .subarray(starts[token as number], ends[token as number])
    .toString("latin1");
}
