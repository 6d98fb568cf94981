/** A collection taken apart into features goes together again; a groups file is checked by file and line. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { candidateAlone } from "../../../src/patches/candidate/candidate-alone.js";
import { type ImportRequest, importAlone } from "../../../src/patches/import/import-alone.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type FileTexts, type StackRepository, stackRepository } from "../stack/stack-repository.js";

const LINES = Array.from({ length: 40 }, (_, at) => `line ${at}`);

function text(change: Record<number, string> = {}): string {
  return LINES.map((line, at) => `${change[at] ?? line}\n`).join("");
}

const OLD: FileTexts = { "audio/a.c": text(), "video/v.c": text() };

interface Patch {
  readonly files: FileTexts;
  readonly subject: string;
}

function stack(patches: readonly Patch[]): StackRepository {
  const made = stackRepository({ old: OLD, new: OLD, stack: [] });
  const { git, commit } = made;
  git("branch", "base/M1", "old");
  let tip = git("rev-parse", "old").trim();
  for (const { files, subject } of patches) tip = commit({ ...OLD, ...files }, tip, subject);
  git("update-ref", "refs/heads/tip", tip);
  return made;
}

function request({ path }: StackRepository, more: Partial<ImportRequest> = {}): ImportRequest {
  const signs = { purpose: "Our devices need it.", owner: "Devices" };
  return { repo: path, source: "old..tip", ...signs, keepGoing: false, replace: false, dryRun: false, ...more };
}

function groupsFile(content: string): string {
  const file = join(temporaryFolder(), "groups.yaml");
  writeFileSync(file, content);
  return file;
}

const TWO: readonly Patch[] = [
  { subject: "audio: louder", files: { "audio/a.c": text({ 3: "louder" }) } },
  { subject: "video: wider", files: { "audio/a.c": text({ 3: "louder" }), "video/v.c": text({ 9: "wider" }) } },
  { subject: "audio: softer", files: { "audio/a.c": text({ 3: "louder", 30: "softer" }), "video/v.c": text({ 9: "wider" }) } },
];

/** The video's patch needs the line that the audio's wrote. */
const NEEDS: readonly Patch[] = [
  { subject: "audio: louder", files: { "audio/a.c": text({ 3: "louder" }) } },
  { subject: "video: in step", files: { "audio/a.c": text({ 3: "louder, in step" }), "video/v.c": text({ 9: "in step" }) } },
];

/** The audio's second patch needs the video's, which needs the audio's first. */
const BETWEEN: readonly Patch[] = [
  ...NEEDS,
  { subject: "audio: louder still", files: { "audio/a.c": text({ 3: "louder, in step, still" }), "video/v.c": text({ 9: "in step" }) } },
];

function byHand({ git }: StackRepository): string {
  const [first, second, third] = git("log", "--reverse", "--format=%H", "old..tip").trim().split("\n");
  return `features:\n  - name: audio\n    patches: ["${first}", "${third}"]\n  - name: video\n    patches: ["${second}"]\n`;
}

