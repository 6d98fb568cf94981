/** Owns the claims about running use cases, on a small program of two flavors. */
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type UseCase, useCaseSchema } from "../../src/model/use-case.js";
import { compareBothRun } from "../../src/usecases/compare-both-run.js";
import { runUseCases } from "../../src/usecases/run-use-cases.js";

const FIXTURES = join(import.meta.dirname, "../fixtures/usecases");
let root = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "unfork-usecases-"));
  await cp(FIXTURES, join(root, "own"), { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));

function useCase(extra: string[] = [], fields: Partial<UseCase> = {}): UseCase {
  return useCaseSchema.parse({
    id: "sums",
    name: "Sums",
    owner: "numbers",
    purpose: "Adds up.",
    prepare: [["node", "{root}/own/numbers.mjs", "4", "{inputs}"]],
    run: ["{program}", "--flavor", "{flavor}", "--in", "{inputs}/numbers.txt", "--out", "{out}", ...extra],
    outputs: ["out.txt"],
    metrics: [
      { id: "quality.sum", name: "sum", unit: "", direction: "higher", margin: 1 },
      { id: "measured.cpuNs", name: "CPU", unit: "ns", direction: "lower", margin: 5, relative: true, measured: true },
    ],
    both: {
      run: ["{program}", "--both", "--in", "{inputs}/numbers.txt", "--out", "{out}", ...extra],
      outputs: [{ file: "out.txt", legacy: "legacy.txt", latest: "latest.txt" }],
    },
    ...fields,
  });
}

function request(useCases: UseCase[], repeat = 2) {
  return { useCases, program: join(root, "own/program.mjs"), root, inputs: join(root, "made/inputs"), out: join(root, "made/out"), repeat };
}

async function compareOne(one: UseCase, repeat = 2) {
  const { results, measurements } = await runUseCases(request([one], repeat));
  const [result] = results;
  const [measurement] = measurements;
  if (result === undefined || measurement === undefined) throw new Error("one use case gives one result");
  return { result, measurement };
}

/** Compares, and gives how often inputs have been made until now. */
async function prepared(one: UseCase): Promise<number> {
  await compareOne(one, 0);
  return (await logOf("prepared.log")).length;
}

async function logOf(file: string): Promise<string[]> {
  return (await readFile(join(root, file), "utf8")).trim().split("\n");
}

describe("a use case that both flavors finish", () => {
  test("is judged by its deterministic metrics, and apart by the measured ones", async () => {
    const { result, measurement } = await compareOne(useCase(["--gain", "2", "--cpu", "100,120"]));
    expect(result).toMatchObject({
      verdict: "better",
      detail: "",
      metrics: [{ id: "quality.sum", legacy: 10, latest: 20, verdict: "better" }],
    });
    expect(measurement).toMatchObject({
      repeats: 4,
      verdict: "worse",
      metrics: [{ id: "measured.cpuNs", legacy: 100, latest: 120, verdict: "worse", statistics: { pairs: 4 } }],
    });
  });

  test("drops the warm-up from what is measured and takes turns A B, then B A, A B", async () => {
    const { measurement } = await compareOne(useCase(), 3);
    expect(measurement.metrics[0]?.legacy).toBe(100);
    const turns = ["legacy", "latest", "legacy", "latest", "latest", "legacy", "legacy", "latest"];
    expect(await logOf("runs.log")).toEqual(turns);
  });

  test("gets twice as many pairs, and again, while nothing is settled", async () => {
    const { measurement } = await compareOne(useCase(["--cpu", "100,100", "--noise"]), 3);
    expect(measurement).toMatchObject({ repeats: 12, verdict: "inconclusive" });
    expect(await logOf("runs.log")).toHaveLength(26);
  });

  test("is run twice per flavor when nothing is measured: no verdict comes from a single run", async () => {
    const one = useCase();
    await compareOne({ ...one, metrics: one.metrics.filter((metric) => !metric.measured) });
    expect(await logOf("runs.log")).toEqual(["legacy", "latest", "legacy", "latest"]);
  });

  test("leaves the outputs of each flavor's first run and says their digests", async () => {
    const { result } = await compareOne(useCase(["--gain", "2"]));
    expect(await readFile(join(root, "made/out/sums/latest/out.txt"), "utf8")).toBe("sum 20 of 4\n");
    expect(await readdir(join(root, "made/out/sums"))).toEqual(["latest", "legacy"]);
    expect(result.outputs.map(({ flavor, file }) => `${flavor}/${file}`)).toEqual(["legacy/out.txt", "latest/out.txt"]);
    expect(result.outputs[0]?.sha256).not.toBe(result.outputs[1]?.sha256);
  });

  test("gives command lines that repeat the runs from the configuration's folder", async () => {
    const { result } = await compareOne(useCase());
    expect(result.commands[1]).toBe("./own/program.mjs --flavor latest --in ./made/inputs/sums/numbers.txt --out ./made/out/sums/latest");
  });

  test("gives the same result in two runs", async () => {
    const first = await compareOne(useCase());
    expect((await compareOne(useCase())).result).toEqual(first.result);
  });
});

