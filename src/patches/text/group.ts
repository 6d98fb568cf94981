/** Owns the proposal of features for a list of patches: by subject tag, by folder or file, or by hand. */
import { byText } from "../../support/order.js";
import { byHand } from "./group/by-hand.js";
import { changedPaths } from "./group/changed-paths.js";
import { featureName } from "./group/feature-name.js";
import { mainFile, mainFolder } from "./group/main-place.js";
import { subjectTag } from "./group/subject-tag.js";
import { entangled } from "./group/entangled.js";
import type { TextPatch } from "./text-patch.js";

export type GroupRule =
  /** `[audio] …`, `audio: …`, `Bug 12 - …`; patches without a tag by folder. */
  | { readonly by: "tag" }
  /** The folder, so many names deep (default 2), in which a patch changes most lines. */
  | { readonly by: "folder"; readonly depth?: number }
  /** The file in which a patch changes most lines. */
  | { readonly by: "file" }
  /** Patch names to feature names; a patch that is not there is grouped by `otherwise`, or refused. */
  | { readonly by: "hand"; readonly map: ReadonlyMap<string, string>; readonly otherwise?: GroupRule };

export interface FeatureProposal {
  /** Kebab-case, taken by no other proposal. */
  readonly name: string;
  /** What its patches have in common. */
  readonly why: string;
  /** In the collection's order. */
  readonly patches: readonly TextPatch[];
  /** All files that they change, in byte order. */
  readonly paths: readonly string[];
  /** Features with an earlier patch on one of these files, by name. */
  readonly dependsOn: readonly string[];
  /** Features with which this one depends in a circle: patches of both lie between one another on the same files. */
  readonly entangledWith: readonly string[];
}

/** What a rule says of one patch. */
export interface Key {
  readonly name: string;
  readonly why: string;
}

const DEPTH = 2;

/** Features in the order of their first patches; every patch but the no-op markers is in exactly one. */
export function proposeFeatures(patches: readonly TextPatch[], rule: GroupRule): FeatureProposal[] {
  const real = patches.filter(({ noOp }) => !noOp);
  const keyOf = keysOf(real, rule);
  const groups = new Map<string, { key: Key; patches: TextPatch[] }>();
  for (const patch of real) {
    const key = keyOf(patch);
    const group = groups.get(key.name) ?? { key, patches: [] };
    group.patches.push(patch);
    groups.set(key.name, group);
  }
  return withDependences([...groups.values()], real);
}

function keysOf(patches: readonly TextPatch[], rule: GroupRule): (patch: TextPatch) => Key {
  if (rule.by === "hand") return byHand(patches, rule.map, rule.otherwise === undefined ? undefined : keysOf(patches, rule.otherwise));
  if (rule.by === "file") return (patch) => placeKey(mainFile(patch));
  if (rule.by === "folder") return (patch) => placeKey(mainFolder(patch, rule.depth ?? DEPTH));
  return tagKey;
}

function tagKey(patch: TextPatch): Key {
  const tag = subjectTag(patch.subject);
  return tag === undefined ? placeKey(mainFolder(patch, DEPTH)) : { name: featureName(tag), why: `subjects are tagged ${tag}` };
}

function placeKey(place: string): Key {
  return {
    name: featureName(place === "" ? "top" : place),
    why: place === "" ? "changes files of no folder most" : `changes ${place} most`,
  };
}

function withDependences(groups: readonly { key: Key; patches: TextPatch[] }[], order: readonly TextPatch[]): FeatureProposal[] {
  const relations = relationsOf(
    groups.map(({ key, patches }) => ({ name: key.name, patches })),
    order,
  );
  return groups.map(({ key, patches }) => ({
    ...key,
    patches,
    paths: [...new Set(patches.flatMap(changedPaths))].toSorted(byText),
    ...(relations.get(key.name) ?? { dependsOn: [], entangledWith: [] }),
  }));
}

export type Relations = Pick<FeatureProposal, "dependsOn" | "entangledWith">;

/** What the files of features say of one another, by name. */
export function relationsOf(
  groups: readonly { readonly name: string; readonly patches: readonly TextPatch[] }[],
  order: readonly TextPatch[],
): Map<string, Relations> {
  const nameOf = new Map(groups.flatMap(({ name, patches }) => patches.map((patch) => [patch, name] as const)));
  const needs = dependences(
    order.filter((patch) => nameOf.has(patch)),
    nameOf,
  );
  const circles = entangled(needs);
  return new Map(
    groups.map(({ name }) => [
      name,
      {
        dependsOn: [...(needs.get(name) ?? [])].toSorted(byText),
        entangledWith: (circles.get(name) ?? []).filter((other) => other !== name),
      },
    ]),
  );
}

/** Per feature the others that had a patch on one of its files before it. */
function dependences(order: readonly TextPatch[], nameOf: ReadonlyMap<TextPatch, string>): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>();
  const before = new Map<string, Set<string>>();
  for (const patch of order) {
    const name = nameOf.get(patch) ?? "";
    const mine = needs.get(name) ?? new Set();
    for (const path of changedPaths(patch)) {
      const others = before.get(path) ?? new Set();
      for (const other of others) if (other !== name) mine.add(other);
      before.set(path, others.add(name));
    }
    needs.set(name, mine);
  }
  return needs;
}
