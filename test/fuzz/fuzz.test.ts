/** A short run of the fuzzer, and the inputs that it found in earlier ones. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { fuzz } from "./fuzz.js";
import { ENDINGS, ownSeeds } from "./seeds.js";
import { createTarget } from "./target.js";

const target = createTarget(mkdtempSync(join(tmpdir(), "unfork-fuzz-test-")));
afterAll(() => target.close());

describe("isolating mutated text", () => {
  it("loses no byte, keeps all tokens, can be reverted and neither throws nor hangs, for 2,000 inputs", async () => {
    const { figures, failure } = await fuzz({ target, seeds: ownSeeds(), inputs: 2_000, seed: 20, tree: 100 });
    expect(failure?.error).toBeUndefined();
    expect(figures.inputs).toBe(2_000);
    expect(figures.accepted).toBeGreaterThan(1_900);
    expect(figures.changed).toBeGreaterThan(1_000);
  });

  it("gives the same figures for the same seed", async () => {
    const request = { target, seeds: ownSeeds(), inputs: 200, seed: 7, tree: 50 };
    expect(await fuzz(request)).toEqual(await fuzz(request));
  });

  it("does all that by the commands on disk, with one thread and with two", async () => {
    const { changed } = await target.check(ownSeeds(), { onDisk: true });
    expect(changed).toBeGreaterThan(15);
  });
});

describe("isolating a result again", () => {
  it.each(ENDINGS)("changes nothing, for every construct in a .%s file", async (ending) => {
    for (const { bytes } of ownSeeds()) {
      const checked = target.check([{ bytes, ending }], { again: true });
      await expect(checked, bytes.toString("latin1")).resolves.toMatchObject({ refused: undefined });
    }
  });

  it.each([
    ["a namesake inside a namespace that only another file opens", ["namespace meter{namespace meter", "namespace%meter{namespace meter{"]],
    ["a type that is called as a keyword", ['struct extern""{}t;', "struct extern{"]],
  ])("changes nothing, for %s", async (_what, texts) => {
    const inputs = texts.map((text) => ({ bytes: Buffer.from(text), ending: "cc" }));
    await expect(target.check(inputs, { again: true })).resolves.toMatchObject({ refused: undefined });
  });

  it("changes nothing where an assembler exports a label that is called as a keyword", async () => {
    const inputs = [
      { bytes: Buffer.from(".globl typedef\ntypedef:\n"), ending: "S" },
      { bytes: Buffer.from("typedef int tr;"), ending: "cc" },
    ];
    expect((await target.check(inputs, { again: true })).changed).toBe(0);
  });

  it("keeps all tokens where an argument that gives a part of a name ends in `##`", async () => {
    const text = "CAT(t)\n#define CAT(a b)a##b CAT(meter_,reset##)";
    await expect(target.check([{ bytes: Buffer.from(text), ending: "cc" }])).resolves.toMatchObject({ refused: undefined });
  });

  it.each([
    ["itself", `#define SELF { ${"SELF ".repeat(24)}\n`],
    ["others that do so", Array.from({ length: 7 }, (_, i) => `#define DEEP${i} { ${`DEEP${i + 1} `.repeat(24)}\n`).join("")],
  ])("does not hang where a macro names %s again and again", async (_what, text) => {
    await expect(target.check([{ bytes: Buffer.from(text), ending: "cc" }], {})).resolves.toMatchObject({ refused: undefined });
  });
});
