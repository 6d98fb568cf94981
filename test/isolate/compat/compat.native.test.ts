/** The compatibility header: what applications can say with it, and that it leaves no trace in an object file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { ImportKind } from "../../../src/isolate/compat/compat-text.js";
import { type CompatRequest, makeCompat } from "../../../src/isolate/compat/make-compat.js";
import { run, runOk } from "../../../src/support/exec.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { writeTree } from "../macros/trees.js";

const missing = await missingTools("g++", "clang++", "gcc", "nm", "size", "objdump");

const LIBRARY = {
  "meter.h": [
    "#ifndef METER_H_",
    "#define METER_H_",
    "namespace meter {",
    "struct Level { int value; };",
    "enum class Unit { kDecibel };",
    "int Read(const Level& level);",
    "bool operator==(const Level& a, const Level& b);",
    "template <typename T> struct Traits { static int size() { return sizeof(T); } };",
    "namespace inner { int Deep(); }",
    "}",
    "#endif",
    "",
  ].join("\n"),
  "bar.h":
    '#ifdef __cplusplus\nextern "C" {\n#endif\nstruct meter_bar { int width; };\nint meter_bar_draw(const struct meter_bar* bar);\n#ifdef __cplusplus\n}\n#endif\n',
};

function isolated(files: Readonly<Record<string, string>>, words: RegExp, flavor: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, text.replaceAll(words, `$&_${flavor}`)]));
}

const TREE = isolated(LIBRARY, /\bmeter(?=::| \{)|\bmeter_bar(_draw)?\b/g, "new");

function request(folder: string, more: Partial<CompatRequest> = {}): CompatRequest {
  const tree = writeTree(TREE);
  const out = join(folder, "compat.h");
  return { tree, flavor: "new", out, import: "using", namespaces: [], map: [], older: undefined, names: undefined, ...more };
}

/** Compiles an application against the isolated tree with the header, and against the original tree. */
async function pair(source: string, compiler: string, more: Partial<CompatRequest> = {}): Promise<{ before: string; after: string }> {
  const folder = temporaryFolder();
  const made = request(folder, more);
  await makeCompat(made);
  const original = writeTree(LIBRARY);
  const name = compiler.endsWith("++") ? "app.cc" : "app.c";
  const flags = ["-O1", "-Wall", "-Werror"];
  const before = await compileObject({ folder: temporaryFolder(), name, source, compiler, flags: [...flags, "-I", original] });
  const after = await compileObject({ folder, name, source, compiler, flags: [...flags, "-include", made.out, "-I", made.tree] });
  return { before, after };
}

async function textOf(command: string, args: readonly string[]): Promise<string> {
  return (await runOk({ command, args })).stdout.toString("utf8");
}

/** Disassembly with relocations, and symbols, without the flavor and the lengths that mangling puts before names. */
async function nameless(object: string): Promise<string> {
  const code = await textOf("objdump", ["-dr", "--no-show-raw-insn", object]);
  const symbols = await textOf("nm", ["--format=posix", "-g", object]);
  return `${code.replace(object, "")}${symbols.replaceAll(/ [0-9a-f]*$/gm, "")}`.replaceAll("_new", "").replaceAll(/\d+(?=meter)/g, "");
}

const APPLICATION = [
  '#include "meter.h"',
  "namespace m = meter;",
  "using meter::Level;",
  "using namespace meter;",
  "int total(const meter::Level& a, const Level& b) {",
  "  meter::Unit unit = meter::Unit::kDecibel;",
  "  (void)unit;",
  "  return a == b ? m::Read(a) + Read(b) : ::meter::inner::Deep() + meter::Traits<meter::Level>::size();",
  "}",
].join("\n");

