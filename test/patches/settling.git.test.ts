/** Conflicts of features: settled by a resolver, verified whoever settled them, laid out again, and features left out of a release. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { conflictPacketSchema } from "../../src/model/conflict-packet.js";
import { listedVerify, shellVerify } from "../../src/patches/resolve/verify.js";
import type { Settling, VerifyFeatures } from "../../src/patches/settling.js";
import { skipRelease } from "../../src/patches/skip-release.js";
import { type PatchProject, fate, numbered, patchProject, read, writeFiles } from "./patch-project.js";

function conflicting(): PatchProject {
  return patchProject({
    from: { "src/a.cc": numbered(20), "b.cc": numbered(20) },
    to: { "src/a.cc": numbered(20, { 10: "theirs" }), "b.cc": numbered(20, { 4: "near" }) },
    features: [
      { name: "below", dependsOn: ["tweak"], files: { "b.cc": numbered(20, { 12: "below" }) } },
      { name: "tweak", owner: "audio team", files: { "src/a.cc": numbered(20, { 10: "ours" }) } },
    ],
  });
}

const BOTH = numbered(20, { 9: "ours", 10: "theirs" });

/** A resolver written in JavaScript: the packet is `packet`, the code gives the answer. */
function resolver(project: PatchProject, code: string, most = 2): Pick<Settling, "resolver"> {
  writeFiles(project.root, {
    "resolver.cjs": `let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => { const packet = JSON.parse(text); ${code} });`,
  });
  return { resolver: { command: `node ${join(project.root, "resolver.cjs")}`, tries: most, timeoutMs: 20_000 } };
}

function answer(text: string, more = ""): string {
  return `console.log(JSON.stringify({ files: [{ path: "src/a.cc", text: ${JSON.stringify(text)} }]${more} }));`;
}

function verify(project: PatchProject, command: string, more: Partial<VerifyFeatures> = {}): Pick<Settling, "verify"> {
  const common = shellVerify(command, 20_000);
  return {
    verify: { common, instead: null, timeoutMs: 20_000, auto: false, root: project.root, logs: join(project.root, "logs"), ...more },
  };
}

function tries(project: PatchProject): { outcome: string; why: string | null }[] {
  const names = project.git("ls-tree", "-r", "--name-only", "refs/notes/unfork").split("\n");
  const own = names.filter((name) => name.startsWith("tries/tweak/M2/"));
  return own.map((name) => JSON.parse(project.git("show", `refs/notes/unfork:${name}`)) as { outcome: string; why: string | null });
}

function workFile(project: PatchProject, name = "src/a.cc", feature = "tweak"): string {
  return join(project.conflicts, feature, "M2", name);
}

function refs(project: PatchProject): string {
  return project.git("for-each-ref", "refs/heads");
}

/** Two files with the same contents. */
function twins(line?: string): Record<string, string> {
  const content = numbered(20, line === undefined ? {} : { 10: line });
  return { "src/a/conf.inc": content, "src/b/conf.inc": content };
}

describe("answers of a person", () => {
  it("to two conflicts with the same contents stay apart, also for a run from the start", async () => {
    const project = patchProject({ from: twins(), to: twins("theirs"), features: [{ name: "tweak", files: twins("ours") }] });
    await project.run();
    for (const side of ["a", "b"]) writeFileSync(workFile(project, `src/${side}/conf.inc`), numbered(20, { 10: `ours in ${side}` }));
    const asked = { explain: "as one line" };
    const done = await project.run(asked);
    expect(done.status).toBe("done");
    rmSync(project.repository, { recursive: true });
    await project.run(asked);
    for (const side of ["a", "b"]) expect(project.git("show", `rM2:src/${side}/conf.inc`)).toContain(`ours in ${side}\n`);
    const scripts = read(project.features, "tweak", "feature.yaml").match(/script: resolutions\S+/g) ?? [];
    expect([scripts.length, new Set(scripts).size]).toEqual([2, 2]);
  });

  it("never get the script of another entry", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), BOTH);
    await project.run();
    const file = join(project.features, "tweak", "feature.yaml");
    const script = /script: (resolutions\S+)/.exec(read(file))?.[1] ?? "";
    // Somebody moved the answer to another path by hand: the conflict is open again, and the script is that path's.
    const [head = "", list = ""] = read(file).split(/(?=resolutions:)/);
    writeFileSync(file, head + list.replace("src/a.cc", "src/moved.cc"));
    const before = read(project.features, "tweak", script);
    await project.run();
    writeFileSync(workFile(project), numbered(20, { 9: "ours", 10: "theirs", 15: "and more" }));
    await project.run();
    expect(read(project.features, "tweak", script)).toBe(before);
    expect(read(file)).toContain(script.replace(/\.ed$/, "-2.ed"));
  });
});

