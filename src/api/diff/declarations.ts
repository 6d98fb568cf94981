/** Owns what of a snapshot takes part in a comparison: each declaration under its common name, once. */
import type { ApiNameMap } from "../../model/api-name-map.js";
import type { ApiClass, ApiDeclaration, ApiMacro, ApiSnapshot, ApiType } from "../../model/api-snapshot.js";
import { UnforkError } from "../../support/errors.js";
import { groupBy } from "../../support/group-by.js";
import { withoutSuffix } from "../common-name.js";
import { argumentsKey, type DiffSide } from "./side.js";

/** A declaration or a macro, told apart by `kind`. */
export type ApiItem = ApiDeclaration | MacroItem;
export type MacroItem = ApiMacro & { readonly kind: "macro" };

/** An item of one side under its common name. */
export interface CommonItem {
  readonly name: string;
  readonly item: ApiItem;
}

/** Throws `input-invalid` where two classes of one side come to one name. */
export function commonItems(snapshot: ApiSnapshot, flavor: string, side: DiffSide, map: ApiNameMap): CommonItem[] {
  const left = ignored(map.ignore);
  const macros = snapshot.macros.map((macro): MacroItem => ({ ...macro, kind: "macro" }));
  const all = [...snapshot.declarations, ...macros]
    .map((item) => ({ item, spelled: spelledName(item) }))
    .map(({ item, spelled }) => ({ name: commonItemName(item, spelled, side), item, spelled: withoutSuffix(spelled, flavor) }))
    .filter(({ name, spelled, item }) => !left(name) && !left(spelled) && !isForItself(item, name, side));
  return [...groupBy(all, ({ item, name }) => groupKey(item, name))].flatMap(([, group]) => single(group, flavor));
}

function spelledName(item: ApiItem): string {
  return item.kind === "macro" ? item.name : item.qualifiedName;
}

/** Specialisations of a template stand beside it: their arguments are part of the name. */
function commonItemName(item: ApiItem, spelled: string, side: DiffSide): string {
  if (item.kind !== "class" || item.specialization === null) return side.nameOf(spelled);
  return side.nameOf(spelled.replace(/<.*$/s, "")) + argumentsKey(item.specialization, side.within(item.templateParameters));
}

/** Functions may share a name; a class, a typedef to it and a macro do in C; a class and an enumeration never do. */
function groupKey(item: ApiItem, name: string): string {
  if (item.kind === "class" || item.kind === "enum") return `tag ${name}`;
  return item.kind === "function" ? `function ${name} ${item.mangled ?? `${item.place.file}:${item.place.line}`}` : `${item.kind} ${name}`;
}

/** `typedef struct foo foo`, `namespace rtc { using webrtc::Foo; }`: another name of what has the common name anyway. */
function isForItself(item: ApiItem, name: string, side: DiffSide): boolean {
  return item.kind === "typedef" && nameTarget(item.type, side) === name;
}

function nameTarget(type: ApiType, side: DiffSide): string | undefined {
  return type.kind === "named" || type.kind === "alias" ? side.nameOf(type.name) : undefined;
}

/** One of several that the headers repeat; two that differ are an error, since nobody could tell which one is meant. */
function single(group: readonly (CommonItem & { readonly spelled: string })[], flavor: string): CommonItem[] {
  const [first, ...rest] = group;
  if (first === undefined) return [];
  if (rest.length === 0) return [{ name: first.name, item: first.item }];
  const defined = group.filter(({ item }) => item.kind !== "class" || (item as ApiClass).defined);
  const [one, other] = defined.length === 0 ? [first] : defined;
  if (other !== undefined && one !== undefined && one.item.kind !== "macro" && one.spelled !== other.spelled && one.item.kind !== "typedef")
    throw merged(one, other, flavor);
  return [{ name: first.name, item: (one ?? first).item }];
}

function merged(one: CommonItem, other: CommonItem, flavor: string): UnforkError {
  const places = [one, other].map(({ item }) => `${spelledName(item)} (${item.place.file}:${item.place.line})`);
  return new UnforkError(
    "input-invalid",
    `two ${one.item.kind === other.item.kind ? PLURAL[one.item.kind] : "types"} of ${flavor} come to one name, ${one.name}: ${places.join(" and ")}`,
    {
      hint: "give one of them another common name under `names` in the map, or leave one out under `ignore`",
      context: { symbol: one.name, file: other.item.place.file, line: other.item.place.line },
    },
  );
}

const PLURAL: Readonly<Record<ApiItem["kind"], string>> = {
  class: "classes",
  enum: "enumerations",
  function: "functions",
  typedef: "typedefs",
  variable: "variables",
  macro: "macros",
};

/** Whether a name, or a scope around it, is one that the map leaves out. */
function ignored(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.split("*").map(quoted).join("\\w*")}(?:$|::)`));
  return (name) => tests.some((test) => test.test(name));
}

function quoted(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
}
