/** Archives, universal files and compressed sections as other tools write them. */
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { objectsOf } from "../../src/objects/open.js";
import { placeName } from "../../src/objects/view.js";
import { sectionContents } from "../../src/objects/section-contents.js";
import { sectionAt } from "../../src/objects/sections.js";
import type { ObjectFile } from "../../src/objects/model.js";
import { runOk } from "../../src/support/exec.js";
import { compileObject, makeArchive, missingTools } from "../helpers/compile.js";
import { readobjSymbols } from "../helpers/readobj.js";
import { temporaryFolder } from "../helpers/temp.js";
import { archiveMember, buildArchive } from "./archive-builder.js";
import { countsOf, symbolsOf } from "./read-all.js";

const folder = temporaryFolder();
const missing = await missingTools("clang", "gcc", "ar", "objcopy");
const noLib = await missingTools("llvm-lib", "llvm-dlltool", "llvm-readobj");
const noLipo = await missingTools("llvm-lipo-16", "clang");

function strongNames(path: string, architecture?: string): [string, string[]][] {
  return [...objectsOf(path, undefined, { architecture })].map((object) => [
    placeName(object.place).slice(folder.length + 1),
    symbolsOf(object).flatMap((symbol) => (symbol.class === "strong" ? [symbol.name] : [])),
  ]);
}

function compiled(name: string, source: string, target: string): Promise<string> {
  return compileObject({ folder, name, source, compiler: "clang", flags: ["-target", target] });
}

describe.skipIf(noLib.length > 0)(`Windows libraries (needs ${noLib.join(", ") || "llvm-lib, llvm-dlltool, llvm-readobj"})`, () => {
  it("reads a static library, with its two indexes and long names", async () => {
    const objects = [
      await compiled("a-first-unit-with-a-long-name.c", "int first(void) { return 1; }", "x86_64-pc-windows-msvc"),
      await compiled("second.c", "int second(void) { return 2; }", "x86_64-pc-windows-msvc"),
    ];
    const path = join(folder, "static.lib");
    await runOk({ command: "llvm-lib", args: [`/out:${path}`, ...objects] });
    const names = strongNames(path);
    expect(names.map(([, symbols]) => symbols)).toEqual([["first"], ["second"]]);
    expect(names[0]?.[0]).toContain("a-first-unit-with-a-long-name.c.o");
  });

  it.each(["i386:x86-64", "arm64"])("reads an import library of %s: `__imp_X` and `X`, for data `__imp_X` alone", async (machine) => {
    const definition = join(folder, "some.def");
    writeFileSync(definition, "LIBRARY some.dll\nEXPORTS\n  function\n  variable DATA\n");
    const path = join(folder, `import-${machine.replace(":", "-")}.lib`);
    await runOk({ command: "llvm-dlltool", args: ["-m", machine, "-d", definition, "-l", path] });
    const names = strongNames(path).flatMap(([, symbols]) => symbols);
    expect(names).toEqual(expect.arrayContaining(["__imp_function", "function", "__imp_variable"]));
    expect(names).not.toContain("variable");
  });

  it("reads big objects, whose section numbers have four bytes", async () => {
    const lines = Array.from({ length: 66_000 }, (_, index) => `.section .text$f${index},"xr"\n.globl f${index}\nf${index}: ret\n`);
    const path = await compiled("big.s", lines.join(""), "x86_64-pc-windows-msvc");
    const [object] = [...objectsOf(path)];
    expect(object?.sections.count).toBeGreaterThan(66_000);
    const last = object === undefined ? undefined : symbolsOf(object).find(({ name }) => name === "f65999");
    expect(last).toMatchObject({ class: "strong", value: 0, size: 1 });
    expect(last?.section).toBeGreaterThan(65_999);
    const listed = await readobjSymbols(path);
    expect(object === undefined ? 0 : symbolsOf(object).length).toBe(listed.length);
  });
});

async function universal(name: string): Promise<string> {
  const slices = [
    await compiled(`${name}-arm.c`, `int ${name}_arm(void) { return 1; }`, "arm64-apple-macos12"),
    await compiled(`${name}-x86.c`, `int ${name}_x86(void) { return 1; }`, "x86_64-apple-macos12"),
  ];
  const path = join(folder, `${name}.o`);
  await runOk({ command: "llvm-lipo-16", args: ["-create", ...slices, "-output", path] });
  return path;
}

