/** Owns the items of a class's and an enumeration's members. */
import type { ApiDiffItem, ApiDiffReason } from "../../model/api-diff.js";
import type { ApiClass, ApiEnum, ApiMethod } from "../../model/api-snapshot.js";
import { compareMethods } from "./compare-callables.js";
import { compareBases, compareEnumerators, compareFields } from "./compare-members.js";
import { factoryOf, inheritedFrom, isImplicit } from "./class-facts.js";
import { inTemplates } from "./compare-types.js";
import { reason } from "./costs.js";
import { alone, both, type DiffContext, type Subject } from "./item.js";
import type { ApiPair } from "./pair.js";
import { type ApiMemberPair, isCopyOrMove } from "./pair-members.js";
import { showBase, showEnumerator, showField, showMethod } from "./shown-declaration.js";

/** Of a pair whose sides both have members; none otherwise. */
export function memberItems(pair: ApiPair, context: DiffContext): ApiDiffItem[] {
  const { legacy, latest, name, members } = pair;
  if (legacy?.kind === "enum" && latest?.kind === "enum") return members.map((one) => enumeratorItem(name, legacy, latest, one));
  if (legacy?.kind !== "class" || latest?.kind !== "class" || legacy.defined !== latest.defined) return [];
  const inside = inTemplates(context, legacy, latest);
  return members.filter(isApi).map((one) => classMember({ name, legacy, latest }, one, inside));
}

interface Owner {
  readonly name: string;
  readonly legacy: ApiClass;
  readonly latest: ApiClass;
}

/** Private members are nobody's business, but for virtual functions, which an application may override. */
function isApi({ kind, legacy, latest }: ApiMemberPair): boolean {
  const those = [legacy, latest].filter((one) => one !== null);
  if (kind === "base") return those.some((one) => "access" in one && one.access !== "private");
  return those.some((one) => !("access" in one) || one.access !== "private" || ("virtual" in one && one.virtual === true));
}

function enumeratorItem(owner: string, legacy: ApiEnum, latest: ApiEnum, pair: ApiMemberPair): ApiDiffItem {
  if (pair.kind !== "enumerator") throw new Error(`an enumeration with a ${pair.kind}`);
  const name = latest.name === "" ? owner.replace(/\(enum at .*$/, "") + pair.name : `${owner}::${pair.name}`;
  const shown = {
    legacy: pair.legacy === null ? null : showEnumerator(legacy, pair.legacy),
    latest: pair.latest === null ? null : showEnumerator(latest, pair.latest),
  };
  const subject = { kind: "enumerator" as const, name, owner, shown };
  return pair.legacy === null || pair.latest === null ? alone(subject) : both(subject, compareEnumerators(pair.legacy, pair.latest));
}

function classMember(owner: Owner, pair: ApiMemberPair, context: DiffContext): ApiDiffItem {
  if (pair.kind === "method") return methodItem(owner, pair, context);
  if (pair.kind === "field") return fieldItem(owner, pair, context);
  if (pair.kind === "base") return baseItem(owner, pair);
  throw new Error("a class with an enumerator");
}

type PairOf<K> = Extract<ApiMemberPair, { kind: K }>;

function baseItem(owner: Owner, { name, legacy, latest }: PairOf<"base">): ApiDiffItem {
  const shown = {
    legacy: legacy === null ? null : showBase(owner.legacy, legacy),
    latest: latest === null ? null : showBase(owner.latest, latest),
  };
  const subject = { kind: "base" as const, name: `${owner.name} : ${name}`, owner: owner.name, shown };
  return legacy === null || latest === null ? alone(subject) : both(subject, compareBases(legacy, latest));
}

function fieldItem(owner: Owner, { name, legacy, latest }: PairOf<"field">, context: DiffContext): ApiDiffItem {
  const shown = {
    legacy: legacy === null ? null : showField(owner.legacy, legacy),
    latest: latest === null ? null : showField(owner.latest, latest),
  };
  const subject = { kind: "field" as const, name: `${owner.name}::${name}`, owner: owner.name, shown };
  if (legacy === null || latest === null) return alone(subject, { start: (legacy ?? latest)?.initializer ?? null });
  return both(subject, compareFields(legacy, latest, context));
}

function methodItem(owner: Owner, { name, legacy, latest }: PairOf<"method">, context: DiffContext): ApiDiffItem {
  const method = (latest ?? legacy) as ApiMethod;
  const kind = method.role === "constructor" || method.role === "destructor" ? method.role : "method";
  const shown = {
    legacy: legacy === null ? null : showMethod(owner.legacy, legacy),
    latest: latest === null ? null : showMethod(owner.latest, latest),
  };
  const subject: Subject = { kind, name: `${owner.name}::${name}`, owner: owner.name, shown };
  if (legacy !== null && latest !== null) return both(subject, [...newName(legacy, latest), ...compareMethods(legacy, latest, context)]);
  const served = servedOtherwise(owner, method, legacy === null ? "legacy" : "latest", context);
  return served === undefined ? alone(subject) : both(subject, served);
}

/** Constructors are called as their class is, conversions as their type. */
function newName(legacy: ApiMethod, latest: ApiMethod): ApiDiffReason[] {
  if (legacy.role !== "method" || legacy.name === latest.name) return [];
  return [reason("renamed", `\`${legacy.name}\` is \`${latest.name}\` now`)];
}

/** What serves callers on the side that does not write the method into its class. */
function servedOtherwise(owner: Owner, method: ApiMethod, side: "legacy" | "latest", context: DiffContext): ApiDiffReason[] | undefined {
  const other = owner[side];
  const [known, methodSide] = [context.known[side], context[side === "legacy" ? "latest" : "legacy"]];
  const release = side === "legacy" ? "the older release" : "the newer release";
  const base = inheritedFrom(other, method, methodSide, known);
  if (base !== undefined) return [reason("inherited", `${release} inherits it from \`${base}\``)];
  if (isImplicit(method, other)) return [reason("implicit", `${release} leaves it to the compiler`)];
  if (method.role !== "constructor" || isCopyOrMove(method) || method.deleted || method.access !== "public") return undefined;
  if (other.methods.some((one) => one.role === "constructor" && one.access === "public" && !isCopyOrMove(one))) return undefined;
  const found = factoryOf(owner.name, method.parameters.map(({ type }) => methodSide.typeKey(type)).join(), known);
  if (found === undefined) return undefined;
  const { maker } = found;
  const text = `${release} makes objects by \`${maker.name}\` (${maker.place.file}:${maker.place.line})`;
  return [reason(found.sameParameters ? "factory" : "factory-other-arguments", text)];
}
