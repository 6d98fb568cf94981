/** Owns `patch forecast`: every feature ported onto upstream's head in memory, without writing a ref. */
import { shownBytes } from "../../git/bytes.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import type { PatchForecast } from "../../model/patch-forecast.js";
import { UnforkError } from "../../support/errors.js";
import { nobody } from "../alone/port-alone.js";
import { isOpen, runPort } from "../alone/run-port.js";
import { type Session, commitOf, readRepository } from "../alone/session.js";
import { featureBranches } from "../candidate/feature-branches.js";
import { parseRange } from "../stack/stack-patch.js";
import { openPatchState } from "../state/patch-state.js";

export interface ForecastRequest {
  readonly repo: string;
  /** Upstream's head. */
  readonly upstream: string;
  /** `OLD_BASE..TIP`, or the release whose feature branches are looked at. */
  readonly series?: string;
  readonly release?: string;
}

export async function forecast({ repo, upstream, series, release }: ForecastRequest): Promise<PatchForecast> {
  return await readRepository(repo, async (session) => {
    const head = await commitOf(session, upstream);
    const features = await featuresOf(session, series, release);
    const found: PatchForecast["features"] = [];
    for (const feature of features) found.push(await forecastOne(session, feature, head.id));
    return { upstream: head.id, features: found };
  });
}

interface FeatureSeries {
  readonly name: string;
  readonly owner: string | null;
  readonly base: string;
  readonly tip: string;
}

async function featuresOf(session: Session, series: string | undefined, release: string | undefined): Promise<FeatureSeries[]> {
  if (series !== undefined) {
    const { base, tip } = parseRange(series);
    return [{ name: series, owner: null, base: (await commitOf(session, base)).id, tip: (await commitOf(session, tip)).id }];
  }
  if (release === undefined)
    throw new UnforkError("usage", "--series or --release is wanted", { hint: "unfork patch forecast --help shows examples" });
  const { features, base } = await featureBranches(session.pool, release);
  const tips = new Map(features.map(({ name, commit }) => [name, commit]));
  return features.map(({ name, owner, commit, dependsOn }) => ({
    name,
    owner,
    base: tips.get(dependsOn[0] ?? "") ?? base.commit,
    tip: commit,
  }));
}

async function forecastOne(
  session: Session,
  { name, owner, base, tip }: FeatureSeries,
  onto: string,
): Promise<PatchForecast["features"][number]> {
  const state = await openPatchState(session.pool);
  const port = { base, tip, onto, before: null, skipped: [], upstreamed: { head: null }, waiting: false };
  const { patches } = await runPort({ session, port, state, answer: nobody });
  const breaks = patches.filter(isOpen).flatMap(({ patch, culprits }) => culprits.map((culprit) => ({ ...culprit, patch })));
  const authors = new Map(
    await Promise.all(breaks.map(async ({ upstreamCommit }) => [upstreamCommit, await authorOf(session, upstreamCommit)] as const)),
  );
  return {
    name,
    owner,
    series: { base, tip },
    breaks: breaks.map((one) => Object.assign({ author: authors.get(one.upstreamCommit) ?? "" }, one)),
    patches: [...patches],
  };
}

async function authorOf({ pool }: Session, commit: string): Promise<string> {
  return shownBytes(parseRawCommit(await pool.read(commit, "commit")).author).replace(/ -?\d+ [+-]\d{4}$/, "");
}
