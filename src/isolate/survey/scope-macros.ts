/** Owns the macros that open and close namespaces and linkage blocks: what each does, from the `#define` lines of the whole tree. */
import { isDeepStrictEqual } from "node:util";

import type { Exporting } from "./assembler.js";
import type { AssemblerLanguage, ExportCondition } from "./assembler-macros.js";
import type { MacroFact } from "./macro-facts.js";

/** What a macro does to the scopes around it. */
export interface ScopeMacro {
  readonly name: string;
  /** Whether an argument list belongs to it. */
  readonly called: boolean;
  /** What it opens; undefined when it only closes. */
  readonly opening: "namespace" | "linkage-c" | "linkage-c++" | undefined;
  /** The namespaces that it opens, from outside in: a word, or the index of the argument that is one. */
  readonly words: readonly (string | number)[];
  /** Number of `{` that stay open behind it. */
  readonly opens: number;
  /** Number of `}` of scopes opened before it. */
  readonly closes: number;
  /**
   * Whether another definition makes it nothing at all, and that of no macro that opens a scope does: what such macros close was
   * opened by others than these, as by C++ modules' `export {`.
   */
  readonly optional: boolean;
}

/** A macro of assembler that exports the label it is given. */
export interface ExportingMacro extends Exporting {
  readonly name: string;
  readonly assembler: AssemblerLanguage;
}

/** The macros of a whole tree that its files must be surveyed with. */
export interface TreeMacros {
  readonly scopes: readonly ScopeMacro[];
  /** Macros of assembler that export the label they are given. */
  readonly exporters: readonly ExportingMacro[];
  /** Names of files that are included in the midst of classes: nothing in them is global. */
  readonly embedded: readonly string[];
  /** Those of them that are included between declarations, too: what they call may define something there. */
  readonly lists: readonly string[];
  /** Files that are only included inside namespaces, with the words of these. */
  readonly nested: readonly NestedFile[];
  /** Source files that others include: their macros are not theirs alone. */
  readonly shared: readonly number[];
}

/** Index of the file, and the words of the namespaces around the lines that include it. */
export type NestedFile = readonly [file: number, words: readonly string[]];

/** The macros to survey a tree with, by the facts of all its files; undefined when there is none that changes anything. */
export function treeMacros(
  facts: readonly MacroFact[],
  nested: readonly NestedFile[] = [],
  shared: readonly number[] = [],
): TreeMacros | undefined {
  const scopes = scopeMacros(facts);
  const exporters = exportersOf(facts);
  const included = (wanted: "embeds" | "lists"): string[] =>
    [...new Set(facts.flatMap(({ kind, name }) => (kind === wanted ? [name] : [])))].toSorted();
  const embedded = included("embeds");
  const listed = new Set(embedded.length === 0 ? [] : included("lists"));
  const isNeeded = exporters.length + embedded.length + nested.length + shared.length > 0 || scopes.some(({ opens }) => opens > 0);
  return isNeeded ? { scopes, exporters, embedded, lists: embedded.filter((name) => listed.has(name)), nested, shared } : undefined;
}

/** Each such macro once: with a condition, and with what it joins, when all definitions have the same. */
function exportersOf(facts: readonly MacroFact[]): ExportingMacro[] {
  const found = new Map<string, ExportingMacro>();
  for (const fact of facts) {
    if (fact.kind !== "exporting") continue;
    const { name, assembler } = fact;
    const key = `${assembler} ${name}`;
    const known = found.get(key);
    const when = known === undefined ? fact.when : eitherCondition(known.when, fact.when);
    const parts = known === undefined || isDeepStrictEqual(known.parts, fact.parts) ? fact.parts : undefined;
    found.set(key, { name, assembler, when, parts });
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, macro]) => macro);
}

/** Where one definition always exports, as another processor's, only a call that says no does not. */
function eitherCondition(some: ExportCondition | undefined, other: ExportCondition | undefined): ExportCondition | undefined {
  if (some === undefined || other === undefined) {
    const condition = some ?? other;
    return condition === undefined ? undefined : { ...condition, initially: true };
  }
  const isSame = isDeepStrictEqual({ ...some, initially: true }, { ...other, initially: true });
  return isSame ? { ...some, initially: some.initially || other.initially } : undefined;
}

type Body = Extract<MacroFact, { kind: "scope" }>;

/** Macros within macros are followed so far. */
const DEEPEST = 6;

/** No macro that opens a scope has more tokens. */
const MOST_TOKENS = 10_000;

