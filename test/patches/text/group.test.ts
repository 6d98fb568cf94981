/** Features are proposed the same way each time, each patch in one of them. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readsAsRelease } from "../../../src/patches/feature-file.js";
import { featureNameSchema } from "../../../src/model/feature.js";
import { type GroupRule, proposeFeatures } from "../../../src/patches/text/group.js";
import { featureName } from "../../../src/patches/text/group/feature-name.js";
import { subjectTag } from "../../../src/patches/text/group/subject-tag.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import type { TextPatch } from "../../../src/patches/text/text-patch.js";

/** `files`: path to how many lines are added. */
function patch(name: string, subject: string, files: Readonly<Record<string, number>>): TextPatch {
  const diffs = Object.entries(files).map(
    ([path, count]) => `--- a/${path}\n+++ b/${path}\n@@ -1 +1,${count + 1} @@\n a\n${"+b\n".repeat(count)}`,
  );
  return {
    name,
    subject,
    body: "",
    author: null,
    date: null,
    trailers: new Map(),
    headers: new Map(),
    diffs: parseDiff(diffs.join(""), "p"),
    source: { file: name, line: 1 },
    noOp: false,
  };
}

function shown(patches: readonly TextPatch[], rule: GroupRule): Record<string, string[]> {
  return Object.fromEntries(proposeFeatures(patches, rule).map((one) => [one.name, one.patches.map(({ name }) => name)]));
}

const patches = [
  patch("1", "[audio] louder", { "audio/a.cc": 1 }),
  patch("2", "Bug 7 - fix; r=me", { "video/v.cc": 3, "audio/a.cc": 1 }),
  patch("3", "net/tftp: less", { "net/tftp/t.c": 1 }),
  patch("4", "no tag here", { "video/codecs/deep/x.cc": 2, "BUILD.gn": 1 }),
  patch("5", 'Revert "[audio] louder"', { "audio/a.cc": 1 }),
];

describe("features", () => {
  it("by tag are in the order of their first patches; what has no tag goes by folder", () => {
    expect(shown(patches, { by: "tag" })).toEqual({ audio: ["1", "5"], "bug-7": ["2"], "net-tftp": ["3"], "video-codecs": ["4"] });
  });

  it("by folder and by file go where most lines change", () => {
    expect(shown(patches, { by: "folder", depth: 1 })).toEqual({ audio: ["1", "5"], video: ["2", "4"], net: ["3"] });
    expect(Object.keys(shown(patches, { by: "file" }))).toEqual(["audio-a-cc", "video-v-cc", "net-tftp-t-c", "video-codecs-deep-x-cc"]);
  });

  it("by hand want every patch, or a rule for the rest", () => {
    const map = new Map([
      ["1", "loud"],
      ["4", "loud"],
    ]);
    expect(shown(patches, { by: "hand", map, otherwise: { by: "folder", depth: 1 } })).toEqual({
      loud: ["1", "4"],
      video: ["2"],
      net: ["3"],
      audio: ["5"],
    });
    expect(() => shown(patches, { by: "hand", map })).toThrow("in no feature: 2, 3, 5");
    expect(() => shown(patches, { by: "hand", map: new Map([["9", "x"]]) })).toThrow("no patch is named 9");
  });

  it("depend on those whose patches came before on the same files; circles are told", () => {
    const found = proposeFeatures(patches, { by: "tag" }).map(({ name, dependsOn, entangledWith }) => [name, dependsOn, entangledWith]);
    expect(found).toEqual([
      ["audio", ["bug-7"], ["bug-7"]],
      ["bug-7", ["audio"], ["audio"]],
      ["net-tftp", [], []],
      ["video-codecs", [], []],
    ]);
  });

  it("hold every patch but markers exactly once, under valid names, whatever the subjects are", () => {
    const any = fc.record({
      subject: fc.string({ maxLength: 30 }),
      path: fc.constantFrom("a", "b/c", "b/d/e", "base/x", "r1/x", "0/x"),
      noOp: fc.boolean(),
    });
    const rule = fc.constantFrom<GroupRule>({ by: "tag" }, { by: "folder" }, { by: "folder", depth: 1 }, { by: "file" });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), rule, (drawn, by) => {
        const all = drawn.map(({ subject, path, noOp }, at) => Object.assign(patch(String(at), subject, { [path]: 1 }), { noOp }));
        const proposals = proposeFeatures(all, by);
        expect(proposals.flatMap((one) => one.patches).toSorted((a, b) => Number(a.name) - Number(b.name))).toEqual(
          all.filter(({ noOp }) => !noOp),
        );
        expect(new Set(proposals.map(({ name }) => name)).size).toBe(proposals.length);
        for (const { name } of proposals) expect([featureNameSchema.safeParse(name).success, readsAsRelease(name)]).toEqual([true, false]);
      }),
    );
  });
});

describe("a subject's tag", () => {
  it.each([
    ["[audio] x", "audio"],
    ["[1/2] x", undefined],
    ["audio: x", "audio"],
    ["fs/ntfs: Fix a read", "fs/ntfs"],
    ["CMakeLists.txt: x", "CMakeLists"],
    ["fix(audio): x", "audio"],
    ["fix: x", undefined],
    ["Bug 1376873 - Rollup; r=ng", "bug 1376873"],
    ["Bug 1821629 [DMABuf] Don't", "bug 1821629"],
    ['Revert "audio: x"', "audio"],
    ["fixup! audio: x", "audio"],
    ["Some words: more", undefined],
    ["https://example.org", undefined],
    ["plain words", undefined],
  ])("%s", (subject, tag) => {
    expect(subjectTag(subject)).toBe(tag);
  });

  it("becomes a name that is no release's", () => {
    expect(["base", "r150", "7zip", "A/B_c", "\u00e9"].map(featureName)).toEqual([
      "feature-base",
      "feature-r150",
      "feature-7zip",
      "a-b-c",
      "feature",
    ]);
  });
});
