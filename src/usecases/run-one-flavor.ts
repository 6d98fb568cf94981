/** Owns a single run of one use case on one flavor, apart from any comparison. */
import { join, resolve } from "node:path";

import type { Flavor } from "../model/build.js";
import type { UseCase } from "../model/use-case.js";
import { UnforkError } from "../support/errors.js";
import { replaceFolder } from "../support/fs.js";
import { type RunOutcome, execute } from "./execute.js";
import { withStack } from "./crash-stacks.js";
import { prepareInputs } from "./prepare.js";
import type { UseCaseRequest } from "./run-use-cases.js";
import { EACH_ITS_OWN, executionOf } from "./run-pairs.js";

/** Its outputs go to `<out>/<id>.<flavor>`. */
export async function runOneFlavor(
  useCase: UseCase,
  flavor: Flavor,
  request: Pick<UseCaseRequest, "program" | "root" | "inputs" | "out">,
): Promise<{ readonly outcome: RunOutcome; readonly folder: string }> {
  if (!useCase.flavors[flavor].runs)
    throw new UnforkError("usage", `${flavor} has no use case ${useCase.id}`, { hint: `its file says flavors.${flavor}.runs: false` });
  const root = resolve(request.root);
  const inputs = await prepareInputs(useCase, root, resolve(request.inputs));
  const folder = join(resolve(request.out), `${useCase.id}.${flavor}`);
  const outcome = await replaceFolder(folder, async (out) => {
    const execution = executionOf(useCase, { program: resolve(request.program), root, inputs, out, arms: EACH_ITS_OWN }, flavor);
    return await withStack(await execute(execution), execution);
  });
  return { outcome, folder: join(folder, flavor) };
}
