/** A run that was killed while git moved its refs in somebody's own repository: the next one carries it through, and harms no other. */
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { portAlone } from "../../src/patches/alone/port-alone.js";
import { type StackRepository, stackRepository } from "./stack/stack-repository.js";

const REF = "refs/unfork/port";

function world(): StackRepository & { journal: string } {
  const made = stackRepository({ old: { "a.c": "1\n" }, new: { "a.c": "1\n", "b.c": "2\n" }, stack: [{ "a.c": "1\nours\n" }] });
  return { ...made, journal: join(made.path, ".git", "unfork-transaction.json") };
}

/** As a kill between two of git's renames leaves it: the journal, and the lock of a ref that is still at its old value. */
function leave({ path, journal, git }: ReturnType<typeof world>, secondsAgo: number): { lock: string } {
  const lock = join(path, ".git", `${REF}.lock`);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, "");
  writeFileSync(journal, JSON.stringify([{ ref: REF, old: null, next: git("rev-parse", "new").trim() }]));
  const when = Date.now() / 1000 - secondsAgo;
  for (const file of [lock, journal]) utimesSync(file, when, when);
  return { lock };
}

const request = { series: "old..tip", onto: "new", name: "port", dryRun: false };

describe("a transaction that a kill cut off", () => {
  it("is carried through by the next run, which then moves the ref on", async () => {
    const made = world();
    const { lock } = leave(made, 60);
    const port = await portAlone({ ...request, repo: made.path });
    expect(made.git("rev-parse", REF).trim()).toBe(port.commit);
    expect([existsSync(lock), existsSync(made.journal)]).toEqual([false, false]);
  });

  it("leaves a lock alone that was there long before it", async () => {
    const made = world();
    leave(made, 60);
    const lock = join(made.path, ".git", "packed-refs.lock");
    writeFileSync(lock, "");
    utimesSync(lock, Date.now() / 1000 - 600, Date.now() / 1000 - 600);
    await portAlone({ ...request, repo: made.path });
    expect(existsSync(lock)).toBe(true);
  });
});

describe("a transaction of another run that lives", () => {
  it("is waited for", async () => {
    const made = world();
    const { lock } = leave(made, 0);
    const port = portAlone({ ...request, repo: made.path });
    const ended = { early: false };
    void port.then(() => (ended.early = existsSync(made.journal)));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(existsSync(lock)).toBe(true);
    for (const file of [lock, made.journal]) rmSync(file);
    const { commit } = await port;
    expect(ended.early).toBe(false);
    expect(made.git("rev-parse", REF).trim()).toBe(commit);
  });
});
