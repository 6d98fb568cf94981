/** A folder becomes the tree that git itself would make of it. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { importTree } from "../../src/git/import-tree.js";
import { temporaryFolder } from "../helpers/temp.js";
import { temporaryRepository } from "./temporary-repository.js";

const INTO = { ref: "refs/unfork/incoming/x", label: "import x" };

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The tree `git add` makes. */
function expectedTree(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "core.autocrlf=false", "-c", "safe.directory=*", ...args], { cwd: folder, encoding: "utf8" });
  git("init", "-q");
  git("add", "--all", "--force");
  return git("write-tree").trim();
}

describe("an imported folder", () => {
  it("has the tree that git add makes: binary, empty and odd names, executables, links", async () => {
    const folder = folderOf({
      "a.cc": "text\n",
      "b/empty": "",
      "b/crlf.txt": "a\r\nb\r\n",
      "b/binary": Buffer.from([0, 255, 10, 13, 0]),
      "b.c/sorts after b": "x",
      "ünïcode.h": "x",
      'quote".h': "x",
      "back\\slash.h": "x",
      "new\nline.h": "x",
      " leading and trailing ": "x",
      "run.sh": "#!/bin/sh\n",
      ".hidden/.gitattributes": "* text=auto\n",
      "large.bin": Buffer.alloc(2_000_000, 7),
    });
    chmodSync(join(folder, "run.sh"), 0o755);
    symlinkSync("../a.cc", join(folder, "b/link"));
    symlinkSync("b", join(folder, "folder-link"));
    const { repository, git } = await temporaryRepository();
    const tree = await importTree(repository, folder, INTO);
    expect(tree).toBe(expectedTree(folder));
    expect(git("fsck", "--full", "--no-dangling")).not.toContain("error");
  });

  it("may be empty", async () => {
    const { repository } = await temporaryRepository();
    expect(await importTree(repository, temporaryFolder(), INTO)).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  });

  it("of a thousand files is one pack, not a thousand files", async () => {
    const folder = folderOf(
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`d${index % 9}/f${index}`, `content ${index}\n`])),
    );
    const { repository, git } = await temporaryRepository();
    await importTree(repository, folder, INTO);
    expect(git("count-objects", "-v")).toMatch(/count: 0\n[^]*packs: 1\n/);
  });

  it("with a name that is not UTF-8 is refused by name", async () => {
    const folder = temporaryFolder();
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from(".h")]), "x");
    const { repository } = await temporaryRepository();
    await expect(importTree(repository, folder, INTO)).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("is not UTF-8"),
    });
  });

  it("that is not there is refused, and nothing hangs", async () => {
    const { repository } = await temporaryRepository();
    await expect(importTree(repository, join(temporaryFolder(), "none"), INTO)).rejects.toMatchObject({
      code: "input-missing",
    });
  });

  it("into a repository that cannot be written ends with git's own words", async () => {
    const { repository } = await temporaryRepository();
    const folder = folderOf({ "a.cc": "a\n" });
    await expect(importTree({ path: join(repository.path, "objects") }, folder, INTO)).rejects.toMatchObject({
      context: { git: "not-a-repository" },
    });
  });
});
