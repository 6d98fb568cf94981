/**
 * Owns shadow runs: latest beside legacy on the same input, its output compared and thrown away; in reverse latest's is the one that is
 * kept, and legacy runs in its shadow.
 */
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { Flavor } from "../../model/build.js";
import type { DifferenceExample, ShadowEntry } from "../../model/shadow.js";
import type { UseCase, UseCaseResult } from "../../model/use-case.js";
import { sha256File } from "../../support/hash.js";
import { writeFileAtomic } from "../../support/fs.js";
import { compareBothRun } from "../compare-both-run.js";
import { exampleOf } from "../outputs/example.js";
import { noteRefusals } from "../outputs/refusals.js";
import { type UseCaseRequest, runUseCases } from "../run-use-cases.js";
import { heldAgainst, withGates } from "./gates.js";

export interface ShadowRequest extends UseCaseRequest {
  readonly reverse: boolean;
  /** The ledger of refused outputs. */
  readonly refusals: string;
  /** ISO 8601, UTC. */
  readonly when: string;
}

/** One use case in shadow. */
export interface ShadowOutcome {
  readonly entry: ShadowEntry;
  /** The flavor whose outputs are kept, and where; that of the other is gone. */
  readonly kept: Flavor;
  readonly folder: string;
  readonly examples: readonly DifferenceExample[];
  readonly result: UseCaseResult;
}

/** Runs the use cases in shadow; outcomes in their order. Use cases that legacy does not have have nothing to be compared with. */
export async function shadowRun(request: ShadowRequest): Promise<ShadowOutcome[]> {
  const useCases = request.useCases.filter(({ flavors }) => flavors.legacy.runs).map(withGates);
  const { results, measurements } = await runUseCases({ ...request, useCases });
  await noteRefusals(request.refusals, results, request.when);
  const program = await sha256File(request.program);
  const outcomes: ShadowOutcome[] = [];
  for (const [index, useCase] of useCases.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    const both = result.verdict === "crashed" ? undefined : await compareBothRun(useCase, request);
    const held = heldAgainst(result, measurements[index], both);
    const common = { useCase: useCase.id, when: request.when, program, reverse: request.reverse };
    const entry: ShadowEntry = { ...common, verdict: held.verdict, reasons: [...held.reasons] };
    outcomes.push({ entry, result, ...(await keepOne(useCase, request, result)) });
  }
  return outcomes;
}

/** Keeps one flavor's outputs. An output of latest's that failed its comparison is not kept, in reverse either: legacy's takes its place. */
async function keepOne(
  useCase: UseCase,
  { out, root, reverse }: ShadowRequest,
  result: UseCaseResult,
): Promise<Pick<ShadowOutcome, "kept" | "folder" | "examples">> {
  const place = join(resolve(out), useCase.id);
  const failed = result.compared.filter(({ status }) => status === "beyond" || status === "unreadable");
  const kept: Flavor = reverse && failed.length === 0 && result.verdict !== "crashed" ? "latest" : "legacy";
  const pair = {
    legacy: join(place, "legacy"),
    latest: join(place, "latest"),
    root: resolve(root),
    timeoutSeconds: useCase.timeoutSeconds,
  };
  const examples: DifferenceExample[] = [];
  for (const { file } of failed) {
    const example = await exampleOf({ ...pair, file }, useCase.tolerance[file] ?? { kind: "exact" });
    if (example !== undefined) examples.push(example);
  }
  for (const example of examples) await writeExample(join(place, "differences"), example);
  await rm(join(place, kept === "latest" ? "legacy" : "latest"), { recursive: true, force: true });
  await rm(`${place}.both`, { recursive: true, force: true });
  return { kept, folder: join(place, kept), examples };
}

async function writeExample(folder: string, { file, where, context, svg }: DifferenceExample): Promise<void> {
  await writeFileAtomic(join(folder, `${file}.txt`), [`${file}: ${where}`, ...context, ""].join("\n"));
  if (svg !== undefined) await writeFileAtomic(join(folder, `${file}.svg`), svg);
}
