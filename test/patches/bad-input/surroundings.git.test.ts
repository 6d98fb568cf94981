/** What lies around a repository: settings, environment, owners, locks, disks. A port is the same everywhere, or says why it cannot be. */
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { editPatch, continuePort } from "../../../src/patches/alone/going-on.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { copyOf, gitIn, lines, port, rebasedTree, refusal, world } from "./world.js";

const isRoot = process.geteuid?.() === 0;

/** Settings that change what git's commands for people show. */
const ODD: Readonly<Record<string, string>> = {
  "merge.renames": "false",
  "merge.conflictStyle": "diff3",
  "merge.directoryRenames": "conflict",
  "diff.algorithm": "patience",
  "diff.noprefix": "true",
  "diff.mnemonicPrefix": "true",
  "diff.external": "/bin/false",
  "diff.context": "0",
  "diff.interHunkContext": "20",
  "diff.renames": "copies",
  "diff.submodule": "log",
  "diff.orderFile": "/nowhere/at/all",
  "diff.relative": "true",
  "diff.suppressBlankEmpty": "true",
  "diff.indentHeuristic": "false",
  "diff.dirstat": "lines",
  "log.follow": "true",
  "log.showSignature": "true",
  "log.diffMerges": "on",
  "log.showRoot": "false",
  "log.date": "relative",
  "log.decorate": "full",
  "color.ui": "always",
  "core.abbrev": "4",
  "core.quotePath": "true",
  "core.bigFileThreshold": "1",
  "core.fsmonitor": "/bin/false",
  "core.ignoreCase": "true",
  "i18n.logOutputEncoding": "ISO-8859-1",
};

describe("a port does not depend", () => {
  it("on settings of the repository that only change how things are shown", async () => {
    const { path } = world({ conflict: true });
    const [plain, odd] = [await port(copyOf(path)), copyOf(path)];
    for (const [key, value] of Object.entries(ODD)) gitIn(odd, "config", key, value);
    expect(await port(odd)).toEqual(plain);
  });

  it("on git's variables in the environment", async () => {
    const { path } = world({ conflict: true });
    const plain = await port(copyOf(path));
    const saved = { ...process.env };
    for (const name of [
      "DIR",
      "WORK_TREE",
      "INDEX_FILE",
      "OBJECT_DIRECTORY",
      "ALTERNATE_OBJECT_DIRECTORIES",
      "NAMESPACE",
      "CEILING_DIRECTORIES",
      "COMMON_DIR",
    ])
      process.env[`GIT_${name}`] = "/nowhere/at/all";
    process.env["GIT_CONFIG_PARAMETERS"] = "'merge.renames=false'";
    try {
      expect(await port(path)).toEqual(plain);
    } finally {
      process.env = saved;
    }
  });

  it("on where it lies: names with blanks, quotes, colons, letters of any script", async () => {
    const { path } = world({ conflict: true });
    const odd = join(temporaryFolder(), `o:d "q' é #1`);
    cpSync(path, odd, { recursive: true });
    expect(await port(odd)).toEqual(await port(path));
  });

  it("on what is checked out, edited or half done", async () => {
    const { path } = world({ conflict: true });
    const [plain, dirty] = [await port(copyOf(path)), copyOf(path)];
    gitIn(dirty, "checkout", "-q", "-f", "tip");
    spawnSync("git", ["-c", "user.name=T", "-c", "user.email=t@e", "rebase", "--onto", "new", "old"], { cwd: dirty });
    appendFileSync(join(dirty, "b.c"), "edited\n");
    gitIn(dirty, "rm", "-q", "--cached", "a.c");
    const before = gitIn(dirty, "status", "--porcelain");
    expect(await port(dirty)).toEqual({ ...plain });
    expect(gitIn(dirty, "status", "--porcelain")).toBe(before);
  });
});

describe("commits with other parents or contents than they say", () => {
  it("by a replacement count as they do for git rebase", async () => {
    const { path, git, commit } = world();
    const files = { "a.c": lines({ 30: "another" }), "b.c": lines(), "lib/x.c": lines({ 30: "ours x" }), "c.c": lines({ 5: "replaced" }) };
    const before = (await port(copyOf(path))).tree;
    git("replace", "tip", commit(files, git("rev-parse", "tip~1").trim()));
    const after = (await port(path)).tree;
    expect(after).not.toBe(before);
    expect(after).toBe(rebasedTree(path));
  });

  it("by a graft count as they do for git rebase", async () => {
    const { path, git } = world();
    mkdirSync(join(path, ".git", "info"), { recursive: true });
    writeFileSync(join(path, ".git", "info", "grafts"), `${git("rev-parse", "tip~1").trim()} ${git("rev-parse", "tip~3").trim()}\n`);
    const { patches, tree } = await port(path);
    expect(patches.length).toBe(3);
    expect(tree).toBe(rebasedTree(path));
  });
});

