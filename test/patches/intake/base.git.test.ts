/** The upstream commit that a fork came from is found by history, or by the nearest tree, and how sure that is gets said. */
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { PatchIntake } from "../../../src/model/patch-intake.js";
import { patchIntakeSchema } from "../../../src/model/patch-intake.js";
import { type IntakeRequest, intake } from "../../../src/patches/intake/intake.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type Files, type MadeCommit, madeFolder, madeHistory, source } from "./made-history.js";

async function run(request: Pick<IntakeRequest, "fork" | "upstream"> & Partial<IntakeRequest>): Promise<PatchIntake> {
  return patchIntakeSchema.parse(await intake({ tip: "HEAD", refs: [], out: null, ...request }));
}

const NAMES = ["api/a.h", "api/b.h", "api/c.h", "core/a.cc", "core/b.cc", "core/c.cc", "docs/guide.md", "test/a_test.cc"];

/** Upstream after so many commits: each changes one line of one file. */
function upstreamAt(step: number): Files {
  return Object.fromEntries(
    NAMES.map((name, at) => {
      const changes = Array.from({ length: step }, (_, one) => one + 1).filter((one) => one % NAMES.length === at);
      return [name, source(name, Object.fromEntries(changes.map((one) => [one % 12, `int since_${one};`])))];
    }),
  );
}

function line(steps: number, more: Readonly<Record<number, Partial<MadeCommit>>> = {}): MadeCommit[] {
  return Array.from({ length: steps }, (_, step) => ({ files: upstreamAt(step), message: `step ${step}`, ...more[step] }));
}

function withKeyword(files: Files, text: string): Files {
  return { ...files, "core/id.c": `/* ${text} */\n${source("id")}` };
}

function onlyDocs(step: number): MadeCommit {
  const files = { "api/a.h": source("a"), "docs/x.md": `${step}\n` };
  return step === 3 ? { files, tag: "v3" } : { files };
}

function oneLine(step: number): Files {
  return { "a.c": source("a", step === 0 ? {} : { [step]: `int step_${step};` }), "b.c": source("b") };
}

async function message(request: Parameters<typeof run>[0]): Promise<string> {
  return await run(request).then(
    () => "nothing was thrown",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );
}