describe("a resolver in a project", () => {
  it("settles a feature's conflict: its answer stands in the feature's folder as a person's would, and is used again", async () => {
    const project = conflicting();
    const done = await project.run(resolver(project, answer(BOTH)));
    expect([done.status, fate(done, "tweak").status, fate(done, "below").status]).toEqual(["done", "auto", "clean"]);
    expect(project.git("show", "rM2:src/a.cc")).toBe(BOTH);
    expect(read(project.features, "tweak", "feature.yaml")).toContain("script: resolutions/M2/a.cc.");
    expect(tries(project)).toMatchObject([{ outcome: "taken", why: null }]);
    const commit = done.candidates[1]?.commit;
    expect((await project.run()).candidates[1]?.commit).toBe(commit);
    const byHand = conflicting();
    await byHand.run();
    writeFileSync(workFile(byHand), BOTH);
    expect((await byHand.run()).candidates[1]?.commit).toBe(commit);
  });

  it("gets the packet of a stack's patches, with what builds on the feature and what was wrong before", async () => {
    const project = conflicting();
    const seen = join(project.root, "packets");
    const keep = `require("node:fs").appendFileSync(${JSON.stringify(seen)}, JSON.stringify(packet) + "\\n");`;
    const waits = await project.run(resolver(project, `${keep} console.log("no json");`));
    expect(waits.status).toBe("waiting");
    const packets = readFileSync(seen, "utf8")
      .trim()
      .split("\n")
      .map((line) => conflictPacketSchema.parse(JSON.parse(line)));
    expect(packets.map((packet) => packet.tries.length)).toEqual([0, 1]);
    expect(packets[0]).toMatchObject({
      patch: { subject: "tweak: Show what tweak does in a test" },
      conflicts: [{ path: "src/a.cc", base: { text: numbered(20) }, ours: { text: numbered(20, { 10: "theirs" }) } }],
      cascades: [{ id: "below" }],
    });
    expect(packets[0]?.patch.diff).toContain("+ours");
    expect(packets[0]?.patch.message).toContain("Owner: audio team");
    expect(fate(waits, "tweak").detail).toContain("each of the resolver's 2 tries was refused");
    expect(fate(waits, "tweak").conflicts).toEqual([{ path: "src/a.cc", workFile: workFile(project) }]);
    expect(read(workFile(project))).toContain("<<<<<<<");
  });

  it.each([
    ["leaves markers", answer("<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"), "conflict markers are left"],
    ["leaves out a line", answer(numbered(20, { 10: "theirs" })), "leaves out lines of the patch"],
    [
      "does not pass the build",
      answer(numbered(20, { 9: "ours", 10: "theirs", 1: "broken" })),
      "does not pass `sh -c '! grep broken src/a.cc'`",
    ],
    ["fails", "process.exit(7);", "it ended with 7"],
  ])("that %s is refused: nothing is recorded in the folder, no feature's ref moves", async (_what, code, why) => {
    const project = conflicting();
    await project.run();
    const before = [refs(project), read(project.features, "tweak", "feature.yaml")];
    const waits = await project.run({ ...resolver(project, code, 1), ...verify(project, "! grep broken src/a.cc") });
    expect(fate(waits, "tweak").status).toBe("conflict");
    expect([refs(project), read(project.features, "tweak", "feature.yaml")]).toEqual(before);
    expect(fate(waits, "tweak").detail).toContain(why);
    expect(tries(project)[0]?.why).toContain(why.replace(/ `.*/, " the build and tests"));
  });

  it("may leave out a line when it says why, which is recorded and told", async () => {
    const project = conflicting();
    const done = await project.run(resolver(project, answer(numbered(20, { 10: "mixed" }), `, explain: "upstream does it elsewhere"`)));
    expect(fate(done, "tweak").evidence.at(-1)).toContain("leaves out lines: upstream does it elsewhere");
    expect(read(project.features, "tweak", "feature.yaml")).toContain("why: upstream does it elsewhere");
    expect(fate(await project.run(), "tweak").evidence.at(-1)).toContain("leaves out lines: upstream does it elsewhere");
  });

  it("leaves alone what a person has edited", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), BOTH);
    const done = await project.run(resolver(project, "process.exit(9);"));
    expect([done.status, existsSync(workFile(project))]).toEqual(["done", false]);
    expect(project.git("for-each-ref", "refs/notes").trim()).not.toBe("");
    expect(tries(project)).toEqual([]);
  });
});

describe("a feature's build and tests", () => {
  it("look at a person's answer: one that fails is not recorded, its output is kept and named, and the file stays", async () => {
    const project = conflicting();
    const look = verify(project, "echo looking; ! grep broken src/a.cc");
    await project.run(look);
    const broken = numbered(20, { 9: "ours", 10: "broken" });
    writeFileSync(workFile(project), broken);
    const waits = await project.run(look);
    const log = join(project.root, "logs", "tweak", "M2.log");
    expect(fate(waits, "tweak").detail).toBe(
      `the result does not pass \`sh -c 'echo looking; ! grep broken src/a.cc'\`: it ended with 1 (output: ${log})`,
    );
    expect(read(log)).toContain("looking\nbroken\n");
    expect(read(workFile(project))).toBe(broken);
    expect(read(project.features, "tweak", "feature.yaml")).not.toContain("resolutions");
    writeFileSync(workFile(project), BOTH);
    expect((await project.run(look)).status).toBe("done");
    expect(existsSync(log)).toBe(false);
  });

  it("run once on an answer, also where everything merged is looked at", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), BOTH);
    const seen = join(project.root, "seen");
    const look = verify(project, `echo "$UNFORK_FEATURE" >> ${seen}`, { auto: true });
    expect((await project.run(look)).status).toBe("done");
    expect(read(seen)).toBe("tweak\n");
    await project.run(look);
    expect(read(seen)).toBe("tweak\ntweak\n");
  });

  it("are those of its own folder, before the common ones; an empty list means none", async () => {
    const project = conflicting();
    const file = join(project.features, "tweak", "feature.yaml");
    const own = (commands: readonly (readonly string[])[]) =>
      writeFileSync(file, JSON.stringify({ ...(JSON.parse(read(file)) as object), verify: commands }));
    const seen = join(project.root, "seen");
    own([
      [
        "sh",
        "-c",
        `echo "$1 $2" > ${seen}; test -f "$3/src/a.cc" && test "$3" = "$PWD" && test -d "$4"`,
        "sh",
        "{feature}",
        "{release}",
        "{tree}",
        "{out}",
      ],
    ]);
    const look = verify(project, "false");
    await project.run(look);
    writeFileSync(workFile(project), BOTH);
    expect((await project.run(look)).status).toBe("done");
    expect(read(seen)).toBe("tweak M2\n");
    const none = conflicting();
    const other = join(none.features, "tweak", "feature.yaml");
    writeFileSync(other, JSON.stringify({ ...(JSON.parse(read(other)) as object), verify: [] }));
    await none.run(verify(none, "false"));
    writeFileSync(workFile(none), BOTH);
    expect((await none.run(verify(none, "false"))).status).toBe("done");
  });

  it("that never end are ended, with all that they started", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), BOTH);
    const waits = await project.run(verify(project, "", { common: shellVerify("sleep 600 & sleep 600", 500) }));
    expect(fate(waits, "tweak").detail).toContain("took longer than 0.5 s and was ended");
  });

  it("with a placeholder that means nothing are an error that names the key; refs stay", async () => {
    const project = conflicting();
    await project.run();
    const before = refs(project);
    writeFileSync(workFile(project), BOTH);
    const look = verify(project, "", { common: listedVerify([["make", "{tre}"]], "unfork.config.ts:patches.verify", 1000) });
    await expect(project.run(look)).rejects.toThrow("unfork.config.ts:patches.verify[0]: the placeholder {tre} means nothing here");
    expect(refs(project)).toBe(before);
  });

  it("look, where asked, at what git merged by itself: what does not pass waits with its files, and a fix of theirs is recorded", async () => {
    const project = patchProject({
      from: { "a.cc": numbered(20), "call.cc": "old_name();\n" },
      to: { "a.cc": numbered(20, { 2: "renamed: new_name", 3: "more" }), "call.cc": "new_name();\n" },
      features: [{ name: "tweak", files: { "a.cc": numbered(20, { 5: "old_name()" }) } }],
    });
    expect(fate(await project.run(), "tweak").status).toBe("auto");
    const look = verify(project, "! grep old_name a.cc", { auto: true });
    const waits = await project.run(look);
    expect([waits.status, fate(waits, "tweak").status]).toEqual(["waiting", "conflict"]);
    expect(fate(waits, "tweak").conflicts).toEqual([{ path: "a.cc", workFile: workFile(project, "a.cc") }]);
    expect((await project.run(look)).status).toBe("waiting");
    // Whoever goes on without saying --verify-auto again is not let through.
    expect((await project.run(verify(project, "! grep old_name a.cc"))).status).toBe("waiting");
    writeFileSync(workFile(project, "a.cc"), read(workFile(project, "a.cc")).replace("old_name", "new_name"));
    const done = await project.run(look);
    expect([done.status, fate(done, "tweak").status]).toEqual(["done", "auto"]);
    expect(project.git("show", "rM2:a.cc")).toBe(numbered(20, { 2: "renamed: new_name", 3: "more", 5: "new_name()" }));
    expect((await project.run(look)).candidates[1]?.commit).toBe(done.candidates[1]?.commit);
  });
});

