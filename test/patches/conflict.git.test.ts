/** A conflict waits for a person, takes the edited file, remembers the answer, and uses it only where it fits exactly. */
import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { loadFeatures } from "../../src/patches/load-features.js";
import { type PatchProject, fate, numbered, patchProject, read } from "./patch-project.js";

function conflicting(upstream = "theirs"): PatchProject {
  return patchProject({
    from: { "src/a.cc": numbered(20), "b.cc": numbered(20) },
    to: { "src/a.cc": numbered(20, { 10: upstream }), "b.cc": numbered(20) },
    features: [
      { name: "other", files: { "b.cc": numbered(20, { 3: "other" }) } },
      { name: "tweak", owner: "audio team", files: { "src/a.cc": numbered(20, { 10: "ours" }) } },
    ],
  });
}

function workFile(project: PatchProject, name = "src/a.cc", release = "M2"): string {
  return join(project.conflicts, "tweak", release, name);
}

async function resolved(): Promise<PatchProject> {
  const project = conflicting();
  await project.run();
  writeFileSync(workFile(project), numbered(20, { 10: "both" }));
  await project.run();
  return project;
}

function deleted(): PatchProject {
  return patchProject({
    from: { "src/a.cc": numbered(20), "b.cc": "b\n" },
    to: { "b.cc": "b\n" },
    features: [{ name: "tweak", files: { "src/a.cc": numbered(20, { 10: "ours" }) } }],
  });
}

function clashing(): PatchProject {
  return patchProject({
    from: { "a.cc": numbered(20) },
    to: { "a.cc": numbered(20, { 2: "theirs" }) },
    features: [
      { name: "first", owner: "audio team", files: { "a.cc": numbered(20, { 10: "one" }) } },
      { name: "tweak", owner: "build team", files: { "a.cc": numbered(20, { 10: "two" }) } },
    ],
  });
}

describe("a conflict without a resolution", () => {
  it("waits, names the file to edit and lays the three sides beside it", async () => {
    const project = conflicting();
    const result = await project.run();
    expect(result.status).toBe("waiting");
    expect(fate(result, "tweak")).toMatchObject({
      status: "conflict",
      commit: null,
      detail: "upstream and this feature changed the same lines: src/a.cc",
      conflicts: [{ path: "src/a.cc", workFile: workFile(project) }],
    });
    expect(read(workFile(project))).toContain(
      "<<<<<<< M2 (upstream)\ntheirs\n||||||| M1\nline 10\n=======\nours\n>>>>>>> tweak (audio team)\n",
    );
    expect(read(`${workFile(project)}.base`)).toBe(numbered(20));
    expect(read(`${workFile(project)}.ours`)).toBe(numbered(20, { 10: "theirs" }));
    expect(read(`${workFile(project)}.theirs`)).toBe(numbered(20, { 10: "ours" }));
  });

  it("keeps what is done: the other features stand, the candidate does not move", async () => {
    const project = conflicting();
    await project.run();
    const refs = project.git("for-each-ref", "--format=%(refname:short)", "refs/heads").trim().split("\n");
    expect(refs).toEqual(["base/M1", "base/M2", "other/M1", "other/M2", "rM1", "tweak/M1"]);
    expect(existsSync(join(project.trees, "M1"))).toBe(true);
    expect(existsSync(join(project.trees, "M2"))).toBe(false);
  });

  it("still waits while a marker is left, and does not touch what is being edited", async () => {
    const project = conflicting();
    await project.run();
    const half = read(workFile(project)).replace("<<<<<<< M2 (upstream)\n", "");
    writeFileSync(workFile(project), half);
    expect((await project.run()).status).toBe("waiting");
    expect(read(workFile(project))).toBe(half);
  });

  it("goes on with the edited file, and records it as a script on upstream's new file", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), numbered(20, { 10: "theirs and ours" }));
    const result = await project.run();
    expect(result.status).toBe("done");
    expect(fate(result, "tweak")).toMatchObject({ status: "auto", detail: "recorded resolution used" });
    expect(read(project.trees, "M2", "src/a.cc")).toBe(numbered(20, { 10: "theirs and ours" }));
    expect(existsSync(join(project.conflicts, "tweak"))).toBe(false);
    const loaded = (await loadFeatures(project.features)).find((each) => each.feature.name === "tweak");
    const [resolution] = loaded?.resolutions ?? [];
    expect(resolution?.path).toBe("src/a.cc");
    expect(read(resolution?.script ?? "")).toBe("10c\ntheirs and ours\n.\n");
  });

  it("gives the same commits with the recorded answer as with the edited file", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), numbered(20, { 10: "both" }));
    const first = await project.run();
    rmSync(project.repository, { recursive: true });
    const second = await project.run();
    expect(second.candidates.map((each) => each.commit)).toEqual(first.candidates.map((each) => each.commit));
  });

  it("drops the feature when the answer is upstream's own file", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), readFileSync(`${workFile(project)}.ours`));
    const outcome = fate(await project.run(), "tweak");
    expect(outcome.status).toBe("upstreamed");
    expect(outcome.evidence.at(-2)).toMatch(/^src\/a\.cc: recorded resolution for exactly these three contents/);
    expect(outcome.evidence.at(-1)).toBe("src/a.cc: '+ours' is left out, and nobody said why");
  });

  it("keeps the comments of feature.yaml when it adds the answer", async () => {
    const project = conflicting();
    const file = join(project.features, "tweak", "feature.yaml");
    appendFileSync(file, "\n# asked for by support\n");
    await project.run();
    writeFileSync(workFile(project), numbered(20, { 10: "both" }));
    await project.run();
    expect(read(file)).toContain("# asked for by support");
  });
});

