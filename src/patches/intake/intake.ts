/** Owns the intake of an existing fork: the upstream commit it came from, its own changes as proposed features, the noise. */
import { shownBytes } from "../../git/bytes.js";
import { INTAKE_NOISE_KINDS, type IntakeBase, type IntakeNear, type IntakeNoise, type PatchIntake } from "../../model/patch-intake.js";
import { byText } from "../../support/order.js";
import type { FoundBase, NearCommit } from "./base/find-base.js";
import { forkPathOf } from "./base/layout.js";
import { type SettledBase, settleBase } from "./base/settle-base.js";
import { folderOf } from "./base/tree-scores.js";
import { listCommits, upstreamRefs } from "./base/upstream-commits.js";
import { commitLine, nearestTag } from "./describe-commit.js";
import { type Difference, type NoiseFile, differenceOf } from "./difference.js";
import { readOwnCommits } from "./features/own-commit.js";
import { LINE_FORMS } from "./line-forms.js";
import { type Sides, withSides } from "./opened.js";
import { type Proposal, propose } from "./propose.js";
import { upstreamAhead } from "./upstream-ahead.js";

export interface IntakeRequest {
  /** A git repository, or a folder. */
  readonly fork: string;
  /** A git repository with upstream's history. */
  readonly upstream: string;
  /** What of a fork with a history is looked at: a branch, a tag, a commit. */
  readonly tip: string;
  /** Upstream's refs to look at; none: all branches and tags. */
  readonly refs: readonly string[];
  /** Folder for the proposal; null writes nothing. */
  readonly out: string | null;
}

/** Reads both sides and changes neither. `base` is null when the fork has nothing of upstream. */
export async function intake(request: IntakeRequest): Promise<PatchIntake> {
  const writing = request.out === null ? null : await import("./write-proposal.js");
  return await withSides(request, async (sides) => {
    writing?.wantPlace(request.out ?? "", request.fork);
    const refs = await upstreamRefs(sides.upstream.repository, request.refs);
    const commits = await listCommits(sides.joined.repository, refs);
    const head: Head = {
      fork: { path: request.fork, kind: sides.tip === null ? "tree" : "history", tip: sides.tip, files: sides.fork.files.length },
      upstream: { path: request.upstream, refs: [...request.refs], commits: commits.length, shallow: sides.upstream.shallow },
    };
    const base = await settleBase(sides, refs, commits);
    if (base === undefined) return noFork(sides, head);
    const tips = refs.map(({ commit }) => commit);
    const ahead = await upstreamAhead(sides.joined.repository, base.commit, tips);
    const own = await readOwnCommits(sides.joined.objects, base.ownCommits);
    const touched = new Set(own.flatMap(({ files }) => files.map(({ path }) => path)));
    const difference = await differenceOf({
      ...sides,
      placed: base.placed,
      baseFiles: base.files,
      submodules: base.submodules,
      isRemoval: (path) => base.found === null || touched.has(forkPathOf(path, base.placed.rules)),
    });
    const proposal = await propose({ joined: sides.joined, base, changed: difference.changed, own, ahead });
    const document: PatchIntake = {
      ...head,
      base: await baseOf(sides, base, difference),
      features: [...proposal.features],
      cancelled: proposal.cancelled,
      noise: noiseOf(difference.noise),
      notes: [...notesOf(sides), ...mergeNotes(base, own, proposal)],
      summary: summaryOf(difference, proposal, own.length),
      written: null,
    };
    if (writing === null || request.out === null) return document;
    const { unexplained } = proposal;
    return { ...document, written: await writing.writeProposal({ folder: request.out, document, sides, base, unexplained }) };
  });
}

type Head = Pick<PatchIntake, "fork" | "upstream">;

function noFork(sides: Sides, head: Head): PatchIntake {
  const summary = { features: 0, files: 0, added: 0, removed: 0, commits: 0, noise: 0 };
  return { ...head, base: null, features: [], cancelled: [], noise: [], notes: notesOf(sides), summary, written: null };
}

