/** A port on somebody's own repository: conflicts are edited, recorded, left out or dropped, and nothing else is touched. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { abortPort, continuePort, editPatch, skipPatch } from "../../src/patches/alone/going-on.js";
import { auditAlone } from "../../src/patches/line-audit/audit-alone.js";
import { portAlone } from "../../src/patches/alone/port-alone.js";
import { type StackRepository, stackRepository } from "./stack/stack-repository.js";

const LINES = Array.from({ length: 12 }, (_, at) => `line ${at}`);

function text(change: Record<number, string> = {}): string {
  return LINES.map((line, at) => `${change[at] ?? line}\n`).join("");
}

/** Upstream changed line 2; the second patch did, too, and the third builds on that. */
function inConflict(): StackRepository {
  return stackRepository({
    old: { "a.c": text(), "b.c": text() },
    new: { "a.c": text({ 2: "upstream's" }), "b.c": text({ 9: "upstream's" }) },
    stack: [
      { "a.c": text(), "b.c": text({ 1: "ours 1" }) },
      { "a.c": text({ 2: "ours 2" }), "b.c": text({ 1: "ours 1" }) },
      { "a.c": text({ 2: "ours 3" }), "b.c": text({ 1: "ours 1" }) },
      { "a.c": text({ 2: "ours 3" }), "b.c": text({ 1: "ours 1", 5: "ours 4" }) },
    ],
  });
}

function twins(line?: string): Record<string, string> {
  const content = text(line === undefined ? {} : { 2: line });
  return { "a/c": content, "b/c": content };
}

/** One patch, in conflict in two files that are equal on all three sides. */
function inTwins(): StackRepository {
  return stackRepository({ old: twins(), new: twins("upstream's"), stack: [twins("ours")] });
}

/** Answers as an older version left them: without the path in their names, the last one of equal sides in the place of all. */
function renameAnswers(path: string, git: StackRepository["git"]): void {
  const env = { ...process.env, GIT_INDEX_FILE: join(path, ".git", "notes-index") };
  const run = (args: string[], input?: string) =>
    execFileSync("git", args, { cwd: path, encoding: "utf8", env, ...(input === undefined ? {} : { input }) }).trim();
  const entries = git("ls-tree", "-r", "refs/notes/unfork").trim().split("\n");
  const renamed = entries.map((entry) => entry.replace(/(\/(?:[0-9a-f]{40}-){2}[0-9a-f]{40})-[0-9a-f]{40}/, "$1"));
  expect(renamed).not.toEqual(entries);
  run(["read-tree", "--empty"]);
  run(["update-index", "--index-info"], `${renamed.join("\n")}\n`);
  git("update-ref", "refs/notes/unfork", git("commit-tree", run(["write-tree"]), "-m", "older").trim());
}

const request = { series: "old..tip", onto: "new", name: "port", dryRun: false };

function fates(port: { patches: readonly { status: string }[] }): string[] {
  return port.patches.map(({ status }) => (status === "cascade" ? "conflict" : status));
}

