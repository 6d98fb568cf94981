import { describe, expect, it } from "vitest";

import { UnforkError } from "../../src/support/errors.js";
import { formatOf } from "../../src/objects/identify.js";
import { readObject } from "../../src/objects/read-object.js";
import { viewOf } from "../../src/objects/view.js";
import { readBytes } from "./read-all.js";

const REFUSED = [
  ["LLVM bitcode", "4243c0de", "bitcode", /without -flto/],
  ["wrapped LLVM bitcode", "dec0170b", "bitcode", /without -flto/],
  ["32-bit Mach-O", "cefaedfe0c000000", "mach-o", /arm64, x86_64/],
  ["big-endian Mach-O", "feedface00000012", "mach-o", /arm64, x86_64/],
  ["a universal file in another file", "cafebabe00000002", "universal", /lipo/],
  ["a Java class", "cafebabe00000034", "unknown", /an object file or an archive/],
  ["an object of /GL", `0000ffff01004c01${"00".repeat(4)}38fee30ca5d9ab4dac9bd6b6222653c2`, "coff", /without \/GL/],
  ["PE", "4d5a9000", "pe", /\.lib/],
  ["an archive in an archive", "213c617263683e0a", "archive", /ar x/],
  ["text", "68656c6c", "unknown", /an object file or an archive/],
  ["nothing", "", "unknown", /an object file or an archive/],
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

  it("tell of a member of an archive that it can be taken out", () => {
    const view = viewOf(Buffer.from("hello"), { file: "x.a", member: "notes.txt" });
    expect(() => readObject(view)).toThrow(expect.objectContaining({ hint: expect.stringMatching(/ar d/) }));
  });
});