describe("an output with a tolerance", () => {
  test("is worse beyond it, with the place, and says nothing within it", async () => {
    const numbers = { kind: "numbers" as const, relative: 0.01 };
    const beyond = await compareOne(useCase(["--gain", "2"], { tolerance: { "out.txt": numbers } }));
    expect(beyond.result).toMatchObject({
      verdict: "worse",
      detail: "out.txt: first in line 1: number 1: 10 → 20",
      compared: [{ file: "out.txt", status: "beyond" }],
    });
    const within = await compareOne(useCase(["--gain", "1.001"], { tolerance: { "out.txt": numbers } }));
    expect(within.result).toMatchObject({ verdict: "no worse", detail: "", compared: [{ file: "out.txt", status: "within" }] });
  });
});

describe("a use case that goes wrong", () => {
  test.each([
    ["latest:signal", "latest: signal SIGSEGV"],
    ["legacy:exit", "legacy: exit code 3 (cannot go on)"],
    ["latest:silent", "latest: no JSON object in the last line of its output"],
    ["latest:no-output", "latest: did not write out.txt"],
    ["latest:exit:3", "latest: exit code 3 (cannot go on) in repeat 2, not before"],
  ])("with %s is told as crashed: %s", async (how, detail) => {
    const fields = how === "latest:silent" ? { outputs: [], both: undefined } : {};
    const { result, measurement } = await compareOne(useCase(["--fail", how], fields));
    expect(result).toMatchObject({ verdict: "crashed", detail, metrics: [] });
    expect(measurement.verdict).toBe("crashed");
  });

  test("by hanging is killed and told", async () => {
    const { result } = await compareOne(useCase(["--fail", "latest:hang"], { timeoutSeconds: 1 }));
    expect(result).toMatchObject({ verdict: "crashed", detail: "latest: no end after 1 s, killed" });
    expect(result.outputs.map((output) => output.flavor)).toEqual(["legacy"]);
  });

  test("does not keep the others from being judged", async () => {
    const { results } = await runUseCases(request([useCase(["--fail", "latest:signal"]), useCase([], { id: "other" })]));
    expect(results.map((result) => `${result.id} ${result.verdict}`)).toEqual(["sums crashed", "other no worse"]);
  });

  test("by giving other figures from run to run, which it does not call measured, is judged by its pairs and told", async () => {
    const { result, measurement } = await compareOne(useCase(["--fail", "latest:unsteady-sum"]), 3);
    expect(result.detail).toBe("latest: quality.sum differs from run to run");
    expect(result.metrics).toEqual([]);
    expect(measurement.metrics.map(({ id, statistics }) => [id, statistics?.pairs])).toEqual([
      ["quality.sum", 3],
      ["measured.cpuNs", 3],
    ]);
  });

  test("by giving other outputs from run to run is told, without figures", async () => {
    const { result } = await compareOne(useCase(["--fail", "latest:unsteady"]));
    expect(result.detail).toBe("latest: out.txt differs from run to run");
  });

  test("by naming a metric that no flavor reports is told with the nearest one, and does not stop the others", async () => {
    const metrics = useCase()
      .metrics.slice(0, 1)
      .map((metric) => Object.assign(metric, { id: "quality.sun" }));
    const { results } = await runUseCases(request([useCase([], { metrics }), useCase([], { id: "other" })]));
    expect(results.map((result) => `${result.id} ${result.verdict}`)).toEqual(["sums crashed", "other no worse"]);
    expect(results[0]?.detail).toBe(
      "metric 'quality.sun' is in no flavor's JSON line; the program reports measured.cpuNs, quality.count, quality.sum, run.cpuMs, run.instructions, run.peakKiB, run.userMs, run.wallMs (did you mean 'quality.sum'?)",
    );
  });

  test("by a program that is not there is refused", async () => {
    await expect(runUseCases({ ...request([useCase()]), program: join(root, "none") })).rejects.toMatchObject({ code: "tool-missing" });
  });
});

