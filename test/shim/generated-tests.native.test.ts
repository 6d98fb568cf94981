import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mkdir } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";

import { shimSurfaceSchema } from "../../src/model/shim-surface.js";
import { folderFiles } from "../../src/shim/shim-folder.js";
import { run, runOk } from "../../src/support/exec.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { LAB, labPlan, RUNTIME_INCLUDE, snapshotOf } from "./lab.js";

const missing = [...(await missingTools("g++", "clang++")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];

const FLAGS = ["-std=c++17", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

describe.skipIf(missing.length > 0)(`the generated tests of the lab (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();
  const unit = (flavor: string): string => join(folder, "tests", `lab_shim_test_${flavor}.cc`);

  beforeAll(async () => {
    const snapshots = [await snapshotOf(join(LAB, "legacy"), "lab.h"), await snapshotOf(join(LAB, "latest"), "lab.h")] as const;
    for (const { path, text } of folderFiles({ plan: await labPlan(), surface: shimSurfaceSchema.parse({ library: "lab" }), snapshots })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

  async function build(compiler: string): Promise<string> {
    const objects: string[] = [];
    const compile = async (source: string, include: string): Promise<void> => {
      const object = join(folder, `${compiler}-${objects.length}.o`);
      objects.push(object);
      const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE, "-I", include];
      await runOk({ command: compiler, args: [...FLAGS, ...includes, "-c", source, "-o", object] });
    };
    for (const flavor of ["legacy", "latest"]) {
      await compile(unit(flavor), join(LAB, flavor));
      await compile(join(LAB, flavor, "lab.cc"), join(LAB, flavor));
    }
    await compile(join(folder, "tests", "lab_shim_test.cc"), folder);
    const program = join(folder, compiler);
    await runOk({ command: compiler, args: [...FLAGS, ...objects, "-o", program] });
    return program;
  }

  it.each(["g++", "clang++"])(
    "by %s: pass over both flavors, with nothing for the sanitizers to report",
    async (compiler) => {
      const { code, stdout, stderr } = await run({ command: await build(compiler), args: [] });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.toString()).toMatch(/lab_shim over 1 \(legacy\): \d{2,} checks, 0 failed, 1 not tested\n/);
    },
    180_000,
  );

  it("fail when a field is not carried over, or an enumerator becomes another", async () => {
    const adapters = join(folder, "include/lab_shim/adapters.h");
    const text = await readFile(adapters, "utf8");
    await writeFile(
      adapters,
      text
        .replace("FromField<L>(result.limit, Out<From>(value.limit), lender);", "")
        .replace("case lab_shim::Grade::kLow: return F::kLow;", "case lab_shim::Grade::kLow: return F::kMiddle;"),
    );
    const { code, stderr } = await run({ command: await build("clang++"), args: [] });
    expect(code).toBe(1);
    expect(stderr).toContain("failed: Options::limit there and back");
    expect(stderr).toContain("failed: Grade::kLow to the library");
  }, 120_000);
});
