/**
 * Owns joins that build names and parts of names alike: `CAT(a, b)` is no place for the flavor, but each call of it in whose results no name
 * stays is. The call hands the flavor to the join as one argument more, or stands in one more call of a macro that expands before it joins.
 */
import { type Built, isJoin } from "./built-names.js";
import { joinerOf } from "./joined-calls.js";
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { Insertion, MacroDefinition, MacroUse, Paste } from "./macro-model.js";
import type { BuildingChain } from "./macro-pastes.js";

/** The calls of a chain's macro that get the flavor. */
export interface FlavoredPlaces {
  readonly insertions: readonly Insertion[];
  /** Names that would stay, and get the flavor with the others that a call builds: other chains may build them, too. */
  readonly along: readonly string[];
}

export interface PlaceNames {
  readonly isRenamed: (one: Built) => boolean;
  /** Whether the flavor may go behind the name. */
  readonly grows: (one: Built) => boolean;
  /** Whether it may get the flavor, too, though tokens spell it. */
  readonly mayGo: (name: string) => boolean;
}

/** For the chains of a group that no other way decides; undefined where one of the calls that build a renamed name has a name that stays. */
export function flavoredPlaces(
  chains: readonly BuildingChain[],
  names: PlaceNames,
  knowledge: MacroKnowledge,
  suffix: string,
): FlavoredPlaces | undefined {
  const insertions = new Map<string, Insertion>();
  const along = new Set<string>();
  for (const chain of chains) {
    const places = placesOf(chain);
    for (const { call, built } of places.values()) {
      if (!built.some(names.isRenamed)) {
        if (built.some(({ flavored }) => flavored)) return undefined;
        continue;
      }
      if (!built.every((one) => !one.name.includes("*") && (names.grows(one) || names.mayGo(one.name)))) return undefined;
      for (const one of built) if (!names.isRenamed(one)) along.add(one.name);
      const whole = [...new Set(built.map(({ name }) => name))].toSorted();
      const around = insertionsAt(chain, call, built, whole, knowledge, suffix);
      if (around === undefined) return undefined;
      for (const one of around) insertions.set(`${one.file}/${one.offset}`, one);
    }
  }
  return insertions.size === 0 ? undefined : { insertions: [...insertions.values()], along: [...along] };
}

/** The insertions at one call of a join in which no name stays, and none has the flavor already. */
export function flavoredPlace(
  chain: BuildingChain,
  { call, built }: Place,
  { isRenamed, grows }: Pick<PlaceNames, "isRenamed" | "grows">,
  knowledge: MacroKnowledge,
  suffix: string,
): Insertion[] | undefined {
  const isSure = (one: Built): boolean => isRenamed(one) && !one.name.includes("*") && !one.flavored && !one.flavoredInside && grows(one);
  if (!isJoin(chain.paste) || !built.every(isSure)) return undefined;
  const names = [...new Set(built.map(({ name }) => name))].toSorted();
  return insertionsAt(chain, call, built, names, knowledge, suffix);
}

interface Place {
  readonly call: MacroUse;
  readonly built: Built[];
}

/** By the call of the chain's macro; where that stands in a macro that does nothing but expand, by the call of that one. */
export function placesOf({ built }: Pick<BuildingChain, "built">): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const one of built) {
    const [inner, outer] = one.trail;
    const call = isBare(inner) && outer !== undefined ? outer : (inner as MacroUse);
    const key = `${call.file}/${call.offset}`;
    const place = found.get(key) ?? { call, built: [] };
    found.set(key, place);
    place.built.push(one);
  }
  return found;
}

/** `#define CAT(a, b) JOIN(a, b)`: the call hands on parameters alone. */
function isBare(use: MacroUse | undefined): boolean {
  return (
    use?.within !== undefined &&
    use.arguments?.every(({ parts }, at) => parts?.length === 1 && parts[0]?.type === "parameter" && parts[0].index === at) === true
  );
}

function insertionsAt(
  { definition, paste }: BuildingChain,
  call: MacroUse,
  built: readonly Built[],
  names: readonly string[],
  knowledge: MacroKnowledge,
  suffix: string,
): Insertion[] | undefined {
  const { file, offset, close } = call;
  if (close === undefined) return undefined;
  const joiner = joinerOf(call, definition.name, knowledge);
  if (joiner !== undefined) {
    return [
      { file, offset, text: `${joiner}(`, names: [] },
      { file, offset: close, text: `, ${suffix})`, names },
    ];
  }
  const isDirect = built.every(({ trail }) => trail[0]?.file === file && trail[0].offset === offset);
  const all = isDirect ? knowledge.definitionsIn(definition.name, file) : [];
  const wider = all.map((one) => widened(one, paste));
  if (wider.length === 0 || !wider.every((one) => one !== undefined)) return undefined;
  return [...wider.flat(), { file, offset: close - 1, text: `, ${suffix}`, names }];
}

/** `#define CAT(a, b, ...) a##b ## __VA_ARGS__`, of a macro that is nothing but the join. */
function widened({ file, parameters, variadic, close, pastes, uses }: MacroDefinition, paste: Paste): Insertion[] | undefined {
  const [only, ...more] = pastes;
  const isAlone = only !== undefined && more.length === 0 && JSON.stringify(only.parts) === JSON.stringify(paste.parts);
  if (!isAlone || close === undefined || variadic || parameters === undefined || uses.some(({ places }) => places.length > 0))
    return undefined;
  return [
    { file, offset: close, text: ", ...", names: [] },
    { file, offset: only.end, text: " ## __VA_ARGS__", names: [] },
  ];
}