describe("inputs", () => {
  test("are made once and reused", async () => {
    expect(await prepared(useCase())).toBe(1);
    expect(await prepared(useCase())).toBe(1);
  });

  test("are made anew when the command, a script, a module beside it or an input changes", async () => {
    await prepared(useCase());
    expect(await prepared(useCase([], { prepare: [["node", "{root}/own/numbers.mjs", "5", "{inputs}"]] }))).toBe(2);
    await writeFile(join(root, "own/series.mjs"), "export function upTo(n) { return [n]; }\n");
    expect(await prepared(useCase([], { prepare: [["node", "{root}/own/numbers.mjs", "5", "{inputs}"]] }))).toBe(3);
    await writeFile(join(root, "made/inputs/sums/numbers.txt"), "1");
    expect(await prepared(useCase([], { prepare: [["node", "{root}/own/numbers.mjs", "5", "{inputs}"]] }))).toBe(4);
  });

  test("that cannot be made are refused with the tool's last words, and what was there stays", async () => {
    await prepared(useCase());
    await expect(prepared(useCase([], { prepare: [["node", "{root}/own/numbers.mjs", "fail", "{inputs}"]] }))).rejects.toMatchObject({
      code: "tool-failed",
      message: expect.stringMatching(/^sums: its inputs cannot be made[^]*no numbers today/) as string,
      hint: expect.stringContaining("`prepare`") as string,
    });
    expect(await readFile(join(root, "made/inputs/sums/numbers.txt"), "utf8")).toBe("1\n2\n3\n4");
    expect(await readdir(join(root, "made/inputs"))).toEqual(["sums"]);
  });
});

describe("the joint run of both flavors", () => {
  test("equals the single runs byte for byte", async () => {
    const one = useCase(["--gain", "2"]);
    await compareOne(one);
    expect(await compareBothRun(one, request([one]))).toEqual({ status: "equal", id: "sums", files: 2 });
  });

  test("is told with flavor, file and place where it differs", async () => {
    const one = useCase(["--fail", "both"]);
    await compareOne(one);
    expect(await compareBothRun(one, request([one]))).toEqual({
      status: "differs",
      id: "sums",
      differences: [{ flavor: "latest", file: "out.txt", firstByte: 5 }],
    });
  });

  test("is nothing to a use case that declares none", async () => {
    expect(await compareBothRun(useCase([], { both: undefined }), request([]))).toBeUndefined();
  });

  test("that has no single runs to compare with is refused", async () => {
    const one = useCase();
    const all = request([one]);
    await runUseCases(all);
    await rm(join(all.out, "sums"), { recursive: true });
    await expect(compareBothRun(one, all)).rejects.toMatchObject({ code: "input-missing" });
  });
});
