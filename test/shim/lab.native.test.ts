import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { run, runOk } from "../../src/support/exec.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { LAB, labPlan, RUNTIME_INCLUDE, writeShim } from "./lab.js";

const missing = [...(await missingTools("g++", "clang++")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];

const FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Werror"];

/** The lab itself, which knows of no mode, by compiler and flavor. */
const libraries = new Map<string, Promise<string>>();

async function library(compiler: string, folder: string, flavor: string): Promise<string> {
  const object = join(folder, `${compiler}-lab-${flavor}.o`);
  await runOk({
    command: compiler,
    args: [...FLAGS, ...sanitized(compiler), "-I", join(LAB, flavor), "-c", join(LAB, flavor, "lab.cc"), "-o", object],
  });
  return object;
}

/** Compiles the lab, its shim and the program that uses it; `only`: the index of the one flavor in the program. */
async function build(compiler: string, folder: string, only?: 0 | 1): Promise<string> {
  const flavors = ["legacy", "latest"].filter((_, index) => only === undefined || index === only);
  const mode = only === undefined ? [] : [`-DUNFORK_SHIM_ONLY=${only}`];
  const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE];
  const name = `${compiler}-${only ?? "both"}`;
  const objects: string[] = [];
  for (const flavor of flavors) {
    const key = `${compiler} ${flavor}`;
    const compiled = libraries.get(key) ?? library(compiler, folder, flavor);
    libraries.set(key, compiled);
    const source = join(folder, "src", `lab_shim_${flavor}.cc`);
    const object = join(folder, `${name}-${flavor}.o`);
    await runOk({
      command: compiler,
      args: [...FLAGS, ...sanitized(compiler), ...mode, ...includes, "-I", join(LAB, flavor), "-c", source, "-o", object],
    });
    objects.push(await compiled, object);
  }
  await runOk({
    command: compiler,
    args: [...FLAGS, ...sanitized(compiler), ...mode, ...includes, join(LAB, "use.cc"), ...objects, "-o", join(folder, name)],
  });
  return join(folder, name);
}

describe.skipIf(missing.length > 0)(`the shim of the lab (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();
  beforeAll(async () => writeShim(await labPlan(), folder));

  it.each(["g++", "clang++"])(
    "by %s: calls either flavor, or both beside each other, with nothing for the sanitizers to report",
    async (compiler) => {
      const program = await build(compiler, folder);
      for (const flavor of ["legacy", "latest", "both"]) {
        const { code, stderr } = await run({ command: program, args: [flavor] });
        expect({ flavor, code, stderr }).toEqual({ flavor, code: 0, stderr: "" });
      }
      const failures = {
        unset: "lab_shim::Book::Count was called before the flavor was set",
        mixed: "an object of class lab_shim::Note that belongs to flavor legacy was handed to flavor latest",
        retired: "the value 3 of Grade does not exist in flavor latest",
        lost: "Options::spare was set, but flavor latest has no such field",
        fraction: "the number 1.500000 is no whole number of the other side's type",
        protected: "lab_shim: Tone::Step of this object is protected in the library",
        lacking: "Book::OldOnly does not exist in flavor latest",
      };
      for (const [what, message] of Object.entries(failures)) {
        const { signal, stderr } = await run({ command: program, args: [what] });
        expect(signal).toBe("SIGABRT");
        expect(stderr).toContain(message);
      }
    },
    180_000,
  );

  it("leaves out what cannot cross, with the reason", async () => {
    const { left } = await labPlan();
    expect(Object.fromEntries(left.map(({ name, reason }) => [name, reason]))).toMatchObject({
      CountAll:
        "parameter 1: it may be an array whose elements have to be converted, as many as count says: give the surface arrays: { lab::CountAll.options: count }, or single",
      "Mixed::whole": "it shares its place with other fields (a union without a name): which of them holds a value is not known",
      "Mixed::part": "it shares its place with other fields (a union without a name): which of them holds a value is not known",
    });
  });

  it.each([
    [0, "g++"],
    [1, "clang++"],
  ] as const)(
    "works the same in a program with one flavor, number %d, by %s",
    async (only, compiler) => {
      const program = await build(compiler, folder, only);
      const { code, stderr } = await run({ command: program, args: [only === 0 ? "legacy" : "latest"] });
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
    120_000,
  );
});
