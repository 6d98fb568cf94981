import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { takeLock } from "../../src/support/lock.js";
import { temporaryFolder } from "../helpers/temp.js";

describe("the project's lock", () => {
  it("is held by one at a time: the second is told who holds it", async () => {
    const path = join(temporaryFolder(), "lock");
    const release = await takeLock(path, "first");
    await expect(takeLock(path, "second")).rejects.toMatchObject({ code: "locked", message: expect.stringContaining(String(process.pid)) });
    await release();
    const again = await takeLock(path, "third");
    await again();
  });

  it("is taken over from a holder that is dead, or whose process id now belongs to another process", async () => {
    const path = join(temporaryFolder(), "lock");
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: "1", token: "aaaaaaaaaaaa", command: "dead" }));
    const release = await takeLock(path, "new");
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ command: "new" });
    await release();
  });

  it("kills what a dead holder's run left running before it goes on", async () => {
    const path = join(temporaryFolder(), "lock");
    const orphan = spawn("sleep", ["60"], { env: { ...process.env, UNFORK_LOCK_TOKEN: "bbbbbbbbbbbb" }, detached: true });
    const ended = new Promise((resolve) => orphan.once("exit", (_code, signal) => resolve(signal)));
    await sleep(50);
    writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, started: "1", token: "bbbbbbbbbbbb", command: "dead" }));
    const release = await takeLock(path, "new");
    expect(await ended).toBe("SIGKILL");
    await release();
  });

  it("clears away what a killed process left half done beside it, and leaves what a living one works with", async () => {
    const folder = temporaryFolder();
    const dead = `lock.${2 ** 22 + 1}.0123456789ab`;
    const living = `lock.${process.pid}.0123456789ab.tmp`;
    for (const name of [`${dead}.tmp`, `${dead}.old`, living, "lock.txt.tmp"]) writeFileSync(join(folder, name), "");
    const release = await takeLock(join(folder, "lock"), "new");
    await release();
    expect(readdirSync(folder).toSorted()).toEqual([living, "lock.txt.tmp"]);
  });

  it("refuses a lock file that is not ours instead of removing it", async () => {
    const path = join(temporaryFolder(), "lock");
    writeFileSync(path, "hello");
    await expect(takeLock(path, "x")).rejects.toMatchObject({ code: "state-invalid" });
    expect(readFileSync(path, "utf8")).toBe("hello");
  });
});
