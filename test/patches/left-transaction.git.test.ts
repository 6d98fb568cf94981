/** A run that was killed while git moved its refs in somebody's own repository: the next one that writes carries it through, and harms no other. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { portAlone } from "../../src/patches/alone/port-alone.js";
import { listFeatures } from "../../src/patches/cards/list-features.js";
import { type Left, leaveJournal, livingProcess, written } from "../git/left-journal.js";
import { type StackRepository, stackRepository } from "./stack/stack-repository.js";

const REF = "refs/unfork/port";

function world(): StackRepository {
  return stackRepository({ old: { "a.c": "1\n" }, new: { "a.c": "1\n", "b.c": "2\n" }, stack: [{ "a.c": "1\nours\n" }] });
}

/** As a kill between two of git's renames leaves it: the journal, and the lock of a ref that is still at its old value. */
function leave({ path, git }: StackRepository, left: Left = {}): { lock: string; journal: string } {
  const lock = join(path, ".git", `${REF}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, "");
  written(lock, left.secondsAgo ?? 60);
  return { lock, journal: leaveJournal(join(path, ".git"), [{ ref: REF, old: null, next: git("rev-parse", "new").trim() }], left) };
}

const request = { series: "old..tip", onto: "new", name: "port", dryRun: false };

describe("a transaction that a kill cut off", () => {
  it("is carried through by the next run, which then moves the ref on", async () => {
    const made = world();
    const { lock, journal } = leave(made);
    const port = await portAlone({ ...request, repo: made.path });
    expect(made.git("rev-parse", REF).trim()).toBe(port.commit);
    expect([existsSync(lock), existsSync(journal)]).toEqual([false, false]);
  });

  it("in one work tree is carried through by the next run in another", async () => {
    const made = world();
    const { journal } = leave(made);
    const other = join(made.path, "..", "other");
    made.git("worktree", "add", "-q", "--detach", other, "tip");
    const port = await portAlone({ ...request, repo: other });
    expect([made.git("rev-parse", REF).trim(), existsSync(journal)]).toEqual([port.commit, false]);
  });

  it("stays as it is in runs that only read", async () => {
    const made = world();
    const { lock, journal } = leave(made);
    await portAlone({ ...request, repo: made.path, dryRun: true });
    await listFeatures({ repo: made.path, staleDays: 1 });
    expect([existsSync(lock), existsSync(journal)]).toEqual([true, true]);
    expect(made.git("for-each-ref", REF)).toBe("");
  });
});

describe("a transaction of another run that lives", () => {
  it("is waited for", async () => {
    const made = world();
    const living = await livingProcess();
    const { lock, journal } = leave(made, { run: living.mark });
    const port = portAlone({ ...request, repo: made.path });
    const ended = { early: false };
    void port.then(() => (ended.early = existsSync(journal)));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(existsSync(lock)).toBe(true);
    for (const file of [lock, journal]) rmSync(file);
    const { commit } = await port;
    living.end();
    expect(ended.early).toBe(false);
    expect(made.git("rev-parse", REF).trim()).toBe(commit);
  });
});
