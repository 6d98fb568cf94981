/** Owns the bisection of any repository between a good and a bad commit, by a command that builds and one that runs. */
import { basename, join, resolve } from "node:path";

import type { Attribution } from "../../model/attribution.js";
import type { Metric } from "../../model/use-case.js";
import { readHistory } from "../../sources/git-history.js";
import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { canonicalJson, sha256 } from "../../support/hash.js";
import { allowedCpus } from "../../support/machine.js";
import type { SearchRules } from "../../usecases/attribution/find-jumps.js";
import { CRASH, type Question } from "../../usecases/attribution/question.js";
import type { Bench } from "../../usecases/attribution/readings.js";
import { openSampleLog } from "../../usecases/attribution/sample-log.js";
import { wholeDifference } from "../../usecases/attribution/whole-difference.js";
import { attributionOf, nothingWords } from "./attribution-of.js";
import { type BisectRules, leastOf, rulesFor, surenessOf } from "./bisect-rules.js";
import { type RepoWork, openTrees, repoSites, repoUseCase } from "./repo-sites.js";
import type { Hunt } from "./search.js";
import { searchHistory } from "./search-history.js";

export interface RepoRequest extends BisectRules, Pick<RepoWork, "build" | "run" | "timeoutSeconds" | "tell"> {
  readonly repository: string;
  readonly good: string;
  readonly bad: string;
  readonly metric: string;
  readonly callgrind: boolean;
  readonly function: string | undefined;
  /** Gets the work trees and the log. */
  readonly out: string;
}

export async function bisectRepository(request: RepoRequest): Promise<Attribution> {
  const repository = resolve(request.repository);
  const [good, bad] = [await commitOf(repository, request.good), await commitOf(repository, request.bad)];
  const history = await readHistory(join(await gitFolder(repository)), good, bad);
  const folder = join(request.out, `bisect-${sha256(canonicalJson([repository, request.build])).slice(0, 12)}`);
  const work: RepoWork = { ...request, repository, folder, counts: { made: 0, kept: 0, failed: 0 } };
  const question = questionFor(basename(repository), request);
  const bench = await benchOf(work, question);
  const trees = openTrees(work);
  const sites = repoSites(trees, good, history);
  const ruled = rulesFor(bench.measured, request);
  const last = history.steps.length;
  const site = await sites(last);
  const whole = await wholeDifference(site, question, bench, { ...ruled, crashRuns: request.crashRuns });
  const from = attributionOf({ from: request.good, to: request.bad, builds: work.counts }, question, whole, request.confidence);
  if (site.status === "none") return { ...from, notes: [`between ${request.good} and ${request.bad}: ${site.why}`] };
  if (!whole.differs || last === 0) return { ...from, notes: nothingWords(whole) };
  const rules: SearchRules = { ...ruled, least: leastOf(whole.reading.estimate) };
  const hunt: Hunt = { question, bench: whole.bench, scale: whole.scale, rules, confidence: request.confidence, others: [] };
  const { caught } = await searchHistory(hunt, history, (way) => repoSites(trees, good, way));
  const { culprits } = caught;
  return {
    ...from,
    ...surenessOf([caught], whole, rules),
    status: culprits.length > 0 ? "found" : "unexplained",
    culprits: [...culprits],
    builds: { ...work.counts },
    notes: culprits.length > 1 ? [`${culprits.length} places hold parts of the difference`] : [],
  };
}

async function commitOf(repository: string, rev: string): Promise<string> {
  const { code, stdout } = await run({ command: "git", args: ["-C", repository, "rev-parse", "--verify", "--quiet", `${rev}^{commit}`] });
  if (code === 0) return stdout.toString("utf8").trim();
  throw new UnforkError("usage", `${repository} has no commit '${rev}'`, { hint: "name a tag, a branch or a commit of that repository" });
}

async function gitFolder(repository: string): Promise<string> {
  const { stdout } = await run({ command: "git", args: ["-C", repository, "rev-parse", "--absolute-git-dir"] });
  return stdout.toString("utf8").trim();
}

/** A figure whose better side nobody told: less is taken for better, as of costs. */
function questionFor(name: string, { metric: id, callgrind, function: own, ...rest }: RepoRequest): Question {
  const isCounted = callgrind || own !== undefined;
  const shown = isCounted ? "run.instructions" : id;
  const metric: Metric = {
    id: shown,
    name: shown,
    unit: "",
    direction: "lower",
    margin: 0,
    relative: true,
    measured: id.startsWith("run.") && !isCounted,
  };
  return {
    useCase: repoUseCase(name, rest),
    probe: isCounted ? { kind: "callgrind", function: own } : { kind: "figure", path: id === CRASH ? "" : id },
    metric: id === CRASH ? undefined : metric,
    name: own === undefined ? shown : `${shown} of ${own}`,
    unit: "",
  };
}

async function benchOf({ folder, run: words }: RepoWork, { probe, metric }: Question): Promise<Bench> {
  return {
    log: await openSampleLog(join(folder, "readings.ndjson")),
    probe,
    subject: words,
    folder: join(folder, "runs"),
    cpu: allowedCpus()[0],
    measured: metric?.measured ?? false,
  };
}
