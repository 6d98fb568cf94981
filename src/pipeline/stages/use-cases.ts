/** Owns the stage that runs every use case with both flavors, judges it, and holds joint runs against single ones. */
import { join } from "node:path";

import type { JointResult, UseCase, UseCaseResult, Verdict } from "../../model/use-case.js";
import { wallClockIso } from "../../support/clock.js";
import { emit } from "../../support/bus.js";
import { UnforkError } from "../../support/errors.js";
import { folderDigest } from "../../support/tree-digest.js";
import { type BothOutcome, compareBothRun } from "../../usecases/compare-both-run.js";
import { gatherEvidence } from "../../usecases/evidence/gather-evidence.js";
import { loadUseCases } from "../../usecases/load-use-cases.js";
import { runLogged } from "../../usecases/logged-runs.js";
import { noteRefusals, refusalFile } from "../../usecases/outputs/refusals.js";
import { recipeDigest } from "../../usecases/prepare.js";
import type { UseCaseRequest } from "../../usecases/run-use-cases.js";
import { configuredUseCases } from "../configured-use-cases.js";
import { type StageOutputs, stageOutputSchemas } from "../outputs.js";
import type { Project } from "../project.js";
import type { Stage, StageContext } from "../stage.js";
import { upstreamFrames } from "../upstream-frames.js";
import { isDisturbed, useCaseNeeds } from "./use-case-needs.js";

export const useCasesStage: Stage<"use-cases"> = {
  id: "use-cases",
  title: "Compare the flavors on every use case",
  output: stageOutputSchemas["use-cases"],
  async inputs(project) {
    const { useCases } = project.config;
    if (useCases === undefined) return "none";
    const dir = join(project.root, useCases.dir);
    return { ...useCases, files: await folderDigest(dir), recipes: await recipesOf(dir, project.root) };
  },
  paths: () => [],
  plan(project) {
    const { useCases } = project.config;
    return useCases === undefined
      ? ["no use cases are declared"]
      : [
          `run ${useCases.only === undefined ? "the" : useCases.only.length} use cases in ${useCases.dir} with both flavors, ${useCases.repeat} times each, and both in one process where one declares it`,
        ];
  },
  async run(context) {
    const folder = useCaseFolder(context.project);
    if (folder === undefined)
      return { status: "done", output: { results: [], measurements: [], joint: [], evidence: [] }, summary: "no use cases are declared" };
    const { config, configName } = context.project;
    const useCases = configuredUseCases(await loadUseCases(folder), config.useCases?.only, configName);
    const output = await compare(requestOf(context, useCases), context.project.paths.report);
    const disturbed = output.joint.some(isDisturbed);
    const noneRan = output.results.every((result) => result.verdict === "crashed");
    return { status: disturbed || noneRan ? "failed" : "done", output, summary: summaryOf(output), needs: useCaseNeeds(output) };
  },
};

/** What makes the inputs of the use cases, and the files that they declare; a broken register is told by the run itself. */
async function recipesOf(dir: string, root: string): Promise<readonly string[]> {
  const useCases = await loadUseCases(dir).catch(() => []);
  return await Promise.all(useCases.map((useCase) => recipeDigest(useCase, root)));
}

async function compare(request: UseCaseRequest, report: string): Promise<StageOutputs["use-cases"]> {
  const { results, measurements } = await runLogged(request, join(request.out, "runs.ndjson"), tellGoingOn);
  const refusals = refusalFile(request.out);
  await noteRefusals(refusals, results, wallClockIso());
  const joint: JointResult[] = [];
  for (const useCase of request.useCases.filter((each) => bothRan(results, each))) {
    const outcome = await compareBothRun(useCase, { ...request, refusals });
    if (outcome !== undefined) joint.push(jointResult(outcome));
  }
  return { results, measurements, joint, evidence: await gatherEvidence(results, request.out, report) };
}

function tellGoingOn(found: number): void {
  emit({ type: "finding", severity: "note", message: `going on with a comparison that was cut short: ${found} runs are taken from it` });
}

/** A crashed single run left nothing to hold the joint run against; the crash itself is the verdict. */
function bothRan(results: readonly UseCaseResult[], useCase: UseCase): boolean {
  return results.some((result) => result.id === useCase.id && result.verdict !== "crashed");
}

function jointResult(outcome: BothOutcome): JointResult {
  const { id, status } = outcome;
  if (outcome.status === "equal") return { id, status, files: outcome.files, detail: "" };
  if (outcome.status === "crashed") return { id, status, files: 0, detail: outcome.how };
  if (outcome.status === "refused") return { id, status, files: 0, detail: outcome.why };
  const places = outcome.differences.map(({ flavor, file, firstByte }) => `${flavor} ${file} from byte ${firstByte}`);
  return { id, status, files: outcome.differences.length, detail: places.join(", ") };
}

function requestOf(context: StageContext, useCases: UseCase[]): UseCaseRequest {
  const { project } = context;
  const dual = context.output("link").programs.find((program) => program.mode === "dual");
  if (dual === undefined)
    throw new UnforkError("state-invalid", "there is no dual program to run", { hint: "run `unfork upgrade --from link`" });
  return {
    useCases,
    program: dual.executable,
    root: project.root,
    inputs: project.paths.inputs,
    out: project.paths.useCases,
    repeat: project.config.useCases?.repeat ?? 1,
    jobs: context.jobs,
    nameFrames: upstreamFrames(dual.executable),
  };
}

function useCaseFolder(project: Project): string | undefined {
  return project.config.useCases === undefined ? undefined : join(project.root, project.config.useCases.dir);
}

/** Counts what the headline counts: verdicts that do not depend on the machine's day. */
function summaryOf({ results, joint }: Pick<StageOutputs["use-cases"], "results" | "joint">): string {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  const parts = (["better", "no worse", "worse", "crashed"] as const).map((verdict) => `${count(verdict)} ${verdict}`);
  const equal = joint.filter((result) => result.status === "equal").length;
  const together = joint.length === 0 ? "" : `; both in one process: ${equal} of ${joint.length} write the same bytes as alone`;
  return `${results.length} use cases: ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}${together}`;
}
