/** Owns what a run knows before it writes: the listing, the plan filled in, what the compiler says of undecided tokens. */
import { resolve } from "node:path";

import type { Part } from "./engine/part-model.js";
import { listTree, type Tree } from "./engine/tree-files.js";
import type { IsolateRequest } from "./isolate-tree.js";
import { type Journal, readJournal } from "./journal/journal-file.js";
import { readMarker } from "./marker.js";
import { openParts } from "./open-parts.js";
import { isReadBy } from "./part-files.js";
import type { PathChanges } from "./paths/plan-paths.js";
import { checkPolicy } from "./policy/check-policy.js";
import type { EffectivePlan } from "./policy/effective-plan.js";
import { type Rewritten, rewriteParts } from "./rewrite-parts.js";
import { NOTHING_SETTLED, type Settled, settleByClang } from "./settle-by-clang.js";

export interface Prepared {
  readonly listing: Tree;
  readonly effective: EffectivePlan;
  /** Journal of the input, when it was isolated already. */
  readonly prior: Journal | undefined;
  readonly wasMarked: boolean;
  readonly settled: Settled;
  /** What follows from the files' new paths; undefined when all keep theirs. */
  readonly paths?: PathChanges;
}

type PrepareRequest = Omit<IsolateRequest, "target">;

/** Lists the tree and settles what the plan leaves open. Throws as `isolateTree` does. */
export async function prepare(request: PrepareRequest): Promise<Prepared> {
  const { source, plan } = request;
  checkPolicy(plan, "the policy");
  const prior = await readJournal(source);
  const own = new Set((prior?.added ?? []).map(([path]) => path));
  const tree = listTree(source);
  const listing = { ...tree, files: tree.files.filter(({ path }) => !own.has(path)) };
  const regular = listing.files.flatMap(({ path, link }) => (link === undefined ? [path] : []));
  const effective = await planFor(request, regular);
  const prepared = { listing, effective, prior, wasMarked: (await readMarker(source)) !== undefined, settled: NOTHING_SETTLED };
  const settled = request.commands === undefined ? prepared : await withCompiler(request, prepared, request.commands);
  return withPaths(request, settled);
}

/** The plan filled in from the tree, where it leaves anything to that. */
async function planFor({ source, flavor, plan }: PrepareRequest, files: readonly string[]): Promise<EffectivePlan> {
  if (plan.namespaces.length > 0 && plan.share.length === 0) return { plan, found: [] };
  const { effectivePlan } = await import("./policy/effective-plan.js");
  return effectivePlan(plan, `_${flavor}`, resolve(source), files);
}

/** With the files' new paths, where the plan renames them. */
async function withPaths({ source, flavor }: PrepareRequest, prepared: Prepared): Promise<Prepared> {
  const { listing, effective, prior, wasMarked } = prepared;
  if (effective.plan.paths === "keep") return prepared;
  const { planPaths } = await import("./paths/plan-paths.js");
  const { files, ...paths } = planPaths({
    root: resolve(source),
    suffix: `_${flavor}`,
    listing,
    plan: effective.plan,
    isRead: isReadBy(effective.plan),
    isAgain: prior !== undefined || wasMarked,
  });
  return { ...prepared, listing: { ...listing, files }, paths };
}

/** A run that writes nothing tells which tokens are undecided; the compiler's answers are rules of the run that follows. */
async function withCompiler(
  request: PrepareRequest,
  prepared: Prepared,
  commands: NonNullable<IsolateRequest["commands"]>,
): Promise<Prepared> {
  const parts = openParts({ ...request, plan: prepared.effective.plan }, prepared.listing);
  try {
    const { results } = await tryParts(request, prepared, parts);
    const settled = await settleByClang(resolve(request.source), commands, results);
    const { effective } = prepared;
    const settle = [...effective.plan.settle, ...settled.settle];
    return { ...prepared, effective: { ...effective, plan: { ...effective.plan, settle } }, settled };
  } finally {
    await Promise.all(parts.map((part) => part.close()));
  }
}

/** A run that writes nothing. */
export async function tryParts(request: PrepareRequest, prepared: Prepared, parts: readonly Part[]): Promise<Rewritten> {
  const nowhere = { folder: undefined, earlier: undefined, created: false };
  return rewriteParts(rewriteRequest(request, prepared), parts, nowhere, Promise.resolve());
}

export function rewriteRequest(
  request: PrepareRequest,
  { listing, effective, prior, wasMarked, paths }: Prepared,
): Parameters<typeof rewriteParts>[0] {
  const known = new Set(prior?.names);
  return {
    plan: effective.plan,
    asked: request.plan.namespaces,
    flavor: request.flavor,
    source: request.source,
    files: listing.files.map(({ path }) => path),
    ...(paths === undefined ? {} : { paths }),
    isOriginal: request.isOriginal === true,
    isKnown: prior === undefined ? () => wasMarked : (name) => known.has(name),
  };
}
