/** Owns which overload of one release is which of the other: by equal parameter types first, then by the most alike. */
import type { ApiParameter } from "../../model/api-snapshot.js";
import type { DiffSide } from "./side.js";

/** What the choice looks at; functions and methods have it. */
export interface Overload {
  readonly parameters: readonly ApiParameter[];
  readonly templateParameters: readonly { readonly name: string }[] | null;
  readonly const?: boolean;
  readonly ref?: string;
}

export interface OverloadPair<T> {
  readonly legacy: T | null;
  readonly latest: T | null;
}

interface Candidate<T> {
  readonly item: T;
  readonly keys: readonly string[];
}

/** How either side's names read, and which items only an equal one may be paired with (a copy constructor). */
export interface OverloadRules<T> {
  readonly legacy: DiffSide;
  readonly latest: DiffSide;
  readonly onlyEqual?: (item: T) => boolean;
}

/** Pairs come in the order of `latest`; those of `legacy` that are left follow. */
export function pairOverloads<T extends Overload>(legacy: readonly T[], latest: readonly T[], rules: OverloadRules<T>): OverloadPair<T>[] {
  const olds = new Set(legacy.map((item) => candidate(item, rules.legacy)));
  const news = latest.map((item) => candidate(item, rules.latest));
  const found = new Map<T, T>();
  for (const isPair of [isSame<T>, hasSameParameters<T>])
    for (const one of news) {
      if (found.has(one.item)) continue;
      const old = [...olds].find((other) => isPair(other, one));
      if (old !== undefined) take(old, one);
    }
  const free = ({ item }: Candidate<T>): boolean => rules.onlyEqual?.(item) !== true;
  const [restOld, restNew] = [[...olds].filter(free), news.filter((each) => !found.has(each.item) && free(each))];
  for (const { old, one } of byLikeness(restOld, restNew)) {
    const isLast =
      restOld.filter(isShapedLike(old)).length === 1 && restNew.filter(isShapedLike(old)).length === 1 && isShapedLike(old)(one);
    const isAlone = legacy.length === 1 && latest.length === 1;
    if ((isAlone || isLast || sharesType(old, one)) && olds.has(old) && !found.has(one.item)) take(old, one);
  }
  return [
    ...news.map(({ item }) => ({ legacy: found.get(item) ?? null, latest: item })),
    ...[...olds].map(({ item }) => ({ legacy: item, latest: null })),
  ];

  function take(old: Candidate<T>, one: Candidate<T>): void {
    found.set(one.item, old.item);
    olds.delete(old);
  }
}

function candidate<T extends Overload>(item: T, side: DiffSide): Candidate<T> {
  const { typeKey } = side.within(item.templateParameters);
  return { item, keys: item.parameters.map(({ type }) => parameterKey(typeKey(type))) };
}

/** `const` on the parameter itself is not the caller's business. */
function parameterKey(key: string): string {
  return key.replace(/^const /, "");
}

function isSame<T extends Overload>(old: Candidate<T>, one: Candidate<T>): boolean {
  return hasSameParameters(old, one) && old.item.const === one.item.const && old.item.ref === one.item.ref;
}

function hasSameParameters<T extends Overload>(old: Candidate<T>, one: Candidate<T>): boolean {
  return old.keys.length === one.keys.length && old.keys.every((key, index) => key === one.keys[index]);
}

/** As many parameters, and called on the same kind of object. */
function isShapedLike<T extends Overload>(one: Candidate<T>): (other: Candidate<T>) => boolean {
  return (other) => other.keys.length === one.keys.length && other.item.const === one.item.const && other.item.ref === one.item.ref;
}

/** One of several is the other's only if it takes something that the other takes. */
function sharesType<T extends Overload>(old: Candidate<T>, one: Candidate<T>): boolean {
  return old.keys.length === 0 || one.keys.length === 0 || old.keys.some((key) => one.keys.includes(key));
}

/** All that could be pairs, the most alike first; order of declaration decides among equals. */
function byLikeness<T extends Overload>(
  olds: readonly Candidate<T>[],
  news: readonly Candidate<T>[],
): { old: Candidate<T>; one: Candidate<T> }[] {
  return olds.flatMap((old) => news.map((one) => ({ old, one, score: likeness(old, one) }))).toSorted((a, b) => b.score - a.score);
}

function likeness<T extends Overload>(old: Candidate<T>, one: Candidate<T>): number {
  const rest = [...one.keys];
  let shared = 0;
  for (const key of old.keys) {
    const at = rest.indexOf(key);
    if (at === -1) continue;
    shared += 1;
    rest.splice(at, 1);
  }
  const inPlace = old.keys.filter((key, index) => key === one.keys[index]).length;
  const sameArity = old.keys.length === one.keys.length ? 1 : 0;
  const sameQualifiers = old.item.const === one.item.const ? 0.5 : 0;
  const sameTemplate = (old.item.templateParameters === null) === (one.item.templateParameters === null) ? 0.5 : 0;
  return shared + inPlace * 0.5 + sameArity + sameQualifiers + sameTemplate - Math.abs(old.keys.length - one.keys.length) * 0.25;
}
