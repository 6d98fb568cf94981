import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { checkConfig } from "../../src/config/load-config.js";
import { latestRun, newRun, readEntries } from "../../src/pipeline/journal.js";
import { type Project, projectOf } from "../../src/pipeline/project.js";
import { requireReusable, runStages } from "../../src/pipeline/runner.js";
import type { AnyStage, StageOutcome } from "../../src/pipeline/stage.js";
import { temporaryFolder } from "../helpers/temp.js";
import { validConfig } from "../helpers/valid-config.js";

function project(): Project {
  const root = temporaryFolder();
  return projectOf({ root, file: join(root, "unfork.config.ts"), raw: validConfig(), config: checkConfig(validConfig(), "c") });
}

/** A stage that writes its name into a log and a file, and ends as told. */
function stage(
  id: string,
  place: Project,
  more: { status?: "done" | "failed" | "waiting"; input?: () => unknown; always?: boolean; output?: unknown } = {},
): AnyStage {
  const file = join(place.root, `${id}.out`);
  return {
    id,
    title: id,
    output: z.strictObject({ file: z.string() }),
    inputs: async () => more.input?.() ?? null,
    paths: (output: { file: string }) => [output.file],
    ...(more.always === undefined ? {} : { always: more.always }),
    plan: () => [],
    async run(): Promise<StageOutcome<unknown>> {
      writeFileSync(join(place.root, "log"), `${id} `, { flag: "a" });
      writeFileSync(file, id);
      return { status: more.status ?? "done", output: more.output ?? { file }, summary: id };
    },
  } as unknown as AnyStage;
}

function logOf(place: Project): string[] {
  const path = join(place.root, "log");
  return existsSync(path) ? readFileSync(path, "utf8").trim().split(" ") : [];
}

async function open(place: Project) {
  return newRun(place.paths.runs, { from: "v1", to: "v2", startedAt: "2026-01-01T00:00:00.000Z" });
}

describe("the runner", () => {
  it("runs the stages in order and journals each under its number", async () => {
    const place = project();
    const result = await runStages(place, await open(place), [stage("fetch", place), stage("features", place)], { jobs: 1, reusable: [] });
    expect(result.status).toBe("done");
    expect(logOf(place)).toEqual(["fetch", "features"]);
    expect(readdirSync(join(place.paths.runs, "0001")).toSorted()).toEqual(["01-fetch.json", "02-features.json", "run.json"]);
  });

  it("stops at a stage that waits, but still writes the report", async () => {
    const place = project();
    const stages = [
      stage("fetch", place),
      stage("features", place, { status: "waiting" }),
      stage("isolate", place),
      stage("report", place, { always: true }),
    ];
    const result = await runStages(place, await open(place), stages, { jobs: 1, reusable: [] });
    expect(result.status).toBe("waiting");
    expect(logOf(place)).toEqual(["fetch", "features", "report"]);
  });

  it("takes a journalled stage as done while its inputs and files are the same", async () => {
    const place = project();
    const run = await open(place);
    const stages = [stage("fetch", place), stage("features", place)];
    await runStages(place, run, stages, { jobs: 1, reusable: [] });
    await runStages(place, run, stages, { jobs: 1, reusable: await readEntries(place.paths.runs, run) });
    expect(logOf(place)).toEqual(["fetch", "features"]);
  });

  it("runs a stage again, and all after it, when its input has changed", async () => {
    const place = project();
    const run = await open(place);
    let version = 1;
    const stages = [stage("fetch", place), stage("features", place, { input: () => version }), stage("isolate", place)];
    await runStages(place, run, stages, { jobs: 1, reusable: [] });
    version = 2;
    await runStages(place, run, stages, { jobs: 1, reusable: await readEntries(place.paths.runs, run) });
    expect(logOf(place)).toEqual(["fetch", "features", "isolate", "features"]);
  });

  it("runs a stage again when a file of its output is gone", async () => {
    const place = project();
    const run = await open(place);
    const gone = { output: { file: join(place.root, "gone") } };
    await runStages(place, run, [stage("fetch", place, gone)], { jobs: 1, reusable: [] });
    await runStages(place, run, [stage("fetch", place, gone)], { jobs: 1, reusable: await readEntries(place.paths.runs, run) });
    expect(logOf(place)).toEqual(["fetch", "fetch"]);
  });

  it("refuses to start in the middle when an earlier stage has not been done, and says where to start", async () => {
    const place = project();
    const stages = [stage("fetch", place), stage("features", place)];
    const started = requireReusable(place, stages, { reusable: [], from: "features" });
    await expect(started).rejects.toMatchObject({ code: "usage", hint: "start there: unfork upgrade --from fetch" });
    expect(logOf(place)).toEqual([]);
  });

  it("does not journal an output that its schema refuses", async () => {
    const place = project();
    const run = await open(place);
    const stages = [stage("fetch", place, { output: { wrong: true } })];
    await expect(runStages(place, run, stages, { jobs: 1, reusable: [] })).rejects.toThrow(/wrong/);
    expect(await readEntries(place.paths.runs, run)).toEqual([]);
  });
});

describe("the journal", () => {
  it("numbers runs upwards and finds the newest", async () => {
    const place = project();
    await open(place);
    const second = await open(place);
    expect(await latestRun(place.paths.runs)).toEqual(second);
    expect(second.id).toBe("0002");
  });

  it("tells a damaged file by its path", async () => {
    const place = project();
    const run = await open(place);
    writeFileSync(join(place.paths.runs, run.id, "01-fetch.json"), "{");
    await expect(readEntries(place.paths.runs, run)).rejects.toMatchObject({
      code: "state-invalid",
      message: expect.stringContaining("01-fetch.json"),
    });
  });
});

describe("a journal that cannot be read", () => {
  it("does not stop a new run, which gets the next number", async () => {
    const place = project();
    const run = await open(place);
    writeFileSync(join(place.paths.runs, run.id, "run.json"), "garbage");
    expect((await open(place)).id).toBe("0002");
  });
});
