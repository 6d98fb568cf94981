/** Refs move all together or not at all, and every refusal of git's has a name. */
import { mkdirSync, rmSync, truncateSync, writeFileSync, chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { writeCommit } from "../../src/git/commit.js";
import { gitOk } from "../../src/git/git.js";
import { mergeCommits } from "../../src/git/merge.js";
import { listRefs, updateRefs } from "../../src/git/refs.js";
import { openRepository } from "../../src/git/repository.js";
import { gitErrorCodeOf } from "../../src/git/errors.js";
import { temporaryFolder } from "../helpers/temp.js";
import { temporaryRepository } from "./temporary-repository.js";

async function withCommits() {
  const made = await temporaryRepository();
  const tree = await made.objects.write("tree", Buffer.alloc(0));
  const commit = (subject: string) => writeCommit(made.objects, { tree, parents: [], subject, trailers: {} });
  return { ...made, one: await commit("one"), two: await commit("two") };
}

const A = "refs/heads/a";
const B = "refs/heads/b";

describe("a transaction", () => {
  it("makes, moves and removes", async () => {
    const { repository, one, two } = await withCommits();
    await updateRefs(repository, [
      { ref: A, old: null, next: one },
      { ref: B, old: null, next: one },
    ]);
    await updateRefs(repository, [
      { ref: A, old: one, next: null },
      { ref: B, old: one, next: two },
    ]);
    expect(await listRefs(repository)).toEqual(new Map([[B, two]]));
  });

  it("moves nothing when one ref was changed by somebody else", async () => {
    const { repository, one, two } = await withCommits();
    await updateRefs(repository, [{ ref: B, old: null, next: two }]);
    const late = updateRefs(repository, [
      { ref: A, old: null, next: one },
      { ref: B, old: one, next: null },
    ]);
    await expect(late).rejects.toMatchObject({ code: "state-invalid", context: { git: "ref-changed" } });
    expect(await listRefs(repository)).toEqual(new Map([[B, two]]));
    await updateRefs(repository, [{ ref: A, old: null, next: one }]);
  });

  it("moves nothing when a ref that must be new is there", async () => {
    const { repository, one, two } = await withCommits();
    await updateRefs(repository, [{ ref: A, old: null, next: two }]);
    await expect(updateRefs(repository, [{ ref: A, old: null, next: one }])).rejects.toMatchObject({ context: { git: "ref-changed" } });
  });

  it("moves nothing while another process holds a lock", async () => {
    const { repository, one } = await withCommits();
    mkdirSync(join(repository.path, dirname(A)), { recursive: true });
    writeFileSync(join(repository.path, `${A}.lock`), "");
    await expect(updateRefs(repository, [{ ref: A, old: null, next: one }])).rejects.toMatchObject({
      code: "locked",
      context: { git: "ref-locked" },
    });
  });

  it.each([
    ["a name git refuses", "refs/heads/a..b", "bad-ref-name"],
    ["a name below another ref", "refs/heads/a/b", "ref-name-clash"],
  ])("moves nothing with %s", async (_what, ref, code) => {
    const { repository, one } = await withCommits();
    await updateRefs(repository, [{ ref: A, old: null, next: one }]);
    await expect(
      updateRefs(repository, [
        { ref: B, old: null, next: one },
        { ref, old: null, next: one },
      ]),
    ).rejects.toMatchObject({ context: { git: code } });
    expect(await listRefs(repository)).toEqual(new Map([[A, one]]));
  });
});

describe("git's refusals have names", () => {
  it("not-a-repository", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "x"), "");
    await expect(openRepository(folder)).rejects.toMatchObject({ code: "state-invalid", context: { git: "not-a-repository" } });
  });

  it("missing-object", async () => {
    const { repository, objects, one } = await withCommits();
    await expect(gitOk(repository, ["diff-tree", "f".repeat(40), one])).rejects.toMatchObject({ context: { git: "missing-object" } });
    await expect(mergeCommits(objects, "f".repeat(40), one)).rejects.toMatchObject({ context: { git: "missing-object" } });
  });

  it("corrupt-object", async () => {
    const { repository, objects, one } = await withCommits();
    const id = await objects.write("blob", Buffer.from("a".repeat(999)));
    const path = join(repository.path, "objects", id.slice(0, 2), id.slice(2));
    chmodSync(path, 0o644);
    truncateSync(path, 12);
    await expect(gitOk(repository, ["cat-file", "blob", id])).rejects.toMatchObject({
      code: "state-invalid",
      context: { git: "corrupt-object" },
    });
    expect(one).toHaveLength(40);
  });

  it("too-old, by what a git without merge-tree --write-tree says", () => {
    expect(gitErrorCodeOf("usage: git merge-tree <base-tree> <branch1> <branch2>")).toBe("too-old");
  });

  it("disk-full, by what the system says", () => {
    expect(gitErrorCodeOf("fatal: write error: No space left on device")).toBe("disk-full");
  });

  it("unknown otherwise, with git's own words kept", async () => {
    const { repository } = await withCommits();
    await expect(gitOk(repository, ["no-such-command"])).rejects.toMatchObject({
      code: "tool-failed",
      message: expect.stringContaining("no-such-command"),
      context: { git: "unknown" },
    });
  });
});

describe("opening a repository", () => {
  it("makes a bare one when there is none, without hooks and samples, and finds it again", async () => {
    const path = join(temporaryFolder(), "new", "x.git");
    const made = await openRepository(path);
    expect((await gitOk(made, ["rev-parse", "--is-bare-repository"])).toString().trim()).toBe("true");
    await openRepository(path);
    rmSync(join(path, "HEAD"));
    await expect(openRepository(path)).rejects.toThrow("not a git repository");
  });
});
