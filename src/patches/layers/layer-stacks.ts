/** Owns the stacks of a layer on a release: its features by their branches, or all its patches as one series. */
import { shownBytes } from "../../git/bytes.js";
import { messageText, parseRawCommit } from "../../git/raw-commit.js";
import { UnforkError } from "../../support/errors.js";
import { refOf } from "../alone/session.js";
import { baseRef } from "../base-releases.js";
import { readCard } from "../cards/card-store.js";
import { type FeatureOn, featuresOn, tipsOf } from "../cards/features-on.js";
import { trailerOf } from "../import/trailers.js";
import { dependencyOrder } from "../order.js";
import { listStack } from "../stack/stack-patch.js";
import type { OpenLayer } from "./open-layers.js";
import type { Pin } from "./pins.js";
import { standsOn } from "./upstream-between.js";

export interface LayerStackOn {
  readonly name: string;
  readonly kind: "feature" | "series";
  /** Null for a series that the file names no owner of. */
  readonly owner: string | null;
  /** Commits: where it starts, and its tip. */
  readonly start: string;
  readonly tip: string;
  readonly dependsOn: readonly string[];
  /** The branch that the same stack has on another release; null where there is none. */
  readonly branchOn: (release: string) => string | null;
}

/** What others build on first. Throws `input-invalid` where one does not stand on the pin. */
export async function stacksOn(open: OpenLayer, pin: Pin, release: string): Promise<LayerStackOn[]> {
  return open.layer.series === undefined
    ? await featureStacks(open, pin, release)
    : [await seriesStack(open, open.layer.series, pin, release)];
}

async function seriesStack(open: OpenLayer, series: string, pin: Pin, release: string): Promise<LayerStackOn> {
  const { layer, session, refs } = open;
  const on = (label: string) => series.replaceAll("{release}", label);
  const isBranch = refs.has(`refs/heads/${on(release)}`) && on("a") !== on("b");
  const tip = await session.pool.find(`${on(release)}^{commit}`);
  if (tip === undefined)
    throw new UnforkError(
      "input-invalid",
      `${layer.place}: layer ${layer.name} has no ${on(release)} in ${layer.folder}, the tip of its series on ${release}`,
      { hint: "correct `series`, or leave it out: then its features are the branches <feature>/<release>" },
    );
  await wantOn(open, { what: `the series ${on(release)}`, tip: tip.id, pin, release });
  const branchOn = (label: string) => (isBranch ? `refs/heads/${on(label)}` : null);
  return { name: layer.name, kind: "series", owner: layer.owner ?? null, start: pin.commit, tip: tip.id, dependsOn: [], branchOn };
}

/** A series as it was ported to a release: its branch, else the port's ref. Undefined: it was not. */
export async function portedSeries(open: OpenLayer, series: string, pin: Pin, release: string): Promise<string | undefined> {
  const { refs } = open;
  const branch = series.includes("{release}") ? refs.get(`refs/heads/${series.replaceAll("{release}", release)}`) : undefined;
  const tip = branch ?? refs.get(refOf(release));
  if (tip !== undefined) await wantOn(open, { what: `the series of ${release}`, tip, pin, release });
  return tip;
}

async function featureStacks(open: OpenLayer, pin: Pin, release: string): Promise<LayerStackOn[]> {
  const { session, refs, layer } = open;
  const base = refs.get(baseRef(release));
  if (base !== undefined && base !== pin.commit)
    throw new UnforkError(
      "input-invalid",
      `${layer.place}: layer ${layer.name}: base/${release} is ${base.slice(0, 10)}, and ${pin.by} names ${pin.commit.slice(0, 10)} at ${release}`,
      {
        hint: `the pins have to agree: git -C ${layer.folder} branch -f base/${release} ${pin.commit.slice(0, 12)}, and put the features there`,
      },
    );
  const features = await featuresOn(session.pool, { release, base: pin.commit, tips: tipsOf(refs, release) });
  return await Promise.all(dependencyOrder(features).map((feature) => featureStack(open, pin, feature)));
}

async function featureStack(open: OpenLayer, pin: Pin, feature: FeatureOn): Promise<LayerStackOn> {
  const { session, layer } = open;
  const { name, release, tip, start, commits, dependsOn } = feature;
  const what = `feature ${name}/${release}`;
  await wantOn(open, { what, tip, pin, release });
  const listed = commits.length === 0 ? 0 : (await listStack(session.pool, { base: start, tip })).length;
  if (feature.astray || listed !== commits.length)
    throw new UnforkError(
      "input-invalid",
      `${layer.place}: layer ${layer.name}: ${what} takes ${dependsOn.join(", ") || "upstream"} in between its own commits`,
      {
        hint: "put its commits behind what it builds on: git rebase",
      },
    );
  const branchOn = (label: string) => `refs/heads/${name}/${label}`;
  return { name, kind: "feature", owner: await ownerOf(open, feature), start, tip, dependsOn, branchOn };
}

async function ownerOf({ session, state }: OpenLayer, { name, tip }: FeatureOn): Promise<string> {
  const card = await readCard(state.files, name);
  const raw = parseRawCommit(await session.pool.read(tip, "commit"));
  const trailer = trailerOf(messageText(raw), "Owner");
  return card?.owner ?? (trailer === undefined || trailer === "" ? shownBytes(raw.author).replace(/ <.*$/, "") : trailer);
}

interface Standing {
  readonly what: string;
  readonly tip: string;
  readonly pin: Pin;
  readonly release: string;
}

async function wantOn({ layer, session }: OpenLayer, { what, tip, pin, release }: Standing): Promise<void> {
  if (await standsOn(session, tip, pin.commit)) return;
  throw new UnforkError(
    "input-invalid",
    `${layer.place}: layer ${layer.name}: ${what} does not stand on ${pin.commit.slice(0, 10)}, which ${pin.by} names at ${release}`,
    {
      hint: "port it there first: unfork patch port --repo … --series … --onto …",
    },
  );
}
