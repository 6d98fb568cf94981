import { describe, expect, it } from "vitest";

import { fragmentLanguage } from "../../src/isolate/fragment-language.js";

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