describe("a settled feature", () => {
  it("can be edited again: its answer is laid out, what is changed takes its place", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), BOTH);
    const before = await project.run();
    const edit = { feature: "tweak", release: "M2" };
    expect((await project.run({ edit })).status).toBe("waiting");
    expect(read(workFile(project))).toBe(BOTH);
    const same = await project.run();
    expect([same.status, same.candidates[1]?.commit]).toEqual(["done", before.candidates[1]?.commit]);
    await project.run({ edit });
    const next = numbered(20, { 9: "ours", 10: "theirs", 11: "and more" });
    writeFileSync(workFile(project), next);
    expect((await project.run()).status).toBe("done");
    expect(project.git("show", "rM2:src/a.cc")).toBe(next);
    expect(read(project.features, "tweak", "feature.yaml").match(/ours:/g)).toHaveLength(1);
  });

  it("that conflicted nowhere can be edited too, and the edit is kept for exactly these contents", async () => {
    const project = conflicting();
    await project.run(resolver(project, answer(BOTH)));
    const waits = await project.run({ edit: { feature: "below", release: "M2" } });
    expect(fate(waits, "below")).toMatchObject({ status: "conflict", detail: "laid out to be edited" });
    const file = workFile(project, "b.cc", "below");
    expect(read(file)).toBe(numbered(20, { 4: "near", 12: "below" }));
    writeFileSync(file, numbered(20, { 4: "near", 12: "below", 13: "by hand" }));
    const done = await project.run();
    expect([done.status, fate(done, "below").status]).toEqual(["done", "auto"]);
    expect(project.git("show", "rM2:b.cc")).toBe(numbered(20, { 4: "near", 12: "below", 13: "by hand" }));
    project.setTo({ "src/a.cc": numbered(20, { 10: "theirs" }), "b.cc": numbered(20) });
    expect(fate(await project.run(), "below").status).toBe("clean");
  });

  it("that is laid out once more has what was being edited moved aside", async () => {
    const project = conflicting();
    await project.run();
    writeFileSync(workFile(project), "half an edit\n");
    await project.run({ edit: { feature: "tweak", release: "M2" } });
    expect(read(workFile(project))).toContain("<<<<<<<");
    expect(read(project.conflicts, "tweak", "M2.earlier-1", "src/a.cc")).toBe("half an edit\n");
  });
});