describe.skipIf(noLipo.length > 0)(`universal files (needs ${noLipo.join(", ") || "llvm-lipo-16, clang"})`, () => {
  it("tells each slice as an object of its own", async () => {
    expect(strongNames(await universal("each")).toSorted()).toEqual([
      ["each.o(arm64)", ["_each_arm"]],
      ["each.o(x86_64)", ["_each_x86"]],
    ]);
  });

  it("reads the one slice that is asked for, and says which there are when it is missing", async () => {
    const path = await universal("chosen");
    expect(strongNames(path, "x86_64")).toEqual([["chosen.o(x86_64)", ["_chosen_x86"]]]);
    expect(() => strongNames(path, "armv7")).toThrow(/no slice is called armv7; there are: (x86_64, arm64|arm64, x86_64)/);
  });

  it("reads universal members of an archive", async () => {
    const member = await universal("member");
    const path = join(folder, "members.a");
    writeFileSync(path, buildArchive([archiveMember("member.o/", readFileSync(member))]));
    expect(strongNames(path).toSorted()).toEqual([
      ["members.a(member.o(arm64))", ["_member_arm"]],
      ["members.a(member.o(x86_64))", ["_member_x86"]],
    ]);
  });

  it("reads universal archives", async () => {
    const slices: string[] = [];
    for (const target of ["arm64", "x86_64"]) {
      const object = await compiled(`in-${target}.c`, "int inside(void) { return 1; }", `${target}-apple-macos12`);
      slices.push(await makeArchive(folder, `in-${target}.a`, [object], "rcS"));
    }
    const path = join(folder, "libfat.a");
    await runOk({ command: "llvm-lipo-16", args: ["-create", ...slices, "-output", path] });
    expect(strongNames(path, "arm64")).toEqual([["libfat.a(in-arm64.c.o(arm64))", ["_inside"]]]);
  });
});

