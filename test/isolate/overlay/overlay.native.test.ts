/** Overlays: the objects that they give are those of the rewritten tree, and what they cannot do is told with its place. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { overlayTree } from "../../../src/isolate/overlay/overlay-tree.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import type { OverlayReport } from "../../../src/model/isolation-overlay.js";
import { runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type Files, writeTree } from "../macros/trees.js";

const missing = await missingTools("g++", "clang++", "gcc", "clang", "nm", "nasm", "cmake");

const TREE: Files = {
  "include/meter.h": [
    "#ifndef METER_H_",
    "#define METER_H_",
    "#include <cstddef>",
    "namespace meter { namespace detail { struct Tag {}; }",
    "class Level { public: explicit Level(int v); int value() const; private: int value_; };",
    "template <typename T> T twice(T t) { return t + t; } }",
    "#define METER_TWICE(x) ::meter::twice(x)",
    "#endif",
    "",
  ].join("\n"),
  "src/level.cc":
    '#include "meter.h"\nmeter::Level::Level(int v) : value_(METER_TWICE(v)) {}\nnamespace meter { int Level::value() const { return value_; } }\nint meter_global = 1;\n',
  "src/bar.h":
    '#ifdef __cplusplus\nextern "C" {\n#endif\nextern int meter_bar_count;\nint meter_bar_draw(int width);\nint meter_bar_asm(void);\n#ifdef __cplusplus\n}\n#endif\n',
  "src/bar.c":
    '#include "bar.h"\nint meter_bar_count = 2;\nstatic int helper(int w) { return w * meter_bar_count; }\nint meter_bar_draw(int width) { return helper(width) + meter_bar_asm(); }\n',
  "src/bar_asm.S": '.globl meter_bar_asm\nmeter_bar_asm:\n  ret\n.section .note.GNU-stack,"",@progbits\n',
  "src/bar_nasm.asm": "global meter_bar_nasm\nsection .text\nmeter_bar_nasm:\n  ret\n",
};
const plan = isolationPlanSchema.parse({ namespaces: ["meter"] });

async function both(files: Files, plain = plan): Promise<{ source: string; rewritten: string; report: OverlayReport }> {
  const source = writeTree(files);
  const folder = temporaryFolder();
  const rewritten = join(folder, "rewritten");
  const request = { flavor: "new", release: "R", source, plan: plain };
  await isolateTree({ ...request, target: rewritten });
  return { source, rewritten, report: await overlayTree({ ...request, target: join(folder, "overlay") }) };
}

async function symbols(compiler: string, tree: string, path: string, flags: readonly string[]): Promise<string> {
  const object = join(temporaryFolder(), `${basename(path)}.o`);
  const args =
    compiler === "nasm"
      ? ["-felf64", ...flags, join(tree, path), "-o", object]
      : ["-O1", "-w", ...flags, "-I", join(tree, "include"), "-c", join(tree, path), "-o", object];
  await runOk({ command: compiler, args });
  return (await runOk({ command: "nm", args: ["--format=posix", object] })).stdout.toString("utf8");
}

describe.skipIf(missing.length > 0)(`an overlay (needs ${missing.join(", ") || "compilers, nasm, cmake"})`, () => {
  it.each([
    ["src/level.cc", ["g++", "clang++"], "cxx"],
    ["src/bar.c", ["gcc", "clang"], "c"],
    ["src/bar_asm.S", ["gcc", "clang"], "gas"],
    ["src/bar_nasm.asm", ["nasm"], "nasm"],
  ] as const)("gives %s the symbols of the rewritten tree", async (path, compilers, language) => {
    const { source, rewritten, report } = await both(TREE);
    for (const compiler of compilers) {
      const overlaid = await symbols(compiler, source, path, report.flags[language]);
      expect(overlaid).toBe(await symbols(compiler, rewritten, path, []));
      expect(overlaid).toContain("_new");
    }
  });

  it("changes no source", async () => {
    const { source } = await both(TREE);
    for (const [path, text] of Object.entries(TREE)) expect(readFileSync(join(source, path), "utf8")).toBe(text);
  });

  it("works by the response file and by the CMake target alike", async () => {
    const { source, report } = await both(TREE);
    expect(await symbols("gcc", source, "src/bar.c", [`@${report.files.response}`])).toContain("meter_bar_draw_new");
    const project = `cmake_minimum_required(VERSION 3.18)\nproject(p C CXX ASM)\ninclude(${report.files.cmake})\nadd_library(l STATIC ${source}/src/level.cc ${source}/src/bar.c ${source}/src/bar_asm.S)\ntarget_include_directories(l PRIVATE ${source}/include)\ntarget_link_libraries(l PRIVATE unfork_overlay_new)\n`;
    const folder = writeTree({ "CMakeLists.txt": project });
    await runOk({ command: "cmake", args: ["-S", folder, "-B", join(folder, "out")] });
    await runOk({ command: "cmake", args: ["--build", join(folder, "out")] });
    const { stdout } = await runOk({ command: "nm", args: ["-g", "--defined-only", "--format=posix", join(folder, "out/libl.a")] });
    const names = [...stdout.toString("utf8").matchAll(/^(\S+) [A-Z]/gm)].map((match) => match[1] as string);
    expect(names.filter((name) => !name.includes("_new"))).toEqual([]);
    expect(names).toHaveLength(8);
  });

  it("redefines the symbol alone where the word is also a member or the system's, with gcc and clang", async () => {
    const files = {
      "src/read.c":
        "#include <sys/stat.h>\nstruct S { int draw; int fill; };\nint draw(struct S* s);\nint draw(struct S* s) { return s->draw; }\nint fill(struct S* s) { return s->fill; }\nint st_size(struct stat* s);\nint st_size(struct stat* s) { return (int)s->st_size; }\n",
    };
    const { source, report } = await both(files, isolationPlanSchema.parse({}));
    expect(report.names.map(({ from, means }) => `${from} ${means}`)).toEqual(["draw pragma", "fill macro", "st_size pragma"]);
    for (const compiler of ["gcc", "clang"]) {
      const names = await symbols(compiler, source, "src/read.c", report.flags.c);
      expect(names).toMatch(/^draw_new T/m);
      expect(names).toMatch(/^fill_new T/m);
      expect(names).toMatch(/^st_size_new T/m);
    }
  });

  it("redefines the symbol where the tree undefines a macro of that name, though macros hide the parameters", async () => {
    const files = {
      "z.h": "#define OF(args) args\nextern int zget OF((int a));\n#define zget(a) ((a) > 1 ? 1 : (zget)(a))\n",
      "src/z.c": '#include "../z.h"\n#undef zget\nint zget(int a) { return a; }\n',
    };
    const { source, report } = await both(files, isolationPlanSchema.parse({}));
    expect(report.names.map(({ from, means }) => `${from} ${means}`)).toContain("zget pragma");
    for (const compiler of ["gcc", "clang"]) expect(await symbols(compiler, source, "src/z.c", report.flags.c)).toMatch(/^zget_new T/m);
  });

  it("keeps a name that a macro cannot tell from members, and says so", async () => {
    const files = {
      "src/a.cc": "struct A { int get() { return 1; } };\nint f(A a) { return a.get(); }\n",
      "src/b.cc": "int get() { return 2; }\n",
    };
    const { report } = await both(files, isolationPlanSchema.parse({}));
    expect(report.names.find(({ from }) => from === "get")).toMatchObject({ means: "none" });
    expect(report.limits.find(({ kind }) => kind === "kept")).toMatchObject({ word: "get", places: [{ file: "src/a.cc", line: 2 }] });
  });
});

async function limitsOf(files: Files): Promise<string[]> {
  const report = await overlayTree({ flavor: "new", release: "R", source: writeTree(files), target: join(temporaryFolder(), "o"), plan });
  return report.limits.map(({ kind, word, places }) => [kind, word, ...places.map(({ file, line }) => `${file}:${line}`)].join(" "));
}

describe("what an overlay cannot do", () => {
  const base = "namespace meter { int f(); }\n";

  it.each([
    ["the word in an #if line", { "a.h": `${base}#ifdef meter\n#endif\n` }, "condition meter a.h:2"],
    ["#undef of the word", { "a.h": `${base}#undef meter\n` }, "undefined meter a.h:2"],
    ["the word as a string", { "a.h": `${base}#define NAME(x) #meter\n` }, "stringized meter a.h:2"],
    ["the word pasted", { "a.h": `${base}#define JOIN(x) meter##x\n` }, "pasted meter a.h:2"],
    ["a variable of the word", { "a.h": base, "b.cc": "int f() { int meter = 1; return meter; }\n" }, "other-use meter b.cc:1 b.cc:1"],
    ["a member of the word", { "a.h": base, "b.cc": "\nint f(S s) { return s.meter; }\n" }, "other-use meter b.cc:2"],
    ["an include by macro", { "a.h": `${base}#include meter\n` }, "include meter a.h:2"],
    [
      "assembler that is not preprocessed",
      { "a.h": base, "b.c": "int meter_bar(void) { return 1; }\n", "c.s": "# one\ncall meter_bar\n" },
      "asm-not-preprocessed  c.s:2",
    ],
    [
      "a symbol in an asm statement",
      { "a.h": base, "b.c": 'int meter_bar(void) { return 1; }\nvoid g(void) { __asm__ volatile("call meter_bar"); }\n' },
      "asm-in-strings meter_bar b.c:2",
    ],
    [
      "a symbol in an attribute",
      { "a.h": base, "b.c": 'int meter_bar(void) { return 1; }\nint h(void) __attribute__((alias("meter_bar")));\n' },
      "asm-in-strings meter_bar b.c:2",
    ],
    [
      "an export list",
      { "a.h": base, "b.c": "int meter_bar(void) { return 1; }\n", "c.def": "EXPORTS\nmeter_bar\n" },
      "export-list  c.def:2",
    ],
    ["protocol buffers", { "a.h": base, "m.proto": "package meter;\n" }, "proto  m.proto:1"],
    ["Objective-C", { "a.h": base, "m.mm": '#import "a.h"\n@interface M\n@end\n' }, "objective-c  m.mm:1"],
  ])("is told: %s", async (_what, files, told) => {
    expect(await limitsOf(files as unknown as Files)).toContain(told);
  });

  it("is told always: one flavor per unit, and words of applications", async () => {
    expect((await limitsOf({ "a.h": base })).slice(0, 2)).toEqual(["both-in-one-unit ", "application "]);
  });

  it.skipIf(missing.length > 0)("is told: a word that the compiler defines, by its name", async () => {
    const source = writeTree({ "a.h": "namespace linux { int f(); }\n" });
    const request = {
      flavor: "new",
      release: "R",
      source,
      target: join(temporaryFolder(), "o"),
      plan: isolationPlanSchema.parse({ namespaces: ["linux"] }),
    };
    expect((await overlayTree(request)).limits.map(({ kind, word }) => `${kind} ${word}`)).toContain("predefined linux");
  });

  it("is told: rules of the policy that edit files", async () => {
    const request = { flavor: "new", release: "R", source: writeTree({ "a.h": base }), target: join(temporaryFolder(), "o") };
    const report = await overlayTree({ ...request, plan: isolationPlanSchema.parse({ namespaces: ["meter"], guards: "rename" }) });
    expect(report.limits.filter(({ kind }) => kind === "policy").map(({ what }) => what)).toEqual([
      expect.stringContaining("guards: rename"),
    ]);
  });

  it("and a folder of something else is left alone", async () => {
    const target = writeTree({ "mine.txt": "mine" });
    const request = { flavor: "new", release: "R", source: writeTree({ "a.h": base }), target, plan };
    await expect(overlayTree(request)).rejects.toMatchObject({ code: "input-invalid" });
  });
});