describe("a repository is refused", () => {
  it.skipIf(!isRoot)("when it belongs to somebody else, unless git is told that it is safe", async () => {
    const { path } = world();
    for (const one of [path, join(path, ".git")]) chownSync(one, 65_534, 65_534);
    for (const repo of [path, join(path, ".git")]) {
      const error: unknown = await port(repo).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "input-invalid", message: `${repo} belongs to another user` });
    }
    const [home, saved] = [temporaryFolder(), process.env["HOME"]];
    writeFileSync(join(home, ".gitconfig"), `[safe]\n\tdirectory = ${path}\n`);
    process.env["HOME"] = home;
    try {
      expect((await port(path)).summary.auto).toBe(1);
    } finally {
      process.env["HOME"] = saved;
    }
  });

  it("when its settings cannot be read, or it is of a form to come", async () => {
    const { path } = world();
    const [broken, future, unknown] = [copyOf(path), copyOf(path), copyOf(path)];
    appendFileSync(join(broken, ".git", "config"), "[core\n");
    gitIn(future, "config", "core.repositoryformatversion", "9");
    gitIn(unknown, "config", "core.repositoryformatversion", "1");
    gitIn(unknown, "config", "extensions.noSuchThing", "true");
    for (const repo of [broken, future, unknown]) {
      const { message, exit } = await refusal(repo, () => port(repo));
      expect([exit, message.startsWith(`git cannot work on ${repo}/.git: `)]).toEqual([2, true]);
    }
  });

  it("when a lock lies on a ref that has to move, with the lock", async () => {
    const { path } = world();
    for (const ref of ["refs/unfork/port", "refs/notes/unfork"]) {
      const repo = copyOf(path);
      const lock = join(repo, ".git", `${ref}.lock`);
      mkdirSync(dirname(lock), { recursive: true });
      writeFileSync(lock, "");
      const { message, exit, untouched } = await refusal(repo, () => port(repo));
      expect([exit, untouched]).toEqual([3, true]);
      expect(message).toContain(`Unable to create '${lock}': File exists`);
    }
  });

  it.skipIf(isRoot)("when it may not be written into, but a dry run works", async () => {
    const { path } = world();
    execFileSync("chmod", ["-R", "a-w", path]);
    const { exit, untouched, hint } = await refusal(path, () => port(path));
    expect([exit, untouched, hint]).toEqual([3, true, "the permissions do not allow it: check the owner of this path"]);
    expect((await port(path, { dryRun: true })).summary.auto).toBe(1);
    execFileSync("chmod", ["-R", "u+w", path]);
  });

  it.skipIf(!mayMount())("when its disk is full, or that for what is temporary, and works once there is space", async () => {
    const [disk, saved] = [temporaryFolder(), process.env["TMPDIR"]];
    mountSmall(disk);
    try {
      const [repo, fill] = [join(disk, "repo"), join(disk, "fill")];
      cpSync(world().path, repo, { recursive: true });
      spawnSync("dd", ["if=/dev/zero", `of=${fill}`, "bs=1k"]);
      for (const temporary of [saved, disk]) {
        if (temporary !== undefined) process.env["TMPDIR"] = temporary;
        const { exit, untouched, hint } = await refusal(repo, () => port(repo));
        expect([exit, untouched]).toEqual([3, true]);
        expect(hint).toContain("the disk is full");
      }
      rmSync(fill);
      expect((await port(repo)).summary.auto).toBe(1);
    } finally {
      if (saved === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = saved;
      execFileSync("umount", [disk]);
    }
  });
});

/** A file system of its own that is soon full. */
function mountSmall(folder: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=1500k", "none", folder]).status === 0;
}

function mayMount(): boolean {
  const folder = temporaryFolder();
  return isRoot && mountSmall(folder) && spawnSync("umount", [folder]).status === 0;
}

const hasReftable = spawnSync("git", ["init", "-q", "--ref-format=reftable", join(temporaryFolder(), "try")]).status === 0;

describe("a repository with refs in tables", () => {
  it.skipIf(!hasReftable)("is ported in as any other", async () => {
    const { path } = world({ conflict: true });
    const tables = join(temporaryFolder(), "tables");
    execFileSync("git", ["init", "-q", "--ref-format=reftable", tables]);
    gitIn(tables, "fetch", "-q", path, "refs/heads/*:refs/heads/*");
    expect(await port(tables)).toEqual(await port(path));
    const { files } = await editPatch({ repo: tables, name: "port" }, undefined);
    writeFileSync(files[0]?.workFile ?? "", "");
    await expect(continuePort({ repo: tables, name: "port" })).rejects.toThrow("leaves out 1 line");
    chmodSync(join(tables, ".git", "reftable"), 0o755);
    writeFileSync(join(tables, ".git", "reftable", "tables.list.lock"), "");
    const { exit, untouched } = await refusal(tables, () => port(tables, { name: "other" }));
    expect([exit, untouched]).toEqual([3, true]);
  });
});
