/** Modules of two releases in one program: each is compiled by itself, their initialisers and exported names are the flavors' own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import { run, runOk } from "../../../src/support/exec.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../../helpers/tree.js";

const before = fileURLToPath(new URL("../../fixtures/isolate/modules/before", import.meta.url));
const UNITS = ["detail.cppm", "shapes.cppm", "core.cppm", "extra.cppm", "impl.cc", "entry.cc"];
const missing = await missingTools("g++", "nm");
const FLAGS = ["-std=c++20", "-fmodules-ts", "-x", "c++", "-w", "-c"];

async function isKnown(): Promise<boolean> {
  const folder = temporaryFolder();
  writeTree(folder, { "a.cppm": "export module a;\nexport int f() { return 1; }\n" });
  const { code } = await run({ command: "g++", args: [...FLAGS, "a.cppm", "-o", "a.o"], cwd: folder });
  return code === 0;
}

const reason = missing.length > 0 ? ` (needs ${missing.join(", ")})` : (await isKnown()) ? "" : " (needs a g++ that knows modules)";

describe("modules", () => {
  it.skipIf(reason !== "")(`of two flavors link into one program${reason}`, async () => {
    const objects: string[] = [];
    for (const [flavor, step] of [
      ["legacy", "1"],
      ["latest", "100"],
    ] as const) {
      const source = temporaryFolder();
      const files = UNITS.map((unit) => [unit, readFileSync(join(before, unit), "utf8").replace("x + 1", `x + ${step}`)]);
      writeTree(source, Object.fromEntries(files) as Record<string, string>);
      const target = join(temporaryFolder(), "out");
      await isolateTree({ flavor, release: "R", source, target, plan: isolationPlanSchema.parse({}) });
      for (const unit of UNITS) {
        const object = join(target, `${unit}.o`);
        await runOk({ command: "g++", args: [...FLAGS, unit, "-o", object], cwd: target });
        objects.push(object);
      }
    }
    const folder = temporaryFolder();
    const main = await compileObject({
      folder,
      name: "main.c",
      source: "int lib_run_legacy(void), lib_run_latest(void);\nint main(void) { return lib_run_latest() - lib_run_legacy(); }\n",
    });
    await runOk({ command: "g++", args: [...objects, main, "-o", join(folder, "program")] });
    expect((await run({ command: join(folder, "program"), args: [] })).code).toBe(99);
    const { stdout } = await runOk({ command: "nm", args: ["-g", "--defined-only", "-P", ...objects] });
    const names = stdout
      .toString()
      .split("\n")
      .filter((line) => / [TDB] /.test(line))
      .map((line) => line.split(" ")[0] as string);
    expect(names.filter((name) => !/legacy|latest/.test(name))).toEqual([]);
    expect(names).toContain("_ZGIW3libW11core_legacy");
  });

  it("keep their names where the policy says so, with the lines that import them", async () => {
    const target = join(temporaryFolder(), "out");
    await isolateTree({ flavor: "legacy", release: "R", source: before, target, plan: isolationPlanSchema.parse({ keep: ["lib.core"] }) });
    const text = readFileSync(join(target, "extra.cppm"), "utf8");
    expect(text).toContain("export module lib.extra_legacy;\nexport import lib.core;\n");
  });

  it("lead to header units whose files get new paths", async () => {
    const source = temporaryFolder();
    const main = 'import "a.h";\nexport import <sub/b.h>;\nstruct import x;\nint import = 1;\n';
    writeTree(source, { "main.cc": main, "a.h": "int f();\n", "sub/b.h": "int g();\n" });
    const target = join(temporaryFolder(), "out");
    await isolateTree({ flavor: "legacy", release: "R", source, target, plan: isolationPlanSchema.parse({ paths: "rename" }) });
    expect(readFileSync(join(target, "main.cc"), "utf8")).toBe(main.replace("a.h", "a_legacy.h").replace("b.h", "b_legacy.h"));
  });
});