describe("a port that is in conflict", () => {
  it("ports the rest, and moves no branch, no index and no work tree", async () => {
    const { path, git } = inConflict();
    const before = [git("for-each-ref", "refs/heads"), git("status", "--porcelain"), git("rev-parse", "HEAD")];
    const port = await portAlone({ ...request, repo: path });
    expect(fates(port)).toEqual(["clean", "conflict", "conflict", "clean"]);
    expect([git("for-each-ref", "refs/heads"), git("status", "--porcelain"), git("rev-parse", "HEAD")]).toEqual(before);
    expect(git("for-each-ref", "--format=%(refname)", "refs/unfork", "refs/notes").trim().split("\n")).toEqual([
      "refs/notes/unfork",
      "refs/unfork/port",
    ]);
  });

  it("goes on with what was edited, file by file, and gives the same commits when it is done again from the start", async () => {
    const { path, git } = inConflict();
    await portAlone({ ...request, repo: path });
    for (const [patch, line] of [
      ["ours 2", "ours 2 and upstream's"],
      ["ours 3", "ours 3 and upstream's"],
    ]) {
      const laid = await editPatch({ repo: path, name: "port" }, undefined);
      const file = laid.files[0]?.workFile ?? "";
      expect(readFileSync(file, "utf8")).toContain(">>>>>>>");
      expect(readFileSync(`${file}.theirs`, "utf8")).toContain(patch);
      writeFileSync(file, text({ 2: line ?? "" }));
      await continuePort({ repo: path, name: "port" });
    }
    const tip = git("rev-parse", "refs/unfork/port").trim();
    expect(git("show", `${tip}:a.c`)).toBe(text({ 2: "ours 3 and upstream's" }));
    const again = await portAlone({ ...request, repo: path });
    expect([again.commit, fates(again)]).toEqual([tip, ["clean", "auto", "auto", "clean"]]);
    expect(again.patches[1]?.evidence).toEqual(["a.c: recorded resolution for exactly these three contents"]);
    expect(existsSync(join(path, ".git", "unfork", "port"))).toBe(false);
  });

  it("carries its resolutions to a clone that fetches the notes", async () => {
    const { path, git } = inConflict();
    await portAlone({ ...request, repo: path });
    const laid = await editPatch({ repo: path, name: "port" }, undefined);
    writeFileSync(laid.files[0]?.workFile ?? "", text({ 2: "ours 2 and both" }));
    await continuePort({ repo: path, name: "port" });
    const clone = join(path, "..", "clone");
    git("clone", "-q", "--bare", ".", clone);
    git("push", "-q", clone, "refs/notes/unfork");
    expect(fates(await portAlone({ ...request, repo: clone }))).toEqual(["clean", "auto", "conflict", "clean"]);
  });

  it("keeps the answers of two files apart that are equal on all three sides", async () => {
    const { path, git } = inTwins();
    await portAlone({ ...request, repo: path });
    const laid = await editPatch({ repo: path, name: "port" }, undefined);
    for (const [at, answer] of ["ours A", "ours B"].entries())
      writeFileSync(laid.files[at]?.workFile ?? "", text({ 2: `${answer}, ours` }));
    await continuePort({ repo: path, name: "port" }, { explain: "as one line" });
    const again = await portAlone({ ...request, repo: path, name: "again" });
    expect(fates(again)).toEqual(["auto"]);
    expect(["a/c", "b/c"].map((file) => git("show", `refs/unfork/again:${file}`))).toEqual([
      text({ 2: "ours A, ours" }),
      text({ 2: "ours B, ours" }),
    ]);
  });

  it.each([
    ["takes an answer of an older version, which names no path", inConflict, "auto"],
    ["takes none where two files would have it", inTwins, "conflict"],
  ])("%s", async (_what, made, fate) => {
    const { path, git } = made();
    await portAlone({ ...request, repo: path, series: "old..tip" });
    const laid = await editPatch({ repo: path, name: "port" }, undefined);
    for (const { workFile } of laid.files) writeFileSync(workFile, text({ 2: "both" }));
    await continuePort({ repo: path, name: "port" }, { explain: "one line for both" });
    renameAnswers(path, git);
    const again = await portAlone({ ...request, repo: path, name: "again" });
    expect(fates(again)).toContain(fate);
    expect(fates(again).includes("auto")).toBe(fate === "auto");
  });

  it("takes nothing that still has markers", async () => {
    const { path } = inConflict();
    await portAlone({ ...request, repo: path });
    await editPatch({ repo: path, name: "port" }, undefined);
    expect(fates(await continuePort({ repo: path, name: "port" }))).toEqual(["clean", "conflict", "conflict", "clean"]);
  });

  it("takes nothing that leaves out lines of the patch, unless somebody says why", async () => {
    const { path, git } = inConflict();
    await portAlone({ ...request, repo: path });
    const laid = await editPatch({ repo: path, name: "port" }, undefined);
    writeFileSync(laid.files[0]?.workFile ?? "", text({ 2: "upstream's" }));
    const before = git("for-each-ref");
    await expect(continuePort({ repo: path, name: "port" })).rejects.toThrow("leaves out 1 line of the patch that upstream does not have");
    expect(git("for-each-ref")).toBe(before);
    const port = await continuePort({ repo: path, name: "port" }, { explain: "upstream's line does it as well" });
    expect(port.patches[1]?.status).toBe("empty");
    const audit = await auditAlone({ repo: path, name: "port" });
    expect(audit.patches[1]?.findings).toEqual([
      { file: "a.c", sign: "+", line: "ours 2", fate: "explained", reason: "upstream's line does it as well" },
    ]);
  });

  it("takes no answer for other contents: after upstream changed the line again, it is a conflict again", async () => {
    const { path, git, commit } = inConflict();
    await portAlone({ ...request, repo: path });
    const laid = await editPatch({ repo: path, name: "port" }, undefined);
    writeFileSync(laid.files[0]?.workFile ?? "", text({ 2: "ours 2 and both" }));
    await continuePort({ repo: path, name: "port" });
    const next = commit({ "a.c": text({ 2: "upstream's next" }), "b.c": text() }, git("rev-parse", "new").trim());
    expect(fates(await portAlone({ ...request, repo: path, onto: next }))[1]).toBe("conflict");
  });

  it("leaves out what is skipped, with the reason", async () => {
    const { path } = inConflict();
    await portAlone({ ...request, repo: path });
    await skipPatch({ repo: path, name: "port" }, undefined, "the device is gone");
    const done = await skipPatch({ repo: path, name: "port" }, undefined, "as well");
    expect(fates(done)).toEqual(["clean", "empty", "empty", "clean"]);
    expect(done.patches[1]?.evidence).toEqual(["left out by hand: the device is gone"]);
  });

  it("is as before after abort", async () => {
    const { path, git } = inConflict();
    await portAlone({ ...request, repo: path, series: "old..tip~3" });
    const before = git("rev-parse", "refs/unfork/port").trim();
    await portAlone({ ...request, repo: path });
    expect(git("rev-parse", "refs/unfork/port").trim()).not.toBe(before);
    expect(await abortPort({ repo: path, name: "port" })).toEqual({ ref: "refs/unfork/port", commit: before });
    expect(git("rev-parse", "refs/unfork/port").trim()).toBe(before);
    await expect(continuePort({ repo: path, name: "port" })).rejects.toThrow("no port named 'port' waits");
  });
});

