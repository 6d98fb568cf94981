/** The fork's own changes are split into features: by its commits where it has some, else by what files bring together. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { type PatchIntake, patchIntakeSchema } from "../../../src/model/patch-intake.js";
import { type IntakeRequest, intake } from "../../../src/patches/intake/intake.js";
import { readGroups } from "../../../src/patches/import/groups-file.js";
import { importAlone } from "../../../src/patches/import/import-alone.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type Files, type MadeCommit, madeFolder, madeHistory, source } from "./made-history.js";

async function run(request: Pick<IntakeRequest, "fork" | "upstream"> & Partial<IntakeRequest>): Promise<PatchIntake> {
  return patchIntakeSchema.parse(await intake({ tip: "HEAD", refs: [], out: null, ...request }));
}

const BASE: Files = {
  "audio/gain.cc": source("gain"),
  "audio/gain.h": source("gain_h"),
  "audio/mixer.cc": source("mixer"),
  "audio/BUILD.gn": 'sources = [\n  "gain.cc",\n  "mixer.cc",\n]\n',
  "video/frame.cc": source("frame"),
  "video/codec.cc": source("codec"),
  "net/socket.cc": source("socket"),
  "docs/readme.md": "# docs\n",
};

const NINA = "Nina Author <nina@example.org>";
const OLAF = "Olaf Author <olaf@example.org>";

/** Upstream with two commits, and the fork's own commits on the first: each says which files it changes. */
function forked(own: readonly (Omit<MadeCommit, "files"> & { readonly change: Files })[]): {
  fork: string;
  upstream: string;
  ids: string[];
} {
  const ahead = {
    files: { ...BASE, "net/socket.cc": source("socket", { 2: "int wider;" }) },
    message: "net: widen the window of the socket",
    branch: "main",
  };
  const upstream = madeHistory([{ files: BASE, message: "begin", branch: "old" }, ahead]);
  const commits: MadeCommit[] = [{ files: BASE, message: "begin" }];
  for (const { change, ...rest } of own) {
    const files = Object.entries({ ...commits.at(-1)?.files, ...change }).filter(([, text]) => text !== "");
    commits.push({ ...rest, files: Object.fromEntries(files) });
  }
  const fork = madeHistory(commits);
  return { fork: fork.path, upstream: upstream.path, ids: [...fork.commits] };
}

function shape({ features }: PatchIntake): Record<string, string[]> {
  return Object.fromEntries(features.map(({ name, files }) => [name, files.map(({ path }) => path)]));
}

function gain(line: string): Files {
  return { "audio/gain.cc": source("gain", { 1: line }) };
}

function below(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`lib/${path}`, text]));
}

