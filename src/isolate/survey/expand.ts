/** Owns the expansion of macro calls among the tokens of a declaration (ISO C, 6.10.3), as far as names depend on it. */
import type { MacroBody } from "./macro-bodies.js";

/** The definition that holds for a macro, or undefined. */
export type DefinitionOf = (name: string) => MacroBody | undefined;

/** Nothing longer comes out of a declaration. */
const MOST_TOKENS = 20_000;

/** How many tokens may still be looked at or copied, in all expansions of a statement; below zero: what came out is cut, and says nothing. */
export interface Effort {
  left: number;
}

const MOST_IN_ALL = 16_000_000;
const MOST_AT_ONCE = 400_000;

/** What the expansions of one statement may take: macros that count by calling one another grow without bounds. */
export function statementEffort(): Effort {
  return { left: MOST_IN_ALL };
}

/** Expands a statement once. Undefined when that takes too much; then no other way to expand it is worth a try. */
export function expandStatement(
  tokens: readonly string[],
  definitionOf: DefinitionOf,
  joined: Set<string>,
  effort: Effort,
): string[] | undefined {
  const before = Math.min(effort.left, MOST_AT_ONCE);
  const once = { left: before };
  const out = expand(tokens, definitionOf, joined, once, new Set());
  effort.left = once.left < 0 ? -1 : effort.left - before + once.left;
  return once.left < 0 ? undefined : out;
}

const WORD = /^[A-Za-z_$]/;

/**
 * The tokens with all calls expanded, what `##` makes or a macro stands for added to `joined`; what grows beyond measure is cut.
 * `hidden`: the macros whose bodies these are, which stay; as it was when this returns.
 */
function expand(tokens: readonly string[], definitionOf: DefinitionOf, joined: Set<string>, effort: Effort, hidden: Set<string>): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length && out.length < MOST_TOKENS; i++) {
    if (effort.left-- <= 0) break;
    const token = tokens[i] as string;
    const macro = mayBeMacro(token) && !hidden.has(token) ? definitionOf(token) : undefined;
    const call = macro?.parameters === undefined ? undefined : argumentsAt(tokens, i + 1);
    if (macro === undefined || (macro.parameters !== undefined && call === undefined)) {
      out.push(token);
      continue;
    }
    if (call !== undefined) effort.left -= call.end - i;
    if (macro.givesName === true) noteName(macro, joined);
    const body = call === undefined ? macro.body : substituted(macro, call.list, definitionOf, joined, effort, hidden);
    hidden.add(token);
    const inner = expand(pasted(body, joined), definitionOf, joined, effort, hidden);
    hidden.delete(token);
    if (macro.givesName === true && macro.parameters === undefined && inner.length === 1 && WORD.test(inner[0] as string))
      joined.add(inner[0] as string);
    effort.left -= body.length + inner.length;
    for (const one of inner) out.push(one);
    if (call !== undefined) i = call.end;
  }
  return out.length > MOST_TOKENS ? out.slice(0, MOST_TOKENS) : out;
}

/** A word begins so, and no other token. */
function mayBeMacro(token: string): boolean {
  const first = token.charCodeAt(0) | 32;
  return (first >= 97 && first <= 122) || token.charCodeAt(0) === 95 || token.charCodeAt(0) === 36;
}

/** A macro that stands for one word, with its own parameters if it has some: where a name is declared by it, the word is the name. */
function noteName({ parameters, body }: MacroBody, joined: Set<string>): void {
  const [name, ...more] = body;
  const list = parameters === undefined ? "" : `(${parameters.join(",")})`;
  if (name !== undefined && WORD.test(name) && more.join("") === list) joined.add(name);
}