/** The macros that open or close scopes. Of several definitions the first counts that does either. */
export function scopeMacros(facts: readonly MacroFact[]): ScopeMacro[] {
  const bodies = new Map<string, Body[]>();
  for (const fact of facts) if (fact.kind === "scope") bodies.set(fact.name, [...(bodies.get(fact.name) ?? []), fact]);
  const empty = new Set(facts.flatMap(({ kind, name }) => (kind === "attribute" || kind === "empty" ? [name] : [])));
  const found: ScopeMacro[] = [];
  for (const [name, definitions] of bodies) {
    const effect = definitions.map((body) => effectOf(body, bodies)).find((macro) => macro !== undefined);
    if (effect !== undefined) found.push({ ...effect, name, optional: empty.has(name) });
  }
  const opensSome = found.some(({ opens, optional }) => optional && opens > 0);
  const settled = opensSome ? found.map((macro): ScopeMacro => ({ ...macro, optional: false })) : found;
  return settled.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Gives the first words of the names that a macro stands for by its definitions, through further such macros; the name itself when it is none, or not in capitals: then other files may mean the name. */
export function plainWords(facts: readonly MacroFact[]): (name: string) => string[] {
  const words = new Map<string, Set<string>>();
  for (const fact of facts) {
    const first = fact.kind === "scope" ? nameStart(fact.body) : undefined;
    if (first !== undefined) words.set(fact.name, (words.get(fact.name) ?? new Set()).add(first));
  }
  const follow = (name: string, depth: number): string[] => {
    const named = depth > 0 ? words.get(name) : undefined;
    const others = named === undefined ? [] : [...named].flatMap((word) => follow(word, depth - 1));
    return named === undefined || /[a-z]/.test(name) ? [name, ...others] : others;
  };
  return (name) => follow(name, DEEPEST);
}

/** `a` of the body `a`, `a::b`, `::a` or `a __attribute__((…))`. */
function nameStart(body: readonly string[]): string | undefined {
  const [first, second] = body[0] === "::" ? body.slice(1) : body;
  return second === undefined || second === "::" || second.startsWith("__attribute") ? first : undefined;
}

function effectOf(macro: Body, bodies: ReadonlyMap<string, readonly Body[]>): Omit<ScopeMacro, "optional"> | undefined {
  const tokens = expanded(macro.body, bodies);
  const state = { head: [] as string[], words: [] as string[], opening: undefined as ScopeMacro["opening"], opens: 0, closes: 0 };
  for (const token of tokens) {
    if (token === "{") {
      const opening = openingOf(state.head);
      if (opening === undefined) return undefined;
      state.opening = state.opening === "namespace" ? "namespace" : opening;
      state.words.push(...namespaceWords(state.head));
      state.opens++;
      state.head = [];
    } else if (token === "}") {
      if (state.opens > 0) state.opens--;
      else state.closes++;
      state.words.length = Math.min(state.words.length, state.opens);
      state.head = [];
    } else if (token === ";") state.head = [];
    else state.head.push(token);
  }
  if ((state.opens === 0 && state.closes === 0) || !isQuiet(state.head, bodies)) return undefined;
  const { words, opens, closes } = state;
  const position = (word: string): string | number => {
    const at = macro.parameters?.indexOf(word) ?? -1;
    return at < 0 ? word : at;
  };
  const opening = opens > 0 ? state.opening : undefined;
  return { name: macro.name, called: macro.parameters !== undefined, opening, words: words.map(position), opens, closes };
}

/** What becomes of a macro's body; what grows beyond measure is no scope's. */
interface Expansion {
  readonly out: string[];
  /** Tokens that may still be looked at. */
  left: number;
}

/** The tokens with the object-like macros of the tree in them replaced, those that open or close scopes first; no macro inside of itself (`hidden`). */
function expanded(
  tokens: readonly string[],
  bodies: ReadonlyMap<string, readonly Body[]>,
  hidden: readonly string[] = [],
  expansion: Expansion = { out: [], left: MOST_TOKENS },
): readonly string[] {
  for (const token of tokens) {
    const isLeft = expansion.left-- <= 0 || hidden.length === DEEPEST || hidden.includes(token);
    const definitions = isLeft ? [] : (bodies.get(token)?.filter(({ parameters }) => parameters === undefined) ?? []);
    const chosen = definitions.find(({ body }) => body.includes("{") || body.includes("}")) ?? definitions[0];
    if (chosen === undefined) expansion.out.push(token);
    else expanded(chosen.body, bodies, [...hidden, token], expansion);
  }
  return expansion.out;
}

/** Nothing, or pragmas and macros in capitals that open and close nothing: `namespace name { LIB_WARNING_PUSH`. */
function isQuiet(tokens: readonly string[], bodies: ReadonlyMap<string, readonly Body[]>): boolean {
  let depth = 0;
  return tokens.every((token, at) => {
    if (token === "(") return depth++ > 0 || /^\w+$/.test(tokens[at - 1] ?? "");
    if (token === ")") return depth-- > 0;
    return depth > 0 || token === "_Pragma" || token === "__pragma" || (/^[A-Z][A-Z0-9_]*$/.test(token) && !bodies.has(token));
  });
}

function openingOf(head: readonly string[]): ScopeMacro["opening"] {
  if (head.includes("namespace")) return "namespace";
  const string = head.indexOf("extern") + 1;
  if (string === 0) return undefined;
  return head[string] === '"C"' ? "linkage-c" : "linkage-c++";
}

/** The words behind `namespace`; an empty one for an unnamed namespace. */
function namespaceWords(head: readonly string[]): string[] {
  const at = head.indexOf("namespace");
  if (at < 0) return [];
  const words = head.slice(at + 1).filter((word) => /^\w+$/.test(word) && word !== "inline");
  return words.length === 0 ? [""] : words;
}
