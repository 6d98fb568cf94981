/** Owns `patch import`: a collection of patches becomes branches `<feature>/<release>`, all of them or none. */
import { shownBytes } from "../../git/bytes.js";
import { openContext } from "../stack/port-context.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import { listRefs } from "../../git/refs.js";
import { changesBetween } from "../../git/tree-changes.js";
import type { PatchImport } from "../../model/patch-import.js";
import { wallClockMs } from "../../support/clock.js";
import { UnforkError } from "../../support/errors.js";
import { type Session, finish, withRepository } from "../alone/session.js";
import { newCard, readCard, writeCard } from "../cards/card-store.js";
import { openPatchState } from "../state/patch-state.js";
import { changedPaths } from "../text/group/changed-paths.js";
import { type BuiltFeature, type Building, buildFeatures, isRefused, mergeBuilt } from "./build-features.js";
import { readGroups } from "./groups-file.js";
import { type ImportBase, basesOf, importBase } from "./import-base.js";
import { importDocument } from "./import-document.js";
import { placePatches } from "./place-patches.js";
import { untangle } from "./untangle.js";
import { type Grouping, type PlannedFeature, planFeatures } from "./plan-features.js";
import { type PatchSource, readSource } from "./source-patches.js";

export interface ImportRequest {
  readonly repo: string;
  /** A path, or `A..B` of the repository. */
  readonly source: string;
  readonly feature?: string;
  readonly purpose?: string;
  readonly owner?: string;
  readonly base?: string;
  readonly release?: string;
  readonly group?: Grouping;
  /** A groups file. */
  readonly groups?: string;
  /** Leading folders that are no part of the paths. */
  readonly strip?: number;
  readonly keepGoing: boolean;
  readonly replace: boolean;
  readonly dryRun: boolean;
}

/** With refusals, and without `keepGoing`, nothing is written. */
export async function importAlone(request: ImportRequest): Promise<PatchImport> {
  return await withRepository(request.repo, (session) => importInto(session, request), request.dryRun ? "tell" : "recover");
}

async function importInto(session: Session, request: ImportRequest): Promise<PatchImport> {
  const refs = await listRefs(session.pool.repository);
  const base = await importBase(session, refs, { base: request.base, release: request.release });
  const source = await readSource(session, request.source, request.strip);
  const groups = request.groups === undefined ? undefined : await readGroups(request.groups);
  const { feature, purpose, owner, group, dryRun } = request;
  const releases = [...new Set([base.release, ...basesOf(refs)])];
  const planned = planFeatures(source.patches, { feature, purpose, owner, group, groups, releases, dryRun });
  const { pool } = session;
  const context = openContext(pool);
  try {
    const baseTime = / (-?\d+ [+-]\d{4})$/.exec(parseRawCommit(await pool.read(base.commit, "commit")).committer)?.[1] ?? "0 +0000";
    const building = { pool, placing: { ...context, lenient: request.keepGoing, answers: new Map() }, base, baseTime };
    const { built, sameTogether, notes } = await buildTogether(building, source, planned);
    const whole = !built.some(({ placed }) => isRefused(placed));
    const before = new Map(built.map(({ plan }) => [plan.name, refs.get(refOf(plan.name, base)) ?? null]));
    wantFree(built, base, before, request.replace);
    const written = !dryRun && (whole || request.keepGoing);
    if (written) await write(session, base, built, before);
    return importDocument({
      source: request.source,
      read: { ...source, notes: [...source.notes, ...notes] },
      base,
      built,
      before,
      written,
      sameTogether,
    });
  } finally {
    await context.merger.close();
  }
}

function refOf(name: string, { release }: ImportBase): string {
  return `refs/heads/${name}/${release}`;
}

/** A branch that holds something else is never written over unasked. */
function wantFree(built: readonly BuiltFeature[], base: ImportBase, before: ReadonlyMap<string, string | null>, replace: boolean): void {
  const taken = built.filter(({ plan, branch }) => ![null, branch.commit].includes(before.get(plan.name) ?? null));
  if (replace || taken.length === 0) return;
  const lines = taken.map(({ plan }) => `branch ${plan.name}/${base.release} is there already, with something else`);
  throw new UnforkError("input-invalid", lines.join("\n"), {
    hint: "give --replace to put the import in its place, or import under another name; nothing was written",
    context: { ref: refOf(taken[0]?.plan.name ?? "", base) },
  });
}

interface Together {
  readonly built: readonly BuiltFeature[];
  readonly sameTogether: boolean | null;
  readonly notes: readonly string[];
}

/** What was taken apart must go together again: features that clash when merged are put on those before them instead. */
async function buildTogether(building: Building, { patches }: PatchSource, proposed: readonly PlannedFeature[]): Promise<Together> {
  const onOthers = new Set<string>();
  const { planned, needs } = await untangle(building, patches, proposed);
  for (;;) {
    const built = await buildFeatures(building, planned, needs, onOthers);
    if (built.length < 2 || built.some(({ placed }) => isRefused(placed))) return { built, sameTogether: null, notes: [] };
    const merged = await mergeBuilt(building, built);
    const inOrder = await placePatches(building.placing, patches, building.base.tree);
    const differing = (await changesBetween(building.placing.readTree, merged.tree, inOrder.tree)).map(({ path }) => path);
    const suspects = [...merged.clashes.map(({ feature }) => feature.name), ...touching(planned, differing)].filter(
      (name) => !onOthers.has(name),
    );
    for (const name of suspects) onOthers.add(name);
    if (suspects.length > 0) continue;
    const notes = [
      ...merged.clashes.map(
        ({ feature, others, files }) => `${feature.name} clashes with ${others.map(({ name }) => name).join(", ")} in ${files.join(", ")}`,
      ),
      ...differing.slice(0, 8).map((path) => `${shownBytes(path)} is another after the merge: ${touching(planned, [path]).join(", ")}`),
    ];
    return { built, sameTogether: !isRefused(inOrder) && notes.length === 0, notes };
  }
}

/** Features with a patch on one of these files. */
function touching(planned: readonly PlannedFeature[], paths: readonly string[]): string[] {
  return planned
    .filter(({ patches }) => patches.some(({ text }) => changedPaths(text).some((path) => paths.includes(path))))
    .map(({ name }) => name);
}

async function write(
  session: Session,
  base: ImportBase,
  built: readonly BuiltFeature[],
  before: ReadonlyMap<string, string | null>,
): Promise<void> {
  const { files } = await openPatchState(session.pool);
  const real = built.filter(({ branch, start }) => branch.commit !== start.commit);
  for (const { plan, start } of real) {
    const card = (await readCard(files, plan.name)) ?? newCard(plan.name, plan);
    const { [base.release]: _old, ...others } = card.starts;
    const starts = base.unnamed ? { ...others, [base.release]: start.commit } : others;
    await writeCard(files, { ...card, purpose: plan.purpose, owner: plan.owner, starts });
  }
  const moves = real.map(({ plan, branch }) => ({
    ref: refOf(plan.name, base),
    old: before.get(plan.name) ?? null,
    next: branch.commit,
  }));
  const names = real.map(({ plan }) => plan.name).join(", ");
  await finish(session, [...moves, files.update(`Import ${names} onto ${base.release}`, Math.floor(wallClockMs() / 1000))]);
}
