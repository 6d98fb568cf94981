/** Owns the second thought about global names that argument lookup may find, or that are also members: which are left, which reported. */
import type { Decision } from "../engine/part-model.js";
import type { WordPlace, WordQuestion } from "../engine/word-model.js";
import type { DeclaredPlace, NamedPlace } from "../engine/name-model.js";
import { inDoubt } from "./decide-names.js";
import { STANDARD_MEMBERS } from "./standard-members.js";
import { LOOKUP_HOOKS } from "../lookup-hooks.js";
import type { OpenPlace } from "./macro-model.js";

export type AskWords = (question: WordQuestion) => Promise<readonly (readonly WordPlace[])[]>;

/** What is known of the tree. */
export interface WordsRequest {
  readonly found: ReadonlyMap<string, readonly NamedPlace[]>;
  readonly declared: readonly DeclaredPlace[];
  readonly namespaces: readonly string[];
  /** Files that C compilers read: no argument lookup there. */
  readonly inC: readonly number[];
  /** Files that have the name and may see it by a header that is not in the tree. */
  readonly unsure: WordQuestion["unsure"];
  readonly suffix: string;
}

/** The decision without the names that must stay, with the places that nobody can decide. */
export async function settleWords(
  decision: Decision,
  { found, declared, namespaces, inC, unsure, suffix }: WordsRequest,
  ask: AskWords,
): Promise<Decision> {
  const isHook = (name: string): boolean => LOOKUP_HOOKS.has(name) && found.get(name)?.every(({ kind }) => kind === "function") === true;
  const hooks = decision.everywhere.filter(isHook);
  const names = [...decision.inFiles, ...hooks.map((name) => [name, filesOf(found.get(name) ?? [])] as const)];
  if (names.length === 0) return decision;
  const { tags, scopes, fields, tagged, mixed } = decision;
  const places = byName((await ask({ names, tags, scopes, fields, tagged, mixed, inC, unsure })).flat());
  const renamed = new Set([...namespaces, ...decision.everywhere, ...decision.inFiles.map(([name]) => name)]);
  const isDoubtful = (word: string): boolean => places.get(word)?.some((place) => "doubt" in place) === true;
  const isRenamed = (word: string): boolean => word.endsWith(suffix) || (renamed.has(word) && !isDoubtful(word));
  const open: OpenPlace[] = [];
  const inCFiles = new Set(inC);
  const left = new Set<string>();
  const members: string[] = [];
  for (const [name, list] of places) {
    const isOnlyHook = hooks.includes(name);
    const isVariable = found.get(name)?.every(({ kind }) => kind === "variable") === true;
    const heads = isOnlyHook ? list.filter((place) => "parameters" in place) : list;
    const doubts = doubtsAbout(name, isVariable ? heads.filter((place) => !("parameters" in place)) : heads, isHook(name), isRenamed);
    if (doubts === "rename") continue;
    left.add(name);
    const fate =
      isOnlyHook || doubts.length === 0
        ? "reported"
        : inDoubt(
            found.get(name) ?? [],
            declared.filter((place) => place.name === name),
          );
    if (fate === "everywhere" && !(STANDARD_MEMBERS.has(name) && doubts.some(({ file }) => !inCFiles.has(file)))) members.push(name);
    else if (fate !== "kept") open.push(...doubts);
  }
  return {
    ...decision,
    everywhere: [...decision.everywhere.filter((name) => !left.has(name)), ...members].toSorted(),
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
  const heads = places.flatMap((place) => ("parameters" in place ? [place] : []));
  const isLookedUp = isHook || places.some((place) => "called" in place);
  const isFree = !isLookedUp || heads.every(({ parameters }) => parameters.length === 0);
  const unknown = heads.filter(({ parameters }) => !parameters.some(isRenamed));
  if (!isFree && unknown.length === 0) return [];
  if (doubts.length > 0) return doubts;
  return isFree ? "rename" : unknown.map((place) => openPlace(place, token, LOOKUP));
}

const LOOKUP =
  "headers call a function of that name and may find this one by its arguments; no parameter's type is known to be renamed (a policy's `rename` or `keep` of the name settles it)";

function openPlace({ file, offset }: WordPlace, token: string, why: string): OpenPlace {
  return { file, offset, token, why };
}
