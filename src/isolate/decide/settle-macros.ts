/** Owns what is decided with the knowledge of all macros of a tree: words that are handed to macros, names that macros build. */
import { decidePending, filledPlaces } from "./macro-arguments.js";
import { flavoredParts } from "./flavored-parts.js";
import { collectMacros } from "./macro-knowledge.js";
import type { ArgumentPlace, Insertion, OpenPlace, Paste, WantedUses } from "./macro-model.js";
import { isSuspicious } from "./macro-pastes.js";
import { pastedCalls } from "./pasted-calls.js";
import type { MacroRequest, MacroRound, MacroSettlement } from "./macro-request.js";
import { settlePastes } from "./settle-pastes.js";

/** How often names that go along may bring others along. */
const ROUNDS = 6;

/** Decides them; asks nothing when there is nothing to decide. */
export async function settleMacros(request: MacroRequest): Promise<MacroSettlement> {
  const along = new Set<string>();
  const members = new Set<string>();
  const suspects = new Set<string>();
  for (let round = 1; ; round++) {
    const names = along.size === 0 ? request.names : request.names.with(along);
    const settled = await settleOnce({ ...request, names }, round < ROUNDS);
    for (const name of settled.suspects) suspects.add(name);
    const more = settled.along.filter((name) => !along.has(name));
    if (more.length === 0) {
      return {
        ...settled,
        names: [...new Set([...settled.names, ...along])].toSorted(),
        members: [...members].toSorted(),
        suspects: [...suspects].toSorted(),
      };
    }
    for (const name of more) along.add(name);
    for (const name of settled.members) if (along.has(name)) members.add(name);
  }
}

async function settleOnce(
  { pending, pasting, names, strings, own, suffix, ask, files }: MacroRequest,
  mayGoAlong: boolean,
): Promise<MacroRound> {
  const flavored = await flavoredParts(pasting, names, ask);
  const isSuspect = (paste: Paste): boolean => flavored.has(paste) || isSuspicious(paste, names);
  const suspicious = pasting.filter(({ pastes }) => pastes.some(isSuspect));
  const calls = pastedCalls(pasting);
  const single = pending.filter(({ type }) => type === "alone");
  const bodies = pending.flatMap((place) => (place.bodyOf === undefined ? [] : [{ ...place, macro: place.bodyOf }]));
  const alone = [...single, ...bodies, ...[...single, ...bodies].map((place) => Object.assign({}, place, { local: false }))];
  const handed = pending.filter(({ type }) => type === "argument");
  const namesakes = pending.filter(({ type }) => type === "macro");
  const named = namesakes.map((place) => Object.assign({}, place, { local: false }));
  const first = {
    definitions: unique(
      [...handed, ...single, ...namesakes, ...suspicious.flatMap(({ pastes }) => pastes.flatMap(({ argumentOf }) => argumentOf ?? []))]
        .map(({ macro }) => macro)
        .concat(suspicious.map(({ name }) => name)),
    ),
    uses: distinctUses([
      ...alone,
      ...named,
      ...calls.wanted(suspicious),
      ...suspicious.map((definition) => ({ ...definition, macro: definition.name })),
    ]),
  };
  if (first.definitions.length + first.uses.length === 0)
    return { insertions: [], open: [], left: [], names: [], along: [], members: [], suspects: [] };
  const knowledge = calls.joinedTo(await collectMacros(first, ask, files));
  const insertions: Insertion[] = [];
  const open: OpenPlace[] = [];
  for (const place of pending) {
    const { file, offset, end, token } = place;
    const why = decidePending(place, knowledge);
    if (why === "rename") {
      insertions.push({ file, offset: end, names: [token] });
      insertions.push(...filledPlaces(place, knowledge).map((filled) => Object.assign(filled, { names: [token] })));
    } else if (why !== "leave") open.push({ file, offset, token, why });
  }
  const given = new Set(insertions.map(({ file, offset }) => `${file}/${offset}`));
  const isGiven = (place: ArgumentPlace): boolean => given.has(`${place.file}/${place.end}`);
  const pasted = await settlePastes(suspicious, { names, isGiven, strings, own, suffix, ask, mayGoAlong, isSuspect }, knowledge);
  return { ...pasted, insertions: distinct([...insertions, ...pasted.insertions]), open: distinct([...open, ...pasted.open]) };
}

function distinctUses(places: readonly (WantedUses & { readonly local: boolean })[]): WantedUses[] {
  const wanted = places.map(({ macro, file, local, includes }): WantedUses =>
    local ? { macro, file, includes: includes ?? [] } : { macro, file: -1 },
  );
  return [...new Map(wanted.map((place) => [`${place.file}/${place.macro}`, place])).values()];
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

/** Each place once, also when two chains want the same there; in the order of the files. */
function distinct<T extends { readonly file: number; readonly offset: number }>(places: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const place of places.toReversed()) found.set(`${place.file}/${place.offset}`, place);
  return [...found.values()].toSorted((a, b) => a.file - b.file || a.offset - b.offset);
}
