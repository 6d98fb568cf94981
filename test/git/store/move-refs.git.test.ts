/** Our own refs are moved without git wherever it would do nothing else, with its locks; all the rest is left to it. */
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { writeCommit } from "../../../src/git/commit.js";
import { listRefs, updateRefs } from "../../../src/git/refs.js";
import { listen } from "../../../src/support/bus.js";
import { temporaryRepository } from "../temporary-repository.js";

const [PORT, NOTES] = ["refs/unfork/port", "refs/notes/unfork"];

async function withCommits() {
  const made = await temporaryRepository();
  const tree = await made.objects.write("tree", Buffer.alloc(0));
  const commit = (subject: string) => writeCommit(made.objects, { tree, parents: [], subject, trailers: {} });
  const [one, two] = [await commit("one"), await commit("two")];
  const at = (path: string) => join(made.repository.path, path);
  return { ...made, one, two, at, both: (old: string | null, next: string) => [PORT, NOTES].map((ref) => ({ ref, old, next })) };
}

/** How many processes the work starts. */
async function processes(work: () => Promise<void>): Promise<number> {
  let started = 0;
  const stop = listen((event) => {
    if (event.type === "command:start") started++;
  });
  await work().finally(stop);
  return started;
}

/** Neither a lock nor a journal. */
function isClean(folder: string): boolean {
  const names = readdirSync(folder, { recursive: true }).map(String);
  return !names.some((name) => name.endsWith(".lock") || name.includes("unfork-transaction"));
}

describe("refs of ours", () => {
  it("are made and moved without a process, and are what git reads", async () => {
    const { repository, one, two, both, git } = await withCommits();
    expect(await processes(() => updateRefs(repository, both(null, one)))).toBe(0);
    expect(await processes(() => updateRefs(repository, both(one, two)))).toBe(0);
    expect(await listRefs(repository)).toEqual(
      new Map([
        [NOTES, two],
        [PORT, two],
      ]),
    );
    git("fsck", "--full");
    expect(isClean(repository.path)).toBe(true);
  });

  it("are compared with what packed refs say", async () => {
    const { repository, one, two, both, git } = await withCommits();
    await updateRefs(repository, both(null, one));
    git("pack-refs", "--all");
    await expect(updateRefs(repository, both(null, two))).rejects.toMatchObject({ context: { git: "ref-changed" } });
    await expect(updateRefs(repository, both(two, two.replace(/^./, "0")))).rejects.toMatchObject({ code: "state-invalid" });
    expect(await processes(() => updateRefs(repository, both(one, two)))).toBe(0);
    expect(git("rev-parse", PORT).trim()).toBe(two);
  });

  it("stay where one of them was changed meanwhile", async () => {
    const { repository, one, two, both, git } = await withCommits();
    git("update-ref", NOTES, two);
    await expect(updateRefs(repository, both(null, one))).rejects.toMatchObject({ context: { git: "ref-changed" } });
    expect(await listRefs(repository)).toEqual(new Map([[NOTES, two]]));
    expect(isClean(repository.path)).toBe(true);
  });

  it("stay while somebody else holds a lock, which stays his", async () => {
    const { repository, one, both, at } = await withCommits();
    mkdirSync(dirname(at(NOTES)), { recursive: true });
    writeFileSync(at(`${NOTES}.lock`), "his");
    await expect(updateRefs(repository, both(null, one))).rejects.toMatchObject({ code: "locked", context: { git: "ref-locked" } });
    expect(await listRefs(repository)).toEqual(new Map());
    expect(readFileSync(at(`${NOTES}.lock`), "utf8")).toBe("his");
    expect(existsSync(at(`${PORT}.lock`))).toBe(false);
  });

  it.each([
    ["a ref above", "refs/unfork/port/more", false],
    ["a packed ref above", "refs/unfork/port/more", true],
  ])("stay below %s", async (_what, ref, isPacked) => {
    const { repository, one, both, git } = await withCommits();
    await updateRefs(repository, both(null, one));
    if (isPacked) git("pack-refs", "--all");
    await expect(updateRefs(repository, [{ ref, old: null, next: one }])).rejects.toMatchObject({ context: { git: "ref-name-clash" } });
    git("update-ref", "refs/unfork/deep/inner", one);
    if (isPacked) git("pack-refs", "--all");
    await expect(updateRefs(repository, [{ ref: "refs/unfork/deep", old: null, next: one }])).rejects.toMatchObject({
      context: { git: "ref-name-clash" },
    });
  });

  it("take the place of folders that are left empty", async () => {
    const { repository, one, git } = await withCommits();
    git("update-ref", "refs/unfork/deep/inner", one);
    git("update-ref", "-d", "refs/unfork/deep/inner");
    await updateRefs(repository, [{ ref: "refs/unfork/deep", old: null, next: one }]);
    expect(git("rev-parse", "refs/unfork/deep").trim()).toBe(one);
  });
});

describe("git itself moves", () => {
  it("refs of others, and refs that go", async () => {
    const { repository, one } = await withCommits();
    expect(await processes(() => updateRefs(repository, [{ ref: "refs/heads/a", old: null, next: one }]))).toBe(1);
    await updateRefs(repository, [{ ref: PORT, old: null, next: one }]);
    expect(await processes(() => updateRefs(repository, [{ ref: PORT, old: one, next: null }]))).toBe(1);
  });

  it("refs with a log, which goes on", async () => {
    const { repository, one, two, git } = await withCommits();
    git("-c", "user.name=a", "-c", "user.email=b", "update-ref", "--create-reflog", PORT, one);
    expect(await processes(() => updateRefs(repository, [{ ref: PORT, old: one, next: two }]))).toBe(1);
    expect(git("reflog", "show", "--format=%H", PORT).trim().split("\n")).toHaveLength(2);
  });

  it("refs where a hook is told of it", async () => {
    const { repository, one, both, at } = await withCommits();
    mkdirSync(at("hooks"), { recursive: true });
    writeFileSync(at("hooks/reference-transaction"), `#!/bin/sh\necho "$1" >> "${at("told")}"\n`);
    chmodSync(at("hooks/reference-transaction"), 0o755);
    expect(await processes(() => updateRefs(repository, both(null, one)))).toBe(1);
    expect(readFileSync(at("told"), "utf8")).toContain("committed");
  });

  it("refs that are names of other refs", async () => {
    const { repository, one, two, git } = await withCommits();
    git("update-ref", "refs/heads/a", one);
    git("symbolic-ref", PORT, "refs/heads/a");
    expect(await processes(() => updateRefs(repository, [{ ref: PORT, old: one, next: two }]))).toBe(1);
    expect(git("rev-parse", "refs/heads/a").trim()).toBe(two);
  });
});
