/** Owns the outputs that failed their comparison: known by digest, so that no later step uses one. */
import { join } from "node:path";

import { type Refusal, refusalSchema } from "../../model/shadow.js";
import type { UseCaseResult } from "../../model/use-case.js";
import { addJsonLines, readJsonLines } from "../../support/json-lines.js";

/** The ledger beside the runs of use cases. */
export function refusalFile(out: string): string {
  return join(out, "refused.jsonl");
}

/** Refusals that hold now: the last word about each output. */
export async function readRefusals(file: string): Promise<Refusal[]> {
  const last = new Map((await readJsonLines(file, refusalSchema)).map((each) => [keyOf(each), each]));
  return [...last.values()].filter(({ refused }) => refused);
}

/** Notes which outputs of the latest flavor failed their comparison, and which of those that had failed pass it now. */
export async function noteRefusals(file: string, results: readonly UseCaseResult[], when: string): Promise<void> {
  const known = new Set((await readRefusals(file)).map(keyOf));
  const told = results.flatMap((result) => wordsOf(result, when));
  await addJsonLines(
    file,
    told.filter((each) => each.refused !== known.has(keyOf(each))),
  );
}

function wordsOf({ id, compared, outputs }: UseCaseResult, when: string): Refusal[] {
  return compared.flatMap(({ file, status, detail }) => {
    const output = outputs.find((each) => each.flavor === "latest" && each.file === file);
    if (output === undefined) return [];
    const refused = status === "beyond" || status === "unreadable";
    return [{ useCase: id, file, sha256: output.sha256, when, refused, why: refused ? detail : "near enough to legacy's" }];
  });
}

/** Why this output of a use case is not to be used; undefined when it is. */
export function refusalOf(refusals: readonly Refusal[], output: Pick<Refusal, "useCase" | "file" | "sha256">): Refusal | undefined {
  return refusals.find((each) => keyOf(each) === keyOf(output));
}

function keyOf({ useCase, file, sha256 }: Pick<Refusal, "useCase" | "file" | "sha256">): string {
  return `${useCase}\n${file}\n${sha256}`;
}
