/** Clones that lack something: partial, shallow, borrowing from others. A port works as git rebase does, or says what is missing. */
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { intake } from "../../../src/patches/intake/intake.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { gitIn, port, rebasedTree, refusal, world } from "./world.js";

/** A clone over git's own protocol, with the branches of the original. */
function cloned(path: string, ...args: string[]): string {
  const clone = join(temporaryFolder(), "clone.git");
  gitIn(path, "config", "uploadpack.allowFilter", "true");
  gitIn(path, "config", "uploadpack.allowAnySHA1InWant", "true");
  gitIn(path, "clone", "-q", "--bare", ...args, `file://${path}`, clone);
  return clone;
}

describe.each(["blob:none", "tree:0"])("a partial clone (%s)", (filter) => {
  it("is ported in as a whole one, what it lacks fetched", async () => {
    const { path } = world();
    const clone = cloned(path, `--filter=${filter}`);
    expect((await port(clone)).tree).toBe(rebasedTree(path));
  });

  it("says so when the remote is gone, and no ref moves", async () => {
    const { path } = world();
    const clone = cloned(path, `--filter=${filter}`);
    gitIn(clone, "config", "remote.origin.url", "file:///nowhere/at/all");
    const { message, hint, exit, untouched } = await refusal(clone, () => port(clone));
    expect([exit, untouched]).toEqual([3, true]);
    expect(message).toContain(`${clone} is a partial clone, and what it lacks could not be fetched from its remote: `);
    expect(hint).toContain("git clone without --filter");
  });
});

describe("a partial clone", () => {
  it("asks its remote for the contents of a port all at once, then for that of a moved file, and keeps the former", async () => {
    const { path } = world({ conflict: true });
    const clone = cloned(path, "--filter=blob:none");
    const [counter, count] = [join(temporaryFolder(), "upload-pack"), join(temporaryFolder(), "count")];
    writeFileSync(counter, `#!/bin/sh\necho asked >> '${count}'\nexec git-upload-pack "$@"\n`);
    chmodSync(counter, 0o755);
    gitIn(clone, "config", "remote.origin.uploadpack", counter);
    await port(clone);
    expect(readFileSync(count, "utf8")).toBe("asked\nasked\n");
    await port(clone, { name: "again" });
    expect(readFileSync(count, "utf8")).toBe("asked\nasked\nasked\n");
  });

  it.each(["fork", "upstream"])("is taken in as %s, what it lacks fetched into neither", async (which) => {
    const { path } = world();
    const whole = { fork: path, upstream: cloned(path, "--single-branch", "--branch=new") };
    const lacking = {
      fork: cloned(path, "--filter=blob:none"),
      upstream: cloned(path, "--filter=blob:none", "--single-branch", "--branch=new"),
    };
    const sides = which === "fork" ? { ...whole, fork: lacking.fork } : { ...whole, upstream: lacking.upstream };
    const question = { tip: "tip", refs: [], out: null };
    const [expected, taken] = [await intake({ ...whole, ...question }), await intake({ ...sides, ...question })];
    expect(taken.features).toEqual(expected.features);
  });
});

/** All of the series; of upstream the newest commits only. */
function cutUpstream(path: string): string {
  const clone = cloned(path, "--depth=5", "--single-branch", "--branch=tip");
  gitIn(clone, "fetch", "-q", "--depth=2", "origin", "new:new", "old:old");
  return clone;
}

describe("a shallow clone", () => {
  it("that is cut off inside of the series is refused, with the commit", async () => {
    const { path, git } = world();
    const clone = cloned(path, "--depth=2", "--no-single-branch");
    const { message, hint, exit, untouched } = await refusal(clone, () => port(clone));
    expect([exit, untouched]).toEqual([2, true]);
    expect(message).toBe(`this clone is shallow, and its history is cut off inside of the series, at ${git("rev-parse", "tip~1").trim()}`);
    expect(hint).toContain("git fetch --unshallow");
  });

  it("that is cut off between the bases is ported in as a whole one", async () => {
    const { path } = world();
    const clone = cutUpstream(path);
    expect(gitIn(clone, "rev-list", "--count", "new").trim()).toBe("2");
    expect((await port(clone)).tree).toBe(rebasedTree(path));
  });

  it("that is cut off between the bases names no culprit, and says why", async () => {
    const { path } = world({ conflict: true });
    const { culprits, evidence } = (await port(cutUpstream(path))).patches.at(-1) ?? { culprits: [], evidence: [] };
    expect(culprits).toEqual([]);
    expect(evidence.at(-1)).toContain("this clone is shallow, and upstream's history is cut off before the old base");
  });
});

describe("a clone that borrows objects", () => {
  it("is refused by the name of the lender when that is gone", async () => {
    const { path } = world();
    const clone = join(temporaryFolder(), "clone.git");
    gitIn(path, "clone", "-q", "--bare", "--shared", ".", clone);
    const whole = (await port(clone, { dryRun: true })).tree;
    renameSync(path, `${path}.away`);
    const { message, exit, untouched } = await refusal(clone, () => port(clone));
    expect([exit, untouched]).toEqual([2, true]);
    expect(message).toContain(`it borrows objects from ${path}/.git/objects, which is gone`);
    renameSync(`${path}.away`, path);
    expect((await port(clone)).tree).toBe(whole);
  });
});

describe("work trees of one repository", () => {
  it("share the port and what is laid out of its conflicts", async () => {
    const { editPatch, continuePort } = await import("../../../src/patches/alone/going-on.js");
    const { path } = world({ conflict: true });
    const side = join(temporaryFolder(), "side");
    gitIn(path, "worktree", "add", "-q", "--detach", side, "tip");
    await port(side, { series: "old..HEAD" });
    const laid = await editPatch({ repo: side, name: "port" }, undefined);
    const file = laid.files[0]?.workFile ?? "";
    writeFileSync(file, readFileSync(`${file}.theirs`));
    const done = await continuePort({ repo: path, name: "port" });
    expect(done.patches.map(({ status }) => status)).toEqual(["clean", "clean", "auto", "auto"]);
    expect(existsSync(file)).toBe(false);
  });

  it("of which the repository is gone are refused with where they lead", async () => {
    const { path } = world();
    const side = join(temporaryFolder(), "side");
    gitIn(path, "worktree", "add", "-q", "--detach", side, "tip");
    renameSync(path, `${path}.away`);
    await expect(port(side)).rejects.toThrow(`${side} leads to a git directory that is not there`);
  });
});
