/** Objects go in and out as git itself would have them. */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { SIGNATURE, readCommit, writeCommit } from "../../src/git/commit.js";
import { objectId } from "../../src/git/loose-object.js";
import { openObjects } from "../../src/git/objects.js";
import { editTree, entryAt } from "../../src/git/tree.js";
import { seededRandom } from "../../src/support/random.js";
import { plainGit, temporaryRepository } from "./temporary-repository.js";

describe("blobs", () => {
  it("get the id git gives them, and come back byte by byte, large ones and many at once", async () => {
    const { repository, objects } = await temporaryRepository();
    const random = seededRandom(3);
    const contents = [0, 1, 100, 70_000, 3_000_000].map((size) =>
      Buffer.from(Uint8Array.from({ length: size }, () => Math.floor(random() * 256))),
    );
    const ids = await Promise.all(contents.map((content) => objects.write("blob", content)));
    expect(ids).toEqual(contents.map((content) => plainGit(repository.path, ["hash-object", "-t", "blob", "--stdin"], content).trim()));
    const back = await Promise.all([...ids, ...ids.toReversed()].map((id) => objects.read(id, "blob")));
    expect(back.map((content) => objectId("blob", content))).toEqual([...ids, ...ids.toReversed()]);
  });

  it("are written once", async () => {
    const { repository, objects } = await temporaryRepository();
    const id = await objects.write("blob", Buffer.from("a"));
    const path = join(repository.path, "objects", id.slice(0, 2), id.slice(2));
    expect(existsSync(path)).toBe(true);
    expect(await objects.write("blob", Buffer.from("a"))).toBe(id);
  });
});

describe("an object that is not there", () => {
  it("is named, and the next one is read all the same", async () => {
    const { objects } = await temporaryRepository();
    const id = await objects.write("blob", Buffer.from("a"));
    const [missing, there] = await Promise.allSettled([objects.read("f".repeat(40), "blob"), objects.read(id, "blob")]);
    expect(missing).toMatchObject({
      status: "rejected",
      reason: { code: "state-invalid", context: { git: "missing-object", object: "f".repeat(40) } },
    });
    expect(there).toMatchObject({ status: "fulfilled", value: Buffer.from("a") });
  });

  it("or of another type is refused", async () => {
    const { objects } = await temporaryRepository();
    const id = await objects.write("blob", Buffer.from("a"));
    await expect(objects.read(id, "tree")).rejects.toThrow("is a blob, not a tree");
  });

  it("nor is a repository: every read is rejected, none hangs", async () => {
    const { repository } = await temporaryRepository();
    rmSync(repository.path, { recursive: true });
    const objects = openObjects(repository);
    const reads = await Promise.allSettled([objects.read("f".repeat(40), "blob"), objects.read("e".repeat(40), "blob")]);
    expect(reads.map((each) => each.status)).toEqual(["rejected", "rejected"]);
    await expect(objects.read("f".repeat(40), "blob")).rejects.toThrow("not a git repository");
  });
});

describe("an edited tree", () => {
  it("is the tree that git's own index writes after the same edits", async () => {
    const { repository, objects, git } = await temporaryRepository();
    const random = seededRandom(11);
    const index = { GIT_INDEX_FILE: join(repository.path, "test-index") };
    const blob = await objects.write("blob", Buffer.from("x"));
    const other = await objects.write("blob", Buffer.from("y"));
    let tree = await objects.write("tree", Buffer.alloc(0));
    for (let round = 0; round < 20; round++) {
      const changes = new Map(
        Array.from({ length: 6 }, () => {
          const path = `d${Math.floor(random() * 3)}/e${Math.floor(random() * 3)}.x/f${Math.floor(random() * 4)}`;
          const entry = random() < 0.4 ? null : { mode: random() < 0.5 ? "100644" : "100755", id: random() < 0.5 ? blob : other };
          return [path, entry] as const;
        }),
      );
      tree = await editTree(objects, tree, changes);
      const lines = [...changes].map(([path, entry]) =>
        entry === null ? `0 ${"0".repeat(40)}\t${path}\n` : `${entry.mode} ${entry.id}\t${path}\n`,
      );
      Object.assign(process.env, index);
      plainGit(repository.path, ["update-index", "--index-info"], lines.join(""));
      expect(tree).toBe(git("write-tree").trim());
      delete process.env["GIT_INDEX_FILE"];
    }
  });

  it("replaces a file by a folder and a folder by a file", async () => {
    const { objects, git } = await temporaryRepository();
    const id = await objects.write("blob", Buffer.from("x"));
    const file = { mode: "100644", id };
    const first = await editTree(
      objects,
      await objects.write("tree", Buffer.alloc(0)),
      new Map([
        ["a", file],
        ["b/c", file],
      ]),
    );
    const second = await editTree(objects, first, new Map([["a/deep/file", file]]));
    expect(git("ls-tree", "-r", "--name-only", second).trim().split("\n")).toEqual(["a/deep/file", "b/c"]);
    expect(await entryAt(objects, second, "a/deep/file")).toEqual(file);
    expect(await entryAt(objects, second, "a/deep/file/below")).toBeUndefined();
    expect(await entryAt(objects, second, "b/none")).toBeUndefined();
  });
});

describe("a commit", () => {
  it("is one for git, with its trailers, and does not hang on the clock", async () => {
    const { objects, git } = await temporaryRepository();
    const tree = await objects.write("tree", Buffer.alloc(0));
    const text = { tree, parents: [], subject: "A subject\nover two lines", trailers: { Owner: "audio team", Purpose: "a:  b\n c" } };
    const id = await writeCommit(objects, text);
    expect(await writeCommit(objects, text)).toBe(id);
    expect(git("log", "-1", "--format=%an <%ae> %at +0000|%s|%(trailers:key=Purpose,valueonly)", id).trim()).toBe(
      `${SIGNATURE}|A subject over two lines|a: b c`,
    );
    expect(await readCommit(objects, id)).toEqual({
      tree,
      parents: [],
      trailers: new Map([
        ["Owner", "audio team"],
        ["Purpose", "a: b c"],
      ]),
    });
    expect(git("fsck", "--strict", "--no-dangling")).not.toContain("error");
  });

  it("written while the reader runs is found by it", async () => {
    const { repository, objects } = await temporaryRepository();
    await objects.read(await objects.write("blob", Buffer.from("first")), "blob");
    writeFileSync(join(repository.path, "x"), "second");
    const id = plainGit(repository.path, ["hash-object", "-w", join(repository.path, "x")]).trim();
    expect((await objects.read(id, "blob")).toString()).toBe("second");
  });
});
