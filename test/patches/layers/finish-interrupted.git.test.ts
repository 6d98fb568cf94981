/** A run that was killed inside the transaction of one layer: its locks go, and all layers move. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

import { writeCommit } from "../../../src/git/commit.js";
import { finishInterrupted } from "../../../src/patches/layers/finish-interrupted.js";
import { leaveJournal, livingProcess, written } from "../../git/left-journal.js";
import { temporaryRepository } from "../../git/temporary-repository.js";

const REF = "refs/heads/a";

async function layer(name: string) {
  const { repository, objects, git } = await temporaryRepository();
  const tree = await objects.write("tree", Buffer.alloc(0));
  const next = await writeCommit(objects, { tree, parents: [], subject: name, trailers: {} });
  return { name, repository: repository.path, updates: [{ ref: REF, old: null, next }], git };
}

async function killedInside(git = "4194305-1") {
  const [first, root] = [await layer("first"), await layer("root")];
  const journal = join(root.repository, "unfork-layers.json");
  writeFileSync(journal, JSON.stringify([first, root].map(({ name, repository, updates }) => ({ name, repository, updates }))));
  const lock = join(first.repository, `${REF}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, "");
  written(lock, 60);
  const left = leaveJournal(first.repository, first.updates, { git });
  return { first, root, journal, lock, left };
}

it("is carried through in every layer", async () => {
  const { first, root, journal, lock, left } = await killedInside();
  await finishInterrupted(root.repository);
  for (const { git, updates } of [first, root]) expect(git("rev-parse", REF).trim()).toBe(updates[0]?.next);
  expect([journal, lock, left].map((path) => existsSync(path))).toEqual([false, false, false]);
});

it("waits for a git that lives on, and leaves all as it is when that takes too long", async () => {
  const outlived = await livingProcess();
  const { first, root, journal, lock, left } = await killedInside(outlived.mark);
  await expect(finishInterrupted(root.repository)).rejects.toMatchObject({ code: "locked" });
  outlived.end();
  for (const { git } of [first, root]) expect(git("for-each-ref")).toBe("");
  expect([journal, lock, left].map((path) => existsSync(path))).toEqual([true, true, true]);
});
