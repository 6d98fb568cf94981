/** Owns the decision on a word that a macro gets as argument, or stands for: is it used as a namespace? */
import { knownUse, looksLikeMacro } from "./known-macros.js";
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { MacroDefinition, MacroUse, ParameterUse, PassedOn, Pending } from "./macro-model.js";

/** All that happens to a word. */
interface Fate {
  namespace: boolean;
  other: boolean;
  string: boolean;
  /** A macro that nobody knows, or whose meaning the call decides. */
  unknown: string | undefined;
}

/** `rename`, `leave`, or why it stays undecided. */
export function decidePending(pending: Pending, knowledge: MacroKnowledge): string {
  if (pending.type === "macro" || pending.type === "asked") return decideNamesake(pending, knowledge);
  const fate: Fate = { namespace: false, other: false, string: false, unknown: undefined };
  if (pending.type === "argument") follow({ macro: pending.macro, index: pending.index }, knowledge, fate, new Set());
  else {
    const from = definedFor(pending, knowledge);
    if (from === undefined) return `the macro ${pending.macro} stands for this word alone, and no file of the tree uses it`;
    followUses(pending.macro, from, knowledge, fate, new Set());
  }
  if (pending.bodyOf !== undefined && !fate.namespace && !fate.string && !fate.other)
    return decidePending({ ...withoutBody(pending), type: "alone", macro: pending.bodyOf }, knowledge);
  if (fate.unknown !== undefined)
    return `argument of the macro ${fate.unknown}, which the tree does not define and which may use it as a namespace`;
  if (!fate.namespace) return "leave";
  if (fate.string) return `the macro ${pending.macro} uses it as a namespace and makes a string of it`;
  if (fate.other) return `the macro ${pending.macro} is used as a namespace and otherwise`;
  return "rename";
}

function withoutBody({ bodyOf: _bodyOf, ...pending }: Pending): Pending {
  return pending;
}

/** Where the build fills in what the macro of a word, or one that stands for it in turn, stands for: there the flavor goes, too. */
export function filledPlaces(pending: Pending, knowledge: MacroKnowledge): { readonly file: number; readonly offset: number }[] {
  const reached = new Set<string>();
  const reach = (macro: string, from: Pick<MacroUse, "file" | "local">): void => {
    if (reached.has(macro)) return;
    reached.add(macro);
    for (const use of knowledge.usesOf(macro, from)) {
      if (typeof use.place === "object" && "alone" in use.place) reach(use.place.alone, use);
    }
  };
  if (pending.type === "alone") reach(pending.macro, definedFor(pending, knowledge) ?? pending);
  const definitions = [...reached].flatMap((macro) => knowledge.definitionsOf(macro));
  return definitions.flatMap(({ file, filled }) => (filled === undefined ? [] : [{ file, offset: filled }]));
}

/** A macro that bears a namespace's name goes with it when the name is never used but as a namespace: then each use is the macro's. */
function decideNamesake({ token, type }: Pending, knowledge: MacroKnowledge): string {
  const fate: Fate = { namespace: false, other: false, string: false, unknown: undefined };
  const definitions = knowledge.definitionsOf(token);
  if (definitions.length > 0) followUses(token, { file: -1, local: false }, knowledge, fate, new Set());
  const goesAlong = fate.namespace && !fate.other && !fate.string && fate.unknown === undefined;
  if (goesAlong && definitions.every(({ parameters }) => parameters === undefined)) return "rename";
  return type === "macro" ? "a macro has this name" : "leave";
}

/** Whose uses a macro that stands for one word has: its file's; else those of the headers that it configures. */
function definedFor(pending: Pending, { usesOf }: MacroKnowledge): Pick<MacroDefinition, "file" | "local"> | undefined {
  return [pending, { ...pending, local: false }].find((from) => usesOf(pending.macro, from).length > 0);
}

/** Adds what becomes of the argument `index` of a macro. */
function follow(to: PassedOn, knowledge: MacroKnowledge, fate: Fate, seen: Set<string>): void {
  const key = `${to.macro}/${to.index}`;
  if (seen.has(key)) return;
  seen.add(key);
  const definitions = knowledge.definitionsOf(to.macro);
  if (definitions.length === 0) return followForeign(to, fate);
  for (const definition of definitions) {
    const use = useOf(definition, to.index);
    if (use === undefined) continue;
    add(fate, use);
    if (use.whole) fate.unknown ??= to.macro;
    for (const next of use.passed) follow(shifted(next, definition, to.index), knowledge, fate, seen);
  }
}

function followForeign({ macro, index }: PassedOn, fate: Fate): void {
  const known = knownUse(macro, index);
  if (known !== undefined) add(fate, known);
  else if (looksLikeMacro(macro)) fate.unknown ??= macro;
  else fate.other = true;
}

/** The use of the parameter that takes the argument `index`; the last one of a variadic macro takes all further ones. */
function useOf({ uses, variadic }: MacroDefinition, index: number): ParameterUse | undefined {
  return uses[index] ?? (variadic ? uses.at(-1) : undefined);
}

/** Where an argument of `...` arrives when all of them are handed on. */
function shifted(next: PassedOn, { uses, variadic }: MacroDefinition, index: number): PassedOn {
  return variadic && index >= uses.length ? { ...next, index: next.index + index - uses.length + 1 } : next;
}

function add(fate: Fate, use: ParameterUse): void {
  fate.namespace ||= use.namespace;
  fate.other ||= use.other;
  fate.string ||= use.string;
}

/** Adds what becomes of a word that a macro without parameters stands for. */
function followUses(macro: string, from: Pick<MacroUse, "file" | "local">, knowledge: MacroKnowledge, fate: Fate, seen: Set<string>): void {
  if (seen.has(macro)) return;
  seen.add(macro);
  for (const use of knowledge.usesOf(macro, from)) {
    const { place } = use;
    if (place === "namespace") fate.namespace = true;
    else if (place === "other") fate.other = true;
    else if ("alone" in place) followUses(place.alone, use, knowledge, fate, seen);
    else follow(place, knowledge, fate, new Set());
  }
}
