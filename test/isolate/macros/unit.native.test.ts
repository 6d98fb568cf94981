/** The unit with both flavors' headers: compiled, and run, so that each flavor's code is seen to have used its own macros. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { errorsOf } from "../../../src/isolate/macros/check-unit.js";
import type { HeadersReport } from "../../../src/model/isolation-headers.js";
import { runOk } from "../../../src/support/exec.js";
import { missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { compared, type Files, writeTree } from "./trees.js";

const missing = await missingTools("g++", "clang++");

/** A library whose headers share paths, guards, macros, enumerators, constants and typedef names. */
function library(flavor: string, value: number): Files {
  return {
    "src/api/value.h": [
      "#ifndef API_VALUE_H_",
      "#define API_VALUE_H_",
      '#include "base/config.h"',
      "#ifdef HAVE_DETAIL",
      "#error detail is seen before its header",
      "#endif",
      '#include "api/detail.h"',
      "enum { kFirst = VALUE, kSecond };",
      "static const int kSize = VALUE * 2;",
      `typedef struct Item_${flavor} { int a[VALUE]; } Item;`,
      "static inline int plain(void) { return VALUE; }",
      `namespace lib_${flavor} {`,
      "inline int value() { return VALUE + DETAIL(kFirst) + kSize + LIMIT + plain() - plain(); }",
      "inline int size() { return sizeof(Item); }",
      "}",
      "#endif",
      "",
    ].join("\n"),
    "src/api/detail.h": `#ifndef API_DETAIL_H_\n#define API_DETAIL_H_\n#define HAVE_DETAIL 1\n#define DETAIL(x) ((x) * ${value})\n#endif\n`,
    "src/base/config.h": `#ifndef BASE_CONFIG_H_\n#define BASE_CONFIG_H_\n#define VALUE ${value}\n#ifndef LIMIT\n#define LIMIT ${value * 1000}\n#endif\n#define ONLY_${flavor.toUpperCase()} ${value}\n#endif\n`,
    "src/api/broken.h": '#include "not/there.h"\n',
  };
}

const expected = (value: number, limit = value * 1000): number => value + value * value + value * 2 + limit;

async function unitOf(more: { macrosOf?: "first" | "second"; flags?: string[]; compilers?: string[] } = {}) {
  const folder = temporaryFolder();
  const out = join(folder, "both.h");
  const unit = {
    out,
    compilers: more.compilers ?? ["g++", "clang++"],
    flags: more.flags ?? [],
    macrosOf: more.macrosOf ?? ("second" as const),
  };
  const report = await compared(library("old", 3), library("new", 5), { headers: ["api/value.h", "api/broken.h"], unit });
  return { folder, report, unit: report.unit as NonNullable<HeadersReport["unit"]> };
}

/** What a program prints that includes the unit first. */
async function printed(folder: string, compiler: string, body: string, flags: readonly string[] = []): Promise<string> {
  writeTree({ "main.cc": `#include "both.h"\n#include <cstdio>\nint main() { ${body} }\n` }, folder);
  const args = [...flags, "-Werror", "-I", join(folder, "both.includes"), join(folder, "main.cc"), "-o", join(folder, "main")];
  await runOk({ command: compiler, args });
  return (await runOk({ command: join(folder, "main"), args: [] })).stdout.toString("utf8");
}

/** Takes a name of the system where a platform lacks it. */
function standIn(name: string): string {
  return `#include <errno.h>\n#ifdef _WIN32\n#undef EWOULDBLOCK\n#define EWOULDBLOCK WSAEWOULDBLOCK\n#endif\nnamespace ${name} { inline int f() { return EWOULDBLOCK; } }\n`;
}

function cHeader(flavor: string): string {
  return `typedef struct V_${flavor} { int class; } V;\nint f_${flavor}(V *new);\n`;
}

/** A header that compiles only behind the one that includes it. */
function dependentHeaders(suffix: string): Record<string, string> {
  return {
    "a_part.h": `#pragma once\nnamespace lib_${suffix} { inline int part(Whole whole) { return whole.size; } }\n`,
    "whole.h": `#pragma once\nnamespace lib_${suffix} { struct Whole { int size; }; }\n#include "a_part.h"\nnamespace lib_${suffix} { inline int all() { return part(Whole()); } }\n`,
  };
}

