/** Owns the chains of a project: features switched on one after the other, and upstream's commits one after the other. */
import type { GitSource, Release } from "../../model/source.js";
import type { UseCase } from "../../model/use-case.js";
import type { LoadedFeature } from "../../patches/feature.js";
import type { History } from "../../sources/git-history.js";
import { useCaseArm } from "../../usecases/attribution/arm.js";
import type { Pair } from "../../usecases/attribution/readings.js";
import type { Site, SiteAt } from "../../usecases/attribution/site.js";
import { type Built, type Variant, type Workshop, buildVariant } from "./variant.js";

export interface SiteMaker {
  readonly workshop: Workshop;
  readonly latest: Release;
  /** The older release's commit, once it is known. */
  readonly older: { value?: string };
  /** Makes a use case's inputs, or gives the folder that holds them. */
  readonly inputsOf: (useCase: UseCase) => Promise<string>;
}

/** Both releases with these features. */
export async function siteWith(maker: SiteMaker, features: readonly LoadedFeature[]): Promise<Site> {
  const shown = features.length === 0 ? "no features" : features.map(({ feature }) => feature.name).join(", ");
  return await besideLegacy(maker, { side: "to", upstream: maker.latest, features, recipe: "latest" }, `${maker.latest.id} with ${shown}`);
}

/** Place n has the first n features, in an order in which what one builds on comes before it. */
export function featureSites(maker: SiteMaker, features: readonly LoadedFeature[]): SiteAt {
  return kept((place) => siteWith(maker, features.slice(0, place)));
}

/** Place 0 is the older release, place n the tree after the history's nth step. */
export function upstreamSites(maker: SiteMaker, history: History, url: string, features: readonly LoadedFeature[]): SiteAt {
  return kept(async (place) => {
    const commit = place === 0 ? history.from : (history.steps[place - 1]?.tree ?? history.to);
    const upstream = releaseAt(maker.latest, url, commit);
    const shown = `upstream at ${commit.slice(0, 12)}`;
    const site = await besideLegacy(maker, { side: "to", upstream, features, recipe: "latest" }, shown);
    if (site.status === "ready") return site;
    const hasShim = maker.workshop.project.config.shim !== undefined;
    const asLegacy = { side: "to", upstream, features, recipe: "legacy" } as const;
    const other = hasShim ? site : await besideLegacy(maker, asLegacy, `${shown} as the legacy flavor`);
    if (other.status === "ready") return other;
    return place === 0 && isOlder(maker, commit, history) ? await legacyItself(maker, features) : site;
  });
}

/** The first place of the whole way is the older release; that of a merge's branch is not. */
function isOlder({ older }: SiteMaker, commit: string, history: History): boolean {
  return commit === history.from && (older.value ??= commit) === commit;
}

/** The legacy flavor beside itself: where the older tree cannot be built as the newer flavor is. */
async function legacyItself(maker: SiteMaker, features: readonly LoadedFeature[]): Promise<Site> {
  const variant: Variant = { side: "from", upstream: maker.latest, features, recipe: "legacy" };
  const built = await buildVariant(maker.workshop, variant, `${maker.workshop.project.config.flavors.legacy.release} itself`);
  if (built.status === "failed") return { status: "none", why: built.why };
  return { status: "ready", pair: (useCase) => pairOf(maker, useCase, { reference: built, candidate: built }) };
}

/** The newer release as it was at that commit: taken from the same repository, with the same parts kept. */
function releaseAt(latest: Release, url: string, commit: string): Release {
  const own = latest.sources.find((source): source is GitSource => source.kind === "git" && source.url === url);
  const source: GitSource = { kind: "git", url, into: own?.into ?? ".", deps: own?.deps ?? [], ref: commit };
  return { ...latest, sources: [source] };
}

async function besideLegacy(maker: SiteMaker, candidate: Variant, shown: string): Promise<Site> {
  const { workshop } = maker;
  const built = await buildVariant(workshop, candidate, shown);
  if (built.status === "failed") return { status: "none", why: built.why };
  const base = { ...candidate, side: "from" as const, upstream: maker.latest, recipe: "legacy" as const };
  const reference = await buildVariant(workshop, base, `${workshop.project.config.flavors.legacy.release} beside it`);
  if (reference.status === "failed") return { status: "none", why: `the legacy flavor ${reference.why}` };
  return { status: "ready", pair: (useCase) => pairOf(maker, useCase, { reference, candidate: built }) };
}

type Ready = Built & { readonly status: "built" };

async function pairOf(maker: SiteMaker, useCase: UseCase, { reference, candidate }: Record<keyof Pair, Ready>): Promise<Pair> {
  const { root } = maker.workshop.project;
  const inputs = await maker.inputsOf(useCase);
  const arm = ({ id, program, flavor }: Ready) => useCaseArm({ id, useCase, program, flavor, inputs, root });
  return { reference: arm(reference), candidate: arm(candidate) };
}

function kept(make: SiteAt): SiteAt {
  const known = new Map<number, Promise<Site>>();
  return (place) => {
    const site = known.get(place) ?? make(place);
    known.set(place, site);
    return site;
  };
}
