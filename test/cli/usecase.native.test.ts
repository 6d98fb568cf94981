/** Holds `unfork usecase` at the command line: the register, comparisons of a compiled program with planted changes, a log that survives. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { validConfig } from "../helpers/valid-config.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();
const valgrind = await findTool("valgrind");

function usecase(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "usecase", ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

function compare(folder: string, ...args: string[]) {
  const result = usecase("compare", "--use-cases", folder, "--program", "levels", "--out", `made-${folder}`, "--json", ...args);
  return { ...result, json: result.status === 2 ? undefined : JSON.parse(result.stdout) };
}

/** A use case whose latest flavor has something planted. */
function planted(id: string, plant: string, more = ""): string {
  return `id: ${id}
name: ${id}
owner: levels team
purpose: Tests what ${plant} does.
run: ["{program}", "--flavor", "{flavor}", "--out", "{out}", "--plant", "${plant}"]
outputs: [sum.txt]
metrics:
  - { id: sum, name: sum, unit: "", direction: target, target: 59629127, margin: 1000 }
  - { id: run.peakKiB, name: peak memory, unit: KiB, direction: lower, margin: 10, relative: true, measured: true }
timeoutSeconds: 10
${more}`;
}

beforeAll(() => {
  const source = join(packageRoot(), "test/fixtures/usecases/levels.cc");
  expect(spawnSync("g++", ["-O1", "-g", source, "-o", join(root, "levels")]).status).toBe(0);
  writeTree(root, {
    "cases/plain.yaml": planted("plain", "none"),
    "cases/leak.yaml": planted("leak", "leak"),
    "cases/nan.yaml": planted("nan", "nan"),
    "cases/crash.yaml": planted("crash", "crash"),
    "one/plain.yaml": planted("plain", "none"),
    "cpu/cpu.yaml": planted("cpu", "cpu"),
  });
});

describe("unfork usecase compare", () => {
  it("finds each planted change in its use case, and nothing in the others", () => {
    const { status, json } = compare("cases");
    expect(status).toBe(1);
    const verdicts = json.measurements.map(({ id, verdict }: { id: string; verdict: string }) => [id, verdict]);
    expect(verdicts).toEqual([
      ["crash", "crashed"],
      ["leak", "worse"],
      ["nan", "worse"],
      ["plain", "no worse"],
    ]);
    const detail = Object.fromEntries(json.results.map((result: { id: string; detail: string }) => [result.id, result.detail]));
    expect(detail).toMatchObject({ crash: "latest: signal SIGSEGV", nan: "latest: gives no sum", plain: "" });
    const leak = json.measurements.find(({ id }: { id: string }) => id === "leak");
    expect(leak.metrics).toMatchObject([{ id: "run.peakKiB", verdict: "worse", statistics: { relative: true } }]);
  });

  it("says nothing is worse when a release is compared with itself", () => {
    const { status, json } = compare("cases", "--aa");
    expect(status).toBe(0);
    expect(json.arms).toBe("legacy with itself");
    for (const { verdict } of json.measurements) expect(verdict).toBe("no worse");
    const kept = JSON.parse(readFileSync(join(root, "made-cases/use-cases/calibration.json"), "utf8")) as typeof json.calibration;
    expect(kept.useCases).toEqual(json.calibration.useCases);
    expect(
      kept.useCases.map(({ useCase, metrics }: { useCase: string; metrics: { id: string; pairs: number }[] }) => [useCase, metrics]),
    ).toEqual(["crash", "leak", "nan", "plain"].map((id) => [id, [expect.objectContaining({ id: "run.peakKiB", pairs: 8 })]]));
  });

  it.skipIf(valgrind === undefined)("counts instructions on request, and names the function that took two percent more", () => {
    const { status, json } = compare("cpu", "--callgrind");
    expect(status).toBe(1);
    const [profile] = json.profiles;
    expect(profile.metric).toMatchObject({ id: "run.instructions", verdict: "worse" });
    expect(profile.functions[0].name).toMatch(/^levels::Wave\(int/);
    expect(json.measurements[0].verdict).toBe("no worse");
  });

  it("lets no other into its folder, goes on where it was killed, and makes no run twice", async () => {
    const args = ["usecase", "compare", "--use-cases", "one", "--program", "levels", "--out", "made-kill", "--repeat", "40", "--jobs", "1"];
    const child = spawn(process.execPath, [BIN, ...args], { cwd: root, stdio: "ignore" });
    const log = join(root, "made-kill/use-cases/runs.ndjson");
    while (!existsSync(log) || readFileSync(log, "utf8").split("\n").length < 12) await new Promise((done) => setTimeout(done, 20));
    const second = spawnSync(process.execPath, [BIN, ...args], { cwd: root, encoding: "utf8" });
    expect(second).toMatchObject({ status: 3, stderr: expect.stringContaining("another run works") });
    child.kill("SIGKILL");
    await new Promise((done) => child.once("close", done));
    const before = readFileSync(log, "utf8");
    const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: root, encoding: "utf8" });
    expect(status).toBe(0);
    expect(stderr).toContain("going on with a comparison that was cut short");
    const after = readFileSync(log, "utf8");
    expect(after.startsWith(before.slice(0, before.lastIndexOf("\n") + 1))).toBe(true);
    const runs = after
      .trim()
      .split("\n")
      .slice(1, -1)
      .map((line) => JSON.parse(line) as { arm: string; index: number });
    expect(new Set(runs.map(({ arm, index }) => `${arm} ${index}`)).size).toBe(runs.length);
    expect(runs).toHaveLength(82);
  });

  it("refuses an unknown use case, and a register without a program", () => {
    expect(compare("cases", "leek")).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean 'leak'?") });
    const { status, stderr } = usecase("compare", "--use-cases", "cases");
    expect(status).toBe(2);
    expect(stderr).toContain("give --program FILE");
  });
});

