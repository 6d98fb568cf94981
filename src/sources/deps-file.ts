/** Owns the reading of DEPS files: the part of Python that they use, with strings, dicts, "+" and Var(). */
import { type DepsToken, depsTokens } from "./deps-tokens.js";

/** A string, a dict, or anything else as it is written. */
export type DepsValue = string | DepsDict | { readonly kind: "other"; readonly text: string };

export interface DepsDict {
  readonly kind: "dict";
  readonly entries: ReadonlyMap<string, DepsValue>;
  /** Where the values stand: the tokens of each. */
  readonly places: ReadonlyMap<string, readonly DepsToken[]>;
}

export interface DepsFile {
  readonly vars: ReadonlyMap<string, DepsValue>;
  readonly deps: ReadonlyMap<string, DepsValue>;
  /** Tokens of the values of `deps`. */
  readonly places: ReadonlyMap<string, readonly DepsToken[]>;
}

const NONE: ReadonlyMap<string, DepsValue> = new Map();
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Reads all "name = value" lines of the top level; what it does not understand becomes "other". Throws `input-invalid` on text that is none. */
export function parseDeps(text: string): DepsFile {
  const tokens = depsTokens(text);
  const names = new Map<string, DepsValue>();
  const state: State = { tokens, at: 0, vars: NONE };
  while (state.at < tokens.length) {
    const [name, equals] = [tokens[state.at], tokens[state.at + 1]];
    if (name?.type !== "name" || equals?.text !== "=") {
      state.at++;
      continue;
    }
    state.at += 2;
    const value = expression(state);
    names.set(name.text, value);
    if (name.text === "vars") state.vars = entriesOf(value);
  }
  const deps = names.get("deps");
  const places = typeof deps === "object" && deps.kind === "dict" ? deps.places : new Map<string, readonly DepsToken[]>();
  return { vars: entriesOf(names.get("vars")), deps: entriesOf(deps), places };
}

interface State {
  readonly tokens: readonly DepsToken[];
  at: number;
  vars: ReadonlyMap<string, DepsValue>;
}

function entriesOf(value: DepsValue | undefined): ReadonlyMap<string, DepsValue> {
  return typeof value === "object" && value.kind === "dict" ? value.entries : NONE;
}

/** Terms joined by "+", or strings that merely follow each other. */
function expression(state: State): DepsValue {
  let value = term(state);
  for (;;) {
    const token = state.tokens[state.at];
    if (token?.text === "+" && token.type === "mark") state.at++;
    else if (token?.type !== "string") return value;
    value = joined(value, term(state));
  }
}

function joined(a: DepsValue, b: DepsValue): DepsValue {
  if (typeof a === "string" && typeof b === "string") return a + b;
  return { kind: "other", text: `${written(a)} + ${written(b)}` };
}

function written(value: DepsValue): string {
  if (typeof value === "string") return `'${value}'`;
  return value.kind === "dict" ? "{…}" : value.text;
}

function term(state: State): DepsValue {
  const token = state.tokens[state.at++];
  if (token === undefined) return { kind: "other", text: "the end of the file" };
  if (token.type === "string") return token.text;
  if (token.text === "{") return dict(state);
  if (token.text === "(") return inParentheses(state);
  if (token.text === "[") return skipGroup(state, token.text);
  if (token.type === "name" && state.tokens[state.at]?.text === "(") return call(state, token.text);
  return { kind: "other", text: token.text };
}

function dict(state: State): DepsValue {
  const entries = new Map<string, DepsValue>();
  const places = new Map<string, readonly DepsToken[]>();
  while (state.at < state.tokens.length && state.tokens[state.at]?.text !== "}") {
    const key = expression(state);
    if (state.tokens[state.at]?.text !== ":") continue;
    state.at++;
    const from = state.at;
    const value = expression(state);
    if (typeof key === "string") {
      entries.set(key, value);
      places.set(key, state.tokens.slice(from, state.at));
    }
    if (state.tokens[state.at]?.text === ",") state.at++;
  }
  state.at++;
  return { kind: "dict", entries, places };
}

/** A value in parentheses is that value; a tuple, or anything else, stays as it is written. */
function inParentheses(state: State): DepsValue {
  const from = state.at;
  const value = expression(state);
  if (state.tokens[state.at]?.text === ")") {
    state.at++;
    return value;
  }
  state.at = from;
  return skipGroup(state, "(");
}

/** Var('name') is that variable's value; Str('text') is the text; any other call stays as it is written. */
function call(state: State, name: string): DepsValue {
  const argument = state.tokens[state.at + 1];
  const simple = argument?.type === "string" && state.tokens[state.at + 2]?.text === ")";
  if (!simple || (name !== "Var" && name !== "Str")) {
    state.at++;
    const group = skipGroup(state, "(");
    return { kind: "other", text: `${name}${written(group)}` };
  }
  state.at += 3;
  if (name === "Str") return argument.text;
  return state.vars.get(argument.text) ?? { kind: "other", text: `Var('${argument.text}'), which is not defined` };
}

/** Passes over everything up to the bracket that closes `opening`. */
function skipGroup(state: State, opening: string): DepsValue {
  const from = state.at;
  const closing: string[] = [CLOSING[opening] ?? ""];
  while (state.at < state.tokens.length && closing.length > 0) {
    const token = state.tokens[state.at++];
    if (token?.type !== "mark") continue;
    if (token.text === closing.at(-1)) closing.pop();
    else if (CLOSING[token.text] !== undefined) closing.push(CLOSING[token.text] ?? "");
  }
  const inside = state.tokens.slice(from, state.at).map(({ text }) => text);
  return { kind: "other", text: `${opening}${inside.slice(0, 8).join(" ")}` };
}
