/** Owns which chains of `##` with a parameter at their end may change a name of the tree: `Safe##name` with a renamed word for `name`. */
import type { AskMacros } from "./macro-knowledge.js";
import type { MacroDefinition, Paste } from "./macro-model.js";
import type { RenamedNames } from "./macro-pastes.js";

/** So many names are asked about; of more chains all count. */
const MOST_NAMES = 200_000;

/**
 * The chains of which a call may give the end: a word there that gets the flavor gives it to the whole name. Where all before it
 * is text, only chains that would make a name that some token spells.
 */
export async function flavoredEnds(pasting: readonly MacroDefinition[], names: RenamedNames, ask: AskMacros): Promise<ReadonlySet<Paste>> {
  const chains = pasting.flatMap(({ pastes }) => pastes).filter(mayEndFlavored);
  const prefixes = new Map<string, Paste[]>();
  const found = new Set<Paste>();
  for (const chain of chains) {
    const prefix = prefixOf(chain);
    if (prefix === undefined) found.add(chain);
    else prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), chain]);
  }
  if (prefixes.size * names.tokens.length > MOST_NAMES) return new Set(chains);
  const wanted = [...prefixes.keys()].flatMap((prefix) => names.tokens.map((name) => prefix + name));
  if (wanted.length === 0) return found;
  const spelled = new Set((await ask({ definitions: [], uses: [], tokens: wanted })).flatMap(({ tokens }) => tokens));
  for (const [prefix, list] of prefixes)
    if (names.tokens.some((name) => spelled.has(prefix + name))) for (const chain of list) found.add(chain);
  return found;
}

/** Whether calls give the end of what the chain builds, behind a text that tells something. */
function mayEndFlavored({ parts }: Paste): boolean {
  return parts.length > 1 && parts.at(-1)?.type === "parameter" && parts.some((part) => part.type === "text" && part.text !== "_");
}

/** All before the last part, when it is text. */
function prefixOf({ parts }: Paste): string | undefined {
  const before = parts.slice(0, -1);
  return before.every((part) => part.type === "text") ? before.map((part) => part.text).join("") : undefined;
}
