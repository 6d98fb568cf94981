/** Owns the commit of a feature on the release it was written on: its scripts applied to exactly the files they name. */
import { writeCommit } from "../git/commit.js";
import type { ObjectStore } from "../git/objects.js";
import { type TreeEntry, editTree, entryAt } from "../git/tree.js";
import type { Feature } from "../model/feature.js";
import { UnforkError } from "../support/errors.js";
import { sha256 } from "../support/hash.js";
import { applyEdScript } from "./ed-apply.js";
import type { FeatureChange, LoadedFeature } from "./feature.js";

/** Where a feature starts: the base release, or what it builds on. */
export interface StartPoint {
  readonly release: string;
  readonly commit: string;
  readonly tree: string;
}

/**
 * Writes the feature on top of its start and gives the commit.
 * Throws `input-invalid` when a file is missing or has another content than the scripts were written for.
 */
export async function commitFeature(objects: ObjectStore, loaded: LoadedFeature, start: StartPoint): Promise<string> {
  const changes = new Map<string, TreeEntry>();
  for (const change of loaded.changes) changes.set(change.path, await changedEntry(objects, loaded.feature, change, start));
  const tree = await editTree(objects, start.tree, changes);
  if (tree === start.tree) throw new UnforkError("input-invalid", `feature ${loaded.feature.name} changes nothing on ${start.release}`);
  return commitOn(objects, loaded.feature, start, tree);
}

/** The commit of a feature's tree on a release, with its purpose and owner as trailers. */
export function commitOn(objects: ObjectStore, feature: Feature, start: StartPoint, tree: string): Promise<string> {
  const trailers = { Feature: feature.name, Purpose: feature.purpose, Owner: feature.owner, Release: start.release };
  return writeCommit(objects, { tree, parents: [start.commit], subject: `${feature.name}: ${feature.purpose}`, trailers });
}

async function changedEntry(objects: ObjectStore, feature: Feature, change: FeatureChange, start: StartPoint): Promise<TreeEntry> {
  const old = await entryAt(objects, start.tree, change.path);
  if (change.kind === "add") {
    if (old !== undefined)
      throw wrongFile(feature, change, `${change.path} is there already on ${start.release}`, "give its hash as `base` and an ed script");
    return { mode: "100644", id: await objects.write("blob", change.content) };
  }
  if (old === undefined || old.mode === "40000")
    throw wrongFile(feature, change, `${start.release} has no file ${change.path}`, "correct the path in feature.yaml");
  const content = await objects.read(old.id, "blob");
  wantBase(feature, change, content, start.release);
  return { mode: old.mode, id: await objects.write("blob", applyEdScript(content, change.edits, change)) };
}

function wantBase(feature: Feature, change: FeatureChange & { readonly kind: "edit" }, content: Buffer, release: string): void {
  const found = sha256(content);
  if (found === change.base) return;
  throw wrongFile(
    feature,
    change,
    `${change.path} on ${release} is not the file this script was written for: feature.yaml says SHA-256 ${change.base}, the file has ${found}`,
    feature.dependsOn.length === 0
      ? "write the script anew with `diff -e`, and put the file's own hash into feature.yaml"
      : `scripts of a feature with dependsOn refer to the file after ${feature.dependsOn.join(", ")}`,
  );
}

function wrongFile(feature: Feature, change: FeatureChange, what: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", `feature ${feature.name}: ${what}`, {
    hint,
    context: { feature: feature.name, file: change.path, script: change.script },
  });
}
