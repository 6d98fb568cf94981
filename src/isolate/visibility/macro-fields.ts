/** Owns which arguments of macros are the names of members, and which are tags, by what the macros do with them. */
import { collectMacros, type AskMacros, type MacroKnowledge } from "../decide/macro-knowledge.js";
import type { PassedOn } from "../decide/macro-model.js";
import type { MacroParameters, WordScopes } from "../engine/word-model.js";
import { systemField, systemTag } from "./system-fields.js";

/** Parameters of a macro that are looked at. */
const MOST = 12;

/** Asks for the macros among the callees. */
export async function macroFields(callees: readonly string[], ask: AskMacros): Promise<Omit<WordScopes, "scopes">> {
  const found = { fields: [] as MacroParameters[], tagged: [] as MacroParameters[], mixed: [] as MacroParameters[] };
  if (callees.length === 0) return found;
  const knowledge = await collectMacros({ definitions: callees, uses: [] }, ask);
  for (const macro of callees) {
    const fates = Array.from({ length: MOST }, (_, index) => follow({ macro, index }, knowledge, new Set()));
    const where = (test: (fate: Fate) => boolean): number[] => fates.flatMap((fate, index) => (test(fate) ? [index] : []));
    const lists = {
      fields: where(({ member, plain, tag }) => member && !plain && !tag),
      tagged: where(({ tag }) => tag),
      mixed: where(({ member, plain, tag }) => member && (plain || tag)),
    };
    for (const kind of ["fields", "tagged", "mixed"] as const) if (lists[kind].length > 0) found[kind].push([macro, lists[kind]]);
  }
  return found;
}

interface Fate {
  member: boolean;
  tag: boolean;
  plain: boolean;
}

/** What a macro, and those that it hands the argument on to, do with it. */
function follow({ macro, index }: PassedOn, knowledge: MacroKnowledge, seen: Set<string>): Fate {
  const fate: Fate = { member: systemField(macro, index), tag: systemTag(macro, index), plain: false };
  const key = `${macro}/${index}`;
  const definitions = knowledge.definitionsOf(macro);
  if (seen.has(key)) return fate;
  seen.add(key);
  if (definitions.length === 0 && !fate.member && !fate.tag) fate.plain = true;
  for (const { uses } of definitions) {
    const use = uses[index];
    if (use === undefined) continue;
    const inner = use.passed.map((next) => follow(next, knowledge, seen));
    fate.member ||= use.member || inner.some(({ member }) => member);
    fate.tag ||= use.tag || inner.some(({ tag }) => tag);
    fate.plain ||= use.plain || inner.some(({ plain }) => plain);
  }
  return fate;
}
