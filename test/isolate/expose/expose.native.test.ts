/** `expose`: programs written against the old names compile and link against the renamed tree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { revertTree } from "../../../src/isolate/journal/revert-tree.js";
import { isolationPlanSchema, type IsolationPolicyInput } from "../../../src/model/isolation.js";
import { run, runOk } from "../../../src/support/exec.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { readTree, writeTree } from "../../helpers/tree.js";

const missing = await missingTools("gcc", "g++", "clang", "clang++", "nm");
const LIBRARY = {
  "lib.h":
    "#pragma once\nnamespace lib { struct A { int v; }; int a(A x); namespace deep { enum class E { one = 1 }; } }\nnamespace other { inline int o() { return 5; } }\n",
  "lib.cc": '#include "lib.h"\n#include "c.h"\nint lib::a(A x) { return x.v; }\nint cxx_only(int x) { return x; }\nint cxx_state = 6;\n',
  "c.h":
    '#ifndef C_H\n#define C_H\n#ifdef __cplusplus\nextern "C" {\n#endif\nstruct Point { int x; };\nint c_entry(int);\nextern int c_table[2];\n#ifdef __cplusplus\n}\nint cxx_only(int);\nextern int cxx_state;\n#endif\n#endif\n',
  "c.c": '#include "c.h"\nint c_entry(int x) { return x + 1; }\nint c_table[2] = { 7, 8 };\n',
};

const folder = temporaryFolder();
const source = join(folder, "source");
const out = join(folder, "out");
let objects: string[] = [];

function isolate(expose: IsolationPolicyInput["expose"], target = out) {
  const plan = isolationPlanSchema.parse({ namespaces: ["lib", "other"], expose });
  return isolateTree({ flavor: "legacy", release: "R1", source, target, plan });
}

/** Compiles a program against the renamed tree, links it and gives its exit code. */
async function exitCodeOf(name: string, text: string, compiler: string, extra: readonly string[] = []): Promise<number | null> {
  const object = await compileObject({ folder, name, source: text, compiler, flags: ["-I", out, "-Wall", "-Wextra", "-Werror"] });
  await runOk({ command: "g++", args: [object, ...objects, ...extra, "-o", join(folder, "program")] });
  return (await run({ command: join(folder, "program"), args: [] })).code;
}

describe.skipIf(missing.length > 0)(`exposed names (needs ${missing.join(", ") || "nothing more"})`, () => {
  beforeAll(async () => {
    writeTree(source, LIBRARY);
    expect(await isolate(["lib::a", "lib::A", "lib::deep::E", "other", "c_*", "Point", "cxx_*", "nothing"])).toMatchObject({
      exposed: ["Point", "c_entry", "c_table", "cxx_only", "cxx_state", "lib::A", "lib::a", "lib::deep::E", "other"],
      warnings: ["expose[7] 'nothing' matches nothing that was renamed"],
    });
    await runOk({ command: "g++", args: ["-c", "-I", out, join(out, "lib.cc"), "-o", join(folder, "lib.o")] });
    await runOk({ command: "gcc", args: ["-c", "-I", out, join(out, "c.c"), "-o", join(folder, "c.o")] });
    objects = [join(folder, "lib.o"), join(folder, "c.o")];
  });

  it.each(["g++", "clang++"])("serve C++ under the old spelling, and make no symbol of it (%s)", async (compiler) => {
    const text = `#include "lib.h"\n#include "c.h"\n#include "unfork_expose.h"\n
int main() {
  lib::A a{3};
  Point p{4};
  c_table[1] = 9;
  return lib::a(a) + int(lib::deep::E::one) + other::o() + c_entry(p.x) + c_table[1] - 3 - 1 - 5 - 5 - 9 + cxx_only(cxx_state) - 6;
}\n`;
    expect(await exitCodeOf("use.cc", text, compiler, [])).toBe(0);
    const { stdout } = await runOk({ command: "nm", args: [join(folder, "use.cc.o")] });
    expect(stdout.toString()).not.toMatch(/ [A-Z] (?:c_entry|c_table)$/m);
    expect(stdout.toString()).toContain("c_entry_legacy");
  });

  it.each(["gcc", "clang"])("serve C (%s)", async (compiler) => {
    const text =
      '#include "c.h"\n#include "unfork_expose.h"\nint main(void) { struct Point p = { 4 }; return c_entry(p.x) + c_table[0] - 12; }\n';
    expect(await exitCodeOf("use.c", text, compiler)).toBe(0);
    const { stdout } = await runOk({ command: "nm", args: [join(folder, "use.c.o")] });
    expect(stdout.toString()).toContain("U c_entry_legacy");
  });

  it("serve objects that know only the old symbols, by the linker script", async () => {
    const text = "int c_entry(int); extern int c_table[2]; int main(void) { return c_entry(1) + c_table[1] - 10; }\n";
    expect(await exitCodeOf("old.c", text, "gcc", [join(out, "unfork_expose.ld")])).toBe(0);
  });

  it.each(["g++", "clang++"])("are macros where they are templates or several functions, with a warning (%s)", async (compiler) => {
    const library = join(folder, `many-${compiler}`);
    writeTree(library, {
      "many.h":
        "int pick(int x);\ninline double pick(double x) { return x; }\ntemplate <class T> T twice(T t) { return t + t; }\ntemplate <class T> struct Crate { T held; };\n",
      "many.cc": '#include "many.h"\nint pick(int x) { return x; }\n',
    });
    const target = join(folder, `many-${compiler}-out`);
    const plan = isolationPlanSchema.parse({ expose: ["pick", "twice", "Crate"] });
    const { warnings } = await isolateTree({ flavor: "legacy", release: "R1", source: library, target, plan });
    expect(warnings.filter((line) => line.includes("in C++ a macro exposes it"))).toHaveLength(3);
    const text =
      '#include "many.h"\n#include "unfork_expose.h"\nint use() { return pick(1) + int(pick(2.0)) + twice(3) + Crate<int>{4}.held; }\n';
    await compileObject({ folder, name: "many.cc", source: text, compiler, flags: ["-I", target, "-Wall", "-Werror"] });
  });

  it("leave the tree's files alone, go with a revert and come again", async () => {
    const back = join(folder, "back");
    await revertTree({ source: out, target: back });
    expect(readTree(back)).toEqual(readTree(source));
    const header = readFileSync(join(out, "unfork_expose.h"), "utf8");
    await isolate(["other"], join(folder, "again"));
    expect(readFileSync(join(folder, "again", "unfork_expose.h"), "utf8")).not.toBe(header);
  });

  it("are refused as a namespace and its member at once, and as a pattern over members", async () => {
    await expect(isolate(["lib", "lib::a"], join(folder, "x"))).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringContaining("expose[1] exposes 'lib::a'"),
    });
    await expect(isolate(["lib::*"], join(folder, "x"))).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringContaining("pattern over the members"),
    });
  });
});
