/** Owns the expansion of macro calls among the tokens of a declaration (ISO C, 6.10.3), as far as names depend on it. */
import type { MacroBody } from "./macro-bodies.js";

/** The definition that holds for a macro, or undefined. */
export type DefinitionOf = (name: string) => MacroBody | undefined;

/** Nothing longer comes out of a declaration. */
const MOST_TOKENS = 20_000;

const WORD = /^[A-Za-z_$]/;

/** The tokens with all calls expanded, what `##` makes or a macro stands for added to `joined`; what grows beyond measure is cut. */
export function expand(
  tokens: readonly string[],
  definitionOf: DefinitionOf,
  joined: Set<string>,
  hidden: ReadonlySet<string> = new Set(),
): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length && out.length < MOST_TOKENS; i++) {
    const token = tokens[i] as string;
    const macro = WORD.test(token) && !hidden.has(token) ? definitionOf(token) : undefined;
    const call = macro?.parameters === undefined ? undefined : argumentsAt(tokens, i + 1);
    if (macro === undefined || (macro.parameters !== undefined && call === undefined)) {
      out.push(token);
      continue;
    }
    const inner = new Set([...hidden, token]);
    if (macro.givesName === true) noteName(macro, joined);
    const body = call === undefined ? macro.body : substituted(macro, call.list, definitionOf, joined, hidden);
    out.push(...expand(pasted(body, joined), definitionOf, joined, inner));
    if (call !== undefined) i = call.end;
  }
  return out.slice(0, MOST_TOKENS);
}

/** A macro that stands for one word: where a name is declared by it, the word is the name. */
function noteName({ parameters, body }: MacroBody, joined: Set<string>): void {
  const [only, ...more] = body;
  if (parameters === undefined && only !== undefined && more.length === 0 && WORD.test(only)) joined.add(only);
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
  hidden: ReadonlySet<string>,
): string[] {
  const { body } = macro;
  const names = macro.parameters ?? [];
  const given = byParameter(names.length, list);
  return body.flatMap((token, i) => {
    const at = names.indexOf(token);
    if (token === "#" && names.includes(body[i + 1] ?? "")) return ['""'];
    if (at < 0) return [token];
    if (body[i - 1] === "#") return [];
    const argument = given[at] ?? [];
    if (body[i - 1] !== "##" && body[i + 1] !== "##") return expand(argument, definitionOf, joined, hidden);
    return argument.length === 0 ? [""] : argument;
  });
}

/** One list of tokens for each parameter; what is too many belongs to the last one. */
function byParameter(count: number, list: readonly string[][]): readonly string[][] {
  if (count === 0 || list.length <= count) return list;
  const last: string[] = [];
  for (const one of list.slice(count - 1)) last.push(...(last.length > 0 ? [","] : []), ...one);
  return [...list.slice(0, count - 1), last];
}

/** The tokens with `a ## b` made one. */
function pasted(tokens: readonly string[], joined: Set<string>): string[] {
  const out: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as string;
    if (token !== "##") out.push(token);
    else if (out.length > 0 && i + 1 < tokens.length) {
      const whole = `${out.pop() ?? ""}${tokens[++i] as string}`;
      out.push(whole);
      joined.add(whole);
    }
  }
  return out.filter((token) => token !== "");
}
