/** Owns which members of a class or an enumeration in one release are which in the other. */
import type { ApiClass, ApiEnum, ApiField, ApiMethod, ApiType } from "../../model/api-snapshot.js";
import { groupBy } from "../../support/group-by.js";
import { pairOverloads } from "./pair-overloads.js";
import type { DiffSide } from "./side.js";

export type ApiEnumerator = ApiEnum["enumerators"][number];
export type ApiBase = ApiClass["bases"][number];

/** Members that are one under the map; null where a release has none. */
export type ApiMemberPair =
  | MemberPair<"method", ApiMethod>
  | MemberPair<"field", ApiField>
  | MemberPair<"enumerator", ApiEnumerator>
  | MemberPair<"base", ApiBase>;

export interface MemberPair<K, T> {
  readonly kind: K;
  /** Common name without its scope; of a base its type. */
  readonly name: string;
  readonly legacy: T | null;
  readonly latest: T | null;
}

export interface Sides {
  readonly legacy: DiffSide;
  readonly latest: DiffSide;
}

/** Bases, then fields, then methods; each in the order of the newer release. */
export function pairClassMembers(legacy: ApiClass | null, latest: ApiClass | null, outer: Sides): ApiMemberPair[] {
  const sides = {
    legacy: outer.legacy.within(legacy?.templateParameters ?? null),
    latest: outer.latest.within(latest?.templateParameters ?? null),
  };
  return [
    ...pairByName(
      "base",
      (legacy?.bases ?? []).map((base) => ({ name: sides.legacy.typeKey(base.type), item: base })),
      (latest?.bases ?? []).map((base) => ({ name: sides.latest.typeKey(base.type), item: base })),
    ),
    ...pairByName("field", named(legacy, legacy?.fields ?? [], sides.legacy), named(latest, latest?.fields ?? [], sides.latest)),
    ...pairMethods(legacy, latest, sides),
  ];
}

/** Enumerators by name; those of unscoped enumerations are named in the scope around them. */
export function pairEnumerators(legacy: ApiEnum | null, latest: ApiEnum | null, sides: Sides): ApiMemberPair[] {
  return pairByName(
    "enumerator",
    named(legacy, legacy?.enumerators ?? [], sides.legacy),
    named(latest, latest?.enumerators ?? [], sides.latest),
  );
}

interface Named<T> {
  readonly name: string;
  readonly item: T;
}

function named<T extends { readonly name: string }>(
  owner: { readonly qualifiedName: string } | null,
  items: readonly T[],
  side: DiffSide,
): Named<T>[] {
  return items.map((item) => ({ name: owner === null ? item.name : memberName(owner.qualifiedName, item.name, side), item }));
}

/** The common name of `Scope::member` without its scope: the map may rename single members. */
function memberName(scope: string, name: string, side: DiffSide): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) return side.textKey(name);
  const whole = side.nameOf(`${scope}::${name}`);
  return whole.slice(whole.lastIndexOf("::") + 2);
}

function pairByName<K extends "base" | "field" | "enumerator", T>(
  kind: K,
  legacy: readonly Named<T>[],
  latest: readonly Named<T>[],
): MemberPair<K, T>[] {
  const olds = new Map(legacy.map(({ name, item }) => [name, item]));
  const news = new Set(latest.map(({ name }) => name));
  return [
    ...latest.map(({ name, item }) => ({ kind, name, legacy: olds.get(name) ?? null, latest: item })),
    ...legacy.filter(({ name }) => !news.has(name)).map(({ name, item }) => ({ kind, name, legacy: item, latest: null })),
  ];
}

function pairMethods(legacy: ApiClass | null, latest: ApiClass | null, sides: Sides): MemberPair<"method", ApiMethod>[] {
  const olds = methodsByName(legacy, sides.legacy);
  const news = methodsByName(latest, sides.latest);
  const rules = { ...sides, onlyEqual: isCopyOrMove };
  return [...new Set([...news.keys(), ...olds.keys()])].flatMap((name) =>
    pairOverloads(olds.get(name) ?? [], news.get(name) ?? [], rules).map(({ legacy: old, latest: one }) => ({
      kind: "method" as const,
      name,
      legacy: old,
      latest: one,
    })),
  );
}

/** Constructors have the name of their class, which may be another in either release. */
function methodsByName(owner: ApiClass | null, side: DiffSide): Map<string, ApiMethod[]> {
  if (owner === null) return new Map();
  const word = side.nameOf(owner.qualifiedName);
  const last = word.slice(word.lastIndexOf("::") + 1).replace(/^:/, "");
  return groupBy(owner.methods, ({ role, name }) =>
    role === "constructor" ? last : role === "destructor" ? `~${last}` : memberName(owner.qualifiedName, name, side),
  );
}

/** `Foo(const Foo&)`, `Foo(Foo&&)` and the assignments like them. */
export function isCopyOrMove({ role, name, parameters }: ApiMethod): boolean {
  const [first, ...rest] = parameters;
  if (first === undefined || rest.some((one) => one.default === null)) return false;
  if (role !== "constructor" && name !== "operator=") return false;
  if (first.type.kind !== "reference") return false;
  const to = resolved(first.type.to);
  return to.kind === "named" && (role !== "constructor" || lastWord(to.name) === lastWord(name));
}

function resolved(type: ApiType): ApiType {
  return type.kind === "alias" ? resolved(type.target) : type;
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1).replace(/<.*$/s, "");
}