describe.skipIf(missing.length > 0)(`a unit with both flavors (needs ${missing.join(", ") || "g++ and clang++"})`, () => {
  it("compiles with both compilers by the command that is told", async () => {
    const { unit } = await unitOf();
    expect(unit.builds.map(({ compiler, status }) => `${compiler} ${status}`)).toEqual(["g++ compiled", "clang++ compiled"]);
    for (const { command } of unit.builds) await runOk({ command: "sh", args: ["-c", command] });
  });

  it("gives each flavor's code its own macros, enumerators, constants and types", async () => {
    const { folder } = await unitOf();
    const body = 'std::printf("%d %d %d %d", lib_old::value(), lib_new::value(), lib_old::size(), lib_new::size());';
    for (const compiler of ["g++", "clang++"]) expect(await printed(folder, compiler, body)).toBe(`${expected(3)} ${expected(5)} 12 20`);
  });

  it("leaves the second flavor's macros behind, or the first's when asked, and those of one flavor alone", async () => {
    const body = 'std::printf("%d %d %d", VALUE, ONLY_OLD, ONLY_NEW);';
    expect(await printed((await unitOf()).folder, "g++", body)).toBe("5 3 5");
    expect(await printed((await unitOf({ macrosOf: "first" })).folder, "clang++", body)).toBe("3 3 5");
  });

  it("leaves to both flavors what the build gives by -D", async () => {
    const flags = ["-DLIMIT=7"];
    const { folder } = await unitOf({ flags });
    const body = 'std::printf("%d %d %d", lib_old::value(), lib_new::value(), LIMIT);';
    expect(await printed(folder, "g++", body, flags)).toBe(`${expected(3, 7)} ${expected(5, 7)} 7`);
  });

  it("leaves out a header that does not compile by itself, with the first error's place", async () => {
    const { unit } = await unitOf();
    expect(unit.skipped.map(({ flavor, header, file, line }) => `${flavor} ${header} ${file}:${line}`)).toEqual([
      "old api/broken.h src/api/broken.h:1",
      "new api/broken.h src/api/broken.h:1",
    ]);
    expect(readFileSync(unit.path, "utf8")).not.toContain("broken.h");
  });

  it("keeps a header that only fails behind one that does not compile by itself", async () => {
    const unit = { out: join(temporaryFolder(), "u.h"), compilers: ["g++"], flags: [], macrosOf: "second" as const };
    const report = await compared(dependentHeaders("old"), dependentHeaders("new"), { includeRoots: ["."], unit });
    expect(report.unit?.skipped.map(({ header }) => header)).toEqual(["a_part.h", "a_part.h"]);
    expect(report.unit?.builds[0]).toMatchObject({ status: "compiled" });
  });

  it("does not undefine what the system defines, though a header stands in for it elsewhere", async () => {
    const out = join(temporaryFolder(), "u.h");
    const unit = { out, compilers: ["g++"], flags: [], macrosOf: "second" as const };
    const report = await compared({ "a.h": standIn("a_old") }, { "a.h": standIn("a_new") }, { includeRoots: ["."], unit });
    expect(report.unit?.builds[0]).toMatchObject({ status: "compiled" });
  });

  it("does not change words that the system's headers use, and says that those clash", async () => {
    const text =
      "#include <math.h>\n#ifdef NO_CBRT\nstatic inline double cbrt(double x) { return x; }\n#endif\nstatic inline int mine(void) { return 1; }\n";
    const out = join(temporaryFolder(), "u.h");
    const unit = { out, compilers: ["gcc"], flags: [], macrosOf: "second" as const };
    const report = await compared({ "m.h": text }, { "m.h": text }, { includeRoots: ["."], unit });
    expect(report.unit).toMatchObject({ renamed: 1, builds: [{ status: "compiled" }] });
  });

  it("says with file and line why it does not compile, and tells a flavor that the compiler refuses by itself", async () => {
    const out = join(temporaryFolder(), "u.h");
    const unit = { out, compilers: ["g++", "no-such-compiler++"], flags: [], macrosOf: "second" as const };
    const report = await compared({ "a.h": "struct S { int a; };\n" }, { "a.h": "struct S { int b; };\n" }, { includeRoots: ["."], unit });
    const [build, absent] = report.unit?.builds ?? [];
    expect(build).toMatchObject({ status: "failed", refused: [] });
    expect(build?.errors[0]).toMatch(/a\.h:1: redefinition of .struct S/);
    expect(absent).toMatchObject({ status: "missing", errors: [] });
  });

  it("takes C headers as C when the compiler is one of C", async () => {
    const out = join(temporaryFolder(), "u.h");
    const unit = { out, compilers: ["gcc"], flags: [], macrosOf: "second" as const };
    const report = await compared({ "v.h": cHeader("old") }, { "v.h": cHeader("new") }, { includeRoots: ["."], unit });
    expect(report.unit).toMatchObject({ renamed: 1, builds: [{ status: "compiled" }] });
  });
});

describe("the errors of a compiler", () => {
  it("lead to the include of the main text, in GCC's words and in Clang's", () => {
    const gcc =
      "In file included from /t/b.h:2,\n                 from <stdin>:7:\n/t/c.h:3:10: fatal error: x.h: No such file or directory\n";
    const clang = "In file included from <stdin>:7:\nIn file included from /t/b.h:2:\n/t/c.h:3:10: fatal error: 'x.h' file not found\n";
    for (const text of [gcc, clang]) expect(errorsOf(text, "<stdin>")).toMatchObject([{ file: "/t/c.h", line: 3, from: 7 }]);
    expect(errorsOf("<stdin>:4:2: error: no\n", "<stdin>")).toMatchObject([{ from: 4 }]);
  });
});