describe("features of a fork with commits of its own", () => {
  it("are the areas of the subjects, each with the author of most as owner; one commit says its purpose itself", async () => {
    const { fork, upstream } = forked([
      { message: "audio: add a gate", author: NINA, change: { "audio/gate.cc": source("gate") } },
      { message: "video: drop late frames", author: OLAF, change: { "video/frame.cc": source("frame", { 3: "int late;" }) } },
      { message: "audio: open the gate slowly", author: NINA, change: { "audio/gate.cc": source("gate", { 5: "int slow;" }) } },
      { message: "audio/gain: louder", author: OLAF, change: { "audio/gain.cc": source("gain", { 1: "int loud;" }) } },
    ]);
    const { features, base } = await run({ fork, upstream });
    expect(base?.how).toBe("history");
    expect(features.map(({ name, purpose, owner, commits }) => [name, purpose, owner, commits.length])).toEqual([
      ["audio", null, NINA, 3],
      ["video-drop-late-frames", "video: drop late frames", OLAF, 1],
    ]);
    expect(features[0]?.files).toEqual([
      { path: "audio/gain.cc", change: "modified", from: null, added: 1, removed: 1 },
      { path: "audio/gate.cc", change: "added", from: null, added: 13, removed: 1 },
    ]);
  });

  it("are the folders where subjects say nothing, and tags that stand before several areas are no features", async () => {
    const { fork, upstream } = forked([
      { message: "[acme noup] audio: one thing", change: { "audio/gain.cc": source("gain", { 1: "int one;" }) } },
      { message: "[acme noup] video: another thing", change: { "video/frame.cc": source("frame", { 1: "int two;" }) } },
      { message: "Make it work", change: { "net/socket.cc": source("socket", { 9: "int work;" }) } },
      { message: "Make it work better", change: { "net/socket.cc": source("socket", { 9: "int works;" }) } },
    ]);
    expect(shape(await run({ fork, upstream }))).toEqual({
      "audio-one-thing": ["audio/gain.cc"],
      "video-another-thing": ["video/frame.cc"],
      net: ["net/socket.cc"],
    });
  });

  it("hold fixups and later fixes with what they mend", async () => {
    const { fork, upstream, ids } = forked([
      { message: "Louder speech", change: gain("int a;") },
      { message: "Late frames", change: { "video/frame.cc": source("frame", { 1: "int b;" }) } },
      { message: "fixup! Louder speech", change: gain("int c;") },
    ]);
    const { features } = await run({ fork, upstream });
    expect(features.map(({ name, commits }) => [name, commits.map(({ commit }) => ids.indexOf(commit))])).toEqual([
      ["louder-speech", [1, 3]],
      ["late-frames", [2]],
    ]);
  });

  it("leave out what a revert undoes, unless that was reverted, too", async () => {
    const loud = { "audio/gain.cc": source("gain", { 1: "int loud;" }) };
    const late = { "video/frame.cc": source("frame", { 1: "int late;" }) };
    const plain = { "audio/gain.cc": source("gain"), "video/frame.cc": source("frame") };
    const { fork, upstream } = forked([
      { message: "audio: louder", change: loud },
      { message: "video: late", change: late },
      { message: 'Revert "audio: louder"', change: { "audio/gain.cc": plain["audio/gain.cc"] } },
      { message: 'Revert "video: late"', change: { "video/frame.cc": plain["video/frame.cc"] } },
      { message: 'Revert "Revert "video: late""', change: late },
    ]);
    const { features, cancelled } = await run({ fork, upstream });
    expect(features.map(({ name }) => name)).toEqual(["video-late"]);
    expect(cancelled.map(({ commits }) => commits.map(({ subject }) => subject))).toEqual([
      ["audio: louder", 'Revert "audio: louder"'],
      ['Revert "video: late"', 'Revert "Revert "video: late""'],
    ]);
  });

  it("have upstream's own commits, taken over early, apart", async () => {
    const { fork, upstream } = forked([
      {
        message: "[acme fromtree] net: widen the window of the socket",
        change: { "net/socket.cc": source("socket", { 2: "int wider;" }) },
      },
      { message: "audio: louder", change: { "audio/gain.cc": source("gain", { 1: "int loud;" }) } },
    ]);
    expect(shape(await run({ fork, upstream }))).toEqual({ "audio-louder": ["audio/gain.cc"], "upstream-backports": ["net/socket.cc"] });
  });

  it("are found behind the commit that brought a copy of upstream in, where the histories have nothing in common", async () => {
    const { upstream } = forked([]);
    const { "docs/readme.md": _left, ...copy } = BASE;
    const patched = { ...copy, "net/socket.cc": source("socket", { 7: "int with_the_import;" }) };
    const fork = madeHistory([
      { files: { "app.c": "int app;\n" }, message: "begin our app" },
      { files: { "app.c": "int app;\n", ...below(patched) }, message: "import lib" },
      {
        files: { "app.c": "int app;\n", ...below({ ...patched, "audio/gain.cc": source("gain", { 1: "int loud;" }) }) },
        message: "lib: louder",
      },
    ]);
    const { base, features, notes } = await run({ fork: fork.path, upstream });
    expect(base).toMatchObject({ how: "tree", layout: [{ fork: "lib/", upstream: "" }] });
    expect(features.map(({ name, commits, files }) => [name, commits.length, files.map(({ path }) => path)])).toEqual([
      ["lib-louder", 1, ["audio/gain.cc"]],
      ["socket", 0, ["net/socket.cc"]],
    ]);
    expect(notes.at(-1)).toContain("they came with the import");
  });
});

/** Two features and odds: a gate over three files and the build, a limit over two, a line that nothing links. */
const CHANGED: Files = {
  ...BASE,
  "audio/gate.h": "void OpenVoiceGate();\n",
  "audio/gate.cc": '#include "audio/gate.h"\nvoid OpenVoiceGate() {}\n',
  "audio/mixer.cc": source("mixer", { 4: "void mix() { OpenVoiceGate(); }" }),
  "audio/BUILD.gn": 'sources = [\n  "gain.cc",\n  "gate.cc",\n  "mixer.cc",\n]\n',
  "video/frame.cc": source("frame", { 6: "int frame_limit_ms();" }),
  "video/codec.cc": source("codec", { 6: "int codec = frame_limit_ms();" }),
  "net/socket.cc": source("socket", { 6: "int window = 4;" }),
  "ours/device/a.cc": source("device"),
  "ours/device/b.cc": source("other"),
};

