/** Owns the list of what a shim covers: each class, function, field, enumerator, constant and conversion, and what is left, with its reason. */
import type { ShimItem, ShimItemKind } from "../../model/shim-manifest.js";
import { byText } from "../../support/order.js";
import type { HandMarks } from "./hand-written.js";
import { everyClass, everyEnum } from "../emit/library-types.js";
import { selfName } from "../emit/text.js";
import { instanceSpeller, spokenBy } from "../plan/instances/spell-instances.js";
import { placesOf } from "../plan/context.js";
import type { BySide, CallablePlan, CallPlan, ClassPlan, EnumPlan, Left, ShimPlan } from "../plan/model.js";

export function shimItems(plan: ShimPlan, leftMembers: readonly Left[], { handWritten, open }: HandMarks): ShimItem[] {
  const whole = (name: string): string => `${plan.namespace}::${name}`;
  const item = (kind: ShimItemKind, name: string, places: BySide<string>, reason = ""): ShimItem => ({
    kind,
    name: whole(name),
    status: "generated",
    reason,
    legacy: places[0],
    latest: places[1],
  });
  const found: ShimItem[] = [];
  for (const one of everyClass(plan.classes)) found.push(...classItems(one, item));
  for (const one of everyEnum(plan)) found.push(...enumItems(one, item));
  for (const one of plan.functions) found.push(item("function", `${one.path}(${typesOf(one)})`, placesIn(one.of), onlyIn(one, plan)));
  for (const one of [...plan.constants, ...everyClass(plan.classes).flatMap(({ constants }) => constants)])
    found.push(item("constant", one.name, placesIn(one.of)));
  for (const one of [...plan.typedefs, ...everyClass(plan.classes).flatMap(({ typedefs }) => typedefs)])
    found.push(item("typedef", one.name, [null, null]));
  for (const one of everyClass(plan.classes))
    for (const method of [...one.constructors, ...one.methods]) {
      const kind = method.role === "constructor" ? "constructor" : "method";
      const last = method.role === "constructor" ? selfName(one.name) : method.name;
      found.push(item(kind, `${one.name}::${last}(${typesOf(method)})`, placesIn(method.of), onlyIn(method, plan)));
    }
  for (const { name, parameters } of plan.hand)
    found.push({
      ...item("function", `${name}(${parameters.join(", ")})`, [null, null]),
      status: open.has(name) ? "unsupported" : "hand-written",
      reason: "the releases differ too much: by hand",
    });
  for (const one of [...plan.left, ...leftMembers]) {
    const byHand = handWritten.has(one.name) || handWritten.has(whole(one.name));
    const status = byHand ? "hand-written" : "unsupported";
    found.push({ kind: one.kind, name: whole(one.name), status, reason: one.reason, legacy: one.places[0], latest: one.places[1] });
  }
  const spell = instanceSpeller(plan);
  return found.map(spokenBy(spell)).toSorted((a, b) => byText(a.name, b.name) || byText(a.kind, b.kind));
}

type MakeItem = (kind: ShimItemKind, name: string, places: BySide<string>, reason?: string) => ShimItem;

function classItems(one: ClassPlan, item: MakeItem): ShimItem[] {
  const places = placesIn(one.of);
  const kind = one.kind === "value" || one.kind === "layout" ? "struct" : "class";
  return [
    item(kind, one.name, places, CLASS_NOTES[one.kind]),
    ...(one.kind === "value" || one.kind === "layout" ? [item("converter", one.name, places)] : []),
    ...one.fields.map((field) => item("field", `${one.name}::${field.name}`, placesIn(field.of))),
  ];
}

const CLASS_NOTES: Readonly<Record<ClassPlan["kind"], string>> = {
  value: "a value: converted member by member",
  layout: "the same layout in both releases: crosses as it is",
  opaque: "only pointers to it cross",
  object: "an object of the library, behind a handle",
  interface: "applications implement it",
};

function enumItems(one: EnumPlan, item: MakeItem): ShimItem[] {
  const places = placesIn(one.of);
  const scope = one.scoped ? `${one.name}::` : outer(one.name);
  return [
    item("enum", one.name, places),
    item("converter", one.name, places),
    ...one.enumerators.map(({ name }) => item("enumerator", `${scope}${name}`, places)),
  ];
}

/** `a::b::` of `a::b::c`. */
function outer(name: string): string {
  const at = name.lastIndexOf("::");
  return at === -1 ? "" : name.slice(0, at + 2);
}

function typesOf({ calls }: CallablePlan): string {
  return (calls[0] as CallPlan).parameters.map(({ type }) => type.shim).join(", ");
}

function placesIn([legacy, latest]: BySide<{ readonly place?: { readonly file: string; readonly line: number } }>): BySide<string> {
  return placesOf({ legacy, latest });
}

function onlyIn({ lacking }: CallablePlan, { flavors }: ShimPlan): string {
  const side = lacking.findIndex((reason) => reason !== null);
  return side === -1 ? "" : `only in ${flavors[side === 0 ? 1 : 0].name}: ends the process in ${flavors[side as 0 | 1].name}`;
}
