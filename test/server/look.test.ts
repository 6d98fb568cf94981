/** The decision loop on both engines: what telemetry says is judged by the real decision code, carried out and kept. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { generateKey, publicPart } from "../../src/experiment/assignment/keys.js";
import { judgeSeed } from "../../src/experiment/assignment/judge-seed.js";
import { signBase } from "../../src/experiment/assignment/sign-seed.js";
import type { Analysis } from "../../src/model/arm-statistics.js";
import type { Experiment } from "../../src/model/experiment.js";
import { acceptBase } from "../../src/server/core/accept-base.js";
import { confirmHalts } from "../../src/server/core/confirm-halts.js";
import { LOCAL } from "../../src/server/core/core.js";
import { storedEntries } from "../../src/server/core/entries.js";
import { createExperiment } from "../../src/server/core/experiments.js";
import { lookAtExperiments } from "../../src/server/core/look.js";
import { proposeBase } from "../../src/server/core/proposal.js";
import { actOnRollout } from "../../src/server/core/rollout.js";
import type { Telemetry } from "../../src/server/core/telemetry.js";
import { trustKey } from "../../src/server/core/trust.js";
import { listAttributions, listDecisions, listLooks } from "../../src/store/state/decisions.js";
import { sampleExperiment } from "../helpers/sample-experiment.js";
import { ENGINES, type StateMaker } from "../helpers/state-engines.js";
import { PROJECT, START, type TestCore, openTestCore } from "../helpers/test-core.js";

interface Counts {
  readonly units: number;
  readonly crashes: { readonly treatment: number; readonly control: number };
  readonly joinTime: { readonly treatment: number; readonly control: number };
  readonly lastDay?: number;
}

/** What telemetry would give for one phase: equal arms, crashes, and join times with a standard deviation of 10. */
function analysisOf({ id }: Experiment, phase: number, { units, crashes, joinTime, lastDay = units }: Counts, at: string): Analysis {
  const arms = ["treatment", "control"] as const;
  return {
    experiment: id,
    at,
    exposures: arms.map((arm) => ({ experiment: id, phase, arm, units, silent: 0, due: units, unitsLastDay: lastDay })),
    statistics: arms.flatMap((arm) => [
      { experiment: id, phase, arm, metric: "crash", units, sum: crashes[arm], sumSquares: crashes[arm], events: crashes[arm] },
      {
        experiment: id,
        phase,
        arm,
        metric: "join-time",
        units,
        sum: joinTime[arm] * units,
        sumSquares: units * (joinTime[arm] ** 2 + 100),
      },
    ]),
  };
}

const SAME = { crashes: { treatment: 2, control: 2 }, joinTime: { treatment: 300, control: 300 } };