it("a clash of two features on the base release can be edited again, too", async () => {
  const project = patchProject({
    from: { "a.cc": numbered(20) },
    to: { "a.cc": numbered(20) },
    features: [
      { name: "first", files: { "a.cc": numbered(20, { 10: "one" }) } },
      { name: "tweak", files: { "a.cc": numbered(20, { 10: "two" }) } },
    ],
  });
  await project.run();
  const file = join(project.conflicts, "tweak", "M1", "a.cc");
  writeFileSync(file, "half an edit\n");
  const waits = await project.run({ edit: { feature: "tweak", release: "M1" } });
  expect(waits.status).toBe("waiting");
  expect(read(file)).toContain("<<<<<<<");
});

describe("a feature that a release does without", () => {
  it("is dropped with the reason, on every run, and has no branch there; what builds on it stands without it", async () => {
    const project = conflicting();
    await project.run();
    await skipRelease(join(project.features, "tweak"), "M2", "the device is gone");
    const done = await project.run();
    expect([done.status, fate(done, "tweak").status, fate(done, "below").status]).toEqual(["done", "dropped", "clean"]);
    expect(fate(done, "tweak").detail).toBe("left out of M2: the device is gone");
    expect(refs(project)).not.toContain("tweak/M2");
    expect(project.git("show", "rM2:src/a.cc")).toBe(numbered(20, { 10: "theirs" }));
    expect((await project.run()).candidates[1]?.commit).toBe(done.candidates[1]?.commit);
    expect(fate(done, "below").evidence).toContain("builds on tweak, which M2 does without");
  });

  it("may be left out for another reason later: the last one counts", async () => {
    const project = conflicting();
    const folder = join(project.features, "tweak");
    await skipRelease(folder, "M2", "one");
    await skipRelease(folder, "M3", "elsewhere");
    await skipRelease(folder, "M2", "two");
    expect(fate(await project.run(), "tweak").detail).toBe("left out of M2: two");
    expect(read(folder, "feature.yaml").match(/M2/g)).toHaveLength(1);
  });
});
