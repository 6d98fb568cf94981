/** Every status a feature can have on a new release, on real git. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { fate, fates, numbered, patchProject, read } from "./patch-project.js";

describe("a feature is clean", () => {
  it("when upstream left its file alone", async () => {
    const project = patchProject({
      from: { "a.cc": numbered(20), "b.cc": "one\n" },
      to: { "a.cc": numbered(20), "b.cc": "two\n" },
      features: [{ name: "tweak", files: { "a.cc": numbered(20, { 5: "ours" }) } }],
    });
    const result = await project.run();
    expect(result.status).toBe("done");
    expect(fate(result, "tweak")).toMatchObject({ status: "clean", files: ["a.cc"], conflicts: [] });
    expect(read(project.trees, "M2", "a.cc")).toBe(numbered(20, { 5: "ours" }));
    expect(read(project.trees, "M2", "b.cc")).toBe("two\n");
    expect(read(project.trees, "M1", "b.cc")).toBe("one\n");
  });

  it("when upstream changed other lines of the file, so that ours moved down", async () => {
    const project = patchProject({
      from: { "a.cc": numbered(30) },
      to: { "a.cc": `new\nnew\n${numbered(30)}` },
      features: [{ name: "tweak", files: { "a.cc": numbered(30, { 15: "ours" }) } }],
    });
    const result = await project.run();
    expect(fate(result, "tweak").status).toBe("clean");
    expect(read(project.trees, "M2", "a.cc")).toBe(`new\nnew\n${numbered(30, { 15: "ours" })}`);
  });

  it("when it adds a file", async () => {
    const project = patchProject({
      from: { "a.cc": "a\n" },
      to: { "a.cc": "b\n" },
      features: [{ name: "extra", files: { "new/x.h": "ours\n" } }],
    });
    const result = await project.run();
    expect(fate(result, "extra")).toMatchObject({ status: "clean", files: ["new/x.h"] });
    expect(read(project.trees, "M2", "new/x.h")).toBe("ours\n");
  });
});

describe("a feature is auto", () => {
  it("when upstream moved its file, and says where to", async () => {
    const project = patchProject({
      from: { "modules/a.cc": numbered(40) },
      to: { "api/a.cc": numbered(40, { 3: "theirs" }) },
      features: [{ name: "tweak", files: { "modules/a.cc": numbered(40, { 30: "ours" }) } }],
    });
    const result = await project.run();
    expect(fate(result, "tweak")).toMatchObject({
      status: "auto",
      detail: "modules/a.cc moved to api/a.cc; three-way merge",
      files: ["api/a.cc"],
    });
    expect(read(project.trees, "M2", "api/a.cc")).toBe(numbered(40, { 3: "theirs", 30: "ours" }));
    expect(existsSync(join(project.trees, "M2", "modules"))).toBe(false);
  });

  it("when upstream moved the folder into which it adds a file", async () => {
    const project = patchProject({
      from: { "old/a.cc": numbered(20), "old/b.cc": numbered(30) },
      to: { "new/a.cc": numbered(20), "new/b.cc": numbered(30) },
      features: [{ name: "extra", files: { "old/c.h": "ours\n" } }],
    });
    const result = await project.run();
    expect(fate(result, "extra")).toMatchObject({
      status: "auto",
      detail: "old/c.h moved to new/c.h; three-way merge",
      files: ["new/c.h"],
    });
    expect(read(project.trees, "M2", "new/c.h")).toBe("ours\n");
  });

  it("when only three sides decide: upstream changed a line of our context", async () => {
    const project = patchProject({
      from: { "a.cc": numbered(20) },
      to: { "a.cc": numbered(20, { 8: "theirs" }) },
      features: [{ name: "tweak", files: { "a.cc": numbered(20, { 10: "ours" }) } }],
    });
    const result = await project.run();
    expect(fate(result, "tweak")).toMatchObject({
      status: "auto",
      detail: "three-way merge, where a plain apply fails or puts it elsewhere",
    });
    expect(read(project.trees, "M2", "a.cc")).toBe(numbered(20, { 8: "theirs", 10: "ours" }));
  });

  it("when upstream did a part of it, with evidence for that part", async () => {
    const project = patchProject({
      from: { "a.cc": numbered(20), "b.cc": numbered(20) },
      to: { "a.cc": numbered(20, { 4: "same" }), "b.cc": numbered(20) },
      features: [{ name: "tweak", files: { "a.cc": numbered(20, { 4: "same" }), "b.cc": numbered(20, { 9: "ours" }) } }],
    });
    const outcome = fate(await project.run(), "tweak");
    expect(outcome).toMatchObject({ status: "auto", files: ["b.cc"] });
    expect(outcome.evidence).toEqual(["a.cc: line 4 of M1 is gone from M2; our line stands at line 4 of M2"]);
  });
});

describe("a feature is upstreamed", () => {
  it("when upstream removed the same lines, and says which", async () => {
    const lines = numbered(20).split("\n");
    const without = [...lines.slice(0, 5), ...lines.slice(8)].join("\n");
    const project = patchProject({
      from: { "a.cc": numbered(20) },
      to: { "a.cc": `first\n${without}` },
      features: [{ name: "drop", files: { "a.cc": without } }],
    });
    const result = await project.run();
    expect(fate(result, "drop")).toMatchObject({
      status: "upstreamed",
      commit: null,
      evidence: ["a.cc: lines 6–8 of M1 are gone from M2"],
    });
    expect(result.candidates[1]?.tree).toBe(project.git("rev-parse", "base/M2^{tree}").trim());
    expect(project.git("for-each-ref", "refs/heads/drop")).not.toContain("drop/M2");
  });

  it("when upstream added the same lines in the file's new place", async () => {
    const project = patchProject({
      from: { "old/a.cc": numbered(30) },
      to: { "new/a.cc": numbered(30, { 7: "line 7\nours" }) },
      features: [{ name: "fix", files: { "old/a.cc": numbered(30, { 7: "line 7\nours" }) } }],
    });
    expect(fate(await project.run(), "fix")).toMatchObject({
      status: "upstreamed",
      files: ["new/a.cc"],
      evidence: ["new/a.cc: our line stands at line 8 of M2"],
    });
  });

  it("when upstream added the same file", async () => {
    const project = patchProject({
      from: { "a.cc": "a\n" },
      to: { "a.cc": "a\n", "x.h": "ours\n" },
      features: [{ name: "extra", files: { "x.h": "ours\n" } }],
    });
    expect(fate(await project.run(), "extra")).toMatchObject({
      status: "upstreamed",
      evidence: ["x.h: M2 has this file with the same content"],
    });
  });
});

function accented(accent: string, first = ""): Buffer {
  return Buffer.from(`${first}a\r\nb\r\nc\r\nd\r\n${accent}\r\ne\r\nf\r\ng\r\nlast \xff`, "latin1");
}

describe("any content is carried", () => {
  it("CRLF line ends, bytes that are not UTF-8 and a last line without newline stay as they are", async () => {
    const project = patchProject({
      from: { "a.txt": accented("\xe9") },
      to: { "a.txt": accented("\xe9", "new\r\n") },
      features: [{ name: "accent", files: { "a.txt": accented("\xe8") } }],
    });
    const result = await project.run();
    expect(fate(result, "accent").status).toBe("clean");
    expect(readFileSync(join(project.trees, "M1", "a.txt"))).toEqual(accented("\xe8"));
    expect(readFileSync(join(project.trees, "M2", "a.txt"))).toEqual(accented("\xe8", "new\r\n"));
  });
});

describe("many features", () => {
  it("run in dependency order, each from what it builds on", async () => {
    const one = numbered(30, { 10: "first" });
    const project = patchProject({
      from: { "a.cc": numbered(30) },
      to: { "a.cc": numbered(30, { 25: "theirs" }) },
      features: [
        { name: "z-ground", files: { "a.cc": one } },
        { name: "a-tower", files: { "a.cc": numbered(30, { 10: "first\nsecond" }) }, before: { "a.cc": one }, dependsOn: ["z-ground"] },
      ],
    });
    const result = await project.run();
    expect(Object.values(fates(result)).map((each) => [each.name, each.status])).toEqual([
      ["a-tower", "clean"],
      ["z-ground", "clean"],
    ]);
    expect(read(project.trees, "M2", "a.cc")).toBe(numbered(30, { 10: "first\nsecond", 25: "theirs" }));
    expect(project.git("log", "--format=%s", "--first-parent", "rM2").split("\n").slice(0, 2)).toEqual([
      "Merge a-tower into rM2",
      "Merge z-ground into rM2",
    ]);
  });

  it("stand on upstream when what they build on is upstreamed", async () => {
    const one = numbered(30, { 10: "first" });
    const project = patchProject({
      from: { "a.cc": numbered(30) },
      to: { "a.cc": one },
      features: [
        { name: "ground", files: { "a.cc": one } },
        { name: "tower", files: { "a.cc": numbered(30, { 10: "first\nsecond" }) }, before: { "a.cc": one }, dependsOn: ["ground"] },
      ],
    });
    const result = await project.run();
    expect(fate(result, "ground").status).toBe("upstreamed");
    expect(fate(result, "tower").status).toBe("clean");
    expect(read(project.trees, "M2", "a.cc")).toBe(numbered(30, { 10: "first\nsecond" }));
  });

  it("may build on two at once", async () => {
    const [left, right] = [numbered(30, { 5: "left" }), numbered(30, { 20: "right" })];
    const project = patchProject({
      from: { "a.cc": numbered(30) },
      to: { "a.cc": `new\n${numbered(30)}` },
      features: [
        { name: "left", files: { "a.cc": left } },
        { name: "right", files: { "a.cc": right } },
        {
          name: "roof",
          files: { "a.cc": numbered(30, { 5: "left", 12: "roof", 20: "right" }) },
          before: { "a.cc": numbered(30, { 5: "left", 20: "right" }) },
          dependsOn: ["left", "right"],
        },
      ],
    });
    const result = await project.run();
    expect(result.status).toBe("done");
    expect(read(project.trees, "M2", "a.cc")).toBe(`new\n${numbered(30, { 5: "left", 12: "roof", 20: "right" })}`);
  });

  it("none at all gives the releases as they came", async () => {
    const project = patchProject({ from: { "a.cc": "a\n" }, to: { "a.cc": "b\n" }, features: [] });
    const result = await project.run();
    expect(result.candidates.map((candidate) => [candidate.release, candidate.commit])).toEqual([
      ["M1", project.git("rev-parse", "rM1").trim()],
      ["M2", project.git("rev-parse", "rM2").trim()],
    ]);
    expect(readdirSync(join(project.trees, "M2"))).toEqual(["a.cc"]);
  });
});

describe("the repository", () => {
  it("says whose feature it is and what for", async () => {
    const project = patchProject({
      from: { "a.cc": "a\n" },
      to: { "a.cc": "a\n" },
      features: [{ name: "tweak", owner: "audio team", files: { "a.cc": "b\n" } }],
    });
    await project.run();
    expect(project.git("log", "-1", "--format=%(trailers:only)", "tweak/M2").trim().split("\n")).toEqual([
      "Feature: tweak",
      "Purpose: Show what tweak does in a test",
      "Owner: audio team",
      "Release: M2",
    ]);
    expect(project.git("for-each-ref", "--format=%(refname)").trim().split("\n")).toEqual([
      "refs/heads/base/M1",
      "refs/heads/base/M2",
      "refs/heads/rM1",
      "refs/heads/rM2",
      "refs/heads/tweak/M1",
      "refs/heads/tweak/M2",
    ]);
  });

  it("is whole for git, and equal inputs give equal hashes", async () => {
    const parts = {
      from: { "modules/a.cc": numbered(40), "b.cc": numbered(9) },
      to: { "api/a.cc": numbered(40, { 3: "theirs" }), "b.cc": numbered(9) },
      features: [
        { name: "one", files: { "modules/a.cc": numbered(40, { 30: "ours" }) } },
        { name: "two", files: { "b.cc": numbered(9, { 2: "ours" }) } },
      ],
    };
    const [left, right] = [patchProject(parts), patchProject(parts)];
    await Promise.all([left.run(), right.run()]);
    const refs = left.git("for-each-ref");
    expect(right.git("for-each-ref")).toBe(refs);
    await left.run();
    expect(left.git("for-each-ref")).toBe(refs);
    expect(left.git("fsck", "--full", "--strict", "--no-dangling")).toBe("");
  });
});
