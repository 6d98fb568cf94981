/** Owns the features' part of a bisection: which of them the difference between both releases needs. */
import type { LoadedFeature } from "../../patches/feature.js";
import { differenceOf, holdsChange } from "../../stats/difference.js";
import type { PairedEstimate } from "../../stats/paired.js";
import type { Jump } from "../../usecases/attribution/find-jumps.js";
import { readSite } from "../../usecases/attribution/site.js";
import { closedOver, smallestSet, without } from "../../usecases/attribution/smallest-set.js";
import { type Caught, type Hunt, featureSuspect, holds, searchChain } from "./search.js";
import { type SiteMaker, featureSites, siteWith } from "./sites.js";

export interface FeatureSearch {
  readonly caught: Caught;
  /** The fewest features that both releases can be built with: upstream is searched with these. */
  readonly least: readonly LoadedFeature[];
}

/** Features switched on in halves, along an order that keeps their dependencies; what is found is then switched off alone. */
export async function searchFeatures(maker: SiteMaker, hunt: Hunt, all: readonly LoadedFeature[]): Promise<FeatureSearch> {
  const features = await indispensableFirst(maker, hunt, all);
  const sites = featureSites(maker, features);
  const first = await firstMeasurable(hunt, sites, features.length);
  const least = features.slice(0, first);
  const nothing: Caught = { culprits: [], jumps: [], answers: 0, notes: [] };
  if (first === features.length) return { caught: nothing, least };
  const ends = { from: first, to: features.length };
  const answer = await holds(hunt, sites, ends);
  const notes =
    first === 0
      ? []
      : [
          `without ${least.map(({ feature }) => feature.name).join(", ")} the program cannot be measured: what they bring is told as upstream's`,
        ];
  if (answer !== "yes") return { caught: { ...nothing, answers: 1, notes }, least };
  const between = (jump: Jump) => features.slice(jump.from, jump.to).map(({ feature }) => featureSuspect(feature));
  const caught = await searchChain(hunt, sites, ends, between, (jump) => switchedOff(maker, hunt, features, jump));
  return { caught: { ...caught, answers: caught.answers + 1, notes }, least };
}

/** Where the program cannot be measured without any: those that it cannot do without one by one lead, with what they build on. */
async function indispensableFirst(maker: SiteMaker, hunt: Hunt, features: readonly LoadedFeature[]): Promise<readonly LoadedFeature[]> {
  if (features.length < 2 || (await readWith(maker, hunt, [])) !== undefined) return features;
  const named = features.map(namedOf);
  const needed: string[] = [];
  for (const { name } of named) {
    const rest = loadedOf(features, without(name, named));
    if (rest.length > 0 && (await readWith(maker, hunt, rest)) === undefined) needed.push(name);
  }
  const leading = loadedOf(features, closedOver(needed, named));
  return [...leading, ...features.filter((feature) => !leading.includes(feature))];
}

async function firstMeasurable(hunt: Hunt, sites: ReturnType<typeof featureSites>, all: number): Promise<number> {
  for (let place = 0; place < all; place++) {
    const { estimate } = await readSite(await sites(place), hunt.question.useCase, hunt.bench, {
      pairs: hunt.rules.firstPairs,
      scale: hunt.scale,
    });
    if (estimate !== undefined) return place;
  }
  return all;
}

/** The cross-check: the whole without the feature alone; where that changes nothing, the fewest that show it together. */
async function switchedOff(maker: SiteMaker, hunt: Hunt, features: readonly LoadedFeature[], jump: Jump): Promise<string[]> {
  const culprit = features[jump.from]?.feature;
  if (jump.kind !== "step" || culprit === undefined) return [];
  const all = features.map(namedOf);
  const left = loadedOf(features, without(culprit.name, all));
  const [whole, rest] = [await readWith(maker, hunt, features), await readWith(maker, hunt, left)];
  const gone = features.length - left.length - 1;
  const others = gone === 0 ? "" : ` (with ${gone} that build on it)`;
  if (whole === undefined || rest === undefined) return [`switching off ${culprit.name} alone${others} gives no program to measure`];
  const answer = holdsChange(differenceOf(whole, rest), hunt.rules.least, hunt.rules.alpha);
  if (answer === "yes") return [`switched off alone${others}, the difference goes with it`];
  return await together(maker, hunt, features.slice(0, jump.to));
}

async function together(maker: SiteMaker, hunt: Hunt, features: readonly LoadedFeature[]): Promise<string[]> {
  const none = await readWith(maker, hunt, []);
  if (none === undefined) return ["it shows only together with features before it"];
  const set = await smallestSet(features.map(namedOf), async (names) => {
    const closed = closedOver(
      names.map(({ name }) => name),
      features.map(namedOf),
    );
    const reading = await readWith(maker, hunt, loadedOf(features, closed));
    if (reading === undefined) return undefined;
    return holdsChange(differenceOf(reading, none), hunt.rules.least, hunt.rules.alpha) === "yes";
  });
  return [`the difference needs these together: ${set.map(({ name }) => name).join(", ")}`];
}

async function readWith(maker: SiteMaker, hunt: Hunt, features: readonly LoadedFeature[]): Promise<PairedEstimate | undefined> {
  const site = await siteWith(maker, features);
  const { estimate } = await readSite(site, hunt.question.useCase, hunt.bench, { pairs: hunt.rules.firstPairs, scale: hunt.scale });
  return estimate;
}

function namedOf({ feature: { name, dependsOn } }: LoadedFeature): { readonly name: string; readonly dependsOn: readonly string[] } {
  return { name, dependsOn };
}

function loadedOf(features: readonly LoadedFeature[], wanted: readonly { readonly name: string }[]): LoadedFeature[] {
  return features.filter(({ feature }) => wanted.some(({ name }) => name === feature.name));
}
