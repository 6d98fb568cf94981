/** Owns the claims about shadow runs: what is kept, what is refused afterwards, what a difference looks like, and the moves by rule. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { type ShadowEntry, type StageRules, demoteRuleSchema, promoteRuleSchema } from "../../src/model/shadow.js";
import { type UseCase, type UseCaseInput, useCaseSchema } from "../../src/model/use-case.js";
import { compareBothRun } from "../../src/usecases/compare-both-run.js";
import { exampleOf } from "../../src/usecases/outputs/example.js";
import { readRefusals, refusalFile } from "../../src/usecases/outputs/refusals.js";
import { withGates } from "../../src/usecases/shadow/gates.js";
import { historyFile, recordAndMove } from "../../src/usecases/shadow/move-stages.js";
import { runUseCases } from "../../src/usecases/run-use-cases.js";
import { shadowRun } from "../../src/usecases/shadow/shadow-run.js";
import { readStageChanges } from "../../src/usecases/stages.js";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "unfork-shadow-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Latest's gain is GAIN, legacy's is 2. */
const SCRIPT = `g=2; [ $1 = latest ] && g=$GAIN; printf 'name,gain\\na,1\\nb,%s\\nc,3\\n' $g > $2/rows.csv; [ $GAIN = crash ] && [ $1 = latest ] && exit 3; echo '{"rows": 3}'`;
const BOTH = `printf 'name,gain\\na,1\\nb,2\\nc,3\\n' > $1/one.csv; printf 'name,gain\\na,1\\nb,%s\\nc,3\\n' $GAIN > $1/two.csv; echo '{}'`;
const free = (id: string) => ({ id, name: id, unit: "ms", direction: "lower" as const, margin: 5000, relative: true, measured: true });

function useCase(gain: string, fields: Partial<UseCaseInput> = {}): UseCase {
  return useCaseSchema.parse({
    id: "gains",
    name: "Gains",
    owner: "o",
    purpose: "p",
    run: ["sh", "-c", SCRIPT, "sh", "{flavor}", "{out}"],
    both: { run: ["sh", "-c", BOTH, "sh", "{out}"], outputs: [{ file: "rows.csv", legacy: "one.csv", latest: "two.csv" }] },
    outputs: ["rows.csv"],
    environment: { GAIN: gain },
    metrics: [{ id: "rows", name: "rows", unit: "", direction: "higher", margin: 0 }, free("run.wallMs"), free("run.cpuMs")],
    ...fields,
  });
}

function request(one: UseCase, reverse = false) {
  const places = { program: "/bin/sh", root, inputs: join(root, "inputs"), out: join(root, "out") };
  return { ...places, useCases: [one], repeat: 3, jobs: 1, reverse, refusals: refusalFile(root), when: "2026-11-30T10:00:00Z" };
}

async function shadowOne(one: UseCase, reverse = false) {
  const [outcome] = await shadowRun(request(one, reverse));
  if (outcome === undefined) throw new Error("one use case gives one outcome");
  return { ...outcome, there: await readdir(join(root, "out/gains")) };
}

describe("a shadow run", () => {
  test("that passes keeps legacy's output and throws latest's away; in reverse the other way round", async () => {
    const plain = await shadowOne(useCase("2"));
    expect(plain).toMatchObject({
      entry: { verdict: "clean", reasons: [], reverse: false },
      kept: "legacy",
      there: ["legacy"],
      examples: [],
    });
    const reverse = await shadowOne(useCase("2"), true);
    expect(reverse).toMatchObject({ entry: { verdict: "clean", reverse: true }, kept: "latest", there: ["latest"] });
    expect(await readRefusals(refusalFile(root))).toEqual([]);
  });

  test("that differs says in which row and field, keeps legacy's even in reverse, and refuses latest's from then on", async () => {
    const { entry, kept, there, examples } = await shadowOne(useCase("2.5"), true);
    expect(entry).toMatchObject({ verdict: "worse", reasons: [expect.stringContaining("rows.csv differs")] });
    expect({ kept, there }).toEqual({ kept: "legacy", there: ["differences", "legacy"] });
    expect(examples).toEqual([
      {
        file: "rows.csv",
        where: "row 3, field 2 (gain)",
        context: ["1  name,gain", "2  a,1", "3 legacy  b,2", "3 latest  b,2.5", "4  c,3", "5  "],
      },
    ]);
    expect(await readFile(join(root, "out/gains/differences/rows.csv.txt"), "utf8")).toContain("3 latest  b,2.5");
    expect(await readRefusals(refusalFile(root))).toMatchObject([{ useCase: "gains", file: "rows.csv", refused: true }]);
  });

  test("within a tolerance passes, and takes a refusal back", async () => {
    await shadowOne(useCase("2.5"));
    const near = { tolerance: { "rows.csv": { kind: "numbers" as const, absolute: 0.6 } } };
    expect((await shadowOne(useCase("2.5", near))).entry.verdict).toBe("clean");
    expect(await readRefusals(refusalFile(root))).toEqual([]);
  });

  test("of a release that crashes is told so, and legacy's output is kept", async () => {
    expect(await shadowOne(useCase("crash"), true)).toMatchObject({
      entry: { verdict: "crashed", reasons: ["latest: exit code 3"] },
      kept: "legacy",
    });
  });

  test("judges latency and cost of use cases that do not", () => {
    const plain = withGates(useCase("2", { metrics: [{ id: "rows", name: "rows", unit: "", direction: "higher", margin: 0 }] }));
    expect(plain.metrics.map(({ id }) => id)).toEqual(["rows", "run.wallMs", "run.cpuMs"]);
    expect(withGates(useCase("2")).metrics).toHaveLength(3);
  });
});

