import { describe, expect, it } from "vitest";

import { exportListInsertions } from "../../../src/isolate/constructs/export-list.js";
import { flavoredNames } from "../../../src/isolate/constructs/flavored-names.js";

const names = flavoredNames({ globals: ["lib_open", "lib_v1", "lib_v2", "lib_[x"], namespaces: [], packages: [], suffix: "_legacy" });

function isolated(text: string): string {
  return exportListInsertions(text, names).reduceRight(
    (all, { offset, text: added }) => all.slice(0, offset) + added + all.slice(offset),
    text,
  );
}

describe("a list of exported symbols", () => {
  it.each([
    ["lib_open\n", "lib_open_legacy\n"],
    ["_lib_open\n# all\n", "_lib_open_legacy\n# all\n"],
    ["lib_v[12]\n", "lib_v[12]_legacy\n"],
    ["lib_v[!3-9]\n", "lib_v[!3-9]_legacy\n"],
    ["lib_[?\n", "lib_[?_legacy\n"],
  ])("%j becomes %j", (before, after) => {
    expect(isolated(before)).toBe(after);
  });

  it.each(["lib_v[!12]\n", "lib_v[2-1]\n", "[lib_v?\n", "other_*\n"])("leaves %j, which matches no renamed name", (text) => {
    expect(isolated(text)).toBe(text);
  });

  it("leaves a file with text of another kind, as the expected output of a test", () => {
    const text = "lib_open\nlib_open returned 1\n[BpcyB*\n";
    expect(isolated(text)).toBe(text);
  });
});
