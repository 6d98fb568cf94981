/** Owns the last step of a text: words that stand for instances of templates are written out. */
import type { InstancePlan, ShimPlan } from "../model.js";

interface Spelled extends Pick<ShimPlan, "instances" | "instanceKeys"> {
  readonly flavors: readonly [Pick<ShimPlan["flavors"][0], "name">, Pick<ShimPlan["flavors"][0], "name">];
}

/** For all texts of a shim; a text without such words stays as it is. */
export function instanceSpeller({ instances, flavors, instanceKeys }: Spelled): (text: string) => string {
  if (instanceKeys.size === 0) return (text) => text;
  const byWord = new Map(instances.map((one) => [one.word, one]));
  const inFlavor = new RegExp(`\\bunfork_library_(${flavors.map(({ name }) => name).join("|")})_(\\d+_\\w+)`, "g");
  const spell = (text: string): string =>
    text
      .replaceAll(inFlavor, (whole, flavor: string, rest: string) => {
        const one = byWord.get(`unfork_instance${rest}`);
        const side = flavors[0].name === flavor ? 0 : 1;
        return one === undefined ? whole : spell(written(one, one.ownIn[side] ?? one.own, (each) => each.library[side] ?? each.shim));
      })
      .replaceAll(/\bunfork_instance\d+_\w+/g, (word) => {
        const one = byWord.get(word);
        // One that is not in the shim is only spoken of.
        return one === undefined ? (instanceKeys.get(word) ?? word) : spell(written(one, one.own, (each) => each.shim));
      });
  return spell;
}

/** An item as it is spoken of: its name and its reason written out. */
export function spokenBy<T extends { readonly name: string; readonly reason: string }>(spell: (text: string) => string): (one: T) => T {
  return (one) => ({ ...one, name: spell(one.name), reason: spell(one.reason) });
}

function written(one: InstancePlan, name: string, text: (argument: InstancePlan["arguments"][number]) => string): string {
  return `${name}<${one.arguments.map(text).join(", ")}>`;
}
