/** Owns which of the names that an application uses the shim does not give, or not on both flavors: with the place, the reason and what to do. */
import type { ShimSurface } from "../../model/shim-surface.js";
import { byText } from "../../support/order.js";
import { everyClass, everyEnum } from "../emit/library-types.js";
import type { Left, ShimPlan } from "../plan/model.js";
import type { AppUse } from "./used-names.js";

export interface UnmetUse {
  /** As both releases have it in common; of a member with its class. */
  readonly name: string;
  /** `file:line` of the first use. Of a member: of the first word that is called so, in a file that uses the library. */
  readonly place: string;
  readonly reason: string;
  /** What a person has to do. */
  readonly todo: string;
}

export function unmetUses(plan: ShimPlan, surface: ShimSurface, { used, words }: AppUse): UnmetUse[] {
  const places = new Map(used.map(({ name, place }) => [name, place]));
  if (places.size === 0) return [];
  const outer = surface.namespace ?? surface.library;
  const commonOf = (name: string): string => (plan.language === "c" || places.has(name) ? name : `${outer}::${name}`);
  const found = [...plan.left.flatMap(leftUse), ...oneReleaseUses()];
  const distinct = new Map(found.map((one) => [one.name, one]));
  return [...distinct.values()].toSorted((a, b) => byText(a.name, b.name));

  /** By its own name, or, of a class that is used, by its last word. */
  function leftUse({ kind, name, reason }: Left): UnmetUse[] {
    const common = commonOf(name);
    const place = places.get(common) ?? memberPlace(common);
    return place === undefined ? [] : [{ name: common, place, reason, todo: todoOf(kind, reason, plan) }];
  }
  function memberPlace(common: string): string | undefined {
    const at = common.lastIndexOf("::");
    return at > 0 && places.has(common.slice(0, at)) ? words.get(common.slice(at + 2)) : undefined;
  }
  function oneReleaseUses(): UnmetUse[] {
    const [old, one] = plan.flavors;
    const lacking = (name: string, place: string | undefined, sides: readonly unknown[]): UnmetUse[] => {
      const side = sides.findIndex((each) => each === null || each === false);
      if (place === undefined || side === -1) return [];
      const [lacks, has] = side === 0 ? [old, one] : [one, old];
      const reason = `only ${has.release} (${has.name}) has it`;
      return [{ name, place, reason, todo: `use it where the flavor is ${has.name} only: in ${lacks.name} it ends the process` }];
    };
    const uses: UnmetUse[] = [];
    for (const { common, library, methods, fields } of everyClass(plan.classes)) {
      uses.push(...lacking(common, places.get(common), library));
      for (const { name, of } of [...methods, ...fields])
        uses.push(...lacking(`${common}::${name}`, memberPlace(`${common}::${name}`), of));
    }
    for (const { common, library, enumerators } of everyEnum(plan)) {
      uses.push(...lacking(common, places.get(common), library));
      for (const each of enumerators)
        uses.push(...lacking(`${common}::${each.name}`, places.has(common) ? words.get(each.name) : undefined, each.in));
    }
    for (const { common, library } of plan.functions) uses.push(...lacking(common, places.get(common), library));
    return uses;
  }
}

function todoOf(kind: Left["kind"], reason: string, { namespace }: ShimPlan): string {
  const header = `${namespace}_by_hand.h`;
  if (kind === "macro" || kind === "constant" || kind === "typedef") return `write what stands for it into ${header}`;
  // Of a template the reason ends with the line to add.
  if (reason.includes("instances: [")) return "or give it a body in both flavors: byHand in the surface";
  if (kind === "function") return "give it a body in both flavors: byHand in the surface";
  if (kind === "class" || kind === "enum")
    return `give what the application needs of it a function under byHand, or write it into ${header}`;
  return "give what the application needs of it a function under byHand in the surface";
}
