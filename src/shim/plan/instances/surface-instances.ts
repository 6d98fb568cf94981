/** Owns what a surface says of instances: those that it asks for, and its other keys where they name one. */
import { expandedInstances } from "../../../api/snapshot/asked-instances.js";
import type { DiffSide } from "../../../api/diff/side.js";
import type { ApiSnapshot } from "../../../model/api-snapshot.js";
import type { ShimSurface } from "../../../model/shim-surface.js";
import type { PlanContext } from "../context.js";
import type { Left } from "../model.js";
import { relativeName } from "../shim-names.js";
import type { WithInstances } from "./with-instances.js";

/** By the key that both sides know it by: as the surface writes it. */
export function askedKeys({ instances }: ShimSurface, side: DiffSide): ReadonlyMap<string, string> {
  return new Map(expandedInstances(instances).map((text) => [side.textKey(text), text]));
}

/** The surface with names of one word for instances; what names a template means its instances, too. */
export function surfaceWithWords(surface: ShimSurface, both: readonly [WithInstances, WithInstances], side: DiffSide): ShimSurface {
  const words = new Map(both.flatMap((one) => [...one.words]));
  if (words.size === 0) return surface;
  const name = (text: string): string[] => {
    const end = text.lastIndexOf(">");
    if (end === -1) return [text, ...instancesOf(text, words)];
    const word = words.get(side.textKey(text.slice(0, end + 1)));
    return [word === undefined ? text : word + text.slice(end + 1)];
  };
  const names = (list: readonly string[]): string[] => list.flatMap(name);
  const keys = <T>(of: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(of).flatMap(([key, value]) => name(key).map((one) => [one, value])));
  return {
    ...surface,
    exclude: names(surface.exclude),
    flags: names(surface.flags),
    kinds: keys(surface.kinds),
    onUnknownOf: keys(surface.onUnknownOf),
    map: { ...surface.map, names: mapped(surface.map.names, words, side) },
  };
}

/** A member of a template that was renamed was so in each instance. */
function mapped(
  names: Readonly<Record<string, string>>,
  words: ReadonlyMap<string, string>,
  { textKey }: DiffSide,
): Record<string, string> {
  const more = Object.entries(names).flatMap(([from, to]) =>
    [...words].flatMap(([key, word]) => {
      const template = key.slice(0, key.indexOf("<"));
      const isMember = to.startsWith(`${template}::`) && textKey(from).startsWith(`${template}::`);
      return isMember ? [[word + from.slice(template.length), word + to.slice(template.length)] as const] : [];
    }),
  );
  return { ...names, ...Object.fromEntries(more) };
}

/** `lab::Box`, or `lab::Box::member`. */
function instancesOf(text: string, words: ReadonlyMap<string, string>): string[] {
  return [...words].flatMap(([key, word]) => {
    const template = key.slice(0, key.indexOf("<"));
    return text === template || text.startsWith(`${template}::`) ? [word + text.slice(template.length)] : [];
  });
}

/** What the surface asks for and no snapshot has, with what the compiler said. */
export function missingInstances(
  asked: ReadonlyMap<string, string>,
  both: readonly [WithInstances, WithInstances],
  snapshots: readonly [ApiSnapshot, ApiSnapshot],
  { sides, surface, flavors }: PlanContext,
): Left[] {
  return [...asked].flatMap(([key, text]): Left[] => {
    if (both.some(({ words }) => words.has(key))) return [];
    const told = snapshots.flatMap((snapshot, side) => {
      const all = [...snapshot.instances, ...snapshot.functionInstances];
      const found = all.find((one) => sides[side as 0 | 1].textKey(one.spelling) === key);
      return found === undefined || found.problem === null ? [] : [`${flavors[side as 0 | 1]}: ${found.problem}`];
    });
    const isClass = snapshots.some(({ declarations }, side) =>
      declarations.some((one) => one.kind === "class" && sides[side as 0 | 1].nameOf(one.qualifiedName) === key.slice(0, key.indexOf("<"))),
    );
    const reason =
      told.length > 0
        ? told.join("; ")
        : "no snapshot has this instance: take them again with the surface, unfork api snapshot --surface FILE";
    return [{ kind: isClass ? "class" : "function", name: relativeName(text, surface), reason, places: [null, null] }];
  });
}