describe("the base of a folder", () => {
  it("is the commit with just these files, whatever came before and after", async () => {
    const upstream = madeHistory(line(20, { 8: { tag: "v1" } }));
    const { base, features } = await run({ fork: madeFolder(upstreamAt(11)), upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[11], how: "tree", sure: "certain", identical: 8, common: 8, same: null });
    expect(base?.describe).toEqual({ tag: "v1", after: 3 });
    expect(features).toEqual([]);
  });

  it("is found with folders left out, other line ends, written-out keywords, files changed and added", async () => {
    const commits = Array.from({ length: 20 }, (_, step) => ({ files: withKeyword(upstreamAt(step), "$Id$") }));
    const upstream = madeHistory(commits);
    const {
      "test/a_test.cc": _left,
      "docs/guide.md": _out,
      ...kept
    } = withKeyword(upstreamAt(11), "$Id: id.c,v 1.7 2009/01/02 somebody Exp $");
    const fork = madeFolder({
      ...kept,
      "api/a.h": String(kept["api/a.h"]).replaceAll("\n", "\r\n"),
      "core/b.cc": `int ours;\n${String(kept["core/b.cc"])}`,
      "core/new.cc": "int fresh;\n",
    });
    const { base, noise } = await run({ fork, upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[11], identical: 6, common: 7 });
    expect(noise.map(({ kind, paths }) => [kind, paths])).toEqual([
      ["line-ends", ["api/a.h"]],
      ["keywords", ["core/id.c"]],
      ["removed", ["docs/guide.md", "test/a_test.cc"]],
    ]);
  });

  it("is told as a range where several commits fit, a tagged one first", async () => {
    const upstream = madeHistory([0, 1, 2, 3, 4].map((step) => onlyDocs(step)));
    const { base } = await run({ fork: madeFolder({ "api/a.h": source("a") }), upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[3], sure: "likely", describe: { tag: "v3", after: 0 } });
    expect(base?.same).toMatchObject({
      count: 5,
      oldest: { commit: upstream.commits[0], identical: 1, lines: 0 },
      newest: { commit: upstream.commits[4] },
    });
  });

  it("is the one before a file came that the folder has not, though all others fit", async () => {
    const with1 = { "api/a.h": source("a"), "api/z.h": source("z") };
    const upstream = madeHistory([{ files: with1 }, { files: { ...with1, "api/later.h": source("later") } }]);
    const { base } = await run({ fork: madeFolder(with1), upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[0], same: null });
  });

  it("is told by the lines of files that the fork changed, when no other file tells", async () => {
    const upstream = madeHistory([0, 1, 2, 3].map((step) => ({ files: oneLine(step) })));
    const fork = madeFolder({ "a.c": `int ours;\n${String(oneLine(2)["a.c"])}`, "b.c": source("b") });
    const { base } = await run({ fork, upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[2], identical: 1, common: 2 });
    expect(base?.runnersUp[0]).toMatchObject({ identical: 1 });
  });

  it("is found where the fork keeps upstream below a folder, and where it took only a folder of upstream's", async () => {
    const upstream = madeHistory(line(20));
    const below = Object.fromEntries(Object.entries(upstreamAt(7)).map(([path, text]) => [`third_party/lib/${path}`, text]));
    const vendored = await run({ fork: madeFolder({ ...below, "app/main.cc": "int main();\n" }), upstream: upstream.path });
    expect(vendored.base).toMatchObject({ commit: upstream.commits[7], layout: [{ fork: "third_party/lib/", upstream: "" }] });
    expect(vendored.noise).toMatchObject([{ kind: "beside", paths: ["app/main.cc"] }]);
    const part = Object.fromEntries(
      Object.entries(upstreamAt(7)).flatMap(([path, text]) => (path.startsWith("core/") ? [[path.slice(5), text]] : [])),
    );
    const taken = await run({ fork: madeFolder(part), upstream: upstream.path });
    expect(taken.base).toMatchObject({ layout: [{ fork: "", upstream: "core/" }], identical: 3 });
    expect(taken.base?.same?.oldest.commit ?? taken.base?.commit).toBe(upstream.commits[5]);
  });

  it("is found where the fork put two of upstream's folders elsewhere", async () => {
    const upstream = madeHistory(line(20));
    const moved = Object.fromEntries(
      Object.entries(upstreamAt(9)).map(([path, text]) => [path.replace(/^api/, "include/lib").replace(/^core/, "src"), text]),
    );
    const { base, features } = await run({ fork: madeFolder(moved), upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[9], identical: 8 });
    expect(features).toEqual([]);
  });

  it("is the merge on the branch's own line, not the side branch that has the same tree", async () => {
    const upstream = madeHistory([
      { files: upstreamAt(0) },
      { files: upstreamAt(1), parents: [0], branch: "side" },
      { files: upstreamAt(1), parents: [0, 1], message: "Merge side" },
      { files: upstreamAt(2), parents: [2] },
    ]);
    upstream.git("update-ref", "-d", "refs/heads/side");
    const { base } = await run({ fork: madeFolder(upstreamAt(1)), upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[2], same: null, sure: "certain" });
  });

  it("has the tree of the commit that any made history was copied at", { timeout: 120_000 }, async () => {
    const step = fc.record({ file: fc.nat(5), line: fc.nat(11), from: fc.nat(3), merge: fc.boolean() });
    const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), fc.nat(), async (steps, pick) => {
      const commits: MadeCommit[] = [
        { files: Object.fromEntries([0, 1, 2, 3, 4, 5].map((at) => [`d${at % 2}/f${at}.c`, source(`f${at}`)])) },
      ];
      for (const [at, { file, line: changed, from, merge }] of steps.entries()) {
        const parent = Math.max(0, at - from);
        const path = `d${file % 2}/f${file}.c`;
        const lines = String(commits[parent]?.files[path]).split("\n");
        lines[changed] = `int step_${at};`;
        const files = { ...commits[parent]?.files, [path]: lines.join("\n") };
        commits.push({ files, parents: merge && parent !== at ? [parent, at] : [parent], branch: `b${at}` });
      }
      const upstream = madeHistory(commits);
      const place = pick % commits.length;
      const files = { ...commits[place]?.files, "d0/f0.c": `int ours;\n${String(commits[place]?.files["d0/f0.c"])}` };
      const { base } = await run({ fork: madeFolder(files), upstream: upstream.path });
      expect(upstream.git("rev-parse", `${base?.commit}^{tree}`)).toBe(upstream.git("rev-parse", `${upstream.commits[place]}^{tree}`));
    });
    await fc.assert(property, { numRuns: 12, seed: 7 });
  });
});

