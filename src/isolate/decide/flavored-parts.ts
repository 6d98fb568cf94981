/** Owns which chains of `##` may change a name of the tree by a word that gets the flavor where a call hands it in: `Safe##name`, `name##_safe`. */
import type { AskMacros } from "./macro-knowledge.js";
import type { MacroDefinition, Paste } from "./macro-model.js";
import type { RenamedNames } from "./macro-pastes.js";

/** So many names are asked about; of more chains all count. */
const MOST_NAMES = 200_000;

/**
 * The chains of which a call may give a part: a word there that gets the flavor gives it to the whole name. Where all around it
 * is text, only chains that would make a name that some token spells.
 */
export async function flavoredParts(pasting: readonly MacroDefinition[], names: RenamedNames, ask: AskMacros): Promise<ReadonlySet<Paste>> {
  const chains = pasting.flatMap(({ pastes }) => pastes).filter(mayBeFlavored);
  const around = new Map<string, Paste[]>();
  const found = new Set<Paste>();
  for (const chain of chains) {
    const text = textAround(chain);
    if (text === undefined) found.add(chain);
    else around.set(text, [...(around.get(text) ?? []), chain]);
  }
  if (around.size * names.tokens.length > MOST_NAMES) return new Set(chains);
  const spelt = (text: string): string[] => names.tokens.map((name) => text.replace(PLACE, () => name));
  const wanted = [...around.keys()].flatMap(spelt);
  if (wanted.length === 0) return found;
  const spelled = new Set((await ask({ definitions: [], uses: [], tokens: wanted })).flatMap(({ tokens }) => tokens));
  for (const [text, list] of around) if (spelt(text).some((name) => spelled.has(name))) for (const chain of list) found.add(chain);
  return found;
}

/** Whether calls give a part of what the chain builds, beside a text that tells something. */
function mayBeFlavored({ parts }: Paste): boolean {
  return parts.some((part) => part.type === "parameter") && parts.some((part) => part.type === "text" && part.text !== "_");
}

/** Stands for the word that a call hands in. */
const PLACE = "\u0001";

/** The text around the only parameter, with a mark in its place; undefined when there is more to it. */
export function textAround({ parts }: Paste): string | undefined {
  const [only, ...more] = parts.filter((part) => part.type !== "text");
  if (only?.type !== "parameter" || more.length > 0) return undefined;
  return parts.map((part) => (part.type === "text" ? part.text : PLACE)).join("");
}
