/** Owns the second thought about global names that argument lookup may find, or that are also members: which are left, which reported. */
import type { Decision, NamedPlace, WordPlace, WordQuestion } from "../engine/part-model.js";
import { LOOKUP_HOOKS } from "../lookup-hooks.js";
import type { OpenPlace } from "./macro-model.js";

export type AskWords = (question: WordQuestion) => Promise<readonly (readonly WordPlace[])[]>;

/** The decision without the names that must stay, with the places that nobody can decide. */
export async function settleWords(
  decision: Decision,
  found: ReadonlyMap<string, readonly NamedPlace[]>,
  { namespaces, suffix }: { readonly namespaces: readonly string[]; readonly suffix: string },
  ask: AskWords,
): Promise<Decision> {
  const hooks = decision.everywhere.filter(
    (name) => LOOKUP_HOOKS.has(name) && found.get(name)?.every(({ kind }) => kind === "function") === true,
  );
  const names = [...decision.inFiles, ...hooks.map((name) => [name, filesOf(found.get(name) ?? [])] as const)];
  if (names.length === 0) return decision;
  const places = byName((await ask({ names })).flat());
  const renamed = new Set([...namespaces, ...decision.everywhere, ...decision.inFiles.map(([name]) => name)]);
  const isDoubtful = (word: string): boolean => places.get(word)?.some((place) => "doubt" in place) === true;
  const isRenamed = (word: string): boolean => word.endsWith(suffix) || (renamed.has(word) && !isDoubtful(word));
  const open: OpenPlace[] = [];
  const left = new Set<string>();
  for (const [name, list] of places) {
    const isHook = hooks.includes(name);
    const doubts = doubtsAbout(name, isHook ? list.filter((place) => "parameters" in place) : list, isHook, isRenamed);
    if (doubts === "rename") continue;
    left.add(name);
    open.push(...doubts);
  }
  return {
    ...decision,
    everywhere: decision.everywhere.filter((name) => !left.has(name)),
    inFiles: decision.inFiles.filter(([name]) => !left.has(name)),
    open: [...decision.open, ...open.toSorted((a, b) => a.file - b.file || a.offset - b.offset)],
  };
}

function byName(places: readonly WordPlace[]): Map<string, WordPlace[]> {
  const found = new Map<string, WordPlace[]>();
  for (const place of places) found.set(place.name, [...(found.get(place.name) ?? []), place]);
  return found;
}

function filesOf(places: readonly NamedPlace[]): number[] {
  return [...new Set(places.map(({ file }) => file))];
}

/** `rename`, or why the name stays: no place when its symbol bears the flavor by a parameter's type. */
function doubtsAbout(
  token: string,
  places: readonly WordPlace[],
  isHook: boolean,
  isRenamed: (word: string) => boolean,
): "rename" | OpenPlace[] {
  const doubts = places.flatMap((place) => ("doubt" in place ? [openPlace(place, token, place.doubt)] : []));
  if (doubts.length > 0) return doubts;
  const heads = places.flatMap((place) => ("parameters" in place ? [place] : []));
  const isLookedUp = isHook || places.some((place) => "called" in place);
  if (!isLookedUp || heads.every(({ parameters }) => parameters.length === 0)) return "rename";
  return heads.filter(({ parameters }) => !parameters.some(isRenamed)).map((place) => openPlace(place, token, LOOKUP));
}

const LOOKUP =
  "headers call a function of that name and may find this one by its arguments; no parameter's type is known to be renamed (a policy's `rename` or `keep` of the name settles it)";

function openPlace({ file, offset }: WordPlace, token: string, why: string): OpenPlace {
  return { file, offset, token, why };
}