describe("a recorded resolution", () => {
  it("is not used when upstream's file is another one, however near", async () => {
    const project = await resolved();
    project.setTo({ "src/a.cc": numbered(20, { 10: "theirs", 20: "and one line more" }), "b.cc": numbered(20) });
    const result = await project.run();
    expect(result.status).toBe("waiting");
    expect(read(workFile(project))).toContain("<<<<<<< M2 (upstream)");
  });

  it("is not used when the feature is another one", async () => {
    const project = await resolved();
    writeFileSync(join(project.features, "tweak", "0.ed"), "10c\nours, mended\n.\n");
    expect((await project.run()).status).toBe("waiting");
  });

  it("of another conflict is moved aside with the files being edited, never written over", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), "half way\n<<<<<<< mine\n");
    project.setTo({ "src/a.cc": numbered(20, { 10: "theirs, later" }), "b.cc": numbered(20) });
    expect((await project.run()).status).toBe("waiting");
    expect(readdirSync(join(project.conflicts, "tweak"))).toEqual(["M2", "M2.earlier-1"]);
    expect(read(workFile(project, "src/a.cc", "M2.earlier-1"))).toBe("half way\n<<<<<<< mine\n");
    expect(read(workFile(project))).toContain("theirs, later");
  });
});

describe("a file that upstream deleted and the feature edits", () => {
  it("is a conflict that shows the feature's file between markers", async () => {
    const project = deleted();
    expect((await project.run()).status).toBe("waiting");
    expect(read(workFile(project))).toBe(
      `<<<<<<< M2 (upstream), which has no such file\n=======\n${numbered(20, { 10: "ours" })}>>>>>>> tweak (test team)\n`,
    );
  });

  it("goes when a person removes it, and stays gone", async () => {
    const project = deleted();
    await project.run();
    rmSync(workFile(project));
    expect(fate(await project.run(), "tweak").status).toBe("upstreamed");
    rmSync(project.repository, { recursive: true });
    expect(fate(await project.run(), "tweak")).toMatchObject({
      status: "upstreamed",
      evidence: ["src/a.cc: M2 no longer has this file", expect.any(String), "src/a.cc: '+ours' is left out, and nobody said why"],
    });
  });

  it("is kept when a person keeps it", async () => {
    const project = deleted();
    await project.run();
    writeFileSync(workFile(project), "kept\n");
    expect(fate(await project.run(), "tweak").status).toBe("auto");
    expect(read(project.trees, "M2", "src/a.cc")).toBe("kept\n");
  });

  it("is not taken for removed when the whole work folder is gone", async () => {
    const project = deleted();
    await project.run();
    rmSync(join(project.conflicts, "tweak"), { recursive: true });
    expect((await project.run()).status).toBe("waiting");
    expect(existsSync(workFile(project))).toBe(true);
  });
});

