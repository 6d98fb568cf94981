import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

import type { ApiSnapshot } from "../../src/model/api-snapshot.js";
import { shimSurfaceSchema } from "../../src/model/shim-surface.js";
import type { ShimPlan } from "../../src/shim/plan/model.js";
import { planShim } from "../../src/shim/plan/plan-shim.js";
import { folderFiles } from "../../src/shim/shim-folder.js";
import { run, runOk } from "../../src/support/exec.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { RUNTIME_INCLUDE, snapshotOf } from "./lab.js";

const JAR = fileURLToPath(new URL("../fixtures/shim/jar", import.meta.url));
const FLAVORS = ["legacy", "latest"] as const;
const missing = [...(await missingTools("g++", "clang++")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];

const FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Werror"];

describe.skipIf(missing.length > 0)(`the shim of a library of C (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();
  let plan: ShimPlan;

  /** Both releases have the same names in one program: their functions are renamed as isolation does it. */
  beforeAll(async () => {
    const surface = shimSurfaceSchema.parse({
      library: "jar",
      releases: ["jar_swallow"],
      arrays: { "jar_shapes_wide.1": "more", "jar_shapes_grow.shapes": "k" },
    });
    for (const flavor of FLAVORS) {
      await mkdir(join(folder, flavor));
      for (const file of ["jar.h", "jar.c"]) await writeFile(join(folder, flavor, file), await isolated(file, flavor));
    }
    const snapshots = [
      await snapshotOf(join(folder, "legacy"), "jar.h", "c"),
      await snapshotOf(join(folder, "latest"), "jar.h", "c"),
    ] as const;
    plan = planShim(input("legacy", snapshots[0]), input("latest", snapshots[1]), surface);
    for (const { path, text } of folderFiles({ plan, surface, snapshots })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

  async function build(compiler: string, what: "src" | "tests", more: readonly string[], mode: readonly string[] = []): Promise<string> {
    const program = join(folder, `${compiler}-${what}${mode.join("")}`);
    const objects: string[] = [];
    const compile = async (command: string, source: string, args: readonly string[]): Promise<void> => {
      const object = `${program}-${objects.length}.o`;
      objects.push(object);
      await runOk({ command, args: [...args, "-c", source, "-o", object] });
    };
    const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE];
    for (const flavor of FLAVORS) {
      const unit = join(folder, what, what === "src" ? `jar_shim_${flavor}.cc` : `jar_shim_test_${flavor}.cc`);
      await compile(compiler, unit, [...FLAGS, ...sanitized(compiler), ...mode, ...includes, "-I", join(folder, flavor)]);
      await compile(compiler === "g++" ? "gcc" : "clang", join(folder, flavor, "jar.c"), [...sanitized(compiler), "-std=c11"]);
    }
    for (const source of more) await compile(compiler, source, [...FLAGS, ...sanitized(compiler), ...mode, ...includes]);
    await runOk({ command: compiler, args: [...FLAGS, ...sanitized(compiler), ...objects, "-o", program] });
    return program;
  }

  it.each(["g++", "clang++"])(
    "by %s: tells pointers of the other flavor apart where they have no place for a tag, and takes no pointer for another's",
    async (compiler) => {
      const program = await build(compiler, "src", [join(JAR, "use.cc")]);
      for (const good of ["own", "swallowed"]) {
        const { code, stderr } = await run({ command: program, args: [good], env: LEAKS });
        expect({ good, code, stderr }).toEqual({ good, code: 0, stderr: "" });
      }
      const failures = {
        result:
          /a pointer to jar_shim::jar_body that belongs to flavor legacy \(jar_shim::jar_create handed it out, in the scope opened at \S+use\.cc:\d+ \(Made\)\) was handed to flavor latest, to jar_shim::jar_size, in the scope opened at \S+use\.cc:\d+ \(main\)/,
        variable:
          /a pointer to jar_shim::jar_body that belongs to flavor legacy \(jar_shim::jar_open handed it out\) was handed to flavor latest/,
        end: /was handed to flavor latest, to jar_shim::jar_free/,
        lid: /a pointer to jar_shim::jar_lid that belongs to flavor legacy/,
      };
      for (const [what, message] of Object.entries(failures)) {
        const { signal, stderr } = await run({ command: program, args: [what] });
        expect(stderr).toMatch(message);
        expect(signal).toBe("SIGABRT");
      }
    },
    180_000,
  );

  it.each(["g++", "clang++"])(
    "by %s: the generated tests pass over both flavors",
    async (compiler) => {
      const place = join(folder, "place.cc");
      await writeFile(place, 'extern "C" void* jar_place(void) { return nullptr; }\nextern "C" void jar_leave(void*) {}\n');
      const program = await build(compiler, "tests", [join(folder, "tests", "jar_shim_test.cc"), place]);
      const { code, stdout, stderr } = await run({ command: program, args: [] });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.toString()).toMatch(/jar_shim over 1 \(legacy\): \d{2,} checks, 0 failed, 0 not tested\n/);
    },
    180_000,
  );

  it("remembers what the library makes and ends, and no object that may be the application's own", () => {
    expect(plan.handed).toEqual(["jar_body", "jar_lid"]);
  });

  it("leaves pointers that may be arrays, and functions whose name is a keyword of C++, and says why", () => {
    const reason = "parameter 1: it may be an array whose elements have to be converted";
    expect(Object.fromEntries(plan.left.map((one) => [one.name, one.reason]))).toEqual({
      throw_: "its name is a keyword of C++: the linker knows it by that name only",
      jar_shapes_both: `${reason}, as many as n says: give the surface arrays: { jar_shapes_both.one: n }, or single`,
      jar_shape_between: `${reason}, as the pointer beside it says: give the surface arrays: { jar_shape_between.begin: COUNT }, or single`,
    });
  });
});

function input(name: "legacy" | "latest", snapshot: ApiSnapshot): Parameters<typeof planShim>[0] {
  return { name, release: name === "legacy" ? "1" : "2", snapshot };
}

const LEAKS = { ...process.env, ASAN_OPTIONS: "detect_leaks=0" };

/** As isolation names the functions, types and the enumeration of a flavor. */
async function isolated(file: string, flavor: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const text = await readFile(join(JAR, flavor, file), "utf8");
  return text.replaceAll(/\bjar_(?!place\b|leave\b)\w+|\bnew(?=\()/g, (name) => `${name}_${flavor}`);
}
