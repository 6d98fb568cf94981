import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { languageIn } from "../../src/isolate/code-files.js";
import { fragmentLanguage } from "../../src/isolate/fragment-language.js";
import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

const bytes = (...lines: readonly string[]): Uint8Array => Buffer.from(lines.join("\n"));

describe("a file that ends in .inc", () => {
  it("is a piece of C by its directives and braces", () => {
    expect(fragmentLanguage(bytes("", "#define N 3", "int table[] = {"))).toBe("fragment");
    expect(fragmentLanguage(bytes("  { 1, 2 },"))).toBe("fragment");
  });

  it("is NASM by its macros, a makefile by its assignments", () => {
    expect(fragmentLanguage(bytes("%macro LOAD 2", "%endmacro"))).toBe("nasm");
    expect(fragmentLanguage(bytes("SOURCES = a.c b.c"))).toBeUndefined();
  });

  it("is no code when it is RPG, whose prototypes look like declarations of the library's functions", () => {
    expect(fragmentLanguage(bytes("      *  The interface for RPG", "      /if not defined(Z_H_)", "      /define Z_H_"))).toBeUndefined();
    expect(
      fragmentLanguage(
        bytes("     D checksum        PR            10U 0 extproc('checksum')", "     D  old                          10U 0 value"),
      ),
    ).toBeUndefined();
    expect(fragmentLanguage(bytes("     DOUBLE value;", "     int other;"))).toBe("fragment");
  });
});

describe("a piece of code whose ending other formats have, too", () => {
  const profile = Buffer.concat([Buffer.from([0, 0, 3, 0x0c]), Buffer.from("acsp lib_f(); lib::g {", "latin1"), Buffer.from([0, 0xff])]);

  it("is no code when a byte 0 stands at its beginning, and text of UTF-16 when its mark does", () => {
    expect(languageIn("srgb.icc", profile)).toBeUndefined();
    expect(languageIn("box.icc", bytes("template <class T>", "void Box<T>::f() {}"))).toBe("fragment");
    expect(languageIn("box.icc", Buffer.from("\ufeffint f();", "utf16le"))).toBe("fragment");
  });

  it("is copied as it is: a colour profile keeps every byte", async () => {
    const [root, target] = [temporaryFolder(), join(temporaryFolder(), "out")];
    writeFileSync(join(root, "a.cc"), "namespace lib { int g(); }\nint lib_f() { return lib::g(); }\n");
    writeFileSync(join(root, "srgb.icc"), profile);
    await isolateTree({ flavor: "legacy", release: "R1", source: root, target, plan: isolationPlanSchema.parse({ namespaces: ["lib"] }) });
    expect(readFileSync(join(target, "a.cc"), "latin1")).toContain("int lib_f_legacy() { return lib_legacy::g(); }");
    expect(readFileSync(join(target, "srgb.icc"))).toEqual(profile);
  });
});
