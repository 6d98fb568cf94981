import { describe, expect, it } from "vitest";
import { array, check, nat, property, tuple, uint8Array } from "fast-check";

import { UnforkError } from "../../src/support/errors.js";
import { buildElf } from "./elf-builder.js";
import { readBytes, readEverything, symbolsOf } from "./read-all.js";

const EVERY_CLASS = [
  { name: "file.c", binding: 0, type: 4, section: 0xfff1 },
  { name: "", binding: 0, type: 3, section: 1 },
  { name: "local", binding: 0, type: 2, section: 1, size: 4 },
  { name: "strong", binding: 1, type: 2, section: 1, size: 8 },
  { name: "absolute", binding: 1, type: 0, section: 0xfff1 },
  { name: "weak", binding: 2, type: 2, section: 1, size: 8 },
  { name: "unique", binding: 10, type: 1, section: 1, size: 4 },
  { name: "common", binding: 1, type: 1, section: 0xfff2, size: 4 },
  { name: "large", binding: 1, type: 1, section: 0xff02, size: 4 },
  { name: "undefined", binding: 1, type: 0, section: 0 },
  { name: "undefinedWeak", binding: 2, type: 0, section: 0 },
];

function refusalOf(bytes: Buffer): UnforkError {
  try {
    readEverything(readBytes(bytes));
  } catch (error) {
    if (error instanceof UnforkError) return error;
    throw error;
  }
  throw new Error("the bytes were accepted");
}

/** True when the bytes are read, or refused with offset and field; any other exception passes through. */
function isReadOrRefused(bytes: Buffer): boolean {
  try {
    readEverything(readBytes(bytes));
    return true;
  } catch (error) {
    if (!(error instanceof UnforkError)) throw error;
    return error.code === "object-invalid" && "offset" in error.context && "field" in error.context;
  }
}

const HOLDS = { failed: false, counterexample: null, errorInstance: null };

describe("the ELF reader", () => {
  it("puts every entry but the empty first one into exactly one class", () => {
    const classes = symbolsOf(readBytes(buildElf(EVERY_CLASS))).map((symbol) => symbol.class);
    expect(classes).toEqual("file section local strong strong weak unique common common undefined undefinedWeak".split(" "));
  });

  it("tells name, section, value and size of a symbol", () => {
    const [, , , strong] = symbolsOf(readBytes(buildElf(EVERY_CLASS)));
    expect(strong).toEqual({ name: "strong", class: "strong", section: 1, value: 0, size: 8 });
  });

  it("keeps names apart that differ only in bytes that are no UTF-8", () => {
    const symbols = ["\xff", "\xfe", "\xc3\xa9"].map((name) => ({ name, binding: 1, type: 2, section: 1 }));
    expect(symbolsOf(readBytes(buildElf(symbols))).map(({ name }) => name)).toEqual(["\\xff", "\\xfe", "é"]);
  });

  it("refuses a binding that it does not know, with the place", () => {
    const error = refusalOf(buildElf([{ name: "odd", binding: 13, type: 2, section: 1 }]));
    expect(error.message).toBe("x.o: st_info at offset 108: binding 13 is not known");
  });

  it.each([
    ["a section that is not there", { name: "x", binding: 1, type: 2, section: 9 }, "st_shndx"],
    ["a large section number without its table", { name: "x", binding: 1, type: 2, section: 0xffff }, "st_shndx"],
  ])("refuses %s", (_, symbol, field) => {
    expect(refusalOf(buildElf([symbol])).context["field"]).toBe(field);
  });

  it.each([
    ["a class beyond 64 bit", 4, 3, "EI_CLASS"],
    ["an unknown byte order", 5, 3, "EI_DATA"],
    ["an unknown version", 6, 9, "EI_VERSION"],
    ["a core file", 16, 4, "e_type"],
    ["sections beyond the end", 45, 1, "section header 0"],
    ["section headers of an odd size", 58, 40, "e_shentsize"],
    ["more sections than the file holds", 60, 200, "section headers"],
    ["a name table that is not there", 62, 77, "e_shstrndx"],
  ])("refuses %s and names the field", (_, offset, value, field) => {
    const bytes = buildElf(EVERY_CLASS);
    bytes[offset] = value;
    expect(refusalOf(bytes).context).toMatchObject({ file: "x.o", field });
  });

  it("reads or refuses every truncation", () => {
    const whole = buildElf(EVERY_CLASS);
    for (let length = 0; length < whole.length; length++) expect(isReadOrRefused(whole.subarray(0, length))).toBe(true);
  });

  it("reads or refuses whatever bytes are changed", () => {
    const whole = buildElf(EVERY_CLASS);
    const change = tuple(nat(whole.length - 1), nat(255));
    const holds = property(array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      return isReadOrRefused(bytes);
    });
    expect(check(holds, { numRuns: 3000 })).toMatchObject(HOLDS);
  });

  it("refuses or reads random bytes behind a good magic", () => {
    const magic = Buffer.from("7f454c46020101", "hex");
    const holds = property(uint8Array({ maxLength: 400 }), (tail) => isReadOrRefused(Buffer.concat([magic, tail])));
    expect(check(holds, { numRuns: 1000 })).toMatchObject(HOLDS);
  });
});
