/** Owns the bisection of a use case's difference: is there one, do features hold it, does upstream, and what is left unexplained. */
import { join } from "node:path";

import type { Attribution } from "../../model/attribution.js";
import type { UseCase } from "../../model/use-case.js";
import type { LoadedFeature } from "../../patches/feature.js";
import { loadFeatures } from "../../patches/load-features.js";
import { dependencyOrder } from "../../patches/order.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson, sha256 } from "../../support/hash.js";
import { allowedCpus } from "../../support/machine.js";
import { findTool } from "../../toolchain/find-tool.js";
import { type SearchRules, asks } from "../../usecases/attribution/find-jumps.js";
import { type Question, questionOf } from "../../usecases/attribution/question.js";
import { type Bench, exactly } from "../../usecases/attribution/readings.js";
import { openSampleLog } from "../../usecases/attribution/sample-log.js";
import { readerOf } from "../../usecases/attribution/site.js";
import { type Whole, wholeDifference } from "../../usecases/attribution/whole-difference.js";
import { prepareInputs, recipeDigest } from "../../usecases/prepare.js";
import { type Project, releaseOf } from "../project.js";
import { attributionOf, closingWords, nothingWords } from "./attribution-of.js";
import { type BisectRules, leastOf, rulesFor, surenessOf } from "./bisect-rules.js";
import type { Caught, Hunt } from "./search.js";
import { searchFeatures } from "./search-features.js";
import { type GivenHistory, searchUpstream } from "./search-upstream.js";
import { type SiteMaker, siteWith } from "./sites.js";
import type { Workshop } from "./variant.js";

export interface BisectRequest extends BisectRules {
  readonly useCase: UseCase;
  readonly metric: string;
  readonly callgrind: boolean;
  readonly function: string | undefined;
  /** Also a difference that the use case's margin allows. */
  readonly any: boolean;
  /** Use cases whose cost may have fallen in its place. */
  readonly others: readonly UseCase[];
  readonly history: GivenHistory | undefined;
  readonly jobs: number;
  readonly tell: (message: string) => void;
}

export async function bisectUseCase(project: Project, request: BisectRequest): Promise<Attribution> {
  const { useCase, confidence } = request;
  wantBoth(useCase);
  const question = questionOf(useCase, { ...request, root: project.root });
  const maker = await openMaker(project, request);
  const features = await featuresOf(project);
  const bench = await benchOf(maker.workshop, question);
  const ruled = rulesFor(bench.measured, request);
  const site = await siteWith(maker, features);
  const whole = await wholeDifference(site, question, bench, { ...ruled, crashRuns: request.crashRuns });
  const { legacy, latest } = project.config.flavors;
  const ends = { from: legacy.release, to: latest.release, builds: maker.workshop.counts };
  const from = attributionOf(ends, question, whole, confidence);
  if (site.status === "none") return { ...from, notes: [`both releases with all features cannot be measured: ${site.why}`] };
  if (!whole.differs || (whole.verdict === "no worse" && !request.any)) return { ...from, notes: nothingWords(whole) };
  const rules: SearchRules = { ...ruled, least: leastOf(whole.reading.estimate) };
  const hunt: Hunt = { question, bench: whole.bench, scale: whole.scale, rules, confidence, others: request.others };
  return await explained(maker, hunt, whole, { features, request, from });
}

function wantBoth({ id, flavors }: UseCase): void {
  if (flavors.legacy.runs && flavors.latest.runs) return;
  throw new UnforkError("usage", `the use case ${id} runs on one flavor only`, { hint: "bisect one that both have" });
}

interface Rest {
  readonly features: readonly LoadedFeature[];
  readonly request: BisectRequest;
  readonly from: Attribution;
}

async function explained(maker: SiteMaker, hunt: Hunt, whole: Whole, { features, request, from }: Rest): Promise<Attribution> {
  const ours = await searchFeatures(maker, hunt, features);
  const base = await readBase(maker, hunt, ours.least);
  const theirs = base
    ? await searchUpstream(maker, hunt, {
        legacy: releaseOf(maker.workshop.project.config, "legacy"),
        features: ours.least,
        given: request.history,
      })
    : { caught: NOTHING, own: false };
  const caught = [ours.caught, theirs.caught];
  const culprits = caught.flatMap(({ culprits: found }) => found);
  return {
    ...from,
    ...surenessOf(caught, whole, hunt.rules),
    status: culprits.length > 0 ? "found" : "unexplained",
    culprits,
    builds: { ...maker.workshop.counts },
    notes: [...caught.flatMap(({ notes }) => notes), ...closingWords(culprits, theirs.own, from.from)],
  };
}

const NOTHING: Caught = { culprits: [], jumps: [], answers: 0, notes: [] };

/** Whether both releases differ with the fewest features, too. */
async function readBase(maker: SiteMaker, { question, bench, scale, rules }: Hunt, least: readonly LoadedFeature[]): Promise<boolean> {
  const reader = readerOf(() => siteWith(maker, least), question.useCase, bench, scale);
  const chain = { read: async (place: number, pairs: number) => (place === 0 ? exactly(0) : await reader.read(place, pairs)) };
  return (await asks(chain, { from: 0, to: 1 }, rules)) !== "no";
}

async function openMaker(project: Project, { jobs, tell }: BisectRequest): Promise<SiteMaker> {
  const { build } = project.config;
  const ccache = build.system === "own" && build.launcher.length === 0 ? await findTool("ccache") : undefined;
  const folder = join(project.paths.output, "attribution");
  const counts = { made: 0, kept: 0, failed: 0 };
  const launcher = ccache === undefined ? (build.system === "own" ? build.launcher : []) : ["ccache"];
  const workshop: Workshop = { project, folder, jobs, launcher, counts, tell };
  const inputsOf = (useCase: UseCase): Promise<string> => prepareInputs(useCase, project.root, project.paths.inputs);
  return { workshop, latest: releaseOf(project.config, "latest"), older: {}, inputsOf };
}

async function featuresOf({ config, root }: Project): Promise<LoadedFeature[]> {
  const loaded = config.features === undefined ? [] : await loadFeatures(join(root, config.features));
  const order = dependencyOrder(loaded.map((each) => ({ name: each.feature.name, dependsOn: each.feature.dependsOn, loaded: each })));
  return order.map((each) => each.loaded);
}

async function benchOf({ folder, project }: Workshop, { useCase, probe, metric }: Question): Promise<Bench> {
  return {
    log: await openSampleLog(join(folder, "readings.ndjson")),
    probe,
    subject: sha256(canonicalJson({ useCase, recipe: await recipeDigest(useCase, project.root) })),
    folder: join(folder, "runs", useCase.id),
    cpu: allowedCpus()[0],
    measured: metric?.measured ?? false,
  };
}
