/** Holds the shim over a library of templates: instances that signatures use, and those that the surface names. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { takeSnapshot } from "../../src/api/snapshot/take-snapshot.js";
import type { ApiSnapshot } from "../../src/model/api-snapshot.js";
import { planCodemod } from "../../src/shim/codemod/plan-codemod.js";
import type { ShimPlan } from "../../src/shim/plan/model.js";
import { planShim } from "../../src/shim/plan/plan-shim.js";
import { parseSurface } from "../../src/shim/read-surface.js";
import { folderFiles, shimManifest } from "../../src/shim/shim-folder.js";
import { run, runOk } from "../../src/support/exec.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { RUNTIME_INCLUDE, writeShim } from "./lab.js";

const ROWS = fileURLToPath(new URL("../fixtures/shim/rows", import.meta.url));
const missing = [...(await missingTools("g++", "clang++")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];
const FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Werror"];

const surface = parseSurface("surface.yaml", await readFile(join(ROWS, "surface.yaml"), "utf8"));

function snapshotOf(flavor: string): Promise<ApiSnapshot> {
  return takeSnapshot({
    headers: ["rows.h"],
    roots: [join(ROWS, flavor)],
    includes: [],
    flags: [],
    language: "c++",
    standard: "c++17",
    keepGoing: false,
    instances: { texts: surface.instances, flavors: [flavor], map: surface.map },
  });
}

describe.skipIf(missing.length > 0)(`the shim over templates (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();
  let snapshots: [ApiSnapshot, ApiSnapshot];
  let plan: ShimPlan;
  const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE];

  beforeAll(async () => {
    snapshots = (await Promise.all(["legacy", "latest"].map(snapshotOf))) as [ApiSnapshot, ApiSnapshot];
    plan = planShim(
      { name: "legacy", release: "1", snapshot: snapshots[0] },
      { name: "latest", release: "2", snapshot: snapshots[1] },
      surface,
    );
    await writeShim(plan, folder);
    for (const { path, text } of folderFiles({ plan, surface, snapshots }))
      if (path.startsWith("tests/")) {
        await runOk({ command: "mkdir", args: ["-p", join(folder, "tests")] });
        await writeFile(join(folder, path), text);
      }
  }, 60_000);

  async function compiled(compiler: string, source: string, more: readonly string[] = []): Promise<string> {
    const object = join(folder, `${compiler}-${source.replaceAll(/\W+/g, "-").slice(-60)}.o`);
    await runOk({ command: compiler, args: [...FLAGS, ...sanitized(compiler), ...includes, ...more, "-c", source, "-o", object] });
    return object;
  }

  it.each(["g++", "clang++"])(
    "by %s: instances are called, made, copied, derived from and deduced on either flavor; the generated tests pass",
    async (compiler) => {
      const program = join(folder, compiler);
      const units = await Promise.all(
        ["legacy", "latest"].map((flavor) => compiled(compiler, join(folder, "src", `rows_shim_${flavor}.cc`), ["-I", join(ROWS, flavor)])),
      );
      await runOk({
        command: compiler,
        args: [...FLAGS, ...sanitized(compiler), ...includes, join(ROWS, "use.cc"), ...units, "-o", program],
      });
      for (const flavor of ["legacy", "latest", "both"]) {
        const { code, stderr } = await run({ command: program, args: [flavor] });
        expect({ flavor, code, stderr }).toEqual({ flavor, code: 0, stderr: "" });
      }
      const { stderr } = await run({ command: program, args: ["lacking"] });
      expect(stderr).toContain("Row<int>::OldClear does not exist in flavor latest");
      const tests = await Promise.all(
        ["legacy", "latest"].map((flavor) =>
          compiled(compiler, join(folder, "tests", `rows_shim_test_${flavor}.cc`), ["-I", join(ROWS, flavor)]),
        ),
      );
      await runOk({
        command: compiler,
        args: [
          ...FLAGS,
          ...sanitized(compiler),
          ...includes,
          join(folder, "tests", "rows_shim_test.cc"),
          ...tests,
          "-o",
          `${program}-tests`,
        ],
      });
      const tested = await run({ command: `${program}-tests`, args: [] });
      expect({ code: tested.code, stderr: tested.stderr }).toEqual({ code: 0, stderr: "" });
      expect(tested.stdout.toString()).toMatch(/rows_shim over 2 \(latest\): \d{3,} checks, 0 failed, 0 not tested\n/);
    },
    240_000,
  );

  it.each([
    ["a class", "rows_shim::Row<char> row;", "name it under instances in the shim's surface"],
    ["a function", "auto number = rows_shim::Clamp(1L, 2L, 3L);", "NotAmongTheInstancesOfTheSurface"],
    ["a member", 'auto number = rows_shim::Value("1").as<short>();', "NotAmongTheInstancesOfTheSurface"],
  ])("does not compile %s that is no instance, and says why", async (_what, line, text) => {
    const source = join(folder, "wrong.cc");
    await writeFile(source, `#include "rows_shim/rows_shim.h"\nvoid Use() {\n  ${line}\n}\n`);
    for (const compiler of ["g++", "clang++"]) {
      const { code, stderr } = await run({ command: compiler, args: ["-std=c++17", "-fsyntax-only", ...includes, source] });
      expect({ compiler, code }).toEqual({ compiler, code: 1 });
      expect(stderr).toContain(text);
    }
  });

  it("leaves out what does not compile with the arguments, and says which line asks for an instance", () => {
    const reasons = Object.fromEntries(plan.left.map(({ name, reason }) => [name, reason]));
    expect(reasons["Row<rows_shim::Point>::Sum"]).toContain("its body does not compile with these arguments: invalid operands");
    expect(reasons["Row<rows_shim::Point>::operator=="]).toContain("its body does not compile with these arguments");
    expect(reasons["Value::Put"]).toContain('instances: ["rows::Value::Put<T>"] with arguments for T');
    expect(plan.left.map(({ name }) => name)).not.toContain("Row");
    expect(JSON.stringify(plan.left)).not.toContain("unfork_instance");
  });

  it("lists each instance's items, and its template's name for callers", () => {
    const manifest = shimManifest({ plan, surface, snapshots }, [], { handWritten: new Set(), open: new Set() });
    const items = manifest.items.filter(({ status }) => status === "generated").map(({ name }) => name);
    expect(items).toEqual(expect.arrayContaining(["rows_shim::Row<int>::push(int)", "rows_shim::Row<double>::size()"]));
    expect(items).toEqual(expect.arrayContaining(["rows_shim::Clamp<int>(int, int, int)", "rows_shim::Value::as<std::string>()"]));
    expect(manifest.names).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ from: "rows::Row", to: "rows_shim::Row" }),
        expect.objectContaining({ from: "rows::Clamp", to: "rows_shim::Clamp", kind: "function" }),
      ]),
    );
    expect(JSON.stringify(manifest)).not.toMatch(/unfork_(instance|library)/);
  });

  it("lets the codemod move callers: the names stay, arguments move by themselves", async () => {
    const manifest = shimManifest({ plan, surface, snapshots }, [], { handWritten: new Set(), open: new Set() });
    const app = temporaryFolder();
    const text =
      '#include "rows.h"\nrows::Row<rows::Point> Use(int at) { return rows::Row<int>(rows::Clamp<int>(at, 1, 2)).As<long>(0); }\n';
    await writeFile(join(app, "app.cc"), text);
    const { files } = await planCodemod({ app, manifest, shimFolder: "/nowhere", exclude: [] });
    expect(files.flatMap(({ sites }) => sites.map(({ name, left }) => ({ name, left })))).toEqual(
      ["rows.h", "rows::Row", "rows::Point", "rows::Row", "rows::Clamp"].map((name) => ({ name, left: null })),
    );
  });

  it("says what the compiler has against an instance that the surface names, or that the snapshots have to be taken again", () => {
    const more = { ...surface, instances: [...surface.instances, "rows::Row<short>", "rows::Nothing<int>"] };
    const { left } = planShim(
      { name: "legacy", release: "1", snapshot: snapshots[0] },
      { name: "latest", release: "2", snapshot: snapshots[1] },
      more,
    );
    const reasons = Object.fromEntries(left.map(({ name, reason }) => [name, reason]));
    expect(reasons["Row<short>"]).toContain("no snapshot has this instance: take them again with the surface");
    expect(reasons["Nothing<int>"]).toContain("no snapshot has this instance");
  });
});
