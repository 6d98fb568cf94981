/** Owns the stage that runs every use case with both flavors and judges it. */
import { join } from "node:path";

import type { UseCaseMeasurement, UseCaseResult, Verdict } from "../../model/use-case.js";
import { UnforkError } from "../../support/errors.js";
import { folderDigest } from "../../support/tree-digest.js";
import { loadUseCases } from "../../usecases/load-use-cases.js";
import { runUseCases } from "../../usecases/run-use-cases.js";
import { type Need, stageOutputSchemas } from "../outputs.js";
import type { Project } from "../project.js";
import type { Stage, StageContext } from "../stage.js";

export const useCasesStage: Stage<"use-cases"> = {
  id: "use-cases",
  title: "Compare the flavors on every use case",
  output: stageOutputSchemas["use-cases"],
  async inputs(project) {
    const { useCases } = project.config;
    return useCases === undefined ? "none" : { ...useCases, files: await folderDigest(join(project.root, useCases.dir)) };
  },
  paths: () => [],
  plan(project) {
    const { useCases } = project.config;
    return useCases === undefined
      ? ["no use cases are declared"]
      : [`run the use cases in ${useCases.dir} with both flavors, ${useCases.repeat} times each`];
  },
  async run(context) {
    const folder = useCaseFolder(context.project);
    if (folder === undefined) return { status: "done", output: { results: [], measurements: [] }, summary: "no use cases are declared" };
    const output = await compare(context, folder);
    return {
      status: "done",
      output,
      summary: summaryOf(output.measurements),
      needs: output.results.flatMap((result) => needOf(result, output.measurements)),
    };
  },
};

async function compare(context: StageContext, folder: string): Promise<{ results: UseCaseResult[]; measurements: UseCaseMeasurement[] }> {
  const { project } = context;
  const dual = context.output("link").programs.find((program) => program.mode === "dual");
  if (dual === undefined)
    throw new UnforkError("state-invalid", "there is no dual program to run", { hint: "run `unfork upgrade --from link`" });
  return runUseCases({
    useCases: await loadUseCases(folder),
    program: dual.executable,
    root: project.root,
    inputs: project.paths.inputs,
    out: project.paths.useCases,
    repeat: project.config.useCases?.repeat ?? 1,
    jobs: context.jobs,
  });
}

function useCaseFolder(project: Project): string | undefined {
  return project.config.useCases === undefined ? undefined : join(project.root, project.config.useCases.dir);
}

function summaryOf(measurements: readonly UseCaseMeasurement[]): string {
  const count = (verdict: Verdict): number => measurements.filter((measurement) => measurement.verdict === verdict).length;
  const parts = (["better", "no worse", "worse", "crashed"] as const).map((verdict) => `${count(verdict)} ${verdict}`);
  return `${measurements.length} use cases: ${parts.filter((part) => !part.startsWith("0 ")).join(", ")}`;
}

function needOf(result: UseCaseResult, measurements: readonly UseCaseMeasurement[]): Need[] {
  const measured = measurements.find((measurement) => measurement.id === result.id);
  const verdict = measured?.verdict ?? result.verdict;
  if (verdict !== "worse" && verdict !== "crashed") return [];
  const metrics = [...result.metrics, ...(measured?.metrics ?? [])].filter((metric) => metric.verdict === "worse");
  const why = verdict === "crashed" ? result.detail : [...new Set(metrics.map((metric) => metric.name))].join(", ");
  return [
    { what: `use case ${result.id} (${result.owner}) is ${verdict} on the latest flavor: ${why}`, command: result.commands.at(-1) ?? "" },
  ];
}