describe("features of a folder", () => {
  it("are files that bring the same new name; build files follow; a new folder is one; the rest lies by folder", async () => {
    const { upstream } = forked([]);
    const told = await run({ fork: madeFolder(CHANGED), upstream });
    expect(shape(told)).toEqual({
      device: ["ours/device/a.cc", "ours/device/b.cc"],
      "open-voice-gate": ["audio/BUILD.gn", "audio/gate.cc", "audio/gate.h", "audio/mixer.cc"],
      "frame-limit-ms": ["video/codec.cc", "video/frame.cc"],
      socket: ["net/socket.cc"],
    });
    expect(told.features.every(({ purpose, owner }) => purpose === null && owner === null)).toBe(true);
    expect(told.summary).toMatchObject({ features: 4, files: 9, added: 32, removed: 4, commits: 0 });
  });

  it("come out the same each time, and nothing is written into the fork", async () => {
    const { upstream } = forked([]);
    const fork = madeFolder(CHANGED);
    const list = () => execFileSync("find", [".", "-printf", "%p %T@ %s\n"], { cwd: fork, encoding: "utf8" });
    const before = list();
    const [one, two] = [await run({ fork, upstream }), await run({ fork, upstream })];
    expect(two).toEqual(one);
    expect(list()).toBe(before);
  });

  it("have noise apart, by its kind", async () => {
    const files: Files = {
      ...BASE,
      "gen/table.c": "/* Generated by mktable from a list. DO NOT EDIT. */\nint t;\n",
      "lib/x.pb.cc": "int p;\n",
    };
    const upstream = madeHistory([{ files }]).path;
    const fork = madeFolder({
      ...files,
      "audio/gain.cc": String(files["audio/gain.cc"]).replaceAll("int ", "int\t "),
      "audio/mixer.cc": String(files["audio/mixer.cc"]).replaceAll("\n", "\r\n"),
      "gen/table.c": "/* Generated by mktable from a list. DO NOT EDIT. */\nint t[9];\n",
      "lib/x.pb.cc": "int q;\n",
      "moz.build": "SOURCES += []\n",
    });
    execFileSync("chmod", ["+x", join(fork, "net/socket.cc")]);
    const { noise, features, base } = await run({ fork, upstream });
    expect(features).toEqual([]);
    expect(noise.map(({ kind, paths }) => [kind as string].concat(paths))).toEqual([
      ["line-ends", "audio/mixer.cc"],
      ["white-space", "audio/gain.cc"],
      ["mode", "net/socket.cc"],
      ["generated", "gen/table.c", "lib/x.pb.cc"],
      ["vendoring", "moz.build"],
    ]);
    expect(base).toMatchObject({ common: 10, identical: 8 });
  });

  it("have the contents of upstream's submodules apart", async () => {
    const upstream = madeHistory([{ files: { ...BASE, "third/jpeg": `submodule ${"1234567890".repeat(4)}` } }]).path;
    const { noise, features, base } = await run({ fork: madeFolder({ ...BASE, "third/jpeg/jpeg.c": source("jpeg") }), upstream });
    expect([noise.map(({ kind, paths }) => [kind, paths]), features, base?.sure]).toEqual([
      [["submodule", ["third/jpeg/jpeg.c"]]],
      [],
      "certain",
    ]);
  });

  it("tell a file that was moved and changed as moved", async () => {
    const { upstream } = forked([]);
    const { "net/socket.cc": socket, ...rest } = BASE;
    const moved = String(socket).replace("line_3", "line_three");
    const { features } = await run({ fork: madeFolder({ ...rest, "video/net/socket.cc": moved }), upstream });
    expect(features.flatMap(({ files }) => files)).toEqual([
      { path: "video/net/socket.cc", change: "moved", from: "net/socket.cc", added: 1, removed: 1 },
    ]);
  });
});

