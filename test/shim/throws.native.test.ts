import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import { shimSurfaceSchema } from "../../src/model/shim-surface.js";
import { planShim } from "../../src/shim/plan/plan-shim.js";
import { run, runOk } from "../../src/support/exec.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { RUNTIME_INCLUDE, snapshotOf, writeShim } from "./lab.js";

const GEAR = fileURLToPath(new URL("../fixtures/shim/throws", import.meta.url));
const missing = [...(await missingTools("g++", "clang++")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];
const FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Werror"];

describe.skipIf(missing.length > 0)(`a shim of a library that throws (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();

  beforeAll(async () => {
    const [legacy, latest] = [await snapshotOf(join(GEAR, "legacy"), "gear.h"), await snapshotOf(join(GEAR, "latest"), "gear.h")];
    const plan = planShim(
      { name: "legacy", release: "1", snapshot: legacy },
      { name: "latest", release: "2", snapshot: latest },
      shimSurfaceSchema.parse({ library: "gear" }),
    );
    expect(plan.left.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "SetHook: parameter 1: a pointer to what has to be converted, void (*)(const Mark&)",
      "Hook: what it stands for is not in the shim",
    ]);
    await writeShim(plan, folder);
  });

  it.each(["g++", "clang++"])(
    "by %s: its exceptions are caught as the shim's classes and the standard library's, and the application's as the library's own",
    async (compiler) => {
      const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE];
      const objects: string[] = [];
      for (const flavor of ["legacy", "latest"]) {
        const object = join(folder, `${compiler}-${flavor}.o`);
        objects.push(object);
        const source = join(folder, "src", `gear_shim_${flavor}.cc`);
        await runOk({
          command: compiler,
          args: [...FLAGS, ...sanitized(compiler), ...includes, "-I", join(GEAR, flavor), "-c", source, "-o", object],
        });
      }
      const program = join(folder, compiler);
      await runOk({
        command: compiler,
        args: [...FLAGS, ...sanitized(compiler), ...includes, join(GEAR, "use.cc"), ...objects, "-o", program],
      });
      for (const flavor of ["legacy", "latest"]) {
        const { code, stderr } = await run({ command: program, args: [flavor] });
        expect({ flavor, code, stderr }).toEqual({ flavor, code: 0, stderr: "" });
      }
    },
    180_000,
  );
});