async function baseOf(sides: Sides, settled: SettledBase, difference: Difference): Promise<IntakeBase> {
  const { found, commit, placed, merged } = settled;
  const { objects } = sides.joined;
  const near = (one: NearCommit): Promise<IntakeNear> => nearOf(sides, one);
  return {
    ...(await commitLine(objects, commit)),
    describe: await nearestTag(sides.upstream.repository, commit),
    how: found === null ? "history" : "tree",
    sure: found === null ? "certain" : surenessOf(found, difference),
    layout: placed.rules.map(({ fork, upstream }) => ({ fork: shownBytes(fork), upstream: shownBytes(upstream) })),
    common: difference.common,
    identical: difference.identical + formsOf(difference),
    same: found === null || found.same.length < 2 ? null : await sameOf(sides, found),
    runnersUp: await Promise.all((found?.runnersUp ?? []).map(near)),
    merged: [...merged],
  };
}

async function nearOf({ joined }: Sides, { commit, score, lines }: NearCommit): Promise<IntakeNear> {
  return { ...(await commitLine(joined.objects, commit)), identical: score.identical, lines };
}

async function sameOf(sides: Sides, found: FoundBase): Promise<NonNullable<IntakeBase["same"]>> {
  const [oldest, newest] = await Promise.all(
    [found.same[0], found.same.at(-1)].map((commit) => nearOf(sides, { ...found, commit: commit ?? found.commit })),
  );
  if (oldest === undefined || newest === undefined) throw new Error("two commits were described");
  return { count: found.same.length, oldest, newest };
}

/** Files that are the same once line ends, keywords and white space are left out. */
function formsOf({ noise }: Difference): number {
  return noise.filter(({ kind }) => LINE_FORMS.some((form) => form === kind)).length;
}

/** A fork that changed more may as well have taken over upstream's next commits. Noise counts as the same file: a tool rewrote it, and it still tells where it came from. */
function surenessOf(found: FoundBase, { common, changed }: Difference): IntakeBase["sure"] {
  const modified = changed.filter(({ change }) => change === "modified").length;
  const share = common === 0 ? 0 : (common - modified) / common;
  if (share < 0.5) return "doubtful";
  return share >= 0.98 && found.same.length === 1 ? "certain" : "likely";
}

function noiseOf(files: readonly NoiseFile[]): IntakeNoise[] {
  return INTAKE_NOISE_KINDS.flatMap((kind) => {
    const paths = files.filter((file) => file.kind === kind).map(({ path }) => path);
    if (paths.length === 0) return [];
    const counts = new Map<string, number>();
    for (const path of paths) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
    const folders = [...counts]
      .toSorted(([a, x], [b, y]) => y - x || byText(a, b))
      .map(([folder, count]) => ({ folder: shownBytes(folder), files: count }));
    return [{ kind, files: paths.length, folders, paths: paths.map(shownBytes) }];
  });
}

function notesOf({ upstream, shallowFork, fork }: Sides): string[] {
  return [
    ...(upstream.shallow ? ["upstream is a shallow clone: a base before its oldest commit cannot be found; git fetch --unshallow"] : []),
    ...(shallowFork ? ["the fork is a shallow clone: what lies before its oldest commit was not seen; git fetch --unshallow"] : []),
    ...(fork.passedOver.length > 0
      ? [`passed over, no part of a tree: ${fork.passedOver.slice(0, 5).join(", ")}${fork.passedOver.length > 5 ? " …" : ""}`]
      : []),
  ];
}

function mergeNotes({ found, merged }: SettledBase, own: readonly { parents: readonly string[] }[], { unexplained }: Proposal): string[] {
  const merges = own.filter(({ parents }) => parents.length > 1).length;
  const left = own.length > 0 && unexplained.length > 0;
  const why = found === null ? "only a merge left them so" : "they came with the import";
  return [
    ...(merged.length > 0
      ? [`upstream was also merged from ${merged.map((id) => id.slice(0, 10)).join(", ")}; the newest is taken as the base`]
      : []),
    ...(merges > 0 ? [`${merges} ${merges === 1 ? "merge" : "merges"} among the fork's commits, left out of the features`] : []),
    ...(left ? [`${unexplained.length} changed files are in no commit of the fork's own: ${why}; proposed by files`] : []),
  ];
}

function summaryOf({ changed, noise }: Difference, { features }: Proposal, commits: number): PatchIntake["summary"] {
  return {
    features: features.length,
    files: changed.length,
    added: changed.reduce((sum, { diff }) => sum + diff.added.length, 0),
    removed: changed.reduce((sum, { diff }) => sum + diff.removed.length, 0),
    commits,
    noise: noise.length,
  };
}
