/** Jobs of labs on both engines: queued by labels, leased, taken back, and run by a real worker process over HTTP. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { LabJob, LabResult } from "../../src/model/lab-job.js";
import { createApp } from "../../src/server/app.js";
import { LOCAL } from "../../src/server/core/core.js";
import { createToken } from "../../src/server/core/tokens.js";
import type { LabQueue } from "../../src/server/jobs/lab-queue.js";
import { type Jobs, openJobs } from "../../src/server/jobs/open-jobs.js";
import { addJobRoutes } from "../../src/server/routes/jobs.js";
import { argumentsOf } from "../../src/server/worker/run-lab-job.js";
import { listAttributions } from "../../src/store/state/decisions.js";
import { packageRoot } from "../../src/support/version.js";
import { ENGINES, type StateMaker } from "../helpers/state-engines.js";
import { temporaryFolder } from "../helpers/temp.js";
import { PROJECT, type TestCore, openTestCore } from "../helpers/test-core.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const DONE: LabResult = { status: "done", exitCode: 0, document: { verdict: "no worse" }, log: "" };
const COMPARE: LabJob = { kind: "compare", labels: [], useCases: ["plain"] };

for (const engine of ENGINES) {
  describe.skipIf(engine.skip !== undefined)(`jobs on ${engine.name}`, () => {
    let maker: StateMaker;
    let test: TestCore;
    let jobs: Jobs;
    let lab: LabQueue;

    beforeAll(async () => {
      maker = await engine.start();
      test = await openTestCore((await maker.open()).state);
      jobs = await openJobs(test.state, { project: PROJECT, now: test.core.now, leaseSeconds: 60 }, () => undefined);
      ({ lab } = jobs);
    });
    afterAll(async () => {
      await jobs?.close();
      await test?.stop();
      await maker?.stop();
    });

    it("go to a worker that has all of their labels, the most demanding first, and to one only", async () => {
      const any = await lab.add(COMPARE);
      const phone = await lab.add({ ...COMPARE, labels: ["arm64", "android"] });
      const first = await lab.lease("pc", ["x64"]);
      expect(first).toMatchObject({ id: any });
      expect(await lab.lease("pc", ["x64"])).toBeUndefined();
      expect(await lab.lease("board", ["arm64"])).toBeUndefined();
      const [one, other] = await Promise.all([
        lab.lease("phone 1", ["android", "arm64", "usb"]),
        lab.lease("phone 2", ["android", "arm64"]),
      ]);
      expect([one?.id, other?.id].filter((id) => id !== undefined)).toEqual([phone]);
      for (const leased of [first, one ?? other]) expect(await lab.finish(leased?.id ?? "", leased?.lease ?? "", DONE)).toBe(true);
    });

    it("are done by their holder alone, and what it found explains the experiment", async () => {
      const id = await lab.add({ ...COMPARE, labels: ["a"], experiment: "ns-m150" });
      const leased = await lab.lease("a", ["a"]);
      if (leased === undefined) throw new Error("no job");
      expect(await lab.finish(id, "0".repeat(32), DONE)).toBe(false);
      expect(await lab.heartbeat(id, "0".repeat(32))).toBe(false);
      expect(await lab.finish(id, leased.lease, DONE)).toBe(true);
      expect(await lab.finish(id, leased.lease, DONE)).toBe(false);
      expect((await lab.list(50)).find((one) => one.id === id)).toMatchObject({
        state: "completed",
        result: { document: { verdict: "no worse" }, worker: "a" },
      });
      expect((await listAttributions(test.core.db, PROJECT, "ns-m150")).at(-1)).toMatchObject({
        attribution: { job: id, kind: "compare", worker: "a" },
      });
    });

    it("are taken back from a worker that fell silent, and kept by one that shows signs of life", async () => {
      const id = await lab.add({ ...COMPARE, labels: ["b"] });
      const first = await lab.lease("silent", ["b"]);
      if (first === undefined) throw new Error("no job");
      test.clock.ms += 50_000;
      expect(await lab.heartbeat(id, first.lease)).toBe(true);
      test.clock.ms += 50_000;
      await lab.sweep();
      expect(await lab.lease("other", ["b"])).toBeUndefined();
      test.clock.ms += 20_000;
      expect(await lab.sweep()).toBeGreaterThan(0);
      expect(await lab.heartbeat(id, first.lease)).toBe(false);
      const second = await lab.lease("other", ["b"]);
      expect(second).toMatchObject({ id });
      expect(await lab.finish(id, first.lease, DONE)).toBe(false);
      expect(await lab.finish(id, second?.lease ?? "", DONE)).toBe(true);
    });

    it("that no machine can run end after a few tries", async () => {
      const id = await lab.add({ ...COMPARE, labels: ["c"] });
      let tries = 0;
      for (let leased = await lab.lease("c", ["c"]); leased !== undefined && tries < 10; leased = await lab.lease("c", ["c"])) {
        tries += 1;
        await lab.finish(id, leased.lease, { status: "failed", exitCode: 2, log: "no project" });
      }
      expect(tries).toBe(4);
      expect((await lab.list(50)).find((one) => one.id === id)).toMatchObject({ state: "failed", tries: 4, result: { log: "no project" } });
    });

    it("of the server itself come again and again, one at a time", async () => {
      let running = 0;
      let most = 0;
      let turns = 0;
      await jobs.every(300, async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => void setTimeout(resolve, 50));
        running -= 1;
        turns += 1;
      });
      await expect.poll(() => turns, { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
      expect(most).toBe(1);
    });
  });
}

describe("what a job may run", () => {
  it("is unfork's own commands with words that are no options", () => {
    expect(argumentsOf({ kind: "bisect", labels: [], useCase: "ns", metric: "crash", callgrind: true })).toEqual([
      "usecase",
      "bisect",
      "ns",
      "crash",
      "--callgrind",
      "--json",
    ]);
    expect(argumentsOf({ ...COMPARE, repeat: 4 })).toEqual(["usecase", "compare", "plain", "--repeat", "4", "--json"]);
  });
});

describe("a worker process", { timeout: 180_000 }, () => {
  let test: TestCore;
  let app: FastifyInstance;
  let jobs: Jobs;
  let url: string;
  let tokenFile: string;
  const root = temporaryFolder();
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    test = await openTestCore();
    jobs = await openJobs(test.state, { project: PROJECT, now: () => new Date(), leaseSeconds: 2 }, () => undefined);
    app = await createApp(test.core);
    addJobRoutes(app, test.core, jobs.lab);
    url = await app.listen({ port: 0, host: "127.0.0.1" });
    tokenFile = join(root, "worker.token");
    writeFileSync(tokenFile, (await createToken(test.core, { role: "worker", name: "lab" }, LOCAL)).token);
    expect(spawnSync("g++", ["-O1", join(packageRoot(), "test/fixtures/usecases/levels.cc"), "-o", join(root, "levels")]).status).toBe(0);
    writeTree(root, {
      "cases/plain.yaml": `id: plain
name: plain
owner: levels team
purpose: Runs on a worker.
run: ["{program}", "--flavor", "{flavor}", "--out", "{out}", "--plant", "none"]
outputs: [sum.txt]
metrics:
  - { id: sum, name: sum, unit: "", direction: target, target: 59629127, margin: 1000 }
timeoutSeconds: 10
`,
    });
  });
  afterAll(async () => {
    for (const child of children) child.kill("SIGKILL");
    await app?.close();
    await jobs?.close();
    await test?.stop();
  });

  function worker(...more: string[]) {
    const args = [
      BIN,
      "worker",
      "--url",
      url,
      "--token-file",
      tokenFile,
      "--labels",
      "linux,x64",
      "--project-dir",
      root,
      "--program",
      "levels",
      "--use-cases",
      "cases",
      "--poll",
      "0.2",
      ...more,
    ];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    children.push(child);
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    return { child, said: () => said, ended: new Promise<number | null>((resolve) => void child.on("close", resolve)) };
  }

  async function stateOf(id: string): Promise<string | undefined> {
    return (await jobs.lab.list(10)).find((job) => job.id === id)?.state;
  }

  it("runs use cases in its own folder and gives the verdicts back", async () => {
    const id = await jobs.lab.add({ ...COMPARE, labels: ["linux"] });
    const { ended, said } = worker("--once");
    expect(await ended, said()).toBe(0);
    expect(said()).toContain("1 job done");
    const job = (await jobs.lab.list(10)).find((one) => one.id === id);
    expect(job, said()).toMatchObject({
      state: "completed",
      result: { exitCode: 0, document: { measurements: [{ id: "plain", verdict: "no worse" }] } },
    });
  });

  it("that is killed loses its job to the next, when its lease has ended", async () => {
    const id = await jobs.lab.add({ ...COMPARE, labels: ["linux"], repeat: 400 });
    const first = worker();
    await expect.poll(() => stateOf(id), { timeout: 60_000 }).toBe("active");
    process.kill(-(first.child.pid ?? Number.NaN), "SIGKILL");
    await first.ended;
    await expect.poll(() => stateOf(id), { timeout: 60_000 }).toBe("retry");
    const again = await jobs.lab.lease("another", ["linux"]);
    expect(again).toMatchObject({ id });
    expect(await jobs.lab.finish(id, again?.lease ?? "", DONE)).toBe(true);
  });

  it("stops when it is told to, and its job goes to another", async () => {
    const { child, ended, said } = worker();
    await expect.poll(said, { timeout: 60_000 }).toContain("waits for jobs of");
    child.kill("SIGTERM");
    expect(await ended, said()).toBe(0);
    expect(existsSync(tokenFile)).toBe(true);
  });
});
