/** Owns the codemod on a tree: plan, write and check where asked, report. */
import { resolve } from "node:path";

import type { CodemodFile, CodemodLeft, CodemodPlace, ShimCodemod } from "../../model/shim-codemod.js";
import type { ShimManifest } from "../../model/shim-manifest.js";
import { byText } from "../../support/order.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import { type Applied, applyChecked, applyUnchecked, type Change } from "./apply-checked.js";
import { compileUnits } from "./compile-units.js";
import { applyEdits, editsDiff } from "./edits.js";
import { type PlannedFile, planCodemod } from "./plan-codemod.js";
import { targetTest } from "./targets.js";

export interface CodemodRequest {
  readonly app: string;
  readonly manifest: ShimManifest;
  readonly shimFolder: string;
  /** Empty: all of the application. */
  readonly targets: readonly string[];
  readonly exclude: readonly string[];
  readonly commands: readonly CompileCommand[] | undefined;
  /** Include folders of the shim and its runtime, for the check. */
  readonly includes: readonly string[];
  readonly apply: boolean;
  readonly jobs: number;
}

export interface CodemodResult {
  readonly report: ShimCodemod;
  /** Unified diff of all edits that are planned. */
  readonly diff: string;
}

/** Throws `input-missing`, `usage` (an unknown target) and `disk`. */
export async function runCodemod(request: CodemodRequest): Promise<CodemodResult> {
  const app = resolve(request.app);
  const plan = await planCodemod({ ...request, app });
  const isTarget = targetTest(request.targets, app, request.commands ?? [], plan.graph);
  const files = plan.files.filter(({ file }) => isTarget(file));
  const changes = files
    .filter(({ edits }) => edits.length > 0)
    .map(({ file, bytes, edits }): Change => ({ file, before: bytes, after: applyEdits(bytes, edits) }));
  const applied = request.apply ? await write(app, changes, request, plan.graph) : new Map<string, Applied>();
  const diff = files.map(({ file, bytes, edits }) => editsDiff(file, bytes, edits)).join("");
  const report: ShimCodemod = {
    format: "unfork-shim-codemod",
    version: 1,
    applied: request.apply,
    compiled: request.apply && request.commands !== undefined,
    sites: countsOf(files, applied),
    read: plan.read,
    files: files.filter(({ edits }) => edits.length > 0).map((file) => fileOf(file, applied)),
    left: files.flatMap((file) => leftOf(file, applied)),
    missing: missingIn(files),
    flavors: flavorsIn(files),
    collisions: plan.collisions.map(({ name, reason, places }) => ({ name, reason, places: [...places] })),
  };
  return { report, diff };
}

async function write(
  app: string,
  changes: readonly Change[],
  { commands, includes, jobs }: CodemodRequest,
  graph: Parameters<typeof applyChecked>[2]["graph"],
): Promise<Map<string, Applied>> {
  if (commands === undefined) return await applyUnchecked(app, changes);
  return await applyChecked(app, changes, { units: compileUnits(commands, app, includes), graph, jobs });
}

type AppliedFiles = ReadonlyMap<string, Applied>;

function isBack({ file }: PlannedFile, applied: AppliedFiles): boolean {
  const found = applied.get(file);
  return found !== undefined && found.status !== "changed";
}

function movedIn({ sites }: PlannedFile): number {
  return sites.filter(({ left }) => left === null).length;
}

function countsOf(files: readonly PlannedFile[], applied: AppliedFiles): ShimCodemod["sites"] {
  const sum = (of: (file: PlannedFile) => number): number => files.reduce((total, file) => total + of(file), 0);
  const all = sum(({ sites }) => sites.length);
  const moved = sum(movedIn);
  const kept = sum((file) => (isBack(file, applied) ? 0 : movedIn(file)));
  return {
    all,
    moved,
    kept,
    left: all - kept,
    already: sum(({ already }) => already),
    percent: all === 0 ? 100 : Math.floor((kept / all) * 1000) / 10,
  };
}

function fileOf(file: PlannedFile, applied: AppliedFiles): CodemodFile {
  const found = applied.get(file.file);
  return {
    file: file.file,
    sites: movedIn(file),
    edits: file.edits.length,
    status: found?.status ?? "would change",
    error: found?.error ?? null,
  };
}

function leftOf(planned: PlannedFile, applied: AppliedFiles): CodemodLeft[] {
  const { file, sites } = planned;
  const error = applied.get(file)?.error ?? "";
  const back = isBack(planned, applied);
  return sites.flatMap(({ kind, line, name, left }): CodemodLeft[] => {
    if (left !== null) return [{ file, line, kind, name, ...left }];
    return back ? [{ file, line, kind, name, why: "reverted", reason: error }] : [];
  });
}

type Found = ShimCodemod["missing"][number];

function grouped(entries: readonly { readonly name: string; readonly reason: string; readonly place: CodemodPlace }[]): Found[] {
  const byName = new Map<string, Found>();
  for (const { name, reason, place } of entries) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, { name, reason, places: [place] });
    else known.places.push(place);
  }
  return [...byName.values()].toSorted((a, b) => byText(a.name, b.name));
}

function missingIn(files: readonly PlannedFile[]): Found[] {
  return grouped(
    files.flatMap(({ file, sites }) =>
      sites.flatMap(({ name, line, left }) => (left?.why === "missing" ? [{ name, reason: left.reason, place: { file, line } }] : [])),
    ),
  );
}

function flavorsIn(files: readonly PlannedFile[]): Found[] {
  return grouped(
    files.flatMap(({ file, flavors }) =>
      flavors.map(({ name, flavor, line }) => ({
        name,
        reason: `this is ${flavor}'s alone: it passes the shim by`,
        place: { file, line },
      })),
    ),
  );
}
