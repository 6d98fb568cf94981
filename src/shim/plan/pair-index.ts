/** Owns the pairs of both releases' declarations by what a plan asks for: types by name, members of a class, words of inner scopes. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { DiffSide } from "../../api/diff/side.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import type { ApiMethod } from "../../model/api-snapshot.js";
import { groupBy } from "../../support/group-by.js";
import { classesOf } from "./kinds.js";
import { relativeName, writtenName } from "./shim-names.js";

export interface PairIndex {
  readonly pairs: readonly ApiPair[];
  /** Classes, enumerations and typedefs by common name. */
  readonly types: ReadonlyMap<string, ApiPair>;
  /** Public types and constants that are declared in a class. */
  readonly inside: (common: string) => readonly ApiPair[];
  /** The common name of the class around a declaration. */
  readonly parentOf: (pair: ApiPair) => string | null;
  /** The class that a nested type comes with. */
  readonly outermost: (common: string) => string;
  /** A base class by the name that one of the releases gives it. */
  readonly baseOf: (member: ApiPair["members"][number]) => ApiPair | undefined;
  readonly inner: ReadonlySet<string>;
  /** By the name that is written in the shim. */
  readonly byWritten: ReadonlyMap<string, ApiPair>;
}

export function indexPairs(all: readonly ApiPair[], sides: readonly [DiffSide, DiffSide], surface: ShimSurface): PairIndex {
  const pairs = all.filter((pair) => isItem(pair) && !isShorthand(pair, sides, surface));
  const types = new Map(pairs.filter(({ kind }) => TYPES.has(kind)).map((pair) => [pair.name, pair]));
  const inner = innerWords(pairs, surface);
  const parentOf = (pair: ApiPair): string | null => {
    const [item, side] = pair.latest === null ? [pair.legacy, sides[0]] : [pair.latest, sides[1]];
    return item === null || item.kind === "macro" || item.parent === null ? null : side.nameOf(item.parent);
  };
  const byParent = groupBy(
    pairs.filter((pair) => accessOf(pair) === "public"),
    (pair) => parentOf(pair) ?? "",
  );
  return {
    pairs,
    types,
    inside: (common) => byParent.get(common) ?? [],
    parentOf,
    outermost: (common) => {
      let found = common;
      for (let at = common.lastIndexOf("::"); at > 0; at = common.lastIndexOf("::", at - 1))
        if (types.get(common.slice(0, at))?.kind === "class") found = common.slice(0, at);
      return found;
    },
    baseOf: (member) => {
      const type = member.kind === "base" ? (member.latest ?? member.legacy)?.type : undefined;
      return type?.kind === "named" ? (types.get(sides[1].nameOf(type.name)) ?? types.get(sides[0].nameOf(type.name))) : undefined;
    },
    inner,
    byWritten: new Map([...types].map(([name, pair]) => [writtenName(relativeName(name, surface), surface, inner), pair])),
  };
}

const TYPES: ReadonlySet<string> = new Set(["class", "enum", "typedef"]);

/** `using lib::Foo;` outside of the namespace: in the shim both are one name. */
function isShorthand({ name, kind, legacy, latest }: ApiPair, sides: readonly [DiffSide, DiffSide], surface: ShimSurface): boolean {
  if (kind !== "typedef") return false;
  return [legacy, latest].some((one, index) => {
    const target = one?.kind === "typedef" && one.type.kind === "named" && one.type.arguments === null ? one.type.name : undefined;
    const common = target === undefined ? name : (sides[index] as DiffSide).nameOf(target);
    return common !== name && relativeName(common, surface) === relativeName(name, surface);
  });
}

/** A specialisation comes with its template, and so does what is declared in one. */
function isItem({ name, kind, legacy, latest }: ApiPair): boolean {
  if (kind !== "function" && /\w<.*>::/.test(name)) return false;
  return ![legacy, latest].some((one) => one?.kind === "class" && one.specialization !== null);
}

/** Public where callers of both releases may name it. */
function accessOf({ legacy, latest }: ApiPair): string {
  const found = [latest, legacy].map((item) => (item === null || item.kind === "macro" ? "public" : item.access));
  return found.find((access) => access !== "public") ?? "public";
}

export function isNameless({ legacy, latest }: ApiPair): boolean {
  return (latest ?? legacy)?.name === "";
}

/** A class that counts references itself; the shim's own takes its place. */
export function countsItself(pair: ApiPair): boolean {
  return classesOf(pair).some(
    ({ methods }) => methods.some(({ name }) => name === "AddRef") && methods.some(({ name }) => name === "Release"),
  );
}

/** How adapters count: by overriding the library's functions, const ones or not; undefined where that is not possible, or not the same in both. */
export function countingOverrides(pair: ApiPair, index: PairIndex): { readonly const: boolean } | undefined {
  const found = countingMethods(pair, index);
  const [first] = found;
  const isAlike = found.every((one) => one.virtual && one.const === first?.const);
  return first !== undefined && isAlike ? { const: first.const } : undefined;
}

function countingMethods(pair: ApiPair, { baseOf }: PairIndex): ApiMethod[] {
  const own = classesOf(pair).flatMap(({ methods }) => methods.filter(({ name }) => name === "AddRef" || name === "Release"));
  const bases = pair.members.flatMap((member) => baseOf(member) ?? []).filter((base) => base !== pair);
  return [...own, ...bases.flatMap((base) => countingMethods(base, { baseOf } as PairIndex))];
}

/** Whether the class or one of its bases counts references. */
export function isCounted(pair: ApiPair, { baseOf }: PairIndex): boolean {
  return (
    countsItself(pair) ||
    pair.members.some((member) => {
      const base = baseOf(member);
      return base !== undefined && base !== pair && isCounted(base, { baseOf } as PairIndex);
    })
  );
}

/** Words that are declared inside of classes or as functions: a type that starts with one is written in full. */
function innerWords(pairs: readonly ApiPair[], surface: ShimSurface): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pair of pairs) {
    const words = relativeName(pair.name, surface).split("::");
    for (const word of words.slice(1)) found.add(word);
    if (pair.kind === "function") found.add(words.at(-1) as string);
    for (const member of pair.members) if (member.kind !== "base" && !isConstructor(pair, member)) found.add(member.name);
  }
  return found;
}

function isConstructor(pair: ApiPair, member: ApiPair["members"][number]): boolean {
  return member.kind === "method" && pair.name.endsWith(member.name);
}
