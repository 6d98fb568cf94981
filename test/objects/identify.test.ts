import { describe, expect, it } from "vitest";

import { UnforkError } from "../../src/support/errors.js";
import { formatOf } from "../../src/objects/identify.js";
import { readBytes } from "./read-all.js";

const REFUSED = [
  ["LLVM bitcode", "4243c0de", "bitcode", /without -flto/],
  ["wrapped LLVM bitcode", "dec0170b", "bitcode", /without -flto/],
  ["Mach-O", "cffaedfe", "mach-o", /Linux or Android/],
  ["universal Mach-O", "cafebabe", "mach-o", /Linux or Android/],
  ["COFF", "64860200", "coff", /Linux or Android/],
  ["big COFF", "0000ffff", "coff", /Linux or Android/],
  ["PE", "4d5a9000", "pe", /Linux or Android/],
  ["an archive in an archive", "213c617263683e0a", "archive", /ar x/],
  ["text", "68656c6c", "unknown", /ar d/],
  ["nothing", "", "unknown", /ar d/],
] as const;

describe("formats", () => {
  it.each(REFUSED)("%s is recognised and refused with what to do", (_, hex, format, hint) => {
    const bytes = Buffer.from(hex, "hex");
    expect(formatOf(bytes)).toBe(format);
    let thrown: unknown;
    try {
      readBytes(bytes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnforkError);
    expect(thrown).toMatchObject({ code: "object-invalid", hint: expect.stringMatching(hint) });
  });
});
