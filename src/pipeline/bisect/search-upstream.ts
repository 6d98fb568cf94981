/** Owns upstream's part of a bisection: the commits between both releases, built in between, with the fewest features. */
import type { Suspect } from "../../model/attribution.js";
import type { Release } from "../../model/source.js";
import type { LoadedFeature } from "../../patches/feature.js";
import { type History, type HistoryStep, historyBetween, sharedHistory } from "../../sources/git-history.js";
import type { Jump } from "../../usecases/attribution/find-jumps.js";
import { readSite } from "../../usecases/attribution/site.js";
import { type Caught, type Hunt, holds, searchChain } from "./search.js";
import { type SiteMaker, upstreamSites } from "./sites.js";

/** Upstream's repository and the commits of both releases, where their sources do not tell. */
export interface GivenHistory {
  readonly url: string;
  readonly from: string;
  readonly to: string;
}

export interface UpstreamSearch {
  readonly caught: Caught;
  /** The newer release's part is no change of upstream's: the older tree built its way shows it, too. */
  readonly own: boolean;
}

export interface UpstreamRequest {
  readonly legacy: Release;
  readonly features: readonly LoadedFeature[];
  readonly given: GivenHistory | undefined;
}

const NOTHING: Caught = { culprits: [], jumps: [], answers: 0, notes: [] };

export async function searchUpstream(maker: SiteMaker, hunt: Hunt, { legacy, features, given }: UpstreamRequest): Promise<UpstreamSearch> {
  const { workshop, latest } = maker;
  const place = given ?? sharedHistory(legacy, latest);
  if (place === undefined) {
    const note = `upstream holds it, between ${legacy.id} and ${latest.id}; no history is at hand: give --history URL --from REF --to REF`;
    return { caught: { ...NOTHING, notes: [note] }, own: false };
  }
  const history = await historyBetween(place.url, place, { cache: workshop.project.cache, baseFolder: workshop.project.root });
  const sites = upstreamSites(maker, history, place.url, features);
  workshop.tell(`${history.steps.length} commits between ${legacy.id} and ${latest.id}`);
  return await searchHistory(hunt, sites, history);
}

async function searchHistory(hunt: Hunt, sites: ReturnType<typeof upstreamSites>, history: History): Promise<UpstreamSearch> {
  const last = history.steps.length;
  const start = await readable(hunt, sites, 0);
  const end = await readable(hunt, sites, last);
  if (end !== "")
    return { caught: { ...NOTHING, notes: [`upstream's ${history.to.slice(0, 12)} cannot be measured: ${end}`] }, own: false };
  if (start !== "")
    return { caught: { ...NOTHING, notes: [`upstream's ${history.from.slice(0, 12)} cannot be measured: ${start}`] }, own: false };
  const answer = last === 0 ? "no" : await holds(hunt, sites, { from: 0, to: last });
  if (answer !== "yes") return { caught: { ...NOTHING, answers: 1 }, own: true };
  const caught = await searchChain(hunt, sites, { from: 0, to: last }, (jump) => suspectsIn(history, jump));
  return { caught: { ...caught, answers: caught.answers + 1 }, own: false };
}

/** Empty when it is. */
async function readable({ question, bench, rules, scale }: Hunt, sites: ReturnType<typeof upstreamSites>, place: number): Promise<string> {
  return (await readSite(await sites(place), question.useCase, bench, { pairs: rules.firstPairs, scale })).why;
}

function suspectsIn(history: History, { from, to }: Jump): Suspect[] {
  return history.steps.slice(from, to).map(commitSuspect);
}

export function commitSuspect({ change, undone }: HistoryStep): Suspect {
  const title = undone ? `${change.subject} (only on the older release's branch)` : change.subject;
  return { kind: "commit", id: change.id, title, who: change.author, date: change.date };
}
