import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { objectsOf } from "../../src/objects/open.js";
import { runOk } from "../../src/support/exec.js";
import { UnforkError } from "../../src/support/errors.js";
import { compileObject, makeArchive, missingTools } from "../helpers/compile.js";
import { nmDefinedNames } from "../helpers/nm.js";
import { readelfCounts } from "../helpers/readelf.js";
import { temporaryFolder } from "../helpers/temp.js";
import { countsOf, sumOf, symbolsOf } from "./read-all.js";

const missing = await missingTools("g++", "nm", "readelf", "ar");
const noClang = await missingTools("clang++");

const SOURCE = `
#include <map>
#include <string>
#include <vector>
namespace lib {
struct Base { virtual ~Base(); virtual int run(int) = 0; };
Base::~Base() {}
struct Derived : Base { int run(int x) override { static int calls = 0; return x + ++calls; } };
template <class T> struct Table { static T value; };
template <class T> T Table<T>::value = T();
inline int shared_counter = 0;
thread_local int per_thread = 3;
std::map<std::string, std::vector<int>> registry;
int use(int x) { Derived d; registry["a"].push_back(x); return d.run(x) + Table<int>::value + ++shared_counter + per_thread; }
}
extern "C" { __attribute__((weak)) void hook(void) {} extern int elsewhere __attribute__((weak)); int *p = &elsewhere; }
static int hidden() { return 7; }
int (*pointer)() = hidden;
`;

function definedNames(path: string): string[] {
  const names = new Set<string>();
  for (const object of objectsOf(path)) {
    for (const symbol of symbolsOf(object)) {
      if (["strong", "weak", "unique", "common"].includes(symbol.class)) names.add(symbol.name);
    }
  }
  return [...names].toSorted((a, b) => (a < b ? -1 : 1));
}

