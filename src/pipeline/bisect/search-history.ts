/** Owns the search along a history: its ends, its commits, and the branches that its merges brought in. */
import type { Culprit, Suspect } from "../../model/attribution.js";
import { type History, type HistoryStep, mergedHistory } from "../../sources/git-history.js";
import type { Jump } from "../../usecases/attribution/find-jumps.js";
import { type SiteAt, readSite } from "../../usecases/attribution/site.js";
import { type Caught, type Hunt, holds, searchChain } from "./search.js";

export interface HistorySearch {
  readonly caught: Caught;
  /** What differs is no commit's: the older tree shows it, too, when it is built as the newer one is. */
  readonly own: boolean;
}

/** The places of a history, to be built and run. */
export type SitesOf = (history: History) => SiteAt;

const NOTHING: Caught = { culprits: [], jumps: [], answers: 0, notes: [] };

export async function searchHistory(hunt: Hunt, history: History, sitesOf: SitesOf): Promise<HistorySearch> {
  const sites = sitesOf(history);
  const last = history.steps.length;
  for (const [place, commit] of [
    [0, history.from],
    [last, history.to],
  ] as const) {
    const why = await unreadable(hunt, sites, place);
    if (why !== "") return { caught: { ...NOTHING, notes: [`${commit.slice(0, 12)} cannot be measured: ${why}`] }, own: false };
  }
  const answer = last === 0 ? "no" : await holds(hunt, sites, { from: 0, to: last });
  if (answer !== "yes") return { caught: { ...NOTHING, answers: 1 }, own: true };
  const caught = await searchChain(hunt, sites, { from: 0, to: last }, (jump) => suspectsIn(history, jump));
  return { caught: await insideMerges(hunt, history, sitesOf, { ...caught, answers: caught.answers + 1 }), own: false };
}

/** Empty when it is readable. */
async function unreadable({ question, bench, rules, scale }: Hunt, sites: SiteAt, place: number): Promise<string> {
  return (await readSite(await sites(place), question.useCase, bench, { pairs: rules.firstPairs, scale })).why;
}

/** A merge is gone into: its branch by itself either shows the difference, and where, or only the merge does. */
async function insideMerges(hunt: Hunt, history: History, sitesOf: SitesOf, caught: Caught): Promise<Caught> {
  const culprits: Culprit[] = [];
  let { answers } = caught;
  for (const [index, culprit] of caught.culprits.entries()) {
    const jump = caught.jumps[index];
    const step = jump?.kind === "step" ? history.steps[jump.from] : undefined;
    const branch = step === undefined || step.undone ? undefined : await mergedHistory(history.repository, step.change);
    if (step === undefined || branch === undefined) {
      culprits.push(culprit);
      continue;
    }
    const inside = await searchHistory(hunt, branch, sitesOf);
    answers += inside.caught.answers;
    const [by, none] = [`came in by the merge ${step.change.id.slice(0, 12)}`, `a merge; its branch does not show it by itself`];
    if (inside.caught.culprits.length === 0) culprits.push({ ...culprit, notes: [...culprit.notes, none] });
    for (const each of inside.caught.culprits) culprits.push({ ...each, notes: [...each.notes, by] });
  }
  return { ...caught, culprits, answers };
}

function suspectsIn(history: History, { from, to }: Jump): Suspect[] {
  return history.steps.slice(from, to).map(commitSuspect);
}

function commitSuspect({ change, undone }: HistoryStep): Suspect {
  const title = undone ? `${change.subject} (only on the older release's branch)` : change.subject;
  return { kind: "commit", id: change.id, title, who: change.author, date: change.date };
}