for (const engine of ENGINES) {
  describe.skipIf(engine.skip !== undefined)(`the decision loop on ${engine.name}`, () => {
    let maker: StateMaker;
    let test: TestCore;
    const counts = new Map<string, Counts>();
    const exposures = new Map<string, { at: number; treatment: number; control: number; seed?: number }[]>();
    const telemetry: Telemetry = {
      exposures: async (spans) =>
        spans.map(({ experiments, from, to, seedFrom = 0 }) => {
          const all = experiments.flatMap((id) => exposures.get(id) ?? []);
          const seen = all.filter(({ at, seed = 1 }) => at >= from && at < to && seed >= seedFrom);
          const sum = (arm: "treatment" | "control") => seen.reduce((total, one) => total + one[arm], 0);
          return { treatment: sum("treatment"), control: sum("control") };
        }),
      async analyse(experiments, nowMs) {
        const entries = await storedEntries(test.core.db, PROJECT);
        return experiments.map((experiment) => {
          const phase = entries.find((one) => one.experiment.id === experiment.id)?.ramp.phases.at(-1)?.phase ?? 1;
          return analysisOf(experiment, phase, counts.get(experiment.id) ?? { units: 0, ...SAME }, new Date(nowMs).toISOString());
        });
      },
    };

    beforeAll(async () => {
      maker = await engine.start();
      test = await openTestCore((await maker.open()).state);
      await trustKey(test.core, publicPart(test.signer), LOCAL);
      for (const useCase of ["ns", "aec"]) await createExperiment(test.core, sampleExperiment(useCase), LOCAL);
      await createExperiment(test.core, sampleExperiment("agc", { dependsOn: ["aec"] }), LOCAL);
      for (const useCase of ["ns", "aec"]) await actOnRollout(test.core, `${useCase}-m150`, "start", "m150 is out", LOCAL);
      await sign();
    });
    afterAll(async () => {
      await test?.stop();
      await maker?.stop();
    });

    async function sign(): Promise<void> {
      const { payload } = await proposeBase(test.core);
      await acceptBase(test.core, signBase(payload, [test.signer]), LOCAL);
    }

    async function rampOf(id: string) {
      return (await storedEntries(test.core.db, PROJECT)).find(({ experiment }) => experiment.id === id)?.ramp;
    }

    it("waits for figures, and keeps one such decision where nothing happens", async () => {
      for (let minute = 0; minute < 5; minute++) {
        test.clock.ms += 60_000;
        const looked = await lookAtExperiments(test.core, { telemetry });
        expect(looked.map(({ decision }) => [decision.experiment, decision.action])).toEqual([
          ["aec-m150", "wait"],
          ["ns-m150", "wait"],
        ]);
      }
      expect(await listDecisions(test.core.db, PROJECT, "ns-m150")).toHaveLength(2);
      expect(test.core.publisher.current()?.version).toBe(1);
    });

    it("shares the budget by e-BH over a campaign where told so", async () => {
      const [split, shared] = [
        await lookAtExperiments(test.core, { telemetry }),
        await lookAtExperiments(test.core, { telemetry, budget: "e-bh" }),
      ];
      expect(split.map(({ decision }) => decision.budget.method)).toEqual(["split", "split"]);
      expect(shared.map(({ decision }) => [decision.budget.method, decision.action])).toEqual([
        ["e-bh", "wait"],
        ["e-bh", "wait"],
      ]);
    });

    it("gives the share of a draft that was taken back to the others", async () => {
      const shares = async () => (await lookAtExperiments(test.core, { telemetry })).map(({ decision }) => decision.budget.share);
      const before = await shares();
      await createExperiment(test.core, sampleExperiment("vad"), LOCAL);
      expect((await shares())[0]).toBeLessThan(before[0] ?? 0);
      expect(await actOnRollout(test.core, "vad-m150", "rollback", "mistyped", LOCAL)).toMatchObject({ ramp: { state: "rolled-back" } });
      expect(await shares()).toEqual(before);
    });

    it("promotes by asking for a signature: exposure stays what it is until a signer has signed", async () => {
      counts.set("ns-m150", { units: 20_000, ...SAME });
      const [, ns] = await lookAtExperiments(test.core, { telemetry });
      expect(ns).toMatchObject({
        decision: { action: "promote" },
        changed: { ramp: { state: "running", pending: { stage: 1, by: "unfork" } } },
      });
      expect(test.core.publisher.current()?.version).toBe(1);
      expect(await proposeBase(test.core)).toMatchObject({ needed: "raises", raises: [{ experiment: "ns-m150", from: 1, to: 50 }] });
      expect(await listLooks(test.core.db, PROJECT, "ns-m150")).toMatchObject([{ look: 1, evidence: { stage: 0 } }]);
      await sign();
      expect(await rampOf("ns-m150")).toMatchObject({
        state: "running",
        phases: [
          { phase: 1, ended: expect.any(String) },
          { phase: 2, percent: 50 },
        ],
      });
    });

    it("does not roll back by a key that no client would believe, and changes nothing then", async () => {
      const other = { ...test.core, haltKey: generateKey("halt") };
      await expect(actOnRollout(other, "ns-m150", "rollback", "harm", LOCAL)).rejects.toMatchObject({
        code: "state-invalid",
        message: expect.stringContaining("halt key"),
      });
      expect(await rampOf("ns-m150")).toMatchObject({ state: "running" });
    });

    it("halts on proven harm, and a client that follows has the old flavor within a second of the decision", async () => {
      counts.set("ns-m150", { units: 20_000, crashes: { treatment: 300, control: 60 }, joinTime: SAME.joinTime, lastDay: 2400 });
      const before = test.core.publisher.current();
      let heard = 0;
      const stop = test.core.publisher.subscribe(() => (heard = performance.now()));
      const [log, asked]: [string[], string[]] = [[], []];
      const looked = await lookAtExperiments(test.core, {
        telemetry,
        only: ["ns-m150"],
        log: (text) => log.push(text),
        onHalt: ({ id }) => asked.push(id),
      });
      stop();
      expect(looked[0]).toMatchObject({
        decision: { action: "halt", reasons: [{ code: "harm", metric: "crash" }] },
        changed: { ramp: { state: "halted" }, halt: 3 },
      });
      expect(performance.now() - heard).toBeLessThan(1000);
      expect(log[0]).toContain("ns-m150 was halted by seed 3");
      const seed = test.core.publisher.current();
      const trust = { project: PROJECT, keys: [publicPart(test.signer)], now: test.clock.ms };
      const first = judgeSeed(before?.text ?? "", { ...trust, previous: undefined });
      const accepted = first.status === "rejected" ? undefined : first.accepted;
      expect(judgeSeed(seed?.text ?? "", { ...trust, previous: accepted })).toMatchObject({
        status: "accepted",
        halt: { version: 3, caps: { ns: { cap: 0 } } },
      });
      expect(await listDecisions(test.core.db, PROJECT, "ns-m150", 1)).toMatchObject([
        { action: "halt", seedVersion: 3, confirmedAt: null },
      ]);
      expect(await rampOf("agc-m150")).toMatchObject({ state: "draft" });
      expect(asked).toEqual(["ns-m150"]);
      expect(await listAttributions(test.core.db, PROJECT, "ns-m150")).toMatchObject([
        {
          attribution: {
            kind: "halt",
            metrics: ["crash"],
            from: "m120",
            to: "m150",
            bisect: ["unfork", "usecase", "bisect", "ns", "crash"],
          },
        },
      ]);
    });

    /** Exposures just now. */
    function came(id: string, treatment: number, control: number, seed = 1): void {
      exposures.set(id, [...(exposures.get(id) ?? []), { at: test.clock.ms - 1, treatment, control, seed }]);
    }

    it("confirms the halt when the new flavor is hardly used beside the control, not earlier", async () => {
      const halted = test.clock.ms;
      exposures.set("ns-m150", [{ at: halted - 7_200_000, treatment: 1000, control: 1000 }]);
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      test.clock.ms += 60_000;
      came("ns-m150", 2, 4);
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      test.clock.ms += 60_000;
      came("ns-m150", 10, 20);
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      test.clock.ms += 60_000;
      came("ns-m150", 1, 20);
      expect(await confirmHalts(test.core, telemetry, ["aec-m150"])).toEqual([]);
      expect(await confirmHalts(test.core, telemetry)).toEqual(["ns-m150"]);
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      expect(await rampOf("ns-m150")).toMatchObject({ state: "halted", confirmed: expect.any(String) });
      expect(await listDecisions(test.core.db, PROJECT, "ns-m150", 1)).toMatchObject([{ action: "halt", confirmedAt: expect.any(Date) }]);
    });

    it("does not carry out what was decided about a state that somebody has changed meanwhile", async () => {
      counts.set("aec-m150", { units: 20_000, ...SAME });
      const meddling: Telemetry = {
        ...telemetry,
        async analyse(experiments, nowMs) {
          await actOnRollout(test.core, "aec-m150", "hold", "a talk with support", LOCAL);
          return telemetry.analyse(experiments, nowMs);
        },
      };
      const [looked] = await lookAtExperiments(test.core, { telemetry: meddling, only: ["aec-m150"] });
      expect(looked?.decision.action).toBe("promote");
      expect(looked?.changed.ramp).toMatchObject({ state: "holding", stopped: { reason: "a talk with support" } });
      expect((await rampOf("aec-m150"))?.pending).toBeUndefined();
    });

    it("takes a clock that jumps for what it is: no phase ends, nothing is promoted by a jump back", async () => {
      await actOnRollout(test.core, "aec-m150", "resume", "talked", LOCAL);
      test.clock.ms = START - 86_400_000;
      const [looked] = await lookAtExperiments(test.core, { telemetry, only: ["aec-m150"] });
      expect(["wait", "promote"]).toContain(looked?.decision.action);
      const versions = test.core.publisher.current()?.version;
      counts.set("aec-m150", { units: 20_000, crashes: { treatment: 300, control: 60 }, joinTime: SAME.joinTime });
      await lookAtExperiments(test.core, { telemetry, only: ["aec-m150"] });
      expect(test.core.publisher.current()?.version).toBeGreaterThan(versions ?? 0);
      test.clock.ms = START + 7_200_000;
    });

    it("confirms by the seeds that other experiments' exposures name where no control goes on", async () => {
      await createExperiment(test.core, sampleExperiment("agc-2"), LOCAL);
      await actOnRollout(test.core, "agc-2-m150", "start", "m150", LOCAL);
      await sign();
      test.clock.ms += 60_000;
      await actOnRollout(test.core, "agc-2-m150", "rollback", "a complaint", LOCAL);
      const version = test.core.publisher.current()?.version ?? 0;
      test.clock.ms += 60_000;
      came("other-m150", 100, 100, version);
      expect(await confirmHalts(test.core, telemetry, ["agc-2-m150"])).toEqual([]);
      came("vad-m150", 5, 12, version);
      came("vad-m150", 0, 3, version - 1);
      expect(await confirmHalts(test.core, telemetry, ["agc-2-m150"])).toEqual([]);
      test.clock.ms += 60_000;
      came("vad-m150", 10, 12, version + 1);
      came("vad-m150", 1, 1, version - 1);
      expect(await confirmHalts(test.core, telemetry, ["agc-2-m150"])).toEqual(["agc-2-m150"]);
    });

    it("confirms by the same hours of an earlier day where nothing else is told", async () => {
      const halted = Date.parse((await rampOf("aec-m150"))?.stopped?.at ?? "");
      exposures.clear();
      exposures.set("aec-m150", [{ at: halted - 23 * 3_600_000, treatment: 40, control: 0 }]);
      test.clock.ms = halted + 1_800_000;
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      test.clock.ms = halted + 5_400_000;
      came("aec-m150", 9, 0);
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      test.clock.ms = halted + 23 * 3_600_000;
      expect(await confirmHalts(test.core, telemetry)).toEqual([]);
      test.clock.ms = halted + 25.25 * 3_600_000;
      came("aec-m150", 3, 0);
      expect(await confirmHalts(test.core, telemetry)).toEqual(["aec-m150"]);
    });
  });
}
