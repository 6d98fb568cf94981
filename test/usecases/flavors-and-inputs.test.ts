/** Owns the claims about use cases that one flavor has alone or that give flavors things of their own, and about declared input files. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { type UseCase, type UseCaseInput, useCaseSchema } from "../../src/model/use-case.js";
import { sha256 } from "../../src/support/hash.js";
import { comparisonDigest } from "../../src/usecases/comparison-digest.js";
import { runOneFlavor } from "../../src/usecases/run-one-flavor.js";
import { runUseCases } from "../../src/usecases/run-use-cases.js";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "unfork-flavors-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(() => mkdir(join(root, "given"), { recursive: true }));

/** Its figure is LEVEL followed by the first argument: 10 and "7" give 107. */
const SCRIPT = `echo $FLAVOR >> ran.log; printf '{"level": %s%s}' $LEVEL $1`;

function useCase(fields: Partial<UseCaseInput> = {}): UseCase {
  return useCaseSchema.parse({
    id: "levels",
    name: "Levels",
    owner: "o",
    purpose: "p",
    run: ["sh", "-c", SCRIPT, "sh"],
    environment: { LEVEL: "10", FLAVOR: "any" },
    metrics: [{ id: "level", name: "level", unit: "", direction: "higher", margin: 1, limit: 5 }],
    ...fields,
  });
}

function request(...useCases: UseCase[]) {
  return { useCases, program: "/bin/sh", root, inputs: join(root, "made/inputs"), out: join(root, "made/out"), repeat: 3 };
}

describe("a use case that gives each flavor something of its own", () => {
  test("runs with it, and says so in the commands", async () => {
    const flavors = { legacy: { environment: { FLAVOR: "old" } }, latest: { environment: { LEVEL: "20" }, arguments: ["7"] } };
    const { results } = await runUseCases(request(useCase({ flavors })));
    expect(results[0]?.metrics).toMatchObject([{ legacy: 10, latest: 207, verdict: "better" }]);
    expect((await readFile(join(root, "ran.log"), "utf8")).split("\n").slice(0, 2)).toEqual(["old", "any"]);
    expect(results[0]?.commands[1]).toMatch(/ sh 7$/);
    expect(results[0]?.commands[0]).not.toMatch(/ 7$/);
  });
});

describe("a use case that legacy does not have", () => {
  const flavors = { legacy: { runs: false }, latest: { environment: { FLAVOR: "alone" } } };

  test("runs on latest alone and is held to its limits, measured ones included", async () => {
    const measured = [{ id: "run.peakKiB", name: "peak", unit: "KiB", direction: "lower" as const, margin: 5, limit: 1, measured: true }];
    const few = useCase({ flavors, id: "few", environment: { LEVEL: "4" } });
    const big = useCase({ flavors, id: "big", metrics: measured });
    const { results, measurements } = await runUseCases(request(useCase({ flavors }), few, big));
    expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["levels", "no worse"],
      ["few", "worse"],
      ["big", "no worse"],
    ]);
    expect(measurements[2]).toMatchObject({ verdict: "worse", repeats: 0 });
    expect(results[0]).toMatchObject({ detail: "legacy has no such use case: held to its limits alone" });
    expect(results[0]?.commands).toHaveLength(1);
    expect((await readFile(join(root, "ran.log"), "utf8")).match(/alone/g)).toHaveLength(3);
  });

  test("is not run on legacy on request, either", async () => {
    await expect(runOneFlavor(useCase({ flavors }), "legacy", request())).rejects.toMatchObject({ code: "usage" });
  });
});

describe("declared inputs", () => {
  test("that are not there or are others are refused before anything runs, each by its key", async () => {
    await writeFile(join(root, "given/a.wav"), "sound");
    const inputs = [{ file: "given/a.wav", sha256: "0".repeat(64) }, { file: "given/none.wav" }, { file: "given" }];
    await rm(join(root, "ran.log"), { force: true });
    const refused = runUseCases(request(useCase({ inputs })));
    await expect(refused).rejects.toMatchObject({ code: "input-invalid", hint: expect.stringContaining("`inputs`") });
    const message = await refused.catch((error: unknown) => (error as Error).message);
    expect(message).toContain(`levels: inputs[0]: given/a.wav has sha256 ${sha256("sound")}, and not 000`);
    expect(message).toContain("levels: inputs[1]: given/none.wav is not there (looked for ");
    expect(message).toContain("levels: inputs[2]: given is not a file");
    await expect(readFile(join(root, "ran.log"))).rejects.toThrow(/ENOENT/);
  });

  test("that `prepare` makes are looked for among what it made", async () => {
    const prepare = [["cp", "{root}/given/a.wav", "{inputs}/a.wav"]];
    const good = useCase({ prepare, inputs: [{ file: "{inputs}/a.wav", sha256: sha256("sound") }, { file: "{root}/given/a.wav" }] });
    expect((await runUseCases(request(good))).results[0]?.verdict).toBe("no worse");
    await expect(runUseCases(request(useCase({ prepare, inputs: [{ file: "{inputs}/b.wav" }] })))).rejects.toMatchObject({
      code: "input-missing",
    });
  });

  test("make another comparison when they change", async () => {
    const one = request(useCase({ inputs: [{ file: "given/a.wav" }] }));
    const before = await comparisonDigest(one);
    expect(await comparisonDigest(one)).toBe(before);
    await writeFile(join(root, "given/a.wav"), "other sound");
    expect(await comparisonDigest(one)).not.toBe(before);
  });
});