describe("a collection in several features", () => {
  it("has a branch for each, which merged give the tree of all patches in their order", async () => {
    const repository = stack(TWO);
    const result = await importAlone(request(repository, { group: "tag" }));
    expect(result.features.map(({ name, patches, dependsOn }) => [name, patches.length, dependsOn])).toEqual([
      ["audio", 2, []],
      ["video", 1, []],
    ]);
    expect(result.sameTogether).toBe(true);
    const candidate = await candidateAlone({ repo: repository.path, release: "M1", dryRun: false });
    expect(candidate.tree).toBe(repository.git("rev-parse", "tip^{tree}").trim());
  });

  it("stands on another one where its patches need it, as the branches tell", async () => {
    const repository = stack(NEEDS);
    const result = await importAlone(request(repository, { group: "tag" }));
    expect(result.features.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["audio", []],
      ["video", ["audio"]],
    ]);
    const candidate = await candidateAlone({ repo: repository.path, release: "M1", dryRun: false });
    expect(candidate.features.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["audio", []],
      ["video", ["audio"]],
    ]);
    expect(candidate.tree).toBe(repository.git("rev-parse", "tip^{tree}").trim());
  });

  it("stands on a merge of those that it needs, where it needs several", async () => {
    const repository = stack([
      ...TWO.slice(0, 2),
      { subject: "both: in step", files: { "audio/a.c": text({ 3: "louder, in step" }), "video/v.c": text({ 9: "wider, in step" }) } },
    ]);
    const result = await importAlone(request(repository, { group: "tag" }));
    expect(result.features.at(-1)?.dependsOn).toEqual(["audio", "video"]);
    expect(result.sameTogether).toBe(true);
    const candidate = await candidateAlone({ repo: repository.path, release: "M1", dryRun: false });
    expect(candidate.tree).toBe(repository.git("rev-parse", "tip^{tree}").trim());
  });

  it("that lie between one another on the same lines are joined where a rule made them, and the result says which and why", async () => {
    const repository = stack(BETWEEN);
    const [first, second] = repository.git("log", "--reverse", "--format=%H", "old..tip").trim().split("\n");
    const result = await importAlone(request(repository, { group: "tag" }));
    expect(result.features).toMatchObject([{ name: "audio", patches: [{}, {}, {}], dependsOn: [], entangledWith: [] }]);
    expect(result.features[0]?.joined).toEqual([
      { name: "video", because: `${second?.slice(0, 10)} needs ${first?.slice(0, 10)} on audio/a.c, and so the other way round` },
    ]);
    expect(repository.git("rev-parse", "audio/M1^{tree}")).toBe(repository.git("rev-parse", "tip^{tree}"));
  });

  it("that lie between one another on the same lines are refused where somebody put them together, with the names of both", async () => {
    const repository = stack(BETWEEN);
    const result = await importAlone(request(repository, { groups: groupsFile(byHand(repository)) }));
    expect([result.written, result.features[0]?.entangledWith, result.features[1]?.entangledWith]).toEqual([false, ["video"], ["audio"]]);
    expect(repository.git("branch", "--list", "*/M1").trim()).toBe("base/M1");
  });

  it("are joined where the groups file says that they may be", async () => {
    const repository = stack(BETWEEN);
    const result = await importAlone(request(repository, { groups: groupsFile(`mayJoin: true\n${byHand(repository)}`) }));
    expect([result.written, result.features.map(({ name }) => name)]).toEqual([true, ["audio"]]);
  });

  it("with patches on one file between one another stay apart where only one needs the other, and that one stands on it", async () => {
    const video = { "video/v.c": text({ 9: "wider" }) };
    const repository = stack([
      { subject: "audio: louder", files: { "audio/a.c": text({ 3: "louder" }) } },
      { subject: "video: wider", files: { "audio/a.c": text({ 3: "louder, in step" }), ...video } },
      { subject: "audio: softer", files: { "audio/a.c": text({ 3: "louder, in step", 30: "softer" }), ...video } },
    ]);
    const result = await importAlone(request(repository, { group: "tag" }));
    expect(result.features.map(({ name, dependsOn, joined }) => [name, dependsOn, joined])).toEqual([
      ["audio", [], []],
      ["video", ["audio"], []],
    ]);
    expect(result.sameTogether).toBe(true);
  });
});

describe("a groups file", () => {
  it("gives each feature its patches, its purpose and its owner", async () => {
    const repository = stack(TWO);
    const names = repository
      .git("log", "--reverse", "--format=%H", "old..tip")
      .trim()
      .split("\n")
      .map((commit, at) => (at === 0 ? commit : commit.slice(0, 10)));
    const groups = groupsFile(`features:
  - name: loudness
    purpose: Louder where it counts.
    owner: Audio
    patches: ["${names[0]}", "${names[2]}"]
`);
    const result = await importAlone(request(repository, { groups, group: "tag" }));
    expect(result.features.map(({ name, owner, patches }) => [name, owner, patches.length])).toEqual([
      ["loudness", "Audio", 2],
      ["video", "Devices", 1],
    ]);
  });

  const broken: readonly [string, string, RegExp][] = [
    ["a name that is not kebab-case", "features:\n  - name: Loud\n    patches: [x]\n", /groups\.yaml:2: features\[0\]\.name: .*kebab-case/],
    ["a purpose too short", "features:\n  - name: loud\n    purpose: no\n", /groups\.yaml:3: features\[0\]\.purpose: .*sentence/],
    [
      "an unknown key",
      "features:\n  - name: loud\n    patch: [x]\n",
      /groups\.yaml:2: features\[0\]\.patch: is not a known key \(did you mean 'patches'\?\)/,
    ],
    [
      "a patch in two features",
      "features:\n  - name: a\n    patches: [x]\n  - name: b\n    patches: [x]\n",
      /groups\.yaml:5: x is in a already/,
    ],
    [
      "a feature without patches that no rule finds",
      "features:\n  - name: vido\n",
      /groups\.yaml:2: no patch belongs to 'vido' \(did you mean 'video'\?\)/,
    ],
    ["what is no YAML", "features: [\n", /groups\.yaml:\d: a groups file is YAML/],
  ];
  it.each(broken)("with %s is refused by file and line", async (_what, content, message) => {
    const importing = importAlone(request(stack(TWO), { groups: groupsFile(content), group: "tag" }));
    await expect(importing).rejects.toThrow(message);
  });

  it("is not wanted yet for a dry run, which shows the names", async () => {
    const { purpose: _purpose, owner: _owner, ...bare } = request(stack(TWO), { group: "folder", dryRun: true });
    const result = await importAlone(bare);
    expect(result.features.map(({ name, owner }) => [name, owner])).toEqual([
      ["audio", ""],
      ["video", ""],
    ]);
    await expect(importAlone({ ...bare, dryRun: false })).rejects.toThrow("feature audio has no purpose");
  });
});
