/** Owns where names that macros of GNU's assembler build get the flavor: behind the place in the macro that builds them. */
import type { Decision } from "../engine/part-model.js";
import type { AssembledNames, AssembledPlace } from "./assembled-names.js";
import type { AskMacros } from "./macro-knowledge.js";
import type { Insertion, LeftPlace, OpenPlace } from "./macro-model.js";

interface Settling {
  readonly suffix: string;
  readonly ask: AskMacros;
}

/**
 * The decision with these places. A place grows where it builds a renamed name, and no token spells one of the others that it builds; these
 * go along, and so do all places that build them. Else it is open.
 */
export async function settleAssembled(decision: Decision, names: AssembledNames | undefined, settling: Settling): Promise<Decision> {
  if (names === undefined) return decision;
  const renamed = new Set([...decision.everywhere, ...decision.inFiles.map(([name]) => name)]);
  const concerned = placesOf(names.places, renamed);
  const unknown = names.places.filter((place) => place.isExported && place.isOpen && !concerned.includes(place)).map(unknownAt);
  if (concerned.length + unknown.length === 0) return decision;
  const others = [...new Set(concerned.flatMap((place) => [...place.names].filter((name) => !renamed.has(name))))].toSorted();
  const spelled = await spelledOf(others, settling);
  const extra: Insertion[] = [];
  const left: LeftPlace[] = [];
  const open: OpenPlace[] = [...unknown];
  for (const place of concerned) {
    const why = whyOpen(place, renamed, spelled, names.whole);
    if (why === undefined) extra.push(insertionAt(place, settling.suffix));
    else open.push({ file: place.file, offset: place.end, token: [...place.names].toSorted()[0] ?? "", why });
    for (const { text, file, end } of place.words.values()) if (renamed.has(text)) left.push({ file, offset: end });
  }
  return {
    ...decision,
    extra: [...decision.extra, ...extra],
    left: [...decision.left, ...left],
    open: [...decision.open, ...open],
  };
}

function unknownAt({ file, end, pattern }: AssembledPlace): OpenPlace {
  return { file, offset: end, token: pattern, why: WHY_UNKNOWN };
}

const PATCH = "`patch` puts the flavor behind it";
const WHY_UNKNOWN = `a macro of the assembler exports what it builds here, and not every call tells of what: ${PATCH}`;

/** The places that build a renamed name, or one that goes along with such names. */
function placesOf(places: readonly AssembledPlace[], renamed: ReadonlySet<string>): AssembledPlace[] {
  const grown = new Set(renamed);
  const found = new Set<AssembledPlace>();
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const place of places) {
      if (found.has(place) || ![...place.names].some((name) => grown.has(name))) continue;
      found.add(place);
      for (const name of place.names) grown.add(name);
    }
  }
  return places.filter((place) => found.has(place));
}

/** Those of the names that tokens of the tree spell. */
async function spelledOf(names: readonly string[], { ask }: Settling): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const answers = await ask({ definitions: [], uses: [], tokens: names });
  return new Set(answers.flatMap(({ tokens }) => tokens));
}

function whyOpen(
  { names, words, endsWith }: AssembledPlace,
  renamed: ReadonlySet<string>,
  spelled: ReadonlySet<string>,
  whole: ReadonlySet<string>,
): string | undefined {
  const wanted = [...names].toSorted();
  const first = wanted.find((name) => renamed.has(name)) ?? "";
  const stays = wanted.find((name) => spelled.has(name));
  if (stays !== undefined)
    return `a macro of the assembler builds a renamed name, ${first}, here, and in other calls a name that stays: ${stays}`;
  if (endsWith === "inner loop")
    return `a loop within a macro of the assembler builds ${first} here, and ends it by its own parameter: ${PATCH}`;
  const both = [...words].find(([at, { text }]) => whole.has(at) && renamed.has(text));
  if (both === undefined) return undefined;
  return `a macro of the assembler makes ${first} of ${both[1].text}, which is a renamed name itself and stands for that as well`;
}

/** Behind a parameter `\()` ends its name: GNU as, "Macro". */
function insertionAt({ file, end, endsWith, names }: AssembledPlace, suffix: string): Insertion {
  const behind = endsWith === "parameter" ? { text: `\\()${suffix}` } : {};
  return { file, offset: end, ...behind, names: [...names].toSorted() };
}
