/** Owns upstream's part of a bisection: the commits between both releases, built in between, with the fewest features. */
import type { Release } from "../../model/source.js";
import type { LoadedFeature } from "../../patches/feature.js";
import { historyBetween, sharedHistory } from "../../sources/git-history.js";
import type { Caught, Hunt } from "./search.js";
import { type HistorySearch, searchHistory } from "./search-history.js";
import { type SiteMaker, upstreamSites } from "./sites.js";

/** Upstream's repository and the commits of both releases, where their sources do not tell. */
export interface GivenHistory {
  readonly url: string;
  readonly from: string;
  readonly to: string;
}

export interface UpstreamRequest {
  readonly legacy: Release;
  readonly features: readonly LoadedFeature[];
  readonly given: GivenHistory | undefined;
}

const NOTHING: Caught = { culprits: [], jumps: [], answers: 0, notes: [] };

export async function searchUpstream(maker: SiteMaker, hunt: Hunt, { legacy, features, given }: UpstreamRequest): Promise<HistorySearch> {
  const { workshop, latest } = maker;
  const place = given ?? sharedHistory(legacy, latest);
  if (place === undefined) {
    const note = `upstream holds it, between ${legacy.id} and ${latest.id}; no history is at hand: give --history URL --from REF --to REF`;
    return { caught: { ...NOTHING, notes: [note] }, own: false };
  }
  const history = await historyBetween(place.url, place, { cache: workshop.project.cache, baseFolder: workshop.project.root });
  workshop.tell(`${history.steps.length} commits between ${legacy.id} and ${latest.id}`);
  return await searchHistory(hunt, history, (way) => upstreamSites(maker, way, place.url, features));
}