describe("a dry run", () => {
  it("writes nothing at all", async () => {
    const { path, git } = inConflict();
    const before = [git("count-objects", "-v"), git("for-each-ref")];
    const port = await portAlone({ ...request, repo: path, dryRun: true });
    expect([port.ref, port.patches.length]).toEqual([null, 4]);
    expect([git("count-objects", "-v"), git("for-each-ref")]).toEqual(before);
  });
});

describe("bad input", () => {
  it.each([
    [{ series: "old...tip" }, "no range of commits"],
    [{ series: "nowhere..tip" }, "there is no commit nowhere"],
    [{ onto: "HEAD:a.c" }, "there is no commit HEAD:a.c"],
    [{ name: "a/b" }, "cannot be the name of a port"],
    [{ name: "x.lock" }, "cannot be the name of a port"],
  ])("%j is refused, and no ref is touched", async (change, message) => {
    const { path, git } = inConflict();
    await expect(portAlone({ ...request, repo: path, ...change })).rejects.toThrow(message);
    expect(git("for-each-ref", "refs/unfork", "refs/notes")).toBe("");
  });

  it("a folder that is no repository is refused by name", async () => {
    await expect(portAlone({ ...request, repo: "/" })).rejects.toThrow("is not a git repository");
    await expect(portAlone({ ...request, repo: "/nowhere/at/all" })).rejects.toThrow("there is no folder /nowhere/at/all");
  });

  it("a shallow clone that lacks the base is told to be unshallowed", async () => {
    const { path, git } = inConflict();
    const clone = join(path, "..", "shallow");
    git("clone", "-q", "--bare", "--depth=1", "--branch=tip", `file://${path}`, clone);
    await expect(portAlone({ ...request, repo: clone, series: `${git("rev-parse", "old").trim()}..tip` })).rejects.toThrow(
      "there is no commit",
    );
  });
});
