/** Which lines of attributes are put before git: all that may concern merges of the paths, and few that do not. */
import { describe, expect, it } from "vitest";

import { maySpeakOfMerges } from "../../src/git/attribute-patterns.js";

const PATHS = ["src/a.cc", "NEWS", "po/de.po"];

describe("attributes may decide a merge", () => {
  it.each([
    "NEWS merge=union",
    "*.cc -merge",
    "*.CC merge",
    "* binary",
    "src/** !merge",
    "src/[ab].cc merge=x",
    '"a b.cc" -merge',
    "/po/*.po text merge=po eol=lf",
    "[attr]mine -diff\n*.h mine",
    "*.c text\n\n  NEWS\tmerge=union\r",
  ])("by %j", (text) => expect(maySpeakOfMerges(text, PATHS)).toBe(true));
});

describe("attributes decide no merge", () => {
  it.each([
    "",
    "* text=auto",
    "*.png binary",
    "# NEWS merge=union",
    "ChangeLog merge=union",
    "*.cc diff=cpp",
    "*.cc -diff submerge emerge=1",
  ])("by %j", (text) => expect(maySpeakOfMerges(text, PATHS)).toBe(false));
});
