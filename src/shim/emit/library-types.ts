/** Owns the names under which the shared templates know a flavor's types: `typename L::const_StreamConfig_ref_t`. */
import type { BySide, ClassPlan, CrossingType, EnumPlan, ShimPlan } from "../plan/model.js";
import { typeWord, wordOf } from "./text.js";

/** Names by what they stand for in both flavors; asked for while templates are written, listed in each flavor's unit. */
export interface LibraryTypes {
  /** `typename L::…` of a type that differs from the shim's. */
  readonly of: (type: CrossingType) => string;
  /** What each flavor's struct declares, in order of first use. */
  readonly list: () => readonly { readonly name: string; readonly library: BySide<string> }[];
}

export function libraryTypes(plan: ShimPlan): LibraryTypes {
  const byKey = new Map<string, string>();
  const taken = new Set<string>([...everyClass(plan.classes), ...everyEnum(plan)].map(({ name }) => wordOf(name)));
  const list: { name: string; library: BySide<string> }[] = [];
  return {
    of: (type) => {
      const key = type.library.join("\0");
      let name = byKey.get(key);
      if (name === undefined) {
        name = free(`${typeWord(type.shim)}_t`, taken);
        byKey.set(key, name);
        list.push({ name, library: type.library });
      }
      return `typename L::${name}`;
    },
    list: () => list,
  };
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
  taken.add(name);
  return name;
}

/** Outer classes and those inside, the outer first. */
export function everyClass(classes: readonly ClassPlan[]): ClassPlan[] {
  return classes.flatMap((one) => [one, ...everyClass(one.nested.filter((each): each is ClassPlan => each.is === "class"))]);
}

export function everyEnum({ enums, classes }: Pick<ShimPlan, "enums" | "classes">): EnumPlan[] {
  return [...enums, ...everyClass(classes).flatMap(({ nested }) => nested.filter((each): each is EnumPlan => each.is === "enum"))];
}
