/** Owns looks over a telemetry folder: when a job or somebody asks, one after the other. */
import type { Decision } from "../model/decision.js";
import type { Experiment } from "../model/experiment.js";
import type { Telemetry as TelemetryFolder } from "../store/telemetry/open-telemetry.js";
import { messageOf } from "../support/errors.js";
import { confirmHalts } from "./core/confirm-halts.js";
import type { Core } from "./core/core.js";
import { type LookOptions, lookAtExperiments } from "./core/look.js";
import type { LookAt } from "./core/looked.js";
import type { Telemetry } from "./core/telemetry.js";

export interface LookingOptions {
  readonly alpha?: number;
  readonly budget?: LookOptions["budget"];
  /** Told when a halt is published. */
  readonly onHalt?: (experiment: Experiment, decision: Decision) => void;
}

export interface Looking {
  readonly lookAt: LookAt;
  /** A look at all, and at the halts that wait to be confirmed; trouble is told, and the next turn tries again. */
  turn(): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

export function createLooking(
  core: Core,
  folder: Pick<TelemetryFolder, "analyse" | "exposures">,
  options: LookingOptions,
  log: (text: string) => void,
): Looking {
  const telemetry: Telemetry = {
    analyse: async (experiments, nowMs) => (await folder.analyse({ experiments, now: nowMs })).analyses,
    exposures: (spans) => folder.exposures(spans),
  };
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  const lookAt: LookAt = (only) =>
    inTurn(async () => {
      const looked = await lookAtExperiments(core, {
        telemetry,
        log,
        ...(only === undefined ? {} : { only }),
        ...(options.alpha === undefined ? {} : { alpha: options.alpha }),
        ...(options.budget === undefined ? {} : { budget: options.budget }),
        ...(options.onHalt === undefined ? {} : { onHalt: options.onHalt }),
      });
      for (const id of await confirmHalts(core, telemetry, only)) log(`the halt of ${id} is confirmed: exposures have fallen`);
      return looked;
    });

  async function turn(): Promise<void> {
    try {
      await lookAt();
    } catch (error) {
      log(`a look at the experiments failed, and is tried again: ${messageOf(error)}`);
    }
  }

  return {
    lookAt,
    turn,
    async stop() {
      await last;
    },
  };
}