describe("other conflicts", () => {
  it("binary content has no markers: the wanted file is put in place", async () => {
    const [base, theirs, ours] = ["base", "theirs", "ours"].map((text) => Buffer.from(`\0\x01${text}\n\0`));
    const project = patchProject({
      from: { "a.bin": base ?? "" },
      to: { "a.bin": theirs ?? "" },
      features: [{ name: "tweak", files: { "a.bin": ours ?? "" } }],
    });
    expect((await project.run()).status).toBe("waiting");
    expect(existsSync(workFile(project, "a.bin"))).toBe(false);
    expect((await project.run()).status).toBe("waiting");
    writeFileSync(workFile(project, "a.bin"), readFileSync(`${workFile(project, "a.bin")}.theirs`));
    expect((await project.run()).status).toBe("done");
    expect(readFileSync(join(project.trees, "M2", "a.bin"))).toEqual(ours);
  });

  it("an answer without a newline at the end is kept so", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), "all new\n.\nno newline");
    await project.run();
    expect(read(project.trees, "M2", "src/a.cc")).toBe("all new\n.\nno newline");
    rmSync(project.repository, { recursive: true });
    await project.run();
    expect(read(project.trees, "M2", "src/a.cc")).toBe("all new\n.\nno newline");
  });

  it("both added the same path with other contents", async () => {
    const project = patchProject({
      from: { "a.cc": "a\n" },
      to: { "a.cc": "a\n", "x.h": "theirs\n" },
      features: [{ name: "tweak", files: { "x.h": "ours\n" } }],
    });
    expect((await project.run()).status).toBe("waiting");
    expect(read(workFile(project, "x.h"))).toBe("<<<<<<< M2 (upstream)\ntheirs\n||||||| M1\n=======\nours\n>>>>>>> tweak (test team)\n");
    writeFileSync(workFile(project, "x.h"), "both\n");
    expect(fate(await project.run(), "tweak").status).toBe("auto");
  });

  it("what builds on a feature in conflict waits for it, and says so", async () => {
    const ours = numbered(20, { 10: "ours" });
    const project = patchProject({
      from: { "a.cc": numbered(20) },
      to: { "a.cc": numbered(20, { 10: "theirs" }) },
      features: [
        { name: "tweak", owner: "audio team", files: { "a.cc": ours } },
        { name: "upon", files: { "a.cc": numbered(20, { 2: "upon", 10: "ours" }) }, before: { "a.cc": ours }, dependsOn: ["tweak"] },
      ],
    });
    const result = await project.run();
    expect(fate(result, "upon")).toMatchObject({
      status: "conflict",
      conflicts: [],
      detail: "builds on tweak (audio team), which is in conflict",
    });
    writeFileSync(workFile(project, "a.cc"), numbered(20, { 10: "both" }));
    const next = await project.run();
    expect(next.status).toBe("done");
    expect(read(project.trees, "M2", "a.cc")).toBe(numbered(20, { 2: "upon", 10: "both" }));
  });
});

describe("two features that change the same lines", () => {
  it("wait, and both are named with their owners", async () => {
    const project = clashing();
    const result = await project.run();
    expect(result.status).toBe("waiting");
    expect(result.candidates.map((each) => each.features[1]?.detail)).toEqual([
      "tweak (build team) conflicts with first (audio team) in a.cc",
      "tweak (build team) conflicts with first (audio team) in a.cc",
    ]);
  });

  it("go on release by release; the later one holds the answers", async () => {
    const project = clashing();
    expect((await project.run()).status).toBe("waiting");
    writeFileSync(workFile(project, "a.cc", "M1"), numbered(20, { 10: "one\ntwo" }));
    expect((await project.run()).status).toBe("waiting");
    writeFileSync(workFile(project, "a.cc"), numbered(20, { 2: "theirs", 10: "one\ntwo" }));
    expect((await project.run()).status).toBe("done");
    expect(read(project.trees, "M1", "a.cc")).toBe(numbered(20, { 10: "one\ntwo" }));
    expect(read(project.trees, "M2", "a.cc")).toBe(numbered(20, { 2: "theirs", 10: "one\ntwo" }));
    const loaded = (await loadFeatures(project.features)).map((each) => [each.feature.name, each.resolutions.length]);
    expect(loaded).toEqual([
      ["first", 0],
      ["tweak", 2],
    ]);
  });
});
