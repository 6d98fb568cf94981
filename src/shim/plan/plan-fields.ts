/** Owns the fields of a struct of the shim: those of both releases, in the order of the newer. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiField, ApiType } from "../../model/api-snapshot.js";
import type { OnUnknown } from "../../model/shim-surface.js";
import { type PlanContext, placesOf } from "./context.js";
import { crossingOf } from "./crossing.js";
import { classesOf } from "./kinds.js";
import type { BySide, FieldPlan } from "./model.js";
import { overlappingFields } from "./overlapping-fields.js";
import { isLiteral } from "./plan-callable.js";
import { relativeName } from "./shim-names.js";

export function planFields(pair: ApiPair, kind: "value" | "layout", context: PlanContext): FieldPlan[] {
  const found: FieldPlan[] = [];
  const shared = kind === "value" ? classesOf(pair).map(({ fields }) => overlappingFields(fields)) : [];
  for (const member of pair.members) {
    if (member.kind !== "field") continue;
    // A struct of equal layout is what all of its fields make it; bits without a name only take their place.
    if (kind === "layout" ? member.name === "" : context.isExcluded(`${pair.name}::${member.name}`)) continue;
    const of: BySide<ApiField> = [member.legacy, member.latest];
    const onUnknown = context.surface.onUnknownOf[`${pair.name}::${member.name}`] ?? context.surface.onUnknown;
    const planned = shared.some((names) => names.has(member.name))
      ? "it shares its place with other fields (a union without a name): which of them holds a value is not known"
      : planField(member.name, of, kind, context, onUnknown);
    if (typeof planned === "string")
      context.left.push({
        kind: "field",
        name: relativeName(`${pair.name}::${member.name}`, context.surface),
        reason: planned,
        places: placesOf(member),
      });
    else found.push(planned);
  }
  return found;
}

function planField(
  name: string,
  of: BySide<ApiField>,
  kind: "value" | "layout",
  context: PlanContext,
  onUnknown: OnUnknown,
): FieldPlan | string {
  const [legacy, latest] = of;
  const model = (latest ?? legacy) as ApiField;
  const crossing = context.tentatively(() => crossingOf([elementOf(legacy?.type), elementOf(latest?.type)], "field", context));
  if (crossing.status === "left") return crossing.reason;
  const dimensions = [legacy, latest].filter((one) => one !== null).map(({ type }) => dimensionsOf(type));
  const [array = ""] = dimensions;
  if (dimensions.some((one) => one !== array)) return `the releases differ in the size of the array: ${dimensions.join(" and ")}`;
  return {
    name,
    type: crossing.type,
    of,
    initializer: kind === "layout" ? "" : initializerOf(of, crossing.type.identical),
    width: model.width,
    array,
    comment: model.comment,
    onUnknown,
  };
}

function elementOf(type: ApiType | undefined): ApiType | null {
  if (type === undefined) return null;
  return type.kind === "array" ? elementOf(type.of) : type;
}

function dimensionsOf(type: ApiType): string {
  return type.kind === "array" ? `[${type.size ?? ""}]${dimensionsOf(type.of)}` : "";
}

/** A literal that is the same in both; any other default is the flavor's to fill in. */
function initializerOf(of: BySide<ApiField>, identical: boolean): string {
  const texts = of.filter((one) => one !== null).map((one) => one.initializer?.trim() ?? "");
  const [first = ""] = texts;
  const inner = first.replace(/^\{\s*(.*?)\s*\}$/s, "$1");
  if (first === "" || texts.some((text) => text !== first)) return "{}";
  return inner === "" ? "{}" : isLiteral(inner) && identical ? first : "{}";
}
