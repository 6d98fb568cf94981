/** Owns the pairing of two releases' declarations under a name map: which class, function, macro of either is the other's. */
import type { ApiNameMap } from "../../model/api-name-map.js";
import type { ApiClass, ApiEnum, ApiFunction, ApiSnapshot } from "../../model/api-snapshot.js";
import { groupBy } from "../../support/group-by.js";
import { type ApiItem, type CommonItem, commonItems } from "./declarations.js";
import { type ApiMemberPair, pairClassMembers, pairEnumerators, type Sides } from "./pair-members.js";
import { pairOverloads } from "./pair-overloads.js";
import { type DiffFlavors, diffSide } from "./side.js";

/** A declaration of either release under one common name; null where a release has none. */
export interface ApiPair {
  /** Of the newer release's declaration, or of the only one. Where the two differ (a class that became a typedef), their own `kind` says so. */
  readonly kind: ApiItem["kind"];
  /** The common name; specialisations end in their arguments. */
  readonly name: string;
  readonly legacy: ApiItem | null;
  readonly latest: ApiItem | null;
  /** Of classes: bases, fields, methods. Of enumerations: enumerators. Of a side that is no such thing: null in all of them. */
  readonly members: readonly ApiMemberPair[];
}

/**
 * Pairs come in the order of the newer release's declarations, those that only the older has follow. Overloads are paired by
 * equal parameter types first, then by likeness. Throws `input-invalid` where two classes of one side come to one name.
 */
export function pairApi(legacy: ApiSnapshot, latest: ApiSnapshot, map: ApiNameMap, flavors: DiffFlavors): ApiPair[] {
  const sides = { legacy: diffSide(flavors.legacy, map), latest: diffSide(flavors.latest, map) };
  const olds = commonItems(legacy, flavors.legacy, sides.legacy, map);
  const news = commonItems(latest, flavors.latest, sides.latest, map);
  const paired = pairWithinKinds(namelessByContent(olds, news), news, sides);
  return joinKinds(paired).map(({ kind, name, legacy: old, latest: one }) => ({
    kind,
    name,
    legacy: old,
    latest: one,
    members: membersOf(old, one, sides),
  }));
}

type Bare = Omit<ApiPair, "members">;

function pairWithinKinds(olds: readonly CommonItem[], news: readonly CommonItem[], sides: Sides): Bare[] {
  const byOld = groupBy(olds, keyOf);
  const byNew = groupBy(news, keyOf);
  const pairs = [...new Set([...byNew.keys(), ...byOld.keys()])].flatMap((key) =>
    pairGroup(byOld.get(key) ?? [], byNew.get(key) ?? [], sides),
  );
  return [...pairs.filter(({ latest }) => latest !== null), ...pairs.filter(({ latest }) => latest === null)];
}

function keyOf({ item, name }: CommonItem): string {
  return `${item.kind} ${name}`;
}

function isFunction(item: ApiItem): item is ApiFunction {
  return item.kind === "function";
}

/** Any class may have one of its own: nothing but types tells them apart. */
function isOperator({ name }: ApiFunction): boolean {
  return /^operator\W/.test(name);
}

/** All of one kind and name; only functions are more than one. */
function pairGroup(olds: readonly CommonItem[], news: readonly CommonItem[], sides: Sides): Bare[] {
  const { name } = (news[0] ?? olds[0]) as CommonItem;
  const [old, one] = [olds, news].map((list) => list.map(({ item }) => item).filter(isFunction)) as [ApiFunction[], ApiFunction[]];
  if (old.length + one.length > 0)
    return pairOverloads(old, one, { ...sides, onlyEqual: isOperator }).map(({ legacy, latest }) => ({
      kind: "function",
      name,
      legacy,
      latest,
    }));
  const [legacy, latest] = [olds[0]?.item ?? null, news[0]?.item ?? null];
  return [{ kind: ((latest ?? legacy) as ApiItem).kind, name, legacy, latest }];
}

/** Leftovers of one name are one thing declared in two ways: a macro that became a constant, a class that became a typedef. */
function joinKinds(pairs: readonly Bare[]): Bare[] {
  const alone = groupBy(
    pairs.filter(({ legacy, latest }) => latest === null && legacy !== null),
    ({ name }) => name,
  );
  const taken = new Set<Bare>();
  const joined = pairs.map((pair) => {
    if (pair.legacy !== null) return pair;
    const old = alone.get(pair.name)?.find((one) => one.kind !== pair.kind && !taken.has(one));
    if (old === undefined) return pair;
    taken.add(old);
    return { ...pair, legacy: old.legacy };
  });
  return joined.filter((pair) => !taken.has(pair));
}

function membersOf(legacy: ApiItem | null, latest: ApiItem | null, sides: Sides): ApiMemberPair[] {
  const [oldClass, newClass] = [legacy, latest].map((one) => (one?.kind === "class" ? one : null)) as [ApiClass | null, ApiClass | null];
  if (oldClass !== null || newClass !== null) return pairClassMembers(oldClass, newClass, sides);
  const [oldEnum, newEnum] = [legacy, latest].map((one) => (one?.kind === "enum" ? one : null)) as [ApiEnum | null, ApiEnum | null];
  return oldEnum === null && newEnum === null ? [] : pairEnumerators(oldEnum, newEnum, sides);
}

/** Enumerations without a name go by what they hold: the newer one of the same scope that shares the most gives its name. */
function namelessByContent(olds: readonly CommonItem[], news: readonly CommonItem[]): CommonItem[] {
  const free = new Set(news.filter(isNameless));
  return olds.map((old) => {
    if (!isNameless(old)) return old;
    const best = [...free]
      .filter((one) => scopeOf(one.name) === scopeOf(old.name))
      .map((one) => ({ one, shared: sharedEnumerators(old, one) }))
      .toSorted((a, b) => b.shared - a.shared)[0];
    if (best === undefined || best.shared === 0) return old;
    free.delete(best.one);
    return { ...old, name: best.one.name };
  });
}

function isNameless({ item }: CommonItem): boolean {
  return item.kind === "enum" && item.name === "";
}

/** The place in a nameless one's name may hold anything, but no `(`. */
function scopeOf(name: string): string {
  const at = name.indexOf("(enum at ");
  return at === -1 ? name : name.slice(0, at);
}

function sharedEnumerators({ item: a }: CommonItem, { item: b }: CommonItem): number {
  if (a.kind !== "enum" || b.kind !== "enum") return 0;
  const names = new Set(a.enumerators.map(({ name }) => name));
  return b.enumerators.filter(({ name }) => names.has(name)).length;
}