describe.skipIf(missing.length > 0)(`the compatibility header (needs ${missing.join(", ") || "g++, clang++, gcc, binutils"})`, () => {
  it.each(["using", "alias"] as const)(
    "of kind %s gives an application the object that the original tree gives, but for names",
    async (kind) => {
      for (const compiler of ["g++", "clang++"]) {
        const { before, after } = await pair(APPLICATION, compiler, { import: kind });
        expect(await nameless(after)).toBe(await nameless(before));
        expect(await textOf("nm", [after])).toContain("9meter_new");
      }
    },
  );

  it.each(["using", "alias"] as const)("of kind %s adds no byte and no symbol to an object", async (kind) => {
    const folder = temporaryFolder();
    const made = request(folder, { import: kind, names: join(folder, "names.h"), map: [{ old: "gauge", new: "meter" }] });
    await makeCompat(made);
    for (const compiler of ["g++", "clang++", "gcc"]) {
      const name = compiler === "gcc" ? "empty.c" : "empty.cc";
      const object = await compileObject({ folder, name, source: '#include "compat.h"\n', compiler, flags: ["-O0"] });
      expect(await textOf("nm", [object])).toBe("");
      expect((await textOf("size", [object])).split("\n")[1]?.trim().split(/\s+/).slice(0, 3)).toEqual(["0", "0", "0"]);
    }
  });

  it("serves a name that the tree gets later without being made anew", async () => {
    const folder = temporaryFolder();
    const made = request(folder);
    await makeCompat(made);
    writeTree({ "later.h": "namespace meter_new { struct Later { int x; }; }\n" }, made.tree);
    const source = '#include "later.h"\nint f(meter::Later later) { return later.x; }\n';
    const object = await compileObject({ folder, name: "app.cc", source, flags: ["-include", made.out, "-I", made.tree] });
    expect(await textOf("nm", [object])).toContain("_Z1fN9meter_new5LaterE");
  });

  it("of kind using lets an application open the old namespace for its own, which an alias refuses", async () => {
    const source =
      '#include "meter.h"\nnamespace meter { struct Mine { Level level; }; }\nint f(meter::Mine m) { return meter::Read(m.level); }\n';
    const outcome = async (kind: ImportKind): Promise<number | null> => {
      const folder = temporaryFolder();
      const made = request(folder, { import: kind });
      await makeCompat(made);
      writeTree({ "app.cc": source }, folder);
      const args = ["-fsyntax-only", "-include", made.out, "-I", made.tree, join(folder, "app.cc")];
      return (await run({ command: "g++", args })).code;
    };
    expect([await outcome("using"), await outcome("alias")]).toEqual([0, 1]);
  });

  it("brings back several old namespaces that one has taken in", async () => {
    const source = '#include "meter.h"\nint f(const gauge::Level& l) { return meter::Read(l) + dial::inner::Deep(); }\n';
    const map = [
      { old: "gauge", new: "meter" },
      { old: "dial", new: "meter" },
    ];
    for (const kind of ["using", "alias"] as const) {
      const folder = temporaryFolder();
      const made = request(folder, { map, import: kind });
      await makeCompat(made);
      const object = await compileObject({ folder, name: "app.cc", source, flags: ["-include", made.out, "-I", made.tree] });
      expect(await textOf("nm", [object])).toContain("_Z1fRKN9meter_new5LevelE");
    }
  });

  it("with --names gives a C application the object that the original tree gives, but for names", async () => {
    const source = '#include "bar.h"\nint f(void) { struct meter_bar bar = {3}; return meter_bar_draw(&bar); }\n';
    const names = join(temporaryFolder(), "names.h");
    const { before, after } = await pair(source, "gcc", { names });
    expect(await nameless(after)).toBe(await nameless(before));
    expect(await textOf("nm", [after])).toContain("U meter_bar_draw_new");
  });
});

describe("the compatibility header's making", () => {
  it("lists no symbol of a namespace, and counts what needs a list", async () => {
    const folder = temporaryFolder();
    const made = request(folder);
    const report = await makeCompat(made);
    expect(readFileSync(made.out, "utf8")).not.toMatch(/Level|Read|bar/);
    expect(report).toMatchObject({ globalNames: 2, names: null, namespaces: [{ old: "meter", new: "meter_new", from: "tree" }] });
  });

  it("finds by an older tree which namespaces have been taken in, and says which have not", async () => {
    const older = writeTree({
      "old.h":
        "namespace gauge { struct Level; enum class Unit; struct Gone; }\nnamespace dial { class Nothing; }\nnamespace meter { struct Traits; }\n",
    });
    const report = await makeCompat(request(temporaryFolder(), { older }));
    expect(report.namespaces.map(({ old, new: to, evidence }) => [old, to, evidence])).toEqual([
      ["gauge", "meter_new", { names: 3, found: 2 }],
      ["meter", "meter_new", null],
    ]);
    expect(report.unmapped).toEqual([{ old: "dial", names: 1, best: null, found: 0 }]);
  });

  it.each([
    ["a map to a namespace that is not there", { map: [{ old: "gauge", new: "meta" }] }, "did you mean 'meter'?"],
    ["a map of a namespace of the tree's own", { map: [{ old: "meter", new: "meter" }] }, "leave this map out"],
    ["a namespace that no header opens", { namespaces: ["mter"] }, "did you mean 'meter"],
    ["a tree of no such flavor", { flavor: "other" }, "--namespace"],
  ])("refuses %s, with what to do", async (_what, more, hint) => {
    await expect(makeCompat(request(temporaryFolder(), more))).rejects.toMatchObject({
      code: "input-invalid",
      hint: expect.stringContaining(hint),
    });
  });

  it("takes the namespaces of an original tree as told", async () => {
    const folder = temporaryFolder();
    const made = request(folder, { tree: writeTree(LIBRARY), namespaces: ["meter"] });
    expect((await makeCompat(made)).namespaces).toMatchObject([{ old: "meter", new: "meter_new" }]);
  });
});