describe("the base of a fork with history", () => {
  it("is the newest upstream commit that it holds, after several merges of upstream", async () => {
    const upstream = madeHistory(line(12));
    const { path, commits } = upstream;
    const clone = join(temporaryFolder(), "fork.git");
    execFileSync("git", ["clone", "-q", "--bare", path, clone]);
    const git = (...args: string[]) =>
      execFileSync("git", ["--git-dir", clone, ...args], { encoding: "utf8", env: { ...process.env, ...WHO } }).trim();
    const own = git("commit-tree", `${commits[3]}^{tree}`, "-p", commits[3] ?? "", "-m", "ours: begin");
    const first = git("commit-tree", `${commits[5]}^{tree}`, "-p", own, "-p", commits[5] ?? "", "-m", "Merge upstream");
    const second = git("commit-tree", `${commits[8]}^{tree}`, "-p", first, "-p", commits[8] ?? "", "-m", "Merge upstream again");
    git("update-ref", "refs/heads/ours", second);
    const { base, notes } = await run({ fork: clone, upstream: path, tip: "ours" });
    expect(base).toMatchObject({ commit: commits[8], how: "history", sure: "certain" });
    expect(notes).toEqual(["2 merges among the fork's commits, left out of the features"]);
  });

  it("says that a fork which is an upstream commit has nothing of its own", async () => {
    const upstream = madeHistory(line(5));
    const { base, features } = await run({ fork: upstream.path, upstream: upstream.path });
    expect(base?.commit).toBe(upstream.commits[4]);
    expect(features).toEqual([]);
  });
});

const WHO = {
  GIT_AUTHOR_NAME: "A U Thor",
  GIT_AUTHOR_EMAIL: "author@example.org",
  GIT_AUTHOR_DATE: "1700000000 +0000",
  GIT_COMMITTER_NAME: "A U Thor",
  GIT_COMMITTER_EMAIL: "author@example.org",
  GIT_COMMITTER_DATE: "1700000000 +0000",
};

describe("what is no fork, or cannot be read", () => {
  it("is told as no fork when no content is common", async () => {
    const upstream = madeHistory(line(5));
    const { base, features } = await run({ fork: madeFolder({ "api/a.h": "int other;\n" }), upstream: upstream.path });
    expect([base, features]).toEqual([null, []]);
  });

  it("finds a fork whose files stood in upstream only for a moment, long ago", async () => {
    const brief = { files: { ...upstreamAt(1), "once.c": source("once") } };
    const upstream = madeHistory([...line(30), brief, ...line(30)]);
    const { base } = await run({ fork: madeFolder({ "once.c": source("once") }), upstream: upstream.path });
    expect(base?.commit).toBe(upstream.commits[30]);
  });

  it("says of a shallow clone that its base may lie before it", async () => {
    const upstream = madeHistory(line(12));
    const shallow = join(temporaryFolder(), "shallow.git");
    execFileSync("git", ["clone", "-q", "--bare", "--depth", "3", `file://${upstream.path}`, shallow]);
    const { base, notes, upstream: told } = await run({ fork: madeFolder(upstreamAt(10)), upstream: shallow });
    expect([base?.commit, told.commits, told.shallow]).toEqual([upstream.commits[10], 3, true]);
    expect(notes[0]).toContain("shallow clone");
  });

  it("names what is missing or of the wrong kind", async () => {
    const upstream = madeHistory(line(2)).path;
    const fork = madeFolder({ "a.c": "int a;\n" });
    expect(await message({ fork: join(fork, "nowhere"), upstream })).toBe(`there is no folder ${join(fork, "nowhere")}`);
    expect(await message({ fork: join(fork, "a.c"), upstream })).toBe(`${join(fork, "a.c")} is a file, not a folder`);
    expect(await message({ fork, upstream: fork })).toBe(`${fork} is not a git repository`);
    expect(await message({ fork: madeFolder({}), upstream })).toMatch(/holds no file$/);
    expect(await message({ fork, upstream, refs: ["v9"] })).toBe(`there is no commit v9 in ${upstream}`);
    expect(await message({ fork: upstream, upstream, tip: "gone" })).toBe(`there is no commit gone in ${upstream}`);
  });

  it.skipIf(process.getuid?.() === 0)("names a file that it may not read", async () => {
    const fork = madeFolder(upstreamAt(1));
    chmodSync(join(fork, "api/a.h"), 0);
    expect(await message({ fork, upstream: madeHistory(line(2)).path })).toContain(join(fork, "api/a.h"));
  });

  it("takes names that are not UTF-8, blanks, quotes and links", async () => {
    const odd = { "a b.c": source("ab"), 'q"uote.c': source("q"), "näme.c": source("n") };
    const upstream = madeHistory([{ files: odd }, { files: { ...odd, "more.c": source("more") } }]);
    const fork = madeFolder({ ...odd, link: "-> a b.c", dangling: "-> nowhere" });
    writeFileSync(Buffer.concat([Buffer.from(`${fork}/caf`), Buffer.from([0xe9]), Buffer.from(".c")]), "int cafe;\n");
    const { base, features } = await run({ fork, upstream: upstream.path });
    expect(base).toMatchObject({ commit: upstream.commits[0], identical: 3 });
    expect(features.flatMap(({ files }) => files.map(({ path }) => path)).toSorted()).toEqual(['"caf\\351.c"', "dangling", "link"]);
  });
});
