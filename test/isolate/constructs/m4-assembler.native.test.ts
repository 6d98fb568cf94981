/** Holds isolation to assembler that m4 makes: what its files define gets the flavor by m4's own means, and C says the same. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import { runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";

const missing = await missingTools("m4", "gcc", "nm");
const NAME = missing.length > 0 ? ` (without ${missing.join(", ")})` : "";
const BELLS = fileURLToPath(new URL("../../fixtures/isolate/m4-assembler/before/", import.meta.url));
const plan = isolationPlanSchema.parse({});

async function symbolsIn(tree: string, source: string): Promise<string[]> {
  const [text, object] = [join(tree, "made.s"), join(tree, "made.o")];
  const { stdout } = await runOk({ command: "m4", args: ["asm.m4", source], cwd: tree });
  writeFileSync(text, stdout);
  await runOk({ command: "gcc", args: ["-c", text, "-o", object] });
  const listed = await runOk({ command: "nm", args: ["-g", "--defined-only", object] });
  return listed.stdout
    .toString()
    .trim()
    .split("\n")
    .map((line) => line.split(" ")[2] ?? "");
}

describe.skipIf(missing.length > 0)(`assembler that m4 makes${NAME}`, () => {
  it("defines symbols with the flavor, also those that macros make of others or that C spells by a macro", async () => {
    const target = join(temporaryFolder(), "out");
    await isolateTree({ flavor: "legacy", release: "R1", source: BELLS, target, plan });
    expect(await symbolsIn(target, "ring.asm")).toEqual(["bell_ring_legacy"]);
    expect(await symbolsIn(target, "add.asm")).toEqual(["__bell_add_legacy"]);
    expect(await symbolsIn(target, "probe.asm")).toEqual(["_bell_probe_legacy"]);
    expect(await symbolsIn(target, "fat/ring-2.asm")).toEqual(["_bell_ring_fast_legacy"]);
  });
});

describe("assembler that m4 makes, without the file that defines PROLOGUE", () => {
  it("is reported, symbol by symbol, and keeps its names", async () => {
    const source = join(temporaryFolder(), "tree");
    mkdirSync(source);
    for (const name of ["ring.asm", "bell.h"]) cpSync(join(BELLS, name), join(source, name));
    const result = await isolateTree({ flavor: "legacy", release: "R1", source, target: `${source}-out`, plan });
    expect(result.undecided.map(({ file, line, token }) => [file, line, token])).toEqual([["ring.asm", 3, "bell_ring"]]);
    expect(result.edits).toBe(0);
  });
});