describe.skipIf(missing.length > 0)(`symbol tables of real objects (needs ${missing.join(", ") || "g++ and binutils"})`, () => {
  const folder = temporaryFolder();

  const builds = ["-O0", "-O2", "-O2 -ffunction-sections -g"].flatMap((flags) => [`g++ ${flags}`, `clang++ ${flags}`]);
  for (const build of builds) {
    const [compiler = "", ...flags] = build.split(" ");
    it.skipIf(compiler === "clang++" && noClang.length > 0)(
      `${build}: the classes' counts equal readelf's and the defined names equal nm's`,
      async () => {
        const name = `${build.replaceAll(/\W/g, "")}.cc`;
        const path = await compileObject({ folder, name, source: SOURCE, compiler, flags: ["-std=c++17", ...flags] });
        const counts = countsOf(path);
        expect(counts).toEqual(await readelfCounts(path));
        expect(counts.weak).toBeGreaterThan(5);
        expect(counts.unique > 0).toBe(compiler === "g++");
        expect(definedNames(path)).toEqual(await nmDefinedNames(path));
      },
    );
  }

  it("reads common symbols of C", async () => {
    const path = await compileObject({
      folder,
      name: "tentative.c",
      source: "int tentative; int fixed = 1;",
      compiler: "gcc",
      flags: ["-fcommon"],
    });
    expect(countsOf(path)).toMatchObject({ common: 1, strong: 1 });
    expect(countsOf(path)).toEqual(await readelfCounts(path));
  });

  it("reads archives, thin archives and archives without a symbol index alike", async () => {
    const objects = [
      await compileObject({ folder, name: "first.cc", source: SOURCE, flags: ["-std=c++17"] }),
      await compileObject({ folder, name: "a-second-unit-with-a-long-name.cc", source: "int second() { return 2; }" }),
    ];
    const expected = await readelfCounts(await makeArchive(folder, "fat.a", objects));
    expect(sumOf(expected)).toBeGreaterThan(50);
    for (const [name, flags] of [
      ["fat.a", "rcs"],
      ["bare.a", "rcS"],
      ["thin.a", "rcsT"],
    ] as const) {
      const path = name === "fat.a" ? join(folder, name) : await makeArchive(folder, name, objects, flags);
      expect(countsOf(path)).toEqual(expected);
      expect(definedNames(path)).toEqual(await nmDefinedNames(path));
    }
  });

  it("reads a thin archive made from another archive", async () => {
    const object = await compileObject({ folder, name: "inner.cc", source: "int inner() { return 1; }" });
    const inner = await makeArchive(folder, "inner.a", [object]);
    const thin = await makeArchive(folder, "outer.a", [inner], "rcsT");
    expect(definedNames(thin)).toEqual(["_Z5innerv"]);
  });

  it("reads executables and shared libraries", async () => {
    const object = await compileObject({
      folder,
      name: "main.cc",
      source: `${SOURCE}\nint main() { return lib::use(1); }`,
      flags: ["-std=c++17", "-fPIC"],
    });
    for (const flags of [[], ["-shared"]]) {
      const path = join(folder, `linked${flags.join("")}`);
      await runOk({ command: "g++", args: [...flags, object, "-o", path] });
      expect([...objectsOf(path)].map(({ kind }) => kind)).toEqual(["shared"]);
      expect(countsOf(path)).toEqual(await readelfCounts(path));
    }
  });

  it("reads the dynamic symbols of a stripped shared library", async () => {
    const object = await compileObject({ folder, name: "stripped.cc", source: "int kept() { return 1; }", flags: ["-fPIC"] });
    const path = join(folder, "libstripped.so");
    await runOk({ command: "g++", args: ["-shared", "-s", object, "-o", path] });
    expect(definedNames(path)).toContain("_Z4keptv");
  });

  it("reads more than 65,280 sections", async () => {
    const lines = Array.from({ length: 66_000 }, (_, index) => `.section .text.f${index},"ax"\n.globl f${index}\nf${index}: ret\n`);
    const path = await compileObject({ folder, name: "many.s", source: lines.join(""), compiler: "gcc" });
    const [object] = [...objectsOf(path)];
    expect(object?.sections.count).toBeGreaterThan(66_000);
    expect(countsOf(path)).toEqual(await readelfCounts(path));
    const last = object === undefined ? undefined : symbolsOf(object).find(({ name }) => name === "f65999");
    expect(last).toMatchObject({ class: "strong" });
    expect(last?.section).toBeGreaterThan(65_999);
  });

  it("tells the COMDAT group of inline functions, and none for ordinary ones", async () => {
    const source = "inline int twice(int x) { return 2 * x; } int call(int x) { return twice(x); }";
    const path = await compileObject({ folder, name: "groups.cc", source, flags: ["-O0"] });
    const [object] = [...objectsOf(path)];
    if (object === undefined) throw new Error("no object");
    const groups = object.groups();
    const groupOf = new Map(symbolsOf(object).map(({ name, section }) => [name, groups.signatures[groups.ofSection[section] ?? -1]]));
    expect(groupOf.get("_Z5twicei")).toBe("_Z5twicei");
    expect(groupOf.get("_Z4calli")).toBeUndefined();
  });

  it("refuses GCC's objects without code, and reads those with both", async () => {
    const slim = await compileObject({
      folder,
      name: "slim.cc",
      source: "int f() { return 1; }",
      flags: ["-flto", "-fno-fat-lto-objects"],
    });
    const fat = await compileObject({ folder, name: "fat.cc", source: "int f() { return 1; }", flags: ["-flto", "-ffat-lto-objects"] });
    expect(() => countsOf(slim)).toThrow(UnforkError);
    expect(() => countsOf(slim)).toThrow(/GCC LTO object/);
    expect(definedNames(fat)).toContain("_Z1fv");
  });

  it.skipIf(noClang.length > 0)("refuses clang's bitcode in an archive and names the member", async () => {
    const bitcode = await compileObject({
      folder,
      name: "bitcode.cc",
      source: "int f() { return 1; }",
      compiler: "clang++",
      flags: ["-flto"],
    });
    const path = await makeArchive(folder, "bitcode.a", [bitcode], "rcS");
    expect(() => countsOf(path)).toThrow(/bitcode\.a\(bitcode\.cc\.o\): magic at offset 0: LLVM bitcode/);
  });

  it("agrees with readelf and nm on the whole C++ library", async () => {
    const { stdout } = await runOk({ command: "g++", args: ["-print-file-name=libstdc++.a"] });
    const path = stdout.toString("utf8").trim();
    expect(countsOf(path)).toEqual(await readelfCounts(path));
    expect(definedNames(path)).toEqual(await nmDefinedNames(path));
  });

  it("says that a folder is no archive, and that a path does not exist", async () => {
    await writeFile(join(folder, "empty"), "");
    expect(() => countsOf(folder)).toThrow(/is not a file/);
    expect(() => countsOf(join(folder, "nowhere.a"))).toThrow(/nowhere\.a/);
    expect(() => countsOf(join(folder, "empty"))).toThrow(/no object file/);
  });
});