/** The arguments of the list that begins at `tokens[open]`, and the index of its `)`. */
function argumentsAt(tokens: readonly string[], open: number): { readonly list: string[][]; readonly end: number } | undefined {
  if (tokens[open] !== "(") return undefined;
  const list: string[][] = [[]];
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i] as string;
    if (token === "(" && depth++ === 0) continue;
    if (token === ")" && --depth === 0) return { list, end: i };
    if (token === "," && depth === 1) list.push([]);
    else list.at(-1)?.push(token);
  }
  return undefined;
}

/** The body with its parameters replaced: as they are beside `##`, as a string behind `#`, else expanded. */
function substituted(
  macro: MacroBody,
  list: readonly string[][],
  definitionOf: DefinitionOf,
  joined: Set<string>,
  effort: Effort,
  hidden: Set<string>,
): string[] {
  const { body } = macro;
  const slots = slotsOf(macro);
  const given = byParameter(macro.parameters?.length ?? 0, list);
  const expanded: string[][] = [];
  const out: string[] = [];
  for (let i = 0; i < body.length; i++) {
    const at = slots[i] as number;
    if (at === NO_PARAMETER) out.push(body[i] as string);
    else if (at === STRING) out.push(textOf(given[macro.parameters?.indexOf(body[i + 1] ?? "") ?? -1]));
    else if (body[i - 1] !== "#") {
      const argument = given[at] ?? [];
      const isJoined = body[i - 1] === "##" || body[i + 1] === "##";
      const tokens = isJoined ? argument : (expanded[at] ??= expand(argument, definitionOf, joined, effort, hidden));
      if (isJoined && argument.length === 0) out.push("");
      for (const token of tokens) out.push(token);
    }
  }
  return out;
}

/** Begins the text of a string that `#` makes of an argument: hardly anybody asks what is in it. */
export const STRINGIZED = "\u0002";

/** What `#` makes of an argument. */
function textOf(argument: readonly string[] = []): string {
  return `"${STRINGIZED}${argument.join(" ").replaceAll(/["\\]/g, "")}"`;
}

const NO_PARAMETER = -1;
const STRING = -2;

const known = new WeakMap<readonly string[], Int16Array>();

/** By token of the body: the index of the parameter that it is, or one of the constants above. */
function slotsOf({ body, parameters = [] }: MacroBody): Int16Array {
  const cached = known.get(body);
  if (cached !== undefined) return cached;
  const slots = Int16Array.from(body, (token, i) =>
    token === "#" && parameters.includes(body[i + 1] ?? "") ? STRING : parameters.indexOf(token),
  );
  known.set(body, slots);
  return slots;
}

/** One list of tokens for each parameter; what is too many belongs to the last one. */
function byParameter(count: number, list: readonly string[][]): readonly string[][] {
  if (count === 0 || list.length <= count) return list;
  const last: string[] = [];
  for (const one of list.slice(count - 1)) last.push(...(last.length > 0 ? [","] : []), ...one);
  return [...list.slice(0, count - 1), last];
}

/** Words, numbers, texts: no token joins the end or the beginning of one with a mark such as `(`. */
const [WORD_BEHIND, WORD_AHEAD, MARK_BEHIND, MARK_AHEAD] = [/[\w$]$/, /^[\w$]/, /[^\w$"'.]$/, /^[^\w$"'.]/];

/** Whether `a ## b` makes a token: `NAME ## (a, b)` does not, and compilers that take it leave both. */
function makesToken(left: string, right: string): boolean {
  return !(WORD_BEHIND.test(left) && MARK_AHEAD.test(right)) && !(MARK_BEHIND.test(left) && WORD_AHEAD.test(right));
}

/** The tokens with `a ## b` made one. */
function pasted(tokens: readonly string[], joined: Set<string>): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string;
    if (token !== "##") out.push(token);
    else if (out.length > 0 && i + 1 < tokens.length) {
      const [left, right] = [out.pop() ?? "", tokens[++i] as string];
      if (!makesToken(left, right)) {
        out.push(left, right);
        continue;
      }
      out.push(left + right);
      joined.add(left + right);
    }
  }
  return out.filter((token) => token !== "");
}
