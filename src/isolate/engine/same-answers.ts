/**
 * Owns the question whether files say the same as they did. The files that changed are a part of their own; as a run decides
 * alike however its files are divided, one whose parts give the same answers to the same questions comes to the same decision.
 */
import { inquire } from "./part-call.js";
import type { Part } from "./part-model.js";
import type { NamedPlace, PartAnswer, PartSurvey } from "./name-model.js";
import { type Asked, counting, type NameList, namesIn } from "./run-course.js";

/**
 * Asks both parts what was asked, and gives what is known of the tree from now on; undefined when an answer is another one as
 * far as the whole tree is concerned. Lines may differ where they only put the names of a file in an order, and nothing tells
 * them; of lists of names it is enough that the tree had a name already.
 */
export async function sameAnswers(before: Part, now: Part, asked: readonly Asked[]): Promise<readonly Asked[] | undefined> {
  const places: { readonly before: NamedPlace[]; readonly now: NamedPlace[] } = { before: [], now: [] };
  const known: Asked[] = [];
  const [countedBefore, countedNow] = [counting(), counting()];
  for (const one of asked) {
    const { inquiry } = one;
    const was = countedBefore(inquiry, await inquire(before, inquiry));
    const is = countedNow(inquiry, await inquire(now, inquiry));
    const [names, earlier] = [namesIn(inquiry, is), namesIn(inquiry, was)];
    const withMacros = { ...one, said: withNames(one.said, "defines", names.get("defines") ?? []) };
    if (restOf(was, earlier) !== restOf(is, names) || !addNothing(withMacros.said, earlier, names)) return undefined;
    places.before.push(...placesIn(one, was));
    places.now.push(...placesIn(one, is));
    known.push(withMacros);
  }
  const members = new Set(known.flatMap(({ said }) => [...(said.get("members") ?? [])]));
  const isTold = ({ name, instead }: NamedPlace): boolean => [name, ...(instead ?? [])].some((word) => members.has(word));
  return JSON.stringify(inOrder(places.before, isTold)) === JSON.stringify(inOrder(places.now, isTold)) ? known : undefined;
}

type Names = ReadonlyMap<NameList, readonly string[]>;

function withNames(said: Asked["said"], list: NameList, names: readonly string[]): Asked["said"] {
  const known = said.get(list);
  return known === undefined || names.every((name) => known.has(name)) ? said : new Map(said).set(list, new Set([...known, ...names]));
}

/** The answer without its lists of names. */
function restOf(answer: unknown, lists: Names): string | undefined {
  if (lists.size === 0) return JSON.stringify(answer, withoutLines);
  const rest = Object.entries(answer as object).filter(([key]) => !lists.has(key as NameList));
  return JSON.stringify(rest, withoutLines);
}

function withoutLines(key: string, value: unknown): unknown {
  return key === "line" ? undefined : value;
}

/** Whether no name is new to the tree, and none may be gone from it. Words that are called count if they are macros. */
function addNothing(said: Asked["said"], before: Names, now: Names): boolean {
  const counts = (list: NameList, name: string): boolean => list !== "called" || said.get("defines")?.has(name) === true;
  return [...now].every(([list, names]) => {
    if (list === "defines") return true;
    const [old, fresh] = [new Set(before.get(list)), new Set(names)];
    const added = names.filter((name) => !old.has(name) && said.get(list)?.has(name) !== true);
    return ![...added, ...[...old].filter((name) => !fresh.has(name))].some((name) => counts(list, name));
  });
}

/** All names with a line in an answer. */
function placesIn({ inquiry: { type } }: Asked, answer: unknown): readonly NamedPlace[] {
  if (type === "expand") return answer as readonly NamedPlace[];
  if (type === "answer") return (({ namespaced, prefixed }) => [...namespaced, ...prefixed])(answer as PartAnswer);
  if (type !== "survey" && type !== "resurvey") return [];
  return (({ defined, constants }) => [...defined, ...constants])(answer as PartSurvey);
}

/** As the decision sorts them; with their lines only those of which a warning may tell it. */
function inOrder(places: readonly NamedPlace[], isTold: (place: NamedPlace) => boolean): NamedPlace[] {
  const sorted = places.toSorted((a, b) => a.file - b.file || a.line - b.line);
  return sorted.map((place) => (isTold(place) ? place : Object.assign({}, place, { line: 0 })));
}