/** A metric that never fails: what a busy machine does to it does not count. */
function loose(id: string): string {
  return `  - { id: run.${id}, name: ${id}, unit: ms, direction: lower, margin: 5000, relative: true, measured: true }\n`;
}

describe("a use case that legacy does not have", () => {
  it("is refused where it would be all that is compared with legacy", () => {
    writeTree(root, { "alone/new.yaml": planted("new", "none", "flavors: { legacy: { runs: false } }\n") });
    const args = ["--use-cases", "alone", "--program", "levels", "--out", "made-alone"];
    for (const how of [["compare", "--aa"], ["shadow"]])
      expect(usecase(...how, "new", ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining("legacy has none") });
  });
});

describe("unfork usecase shadow", () => {
  it("moves use cases by the rules of the configuration, on after clean runs and back when worse, and keeps legacy's outputs", () => {
    const config = {
      ...validConfig(),
      useCases: { dir: "shaded", repeat: 3, promote: { after: 2, upTo: "shadow" }, demote: { to: "not-started" } },
    };
    writeTree(root, {
      "unfork.config.json": JSON.stringify(config),
      "shaded/plain.yaml": planted("plain", "none").replace("timeoutSeconds", `${loose("wallMs")}${loose("cpuMs")}timeoutSeconds`),
    });
    const shadow = (...args: string[]) =>
      JSON.parse(usecase("shadow", "--program", "levels", "--out", "made-shadow", "--json", ...args).stdout);
    expect(shadow()).toMatchObject({ moves: [], useCases: [{ verdict: "clean", equal: 1, kept: "legacy" }] });
    expect(shadow()).toMatchObject({ moves: [{ from: "not-started", to: "shadow", who: "unfork, by rule promote.after 2" }] });
    writeTree(root, { "shaded/plain.yaml": planted("plain", "crash") });
    expect(shadow("--reverse")).toMatchObject({
      reverse: true,
      moves: [{ from: "shadow", to: "not-started", who: "unfork, by rule demote.on crashed" }],
      useCases: [{ verdict: "crashed", reasons: ["latest: signal SIGSEGV"], kept: "legacy" }],
    });
    expect(usecase("show", "plain", "--use-cases", "shaded").stdout).toContain("stage: not-started");
  });
});