test("an output that was refused is held against nothing: the joint run says so", async () => {
  const exact = useCase("2.5", { tolerance: { "rows.csv": { kind: "exact" } } });
  const all = request(exact);
  await shadowRun({ ...all, useCases: [exact] });
  // The single runs' outputs, as an upgrade leaves them.
  await runUseCases(all);
  expect(await compareBothRun(exact, all)).toMatchObject({
    status: "refused",
    why: expect.stringContaining("rows.csv of latest failed its comparison"),
  });
  expect(await compareBothRun(useCase("2.5"), all)).toMatchObject({ status: "equal" });
});

/** Mono, 16 bit, 8 kHz. */
function wav(samples: number[]): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    head.writeUInt16LE(value, at);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.write("data", 36);
  head.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([head, Buffer.from(Int16Array.from(samples).buffer)]);
}

async function example(legacy: Buffer, latest: Buffer, snrDb = 60) {
  await rm(join(root, "x"), { recursive: true, force: true });
  await rm(join(root, "y"), { recursive: true, force: true });
  await mkdir(join(root, "x"));
  await mkdir(join(root, "y"));
  await writeFile(join(root, "x/o"), legacy);
  await writeFile(join(root, "y/o"), latest);
  return await exampleOf(
    { file: "o", legacy: join(root, "x"), latest: join(root, "y"), root, timeoutSeconds: 5 },
    { kind: "audio", snrDb },
  );
}

describe("the example of a difference", () => {
  test("of sounds is the first frame, its neighbours, and a picture of both and what lies between", async () => {
    const tone = Array.from({ length: 4000 }, (_, index) => Math.round(8000 * Math.sin(index / 10)));
    const broken = tone.map((value, index) => (index >= 1600 ? value + 4000 : value));
    const found = await example(wav(tone), wav(broken));
    expect(found).toMatchObject({ where: "frame 1600 (0.200 s), channel 1" });
    expect(found?.context).toHaveLength(7);
    expect(found?.context[3]).toMatch(/^frame 1600: -?0\.\d{6} → -?0\.\d{6}$/);
    expect(found?.svg).toMatch(/^<svg [\s\S]*<polyline [\s\S]*difference[\s\S]*<\/svg>\n$/);
    expect(await example(wav(tone), wav(tone))).toBeUndefined();
  });

  test("of other bytes is the first byte with those around", async () => {
    const found = await example(Buffer.from([0, 1, 2, 3]), Buffer.from([0, 1, 9, 3]));
    expect(found).toMatchObject({ where: "byte 2", context: ["from byte 0", "legacy  00 01 02 03", "latest  00 01 09 03"] });
  });
});

describe("rules", () => {
  const rules: StageRules = { promote: promoteRuleSchema.parse({ after: 2 }), demote: demoteRuleSchema.parse({}) };

  /** Runs of one use case, an hour after the other; gives the stages it came to. */
  async function stagesAfter(runs: (Partial<ShadowEntry> | ShadowEntry["verdict"])[], wanted = rules): Promise<string[]> {
    await rm(root, { recursive: true, force: true });
    await mkdir(root);
    for (const [hour, run] of runs.entries()) {
      const fields = typeof run === "string" ? { verdict: run } : run;
      const when = `2026-11-30T${String(hour).padStart(2, "0")}:00:00.000Z`;
      const entry: ShadowEntry = { useCase: "gains", when, program: "p", reverse: false, verdict: "clean", reasons: ["why"], ...fields };
      await recordAndMove(root, historyFile(root), [entry], wanted);
    }
    return (await readStageChanges(root)).map(({ to }) => to);
  }

  test("promote after clean runs in a row, one stage each, and not beyond the furthest", async () => {
    expect(await stagesAfter(["clean", "clean", "clean", "clean", "clean", "clean", "clean"])).toEqual(["shadow", "experiment"]);
    expect(await stagesAfter(["clean", "unsettled", "clean"])).toEqual([]);
    expect(await stagesAfter(["clean", { program: "other" }])).toEqual([]);
    expect(await stagesAfter(["clean", { reverse: true }])).toEqual([]);
  });

  test("demote on worse and crashed, back to the stage they say, with who, when and why", async () => {
    expect(await stagesAfter(["clean", "clean", "clean", "clean", "worse", "clean"])).toEqual(["shadow", "experiment", "shadow"]);
    expect((await readStageChanges(root))[2]).toEqual({
      useCase: "gains",
      from: "experiment",
      to: "shadow",
      who: "unfork, by rule demote.on worse",
      when: "2026-11-30T04:00:00.000Z",
      why: "worse in shadow: why",
    });
    expect((await readStageChanges(root))[0]).toMatchObject({
      who: "unfork, by rule promote.after 2",
      why: expect.stringContaining("2 clean shadow runs in a row at not-started"),
    });
    expect(await stagesAfter(["clean", "clean", "crashed"])).toEqual(["shadow"]);
    expect(await stagesAfter(["clean", "clean", "crashed"], { ...rules, demote: demoteRuleSchema.parse({ to: "not-started" }) })).toEqual([
      "shadow",
      "not-started",
    ]);
  });

  test("that are not there move nothing", async () => {
    expect(await stagesAfter(["clean", "clean", "worse"], {})).toEqual([]);
  });
});
