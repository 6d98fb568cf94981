/** Owns what a class offers beyond the members that its release's headers write into it: inherited, implicit, made by functions. */
import type { ApiClass, ApiMethod, ApiType } from "../../model/api-snapshot.js";
import type { ApiItem } from "./declarations.js";
import { isCopyOrMove } from "./pair-members.js";
import type { DiffSide } from "./side.js";
import { ownedBy, resolved } from "./type-words.js";

/** A release's declarations by their common names. */
export interface Known {
  readonly side: DiffSide;
  readonly classes: ReadonlyMap<string, ApiClass>;
  readonly functions: readonly Maker[];
}

/** A function that may give objects of a class: a free one, or a static method. */
export interface Maker {
  readonly name: string;
  readonly result: ApiType;
  readonly parameters: ApiMethod["parameters"];
  readonly place: ApiMethod["place"];
}

export function knownOf(items: readonly { readonly name: string; readonly item: ApiItem }[], side: DiffSide): Known {
  const classes = new Map(items.flatMap(({ name, item }) => (item.kind === "class" ? [[name, item] as const] : [])));
  const free = items.flatMap(({ item }): Maker[] => (item.kind === "function" ? [makerOf(item.qualifiedName, item)] : []));
  const statics = [...classes.values()].flatMap((owner) =>
    owner.methods.filter((one) => one.static && one.access === "public").map((one) => makerOf(`${owner.qualifiedName}::${one.name}`, one)),
  );
  return { side, classes, functions: [...statics, ...free] };
}

function makerOf(name: string, { result, parameters, place }: Omit<Maker, "name">): Maker {
  return { name, result, parameters, place };
}

/** The base that declares the method with the same parameters, or undefined. */
export function inheritedFrom(owner: ApiClass, method: ApiMethod, methodSide: DiffSide, known: Known): string | undefined {
  const wanted = method.parameters.map(({ type }) => methodSide.typeKey(type)).join();
  const seen = new Set<string>();
  const open = [...owner.bases];
  for (let base = open.shift(); base !== undefined; base = open.shift()) {
    const name = known.side.typeKey(base.type);
    const found = known.classes.get(name);
    if (found === undefined || seen.has(name)) continue;
    seen.add(name);
    if (
      found.methods.some((one) => one.name === method.name && one.parameters.map(({ type }) => known.side.typeKey(type)).join() === wanted)
    )
      return found.qualifiedName;
    open.push(...found.bases);
  }
  return undefined;
}

/** Whether the compiler adds the member to a class whose headers do not write it. */
export function isImplicit(method: ApiMethod, other: ApiClass): boolean {
  if (!other.defined) return false;
  if (method.role === "destructor") return !method.virtual || other.polymorphic;
  const others = other.methods.filter((one) => one.role === method.role && (method.role === "constructor" || one.name === method.name));
  if (isCopyOrMove(method)) return !others.some((one) => isCopyOrMove(one) && one.deleted !== method.deleted);
  if (method.role !== "constructor" || method.deleted) return false;
  return method.parameters.every((one) => one.default !== null) && others.length === 0;
}

/** The function that gives objects of the class, of those the one with the most parameters alike. */
export function factoryOf(className: string, wanted: string, known: Known): { maker: Maker; sameParameters: boolean } | undefined {
  const makers = known.functions.filter(({ result }) => madeClass(result, known.side) === className);
  const keys = makers.map(({ parameters }) => parameters.map(({ type }) => known.side.typeKey(type)).join());
  const same = keys.indexOf(wanted);
  const maker = makers[same === -1 ? 0 : same];
  return maker === undefined ? undefined : { maker, sameParameters: same !== -1 };
}

function madeClass(result: ApiType, side: DiffSide): string | undefined {
  const type = resolved(result);
  const inner = ownedBy(type) ?? (type.kind === "pointer" ? type.to : type);
  return inner.kind === "named" ? side.nameOf(inner.name) : undefined;
}
