/** Owns a build under test: how it is run, and by which content it is known. */
import type { Flavor } from "../../model/build.js";
import type { UseCase } from "../../model/use-case.js";
import { type RunOutcome, execute } from "../execute.js";
import { fillPlaceholders } from "../placeholders.js";
import { environmentOf } from "../run-pairs.js";

export interface RunPlace {
  /** Gets the outputs. */
  readonly out: string;
  readonly cpu: number | undefined;
  /** Words before the command, as a profiler wants them. */
  readonly wrap: readonly string[];
}

export interface Arm {
  /** Digest of all that decides what its runs give. */
  readonly id: string;
  readonly run: (place: RunPlace) => Promise<RunOutcome>;
}

export interface UseCaseArm {
  readonly id: string;
  readonly useCase: UseCase;
  readonly program: string;
  readonly flavor: Flavor;
  /** The prepared inputs. */
  readonly inputs: string;
  readonly root: string;
}

/** Under a profiler a run may take this many times as long. */
const SLOWER = 120;

export function useCaseArm({ id, useCase, program, flavor, inputs, root }: UseCaseArm): Arm {
  async function run({ out, cpu, wrap }: RunPlace): Promise<RunOutcome> {
    const argv = [
      ...wrap,
      ...fillPlaceholders([...useCase.run, ...useCase.flavors[flavor].arguments], { program, flavor, inputs, out, root }),
    ];
    const { outputs, limits } = useCase;
    const environment = environmentOf(useCase, flavor);
    const timeoutSeconds = useCase.timeoutSeconds * (wrap.length > 0 ? SLOWER : 1);
    return await execute({ argv, cwd: root, environment, out, outputs, timeoutSeconds, limits, cpu });
  }
  return { id, run };
}
