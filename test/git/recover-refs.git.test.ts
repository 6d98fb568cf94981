/** What a killed move of refs left is carried through whole or not at all, and nothing of a living run is touched. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { RunEvent } from "../../src/model/events.js";
import { writeCommit } from "../../src/git/commit.js";
import { recoverRefs, tellLeftRefs } from "../../src/git/recover-refs.js";
import { listRefs, updateRefs } from "../../src/git/refs.js";
import { listen } from "../../src/support/bus.js";
import { leaveJournal, livingProcess, written } from "./left-journal.js";
import { temporaryRepository } from "./temporary-repository.js";

const A = "refs/heads/a";
const B = "refs/heads/b";

async function world() {
  const made = await temporaryRepository();
  const tree = await made.objects.write("tree", Buffer.alloc(0));
  const commit = (subject: string) => writeCommit(made.objects, { tree, parents: [], subject, trailers: {} });
  const [one, two, three] = [await commit("one"), await commit("two"), await commit("three")];
  const { repository, git } = made;
  for (const ref of [A, B]) git("update-ref", ref, one);
  const both = [A, B].map((ref) => ({ ref, old: one, next: two }));
  const lock = (name: string, secondsAgo: number) => {
    const path = join(repository.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, "");
    written(path, secondsAgo);
    return path;
  };
  const journals = () => readdirSync(repository.path).filter((name) => name.startsWith("unfork-transaction"));
  return { ...made, path: repository.path, one, two, three, both, lock, journals };
}

function findings(): { readonly told: string[]; readonly stop: () => void } {
  const told: string[] = [];
  const stop = listen((event: RunEvent) => {
    if (event.type === "finding") told.push(event.message);
  });
  return { told, stop };
}

afterEach(() => vi.unstubAllEnvs());

describe("a move of refs that a kill cut off", () => {
  it("is carried through with its locks gone, where one ref had moved already", async () => {
    const { repository, path, git, two, both, lock, journals } = await world();
    git("update-ref", A, two);
    leaveJournal(path, both);
    const left = lock(`${B}.lock`, 60);
    expect(await recoverRefs(repository)).toBe(true);
    expect(await listRefs(repository)).toEqual(new Map([A, B].map((ref) => [ref, two])));
    expect([existsSync(left), journals()]).toEqual([false, []]);
  });

  it("moves nothing where somebody moved one of the refs since, and says what to do", async () => {
    const { repository, path, git, one, three, both, journals } = await world();
    git("update-ref", A, three);
    leaveJournal(path, both);
    await expect(recoverRefs(repository)).rejects.toMatchObject({
      code: "state-invalid",
      message: expect.stringContaining(`${A} was moved since`),
      hint: expect.stringContaining("unfork-transaction"),
    });
    expect([git("rev-parse", A).trim(), git("rev-parse", B).trim()]).toEqual([three, one]);
    expect(journals()).toHaveLength(1);
    git("update-ref", A, one);
    expect(await recoverRefs(repository)).toBe(true);
    expect(git("rev-parse", B)).toBe(git("rev-parse", A));
  });

  it.each([
    ["before it", 90],
    ["after it", 0],
  ])("leaves a lock alone that somebody else took %s", async (_when, secondsAgo) => {
    const { repository, path, one, lock } = await world();
    leaveJournal(path, [{ ref: A, old: one, next: null }]);
    const other = lock("packed-refs.lock", secondsAgo);
    await expect(recoverRefs(repository)).rejects.toMatchObject({ code: "locked" });
    expect(existsSync(other)).toBe(true);
  });

  it("is not waited for, though the clock was put back since", async () => {
    const { repository, path, git, two, both } = await world();
    leaveJournal(path, both, { secondsAgo: -3600 });
    const since = performance.now();
    await recoverRefs(repository);
    expect(performance.now() - since).toBeLessThan(4000);
    expect(git("rev-parse", B).trim()).toBe(two);
  });

  it("waits for the git that outlived its run", async () => {
    const { repository, path, git, two, both } = await world();
    const outlived = await livingProcess();
    leaveJournal(path, both, { git: outlived.mark });
    const recovered = recoverRefs(repository);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(git("rev-parse", B)).not.toContain(two);
    outlived.end();
    expect(await recovered).toBe(true);
    expect(git("rev-parse", B).trim()).toBe(two);
  });

  it("on another machine is left and told at once", async () => {
    const { repository, path, git, one, both, journals } = await world();
    leaveJournal(path, both, { host: "another" });
    const { told, stop } = findings();
    expect(await recoverRefs(repository)).toBe(false);
    stop();
    expect(told).toEqual([expect.stringContaining("another machine")]);
    expect([git("rev-parse", B).trim(), journals().length]).toEqual([one, 1]);
  });

  it("is only told by a run that reads", async () => {
    const { repository, path, git, one, both, lock, journals } = await world();
    leaveJournal(path, both);
    const left = lock(`${B}.lock`, 60);
    const { told, stop } = findings();
    await tellLeftRefs(repository);
    stop();
    expect(told).toEqual([expect.stringContaining("the next one that writes")]);
    expect([git("rev-parse", B).trim(), existsSync(left), journals().length]).toEqual([one, true, 1]);
  });
});

describe("a move of refs of a run that lives", () => {
  it("is waited for some seconds, then left as it is with its locks, and told", async () => {
    const { repository, path, git, one, both, lock, journals } = await world();
    const living = await livingProcess();
    leaveJournal(path, both, { run: living.mark, secondsAgo: 3 });
    const held = lock(`${B}.lock`, 3);
    const { told, stop } = findings();
    expect(await recoverRefs(repository)).toBe(false);
    stop();
    living.end();
    expect(told).toEqual([expect.stringContaining("another run still moves refs")]);
    expect([git("rev-parse", B).trim(), existsSync(held), journals().length]).toEqual([one, true, 1]);
  });

  it("keeps its journal when another run ends its own", async () => {
    const { repository, path, one, two, both } = await world();
    const living = await livingProcess();
    const journal = leaveJournal(path, both, { run: living.mark });
    await updateRefs(repository, [{ ref: A, old: one, next: two }]);
    living.end();
    expect(existsSync(journal)).toBe(true);
  });
});

describe("a move of refs that was refused", () => {
  it("leaves no journal, whether git refuses it or cannot be started", async () => {
    const { repository, one, two, three, journals } = await world();
    const updates = [{ ref: A, old: three, next: two }];
    await expect(updateRefs(repository, updates)).rejects.toMatchObject({ context: { git: "ref-changed" } });
    vi.stubEnv("PATH", "/nowhere");
    await expect(updateRefs(repository, [{ ref: A, old: one, next: two }])).rejects.toMatchObject({ code: "tool-missing" });
    expect(journals()).toEqual([]);
  });
});