describe("unfork usecase run", () => {
  it("gives figures and costs of one flavor, or how it ended", () => {
    const ok = usecase("run", "plain", "--flavor", "latest", "--use-cases", "cases", "--program", "levels", "--out", "made-run", "--json");
    expect(ok.status).toBe(0);
    const { outcome } = JSON.parse(ok.stdout) as { outcome: { line: { run: { peakKiB: number; cpuMs: number } } } };
    expect(outcome.line.run.peakKiB).toBeGreaterThan(500);
    const crash = usecase("run", "crash", "--flavor", "latest", "--use-cases", "cases", "--program", "levels", "--out", "made-run");
    expect(crash).toMatchObject({ status: 1, stdout: expect.stringContaining("crash on latest: signal SIGSEGV") });
  });
});

describe("the register", () => {
  it("takes a new use case, shows it, and lists it with its stage", () => {
    writeTree(root, { "register/plain.yaml": planted("plain", "none") });
    const words = ["--name", "Train", "--owner", "calls", "--purpose", "Noise.", "--use-cases", "register"];
    expect(usecase("add", "train-call", ...words)).toMatchObject({ status: 0 });
    expect(usecase("add", "train-call", ...words)).toMatchObject({ status: 2, stderr: expect.stringContaining("is there already") });
    expect(usecase("add", "Train Call", ...words)).toMatchObject({ status: 2, stderr: expect.stringContaining("kebab-case") });
    expect(usecase("show", "train-call", "--use-cases", "register").stdout).toContain("stage: not-started");
    expect(usecase("list", "--use-cases", "register").stdout).toMatch(/train-call\s+Train\s+calls\s+not-started/);
  });

  it("notes changes of stage with who, when and why, one forward at a time and back to any", () => {
    const stage = (...args: string[]) => usecase("stage", "plain", ...args, "--use-cases", "register", "--who", "lea");
    expect(stage("shadow", "--why", "no worse thrice")).toMatchObject({ status: 0, stdout: "plain: not-started → shadow (lea)\n" });
    expect(stage("ramp", "--why", "hurry")).toMatchObject({ status: 2, stderr: expect.stringContaining("go to experiment first") });
    expect(stage("experiment", "--why", "shadow is clean").status).toBe(0);
    expect(stage("not-started", "--why", "echo in the field").status).toBe(0);
    expect(stage("legacy-deleted", "--why", "no")).toMatchObject({ status: 2 });
    expect(stage("shadow", "--why", " ")).toMatchObject({ status: 2, stderr: expect.stringContaining("why is empty") });
    expect(usecase("stage", "plain", "shadow", "--use-cases", "register")).toMatchObject({ status: 2 });
    const { changes } = JSON.parse(usecase("show", "plain", "--use-cases", "register", "--json").stdout) as {
      changes: { from: string; to: string; who: string; why: string; when: string }[];
    };
    expect(changes.map(({ from, to }) => `${from} ${to}`)).toEqual(["not-started shadow", "shadow experiment", "experiment not-started"]);
    expect(changes[2]).toMatchObject({ who: "lea", why: "echo in the field", when: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
  });

  it("names file and line of a change that cannot be read", () => {
    writeTree(root, { "broken/plain.yaml": planted("plain", "none") });
    writeFileSync(join(root, "broken/stages.jsonl"), '{"useCase":"plain"}\n');
    expect(usecase("list", "--use-cases", "broken")).toMatchObject({ status: 2, stderr: expect.stringContaining("stages.jsonl:1") });
  });
});
