/** Owns `patch list`: every feature of a repository, from its branches and its card. */
import { type RawCommit, dayOf, messageText, parseRawCommit } from "../../git/raw-commit.js";
import { listRefs } from "../../git/refs.js";
import type { CardUpstream, FeatureLine, FeatureList, ReleaseState, ShownUpstream, StoredCard } from "../../model/feature-card.js";
import type { Session } from "../alone/session.js";
import { readRepository } from "../alone/session.js";
import { baseRef } from "../base-releases.js";
import { basesOf } from "../import/import-base.js";
import { trailerOf } from "../import/trailers.js";
import { type PatchState, openPatchState } from "../state/patch-state.js";
import { readCard, today } from "./card-store.js";
import { FEATURE_CONFLICTS } from "../remember.js";
import { type ConflictCount, conflictCounts, entriesIn } from "./conflict-counts.js";
import { learnedUpstream } from "./learned-upstream.js";
import { type FeatureOn, featuresOn, tipsOf } from "./features-on.js";
import { orderedReleases } from "./releases.js";
import { daysBetween, staleness } from "./staleness.js";

/** A feature of a project's folder of features. */
export interface FolderFeature {
  readonly name: string;
  readonly purpose: string;
  readonly owner: string;
  readonly dependsOn: readonly string[];
  /** The day it came into the project's own history, where that tells. */
  readonly created: string | null;
  /** Conflicts that were settled, by the ids of their three sides. */
  readonly settled: readonly string[];
  /** Files in conflict in the last run. */
  readonly open: number;
  /** Releases that do without it. */
  readonly dropped: readonly string[];
  /** Releases on which it was dropped, since upstream has it. */
  readonly upstreamed: readonly string[];
  /** Layers that its files lie in; only where the project lists some. */
  readonly layers?: readonly string[];
}

export interface ListRequest {
  readonly repo: string;
  /** Only this release. */
  readonly release?: string;
  /** Not reviewed for longer than that is stale. */
  readonly staleDays: number;
  readonly folder?: readonly FolderFeature[];
  /** Commits that releases stand on, where that is known without a branch `base/<release>`. */
  readonly bases?: ReadonlyMap<string, string>;
}

/** All that is known of one feature. */
export interface KnownFeature {
  readonly line: FeatureLine;
  /** Oldest release first. */
  readonly on: readonly FeatureOn[];
  readonly card: StoredCard | undefined;
}

export async function listFeatures(request: ListRequest): Promise<FeatureList> {
  return await readRepository(request.repo, async (session) => {
    const { releases, features } = await knownFeatures(session, request);
    return { repository: session.existing.repository.path, releases: [...releases], features: features.map(({ line }) => line) };
  });
}

export async function knownFeatures(
  session: Session,
  { release, staleDays, folder = [], bases: told = new Map() }: ListRequest,
): Promise<{ readonly releases: readonly string[]; readonly features: readonly KnownFeature[] }> {
  const { pool } = session;
  const [refs, state, cardNames] = await Promise.all([listRefs(pool.repository), openPatchState(pool), entriesIn(pool, "features")]);
  const names = cardNames.map((file) => file.replace(/\.json$/, ""));
  const cards = new Map(await Promise.all(names.map(async (name) => [name, await readCard(state.files, name)] as const)));
  const bases = new Map([...told, ...basesOf(refs).map((known) => [known, refs.get(baseRef(known)) ?? ""] as const)]);
  const unnamed = [...cards.values()].flatMap((card) => Object.entries(card?.starts ?? {})).filter(([known]) => !bases.has(known));
  const all = await orderedReleases(pool, new Map([...unnamed, ...bases]));
  const releases = release === undefined ? all : all.filter((one) => one === release);
  const on = (await Promise.all(releases.map((one) => onRelease(session, refs, one, bases.get(one), cards)))).flat();
  const commits = [...new Set(on.flatMap((feature) => feature.commits))];
  const conflicts = await conflictCounts(pool, state, commits);
  const wanted = [...new Set([...on.map(({ name }) => name), ...folder.map(({ name }) => name), ...(release === undefined ? names : [])])];
  const features = await Promise.all(
    wanted.toSorted().map((name) =>
      describe(session, {
        card: cards.get(name),
        folder: folder.find((one) => one.name === name),
        on: on.filter((one) => one.name === name),
        named: releases.filter((one) => bases.has(one)),
        conflicts,
        state,
        staleDays,
        name,
      }),
    ),
  );
  return { releases, features };
}

