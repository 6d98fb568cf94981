/** Owns the joint run: both flavors alive in one process must write what each writes alone. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { FLAVORS, type Flavor } from "../model/build.js";
import type { UseCase } from "../model/use-case.js";
import { fileError } from "../support/errors.js";
import { replaceFolder } from "../support/fs.js";
import { sha256File } from "../support/hash.js";
import { execute } from "./execute.js";
import { readRefusals, refusalOf } from "./outputs/refusals.js";
import { fillPlaceholders } from "./placeholders.js";
import type { UseCaseRequest } from "./run-use-cases.js";

/** A file of the joint run that is not what the flavor wrote alone. */
export interface JointDifference {
  readonly flavor: Flavor;
  readonly file: string;
  /** Offset of the first byte that differs; the shorter length when one is the beginning of the other. */
  readonly firstByte: number;
}

export type BothOutcome =
  | { readonly status: "equal"; readonly id: string; readonly files: number }
  | { readonly status: "differs"; readonly id: string; readonly differences: readonly JointDifference[] }
  /** A single run's output failed its comparison before: nothing is held against it. */
  | { readonly status: "refused"; readonly id: string; readonly why: string }
  | { readonly status: "crashed"; readonly id: string; readonly how: string };

/**
 * Makes the joint run of a use case and compares its files with those that `runUseCases` left for the single
 * runs. Undefined when the use case declares none. The joint run's files are kept in `<out>/<id>.both`.
 * Throws `input-missing` when the single runs' outputs are not there.
 */
export async function compareBothRun(
  useCase: UseCase,
  request: Pick<UseCaseRequest, "program" | "root" | "inputs" | "out"> & { readonly refusals?: string | undefined },
): Promise<BothOutcome | undefined> {
  const { both, id, timeoutSeconds, environment, limits } = useCase;
  if (both === undefined) return undefined;
  const single = join(resolve(request.out), id);
  const refused = await refusedAmong(useCase, single, request.refusals);
  if (refused !== undefined) return { status: "refused", id, why: refused };
  return await replaceFolder(`${single}.both`, async (out) => {
    const root = resolve(request.root);
    const values = { program: resolve(request.program), inputs: join(resolve(request.inputs), id), out, root };
    const outputs = both.outputs.flatMap((each) => [each.legacy, each.latest]);
    const argv = fillPlaceholders(both.run, values);
    const outcome = await execute({ argv, cwd: root, environment, out, outputs, timeoutSeconds, limits });
    if (outcome.status === "crashed") return { status: "crashed", id, how: outcome.how };
    const differences = await differencesOf(both.outputs, single, out);
    return differences.length > 0 ? { status: "differs", id, differences } : { status: "equal", id, files: outputs.length };
  });
}

/** "out.wav of latest failed its comparison …"; undefined when every single run's output may be used. */
async function refusedAmong({ id, both, tolerance }: UseCase, single: string, ledger: string | undefined): Promise<string | undefined> {
  const refusals = ledger === undefined ? [] : await readRefusals(ledger);
  if (refusals.length === 0) return undefined;
  for (const { file } of (both?.outputs ?? []).filter((each) => Object.hasOwn(tolerance, each.file))) {
    const sha256 = await sha256File(join(single, "latest", file)).catch(() => "");
    const refusal = refusalOf(refusals, { useCase: id, file, sha256 });
    if (refusal !== undefined) return `${file} of latest failed its comparison at ${refusal.when} (${refusal.why}): it is not used`;
  }
  return undefined;
}

async function differencesOf(outputs: NonNullable<UseCase["both"]>["outputs"], single: string, joint: string): Promise<JointDifference[]> {
  const found: JointDifference[] = [];
  for (const each of outputs) {
    for (const flavor of FLAVORS) {
      const firstByte = firstDifference(await bytesOf(join(single, flavor, each.file)), await bytesOf(join(joint, each[flavor])));
      if (firstByte !== undefined) found.push({ flavor, file: each.file, firstByte });
    }
  }
  return found;
}

async function bytesOf(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => Promise.reject(fileError("read", path, error)));
}

/** Offset of the first byte in which two buffers differ, or undefined when they are equal. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number | undefined {
  const common = Math.min(a.length, b.length);
  for (let index = 0; index < common; index++) if (a[index] !== b[index]) return index;
  return a.length === b.length ? undefined : common;
}
