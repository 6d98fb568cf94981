/** Owns small patch projects for tests: two releases as folders, features written as files before and after. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { FeatureOutcome } from "../../src/model/feature.js";
import { type ApplyResult, applyFeatures } from "../../src/patches/apply-features.js";
import { LEAVE_TO_PERSON, type Settling } from "../../src/patches/settling.js";
import { loadFeatures } from "../../src/patches/load-features.js";
import { canonicalJson, sha256 } from "../../src/support/hash.js";
import { temporaryFolder } from "../helpers/temp.js";

export type Files = Readonly<Record<string, string | Buffer>>;

export interface FeatureSpec {
  readonly name: string;
  /** Whole contents that files of the old release shall have; a new path is a file the feature adds. */
  readonly files: Files;
  readonly dependsOn?: readonly string[];
  readonly owner?: string;
  /** What the files are before the feature, where that is not the old release. */
  readonly before?: Files;
}

export interface PatchProject {
  readonly root: string;
  readonly features: string;
  readonly repository: string;
  readonly conflicts: string;
  readonly trees: string;
  run(settling?: Partial<Settling>): Promise<ApplyResult>;
  /** git in the patch repository. */
  git(...args: string[]): string;
  /** Replaces the new release. */
  setTo(files: Files): void;
}

export function patchProject(parts: { from: Files; to: Files; features: readonly FeatureSpec[] }): PatchProject {
  const root = temporaryFolder();
  const releases = { from: { id: "M1", files: parts.from }, to: { id: "M2", files: parts.to } };
  for (const release of Object.values(releases)) writeFiles(join(root, "sources", release.id), release.files);
  const features = join(root, "features");
  mkdirSync(features);
  for (const spec of parts.features) writeFeature(join(features, spec.name), spec, parts.from);
  const project = { root, features, repository: join(root, "patches.git"), conflicts: join(root, "conflicts"), trees: join(root, "trees") };
  const treeOf = (side: "from" | "to") => ({
    id: releases[side].id,
    tree: { path: join(root, "sources", releases[side].id), digest: digestOf(releases[side].files) },
  });
  return {
    ...project,
    run: async (settling = {}) =>
      applyFeatures({
        settling: { ...LEAVE_TO_PERSON, ...settling },
        repository: project.repository,
        releases: { from: treeOf("from"), to: treeOf("to") },
        features: await loadFeatures(features),
        workFolder: project.conflicts,
        treesFolder: project.trees,
      }),
    git: (...args) => execFileSync("git", ["--git-dir", project.repository, ...args], { encoding: "utf8" }),
    setTo(files) {
      releases.to.files = files;
      rmSync(join(root, "sources", "M2"), { recursive: true });
      writeFiles(join(root, "sources", "M2"), files);
    },
  };
}

export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function digestOf(files: Files): string {
  return sha256(canonicalJson(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, sha256(content)]))));
}

/** Writes feature.yaml and the scripts as a person would: with `diff -e`. */
export function writeFeature(folder: string, spec: FeatureSpec, from: Files): void {
  const entries = Object.entries(spec.files).map(([path, content], index) => {
    const old = { ...from, ...spec.before }[path];
    const script = `${index}.ed`;
    writeFiles(folder, { [script]: old === undefined ? content : diffScript(old, content) });
    return { path, base: old === undefined ? null : sha256(old), script };
  });
  const description = {
    name: spec.name,
    purpose: `Show what ${spec.name} does in a test`,
    owner: spec.owner ?? "test team",
    base: "M1",
    dependsOn: spec.dependsOn ?? [],
    files: entries,
  };
  writeFiles(folder, { "feature.yaml": JSON.stringify(description, undefined, 2) });
}

/** What the machine's own `diff -e` says. */
export function diffScript(before: string | Buffer, after: string | Buffer): Buffer {
  const folder = temporaryFolder();
  writeFiles(folder, { before, after });
  return spawnSync("diff", ["--text", "-e", join(folder, "before"), join(folder, "after")]).stdout;
}

/** Outcomes on the new release by feature. */
export function fates(result: ApplyResult): Record<string, FeatureOutcome> {
  return Object.fromEntries((result.candidates[1]?.features ?? []).map((outcome) => [outcome.name, outcome]));
}

export function fate(result: ApplyResult, name: string): FeatureOutcome {
  const outcome = fates(result)[name];
  if (outcome === undefined) throw new Error(`no outcome for ${name}`);
  return outcome;
}

export function read(...parts: string[]): string {
  return readFileSync(join(...parts), "utf8");
}

/** `count` numbered lines, some replaced. */
export function numbered(count: number, replaced: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, index) => `${replaced[index + 1] ?? `line ${index + 1}`}\n`).join("");
}
