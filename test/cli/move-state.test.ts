/** `unfork serve move-state` as a process: killed in the middle it leaves the target empty or whole, and the next one goes to the end. */
import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { rowsBy } from "../../src/store/state/move/run-sql.js";
import { openState } from "../../src/store/state/open-state.js";
import { packageRoot } from "../../src/support/version.js";
import { fillState } from "../helpers/filled-state.js";
import { type PostgresCluster, postgresMissing, startPostgres } from "../helpers/postgres-cluster.js";
import { unfork } from "../helpers/serve-process.js";
import { temporaryFolder } from "../helpers/temp.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const MANY = 8000;
const WHOLE = MANY + 2;

describe("moving a state at the command line", () => {
  it("wants a state, and a database that is named where others do not see it", () => {
    const dir = temporaryFolder();
    const nowhere = unfork(["serve", "move-state", "--dir", dir], { DATABASE_URL: "postgresql://127.0.0.1:1/x" });
    expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringContaining("there is no server's state")]);
    const unnamed = unfork(["serve", "move-state", "--dir", dir], { DATABASE_URL: "" });
    expect([unnamed.status, unnamed.stderr]).toEqual([2, expect.stringContaining("DATABASE_URL")]);
    const away = unfork(["serve", "move-state", "--dir", dir, "--back"], { DATABASE_URL: "postgresql://u:hidden@127.0.0.1:1/x" });
    expect(away.status).toBe(3);
    expect(away.stdout + away.stderr).not.toContain("hidden");
  });
});

describe.skipIf(postgresMissing() !== undefined)("a move that is killed", { timeout: 300_000 }, () => {
  let cluster: PostgresCluster;
  const template = temporaryFolder();
  beforeAll(async () => {
    cluster = await startPostgres();
    const state = await openState({ dir: template });
    await fillState(state, MANY);
    await state.close();
  });
  afterAll(() => cluster?.stop());

  it("has moved all or nothing, there and back", async () => {
    const dir = temporaryFolder();
    const target = temporaryFolder();
    const databaseUrl = await cluster.createDatabase("killed");
    cpSync(template, dir, { recursive: true });
    const seen: number[] = [];
    for (const word of ["audit:", "decisions:", "settings:"]) {
      await killedAt(word, ["--dir", dir], databaseUrl);
      seen.push(await decisionsIn({ dir, databaseUrl }));
    }
    expect(seen.filter((rows) => rows !== 0 && rows !== WHOLE)).toEqual([]);
    expect(seen[0]).toBe(0);
    const moved = unfork(["serve", "move-state", "--dir", dir, "--json"], { DATABASE_URL: databaseUrl });
    expect(moved.status, moved.stderr).toBe(0);
    expect(await decisionsIn({ dir, databaseUrl })).toBe(WHOLE);
    expect(unfork(["serve", "verify-audit", "--dir", dir], { DATABASE_URL: databaseUrl }).stdout).toMatch(/^intact: 5 rows/);

    await killedAt("audit:", ["--dir", target, "--back"], databaseUrl);
    expect(await decisionsIn({ dir: target })).toBe(0);
    const back = unfork(["serve", "move-state", "--dir", target, "--back"], { DATABASE_URL: databaseUrl });
    expect([back.status, back.stderr]).toEqual([
      0,
      expect.stringContaining("start the server with the same --dir and without DATABASE_URL"),
    ]);
    expect(await decisionsIn({ dir: target })).toBe(WHOLE);
    expect(unfork(["token", "list", "--project", "webrtc", "--dir", target], { DATABASE_URL: "" }).stdout).toContain("fleet");
    expect(unfork(["token", "list"], { DATABASE_URL: databaseUrl }).stderr).toContain("this state was moved to a folder");
  });
});

/** Ends the command by SIGKILL when it says a word; it may have ended before. */
async function killedAt(word: string, args: readonly string[], databaseUrl: string): Promise<void> {
  const child = spawn(process.execPath, [BIN, "serve", "move-state", ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes(word)) child.kill("SIGKILL");
  });
  await new Promise((resolve) => void child.on("close", resolve));
  expect(said).toContain(word);
}

/** Waits for whoever still holds the tables: a server that was left notices it a moment later. */
async function decisionsIn(place: { readonly dir: string; readonly databaseUrl?: string }): Promise<number> {
  const state = await openState(place);
  try {
    return Number((await rowsBy(state.db, "select count(*) as rows from decisions"))[0]?.["rows"]);
  } finally {
    await state.close();
  }
}