describe("the proposal that is written", () => {
  it("holds patches that make the fork's files of the base's, and reads back as a person edited it", async () => {
    const { upstream } = forked([]);
    const out = join(temporaryFolder(), "deep", "features");
    const { written, base } = await run({ fork: madeFolder(CHANGED), upstream, out });
    expect(written?.[0]).toBe(join(out, "features.yaml"));
    const work = join(temporaryFolder(), "work");
    execFileSync("git", ["clone", "-q", "--no-checkout", upstream, work]);
    execFileSync("git", ["checkout", "-q", base?.commit ?? ""], { cwd: work });
    const series = readFileSync(join(out, "series"), "utf8").trim().split("\n");
    for (const patch of series) execFileSync("git", ["apply", join(out, patch)], { cwd: work });
    for (const [path, text] of Object.entries(CHANGED)) expect([path, readFileSync(join(work, path), "utf8")]).toEqual([path, text]);
    const file = join(out, "features.yaml");
    const text = readFileSync(file, "utf8");
    expect(text).toContain("purpose: # say why");
    writeFileSync(
      file,
      text.replace("name: open-voice-gate", "name: voice-gate").replace("purpose: # say why", "purpose: Our own sound card."),
    );
    const groups = await readGroups(file);
    expect(groups.features.map(({ name, purpose }) => [name, purpose])).toEqual([
      ["device", "Our own sound card."],
      ["voice-gate", null],
      ["frame-limit-ms", null],
      ["socket", null],
    ]);
    expect(groups.features.flatMap(({ patches = [] }) => patches)).toEqual(series);
    expect(groups.features[1]?.patches).toContain("audio-gate.cc.patch");
  });

  it("names commits where the fork has them, and needs no patches then", async () => {
    const { fork, upstream, ids } = forked([
      { message: "audio: louder # 11", author: NINA, change: { "audio/gain.cc": source("gain", { 1: "int x;" }) } },
    ]);
    const out = join(temporaryFolder(), "features");
    const { written } = await run({ fork, upstream, out });
    expect(written).toEqual([join(out, "features.yaml")]);
    const groups = await readGroups(join(out, "features.yaml"));
    expect(groups.features).toMatchObject([{ name: "audio-louder-11", owner: NINA, patches: [ids[1]] }]);
  });

  it("is refused inside the fork, and where one lies already", async () => {
    const { upstream } = forked([]);
    const fork = madeFolder(CHANGED);
    await expect(run({ fork, upstream, out: join(fork, "deep", "out") })).rejects.toThrow("lies inside the fork");
    const out = join(temporaryFolder(), "out");
    mkdirSync(out);
    writeFileSync(join(out, "features.yaml"), "features: []\n");
    await expect(run({ fork, upstream, out })).rejects.toThrow("is there already");
  });

  it("is what an import of the patches takes, once purposes and owners are said", async () => {
    const { upstream } = forked([]);
    const out = join(temporaryFolder(), "features");
    const { base, features } = await run({ fork: madeFolder(CHANGED), upstream, out });
    const groups = join(out, "features.yaml");
    const said = readFileSync(groups, "utf8")
      .replaceAll("purpose: # say why", "purpose: Said by a person.")
      .replaceAll("owner: # say who", "owner: Audio <audio@example.org>");
    writeFileSync(groups, said);
    const flags = { keepGoing: false, replace: false, dryRun: true };
    const told = await importAlone({ source: out, repo: upstream, base: base?.commit ?? "", release: "v1", groups, ...flags });
    expect(told.features.map(({ name }) => name)).toEqual(features.map(({ name }) => name));
    expect(new Set(told.features.flatMap(({ patches }) => patches.map(({ status }) => status)))).toEqual(new Set(["clean"]));
  });

  it("is what an import of the commits takes, those that undo each other among them", async () => {
    const loud = { "audio/gain.cc": source("gain", { 1: "int loud;" }) };
    const { fork, upstream } = forked([
      { message: "audio: louder", author: NINA, change: loud },
      { message: 'Revert "audio: louder"', author: NINA, change: { "audio/gain.cc": source("gain") } },
      { message: "video: drop late frames", author: OLAF, change: { "video/frame.cc": source("frame", { 3: "int late;" }) } },
    ]);
    const out = join(temporaryFolder(), "features");
    const { base, fork: told } = await run({ fork, upstream, out });
    const flags = { keepGoing: false, replace: false, dryRun: true };
    const range = `${base?.commit}..${told.tip}`;
    const imported = await importAlone({
      source: range,
      repo: fork,
      base: base?.commit ?? "",
      release: "v1",
      groups: join(out, "features.yaml"),
      ...flags,
    });
    expect(imported.features.map(({ name, patches }) => [name, patches.length])).toEqual([
      ["leaves-nothing", 2],
      ["video-drop-late-frames", 1],
    ]);
  });
});
