/** Owns the second look at words that macros paste: a name that shares such a word is renamed only where it can be meant. */
import type { Decision } from "../engine/part-model.js";
import type { NamedPlace } from "../engine/name-model.js";
import type { Surroundings } from "../visibility/look-around.js";

/** How often names that are limited may bring others up. */
const ROUNDS = 3;

export interface SecondLook {
  readonly found: ReadonlyMap<string, readonly NamedPlace[]>;
  /** Names that no rule forces. */
  readonly mayLimit: (name: string) => boolean;
  readonly look: (names: ReadonlyMap<string, readonly NamedPlace[]>) => Promise<Surroundings>;
  /** The decision without the names that must stay, or that are renamed wherever they stand. */
  readonly settle: (decision: Decision, around: Surroundings) => Promise<Decision>;
  readonly macros: (decision: Decision) => Promise<{ readonly decision: Decision; readonly suspects: readonly string[] }>;
}

/** The decision with what macros decide. */
export async function limitSuspects(first: Decision, request: SecondLook): Promise<Decision> {
  let decision = first;
  let settled = await request.macros(decision);
  for (let round = 0; round < ROUNDS; round++) {
    const next = await limited(decision, settled.suspects, request);
    if (next === undefined) break;
    decision = next;
    settled = await request.macros(decision);
  }
  return settled.decision;
}

/** With the suspects where they can be meant; undefined when nothing changes. */
async function limited(decision: Decision, suspects: readonly string[], request: SecondLook): Promise<Decision | undefined> {
  const everywhere = new Set(decision.everywhere);
  const wanted = suspects.filter((name) => everywhere.has(name) && request.found.has(name) && request.mayLimit(name));
  const tags = new Map(decision.tags);
  const kept = new Set(
    decision.inFiles.flatMap(([name, files]) => (suspects.includes(name) && tags.get(name)?.length === files.length ? [name] : [])),
  );
  if (wanted.length + kept.size === 0) return undefined;
  const around = await request.look(new Map(wanted.map((name) => [name, request.found.get(name) as readonly NamedPlace[]])));
  const known = withScopes(decision, around);
  const inFiles = wanted.map((name): [string, readonly number[]] => [name, around.files.get(name) ?? []]);
  const { inFiles: sure } = await request.settle({ ...known, everywhere: [], inFiles, open: [] }, around);
  const gone = new Set(sure.map(([name]) => name));
  if (gone.size + kept.size === 0) return undefined;
  return {
    ...known,
    everywhere: decision.everywhere.filter((name) => !gone.has(name)),
    inFiles: [...decision.inFiles.filter(([name]) => !kept.has(name)), ...sure],
  };
}

function withScopes(decision: Decision, around: Surroundings): Decision {
  return {
    ...decision,
    tags: [...decision.tags, ...around.tags],
    scopes: [...decision.scopes, ...around.scopes],
    fields: merged(decision.fields, around.fields),
    tagged: merged(decision.tagged, around.tagged),
    mixed: merged(decision.mixed, around.mixed),
  };
}

/** Each macro once; what is said of it is the same. */
function merged(some: Decision["fields"], more: Decision["fields"]): Decision["fields"] {
  return [...new Map([...some, ...more])];
}