/** Without a base each feature stands where its card says. */
async function onRelease(
  { pool }: Session,
  refs: ReadonlyMap<string, string>,
  release: string,
  base: string | undefined,
  cards: ReadonlyMap<string, StoredCard | undefined>,
): Promise<FeatureOn[]> {
  const tips = tipsOf(refs, release);
  if (base !== undefined) return await featuresOn(pool, { release, base, tips });
  const lists = [...tips].map(async ([name, tip]) => {
    const start = cards.get(name)?.starts[release];
    return start === undefined ? [] : await featuresOn(pool, { release, base: start, tips: new Map([[name, tip]]) });
  });
  return (await Promise.all(lists)).flat();
}

interface Known {
  readonly name: string;
  readonly card: StoredCard | undefined;
  readonly folder: FolderFeature | undefined;
  readonly on: readonly FeatureOn[];
  /** Releases with a base. */
  readonly named: readonly string[];
  readonly conflicts: ReadonlyMap<string, ConflictCount>;
  readonly state: PatchState;
  readonly staleDays: number;
}

async function describe({ pool }: Session, { name, card, folder, on, named, conflicts, state, staleDays }: Known): Promise<KnownFeature> {
  const newest = on.at(-1);
  const tip = newest === undefined ? undefined : parseRawCommit(await pool.read(newest.tip, "commit"));
  const first = on[0]?.commits[0];
  const oldest = first === undefined ? undefined : parseRawCommit(await pool.read(first, "commit"));
  const created = card?.created ?? (folder === undefined ? writtenOn(oldest) : folder.created);
  const releases = statesOf(on, named, folder);
  const counted = [...new Set(on.flatMap(({ commits }) => commits))].map((commit) => conflicts.get(commit) ?? { all: 0, open: 0 });
  const met = folder === undefined ? [] : await entriesIn(pool, `${FEATURE_CONFLICTS}/${name}`);
  const openConflicts = (folder?.open ?? 0) + counted.reduce((sum, { open }) => sum + open, 0);
  const facts = {
    owner: folder?.owner ?? card?.owner ?? signOf(tip, "Owner") ?? null,
    created,
    reviewed: card?.reviewed ?? null,
    upstream: shownUpstream(card?.upstream, { learned: await learnedUpstream(state, newest), newest: releases.at(-1) }),
    releases,
    openConflicts,
  };
  const line: FeatureLine = {
    name,
    purpose: folder?.purpose ?? card?.purpose ?? signOf(tip, "Purpose") ?? null,
    kind: folder === undefined ? "branch" : "folder",
    dependsOn: [...(newest?.dependsOn ?? folder?.dependsOn ?? [])],
    ageDays: created === null ? null : daysBetween(created, today()),
    traps: [...(card?.traps ?? [])],
    ...(folder?.layers === undefined ? {} : { layers: [...folder.layers] }),
    conflicts: new Set([...met, ...(folder?.settled ?? [])]).size + counted.reduce((sum, { all }) => sum + all, 0),
    ...facts,
    stale: staleness({ ...facts, astray: on.filter(({ astray }) => astray).map(({ release }) => release) }, staleDays, today()),
  };
  return { line, on, card };
}

interface Evidence {
  readonly learned: string | undefined;
  readonly newest: ReleaseState | undefined;
}

/** What somebody wrote of upstream's commit counts most, then what a port found, then the rest of the card. */
function shownUpstream(written: CardUpstream | undefined, { learned, newest }: Evidence): ShownUpstream {
  if (written?.state === "in-upstream") return { ...written, release: null, from: "card" };
  if (learned !== undefined) return { state: "in-upstream", commit: learned, release: null, from: "port" };
  if (newest?.state === "upstreamed") return { state: "in-upstream", commit: null, release: newest.release, from: "port" };
  return written ?? { state: "never" };
}

/** Commits that unfork makes of folders have no day of their own. */
function writtenOn(commit: RawCommit | undefined): string | null {
  if (commit === undefined || commit.author.includes("<unfork@localhost>")) return null;
  return dayOf(commit.author) || null;
}

function signOf(commit: RawCommit | undefined, key: string): string | undefined {
  const value = commit === undefined ? undefined : trailerOf(messageText(commit), key);
  return value === undefined || value === "" ? undefined : value;
}

function statesOf(on: readonly FeatureOn[], named: readonly string[], folder: FolderFeature | undefined): ReleaseState[] {
  const gone = (release: string) => {
    if (folder?.upstreamed.includes(release) === true) return "upstreamed" as const;
    return folder?.dropped.includes(release) === true ? ("dropped" as const) : ("absent" as const);
  };
  const there = new Map(on.map((one) => [one.release, one]));
  const unnamed = on.filter(({ release }) => !named.includes(release)).map(({ release }) => release);
  return [...unnamed, ...named].map((release) => {
    const one = there.get(release);
    return {
      release,
      state: one !== undefined ? "there" : gone(release),
      commit: one?.tip ?? null,
      patches: one?.commits.length ?? 0,
    };
  });
}
