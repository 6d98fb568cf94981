/** Owns the document that an import prints. */
import { shownBytes } from "../../git/bytes.js";
import type { ImportedFeature, ImportedPatch, PatchImport } from "../../model/patch-import.js";
import { changedPaths } from "../text/group/changed-paths.js";
import type { BuiltFeature } from "./build-features.js";
import type { ImportBase } from "./import-base.js";
import type { PlacedPatch } from "./place-patches.js";
import type { PatchSource } from "./source-patches.js";

interface Imported {
  readonly source: string;
  readonly read: PatchSource;
  readonly base: ImportBase;
  readonly built: readonly BuiltFeature[];
  readonly before: ReadonlyMap<string, string | null>;
  readonly written: boolean;
  readonly sameTogether: boolean | null;
}

export function importDocument({ source, read, base, built, before, written, sameTogether }: Imported): PatchImport {
  return {
    source,
    kind: read.kind,
    release: base.release,
    base: base.commit,
    written,
    features: built.map((feature) => featureOf(feature, base, before.get(feature.plan.name) ?? null)),
    sameTogether,
    markers: read.markers.map(({ name, subject, headers }) => ({
      name,
      upstreamCommit: headers.get("Upstream-Commit")?.[0] ?? "",
      subject,
    })),
    notes: [...read.notes],
  };
}

function featureOf(
  { plan, placed, branch, start, dependsOn }: BuiltFeature,
  { release }: ImportBase,
  before: string | null,
): ImportedFeature {
  const { name, why, purpose, owner, entangledWith, joined } = plan;
  return {
    name,
    why,
    purpose,
    owner,
    ref: `refs/heads/${name}/${release}`,
    commit: branch.commit === start.commit ? null : branch.commit,
    before,
    dependsOn: [...dependsOn],
    entangledWith: [...entangledWith],
    joined: joined.map(({ name: other, because }) => ({ name: other, because })),
    patches: placed.patches.map((patch, at) => patchOf(patch, branch.commits[at] ?? null)),
  };
}

function patchOf({ source, status, changes, refusals }: PlacedPatch, commit: string | null): ImportedPatch {
  const files = status === "refused" || status === "present" ? changedPaths(source.text) : [...changes.keys()];
  return {
    name: source.text.name,
    subject: source.text.subject,
    status,
    commit,
    files: files.map(shownBytes).toSorted(),
    refusals: [...refusals],
  };
}