describe.skipIf(missing.length > 0)(`files of unusual size and shape (needs ${missing.join(", ") || "clang, gcc, ar, objcopy"})`, () => {
  it("reads an archive of more than 4 GiB, whose members lie far apart", async () => {
    const object = readFileSync(await compiled("far.c", "int far_away(void) { return 1; }", "x86_64-linux-gnu"));
    const path = join(folder, "sparse.a");
    const file = openSync(path, "w");
    const hole = 2 ** 32 + 4096;
    writeSync(file, buildArchive([archiveMember("near.o/", object)]));
    const at = 68 + object.length + (object.length % 2);
    writeSync(file, archiveMember("/", Buffer.alloc(0), String(hole)), 0, 60, at);
    ftruncateSync(file, at + 60 + hole);
    writeSync(file, archiveMember("far.o/", object), 0, null, at + 60 + hole);
    closeSync(file);
    expect(strongNames(path)).toEqual([
      ["sparse.a(near.o)", ["far_away"]],
      ["sparse.a(far.o)", ["far_away"]],
    ]);
  });

  it("reads an object of more than 2 GiB, only as far as needed", async () => {
    const source = 'char block[0x80001000UL] __attribute__((section(".debris"))); int behind(void) { return 1; }';
    const small = await compiled("huge.c", source.replace("0x80001000UL", "16"), "x86_64-linux-gnu");
    const path = join(folder, "huge.o");
    growFirst(small, path, ".debris", 0x8000_1000);
    const [object] = [...objectsOf(path)];
    expect(object?.view.size).toBeGreaterThan(2 ** 31);
    expect(object === undefined ? [] : symbolsOf(object).map(({ name }) => name)).toContain("behind");
  });

  it("reads more than 65,280 sections of a 32-bit big-endian object", async () => {
    const lines = Array.from({ length: 66_000 }, (_, index) => `.section .text.f${index},"ax"\n.globl f${index}\nf${index}: nop\n`);
    const path = await compiled("many.s", lines.join(""), "mips-linux-gnu");
    const [object] = [...objectsOf(path)];
    const last = object === undefined ? undefined : symbolsOf(object).find(({ name }) => name === "f65999");
    expect(last).toMatchObject({ class: "strong", value: 0 });
    expect(last?.section).toBeGreaterThan(65_999);
    expect(object === undefined ? "" : sectionAt(object.view, object.sections, last?.section ?? 0).name).toBe(".text.f65999");
  });

  it("reads members of an archive without padding, and passes over empty ones", async () => {
    const object = readFileSync(await compiled("odd.c", "int odd(void) { return 1; }", "x86_64-linux-gnu"));
    const odd = Buffer.concat([object, Buffer.alloc(object.length % 2 === 0 ? 1 : 0)]);
    const unpadded = archiveMember("odd.o/", odd).subarray(0, 60 + odd.length);
    const path = join(folder, "odd.a");
    writeFileSync(path, Buffer.concat([buildArchive([unpadded, archiveMember("empty.o/", Buffer.alloc(0)), unpadded]), Buffer.from("\n")]));
    expect(strongNames(path).map(([place]) => place)).toEqual(["odd.a(odd.o)", "odd.a(odd.o)"]);
  });

  it("reads a thin archive that names another archive as a whole", async () => {
    const object = await compiled("deep.c", "int deep(void) { return 1; }", "x86_64-linux-gnu");
    const inner = await makeArchive(folder, "whole.a", [object]);
    const path = join(folder, "names-whole.a");
    writeFileSync(path, buildArchive([archiveMember("whole.a/", Buffer.alloc(0), String(readFileSync(inner).length))], "!<thin>\n"));
    expect(strongNames(path)).toEqual([["whole.a(deep.c.o)", ["deep"]]]);
  });

  it("refuses thin archives that name each other for ever", () => {
    const path = join(folder, "ring.a");
    writeFileSync(path, buildArchive([archiveMember("ring.a/", Buffer.alloc(0), "100")], "!<thin>\n"));
    expect(() => strongNames(path)).toThrow(/ring\.a: magic at offset 0: archives name each other/);
  });

  it.each(["zlib", "zlib-gnu", "zstd"])("inflates debug sections compressed as %s to what they were", async (kind) => {
    const variables = Array.from({ length: 50 }, (_, index) => `int variable_number_${index};`).join(" ");
    const source = { folder, source: variables };
    const plain = await compileObject({ ...source, name: "plain.c", flags: ["-g", "-fdebug-prefix-map=plain.c=x.c"] });
    const packed = `${plain}.${kind}`;
    await runOk({ command: "objcopy", args: [`--compress-debug-sections=${kind}`, plain, packed] });
    const [before, after] = [debugStrings(plain), debugStrings(packed)];
    expect(before.length).toBeGreaterThan(100);
    expect(after.equals(before)).toBe(true);
    const [object] = [...objectsOf(packed)] as [ObjectFile];
    const index = debugSection(object);
    expect(() => sectionContents(object, sectionAt(object.view, object.sections, index), 50)).toThrow(
      /bytes are more than the 50 that are inflated/,
    );
  });

  it("names and refuses bitcode and GCC's slim LTO objects wherever they are", async () => {
    const source = "int optimised(void) { return 1; }";
    const bitcode = await compileObject({
      folder,
      name: "bit.c",
      source,
      compiler: "clang",
      flags: ["-flto", "-target", "arm64-apple-macos12"],
    });
    const slim = await compileObject({ folder, name: "slim.c", source, flags: ["-flto", "-fno-fat-lto-objects"] });
    const archived = await makeArchive(folder, "slim.a", [slim], "rcS");
    expect(() => countsOf(bitcode)).toThrow(/LLVM bitcode/);
    expect(() => countsOf(archived)).toThrow(/slim\.a\(slim\.c\.o\): \.gnu\.lto_ at offset 0: a GCC LTO object has no code yet/);
  });
});

/** Writes an object again whose named section has `size` bytes, as a hole at the file's end. */
function growFirst(from: string, to: string, name: string, size: number): void {
  const bytes = readFileSync(from);
  const [object] = [...objectsOf(from)] as [ObjectFile];
  const index = Array.from({ length: object.sections.count }, (_, at) => at).find(
    (at) => sectionAt(object.view, object.sections, at).name === name,
  );
  const header = Number(bytes.readBigUInt64LE(40)) + (index ?? 0) * 64;
  bytes.writeBigUInt64LE(BigInt(bytes.length), header + 24);
  bytes.writeBigUInt64LE(BigInt(size), header + 32);
  writeFileSync(to, bytes);
  const file = openSync(to, "r+");
  ftruncateSync(file, bytes.length + size);
  closeSync(file);
}

function debugSection(object: ObjectFile): number {
  const names = Array.from({ length: object.sections.count }, (_, index) => sectionAt(object.view, object.sections, index).name);
  return names.findIndex((name) => /^\.z?debug_str$/.test(name));
}

function debugStrings(path: string): Buffer {
  const [object] = [...objectsOf(path)] as [ObjectFile];
  return sectionContents(object, sectionAt(object.view, object.sections, debugSection(object)));
}
