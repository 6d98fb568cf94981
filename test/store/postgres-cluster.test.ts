/** Holds what the helper for PostgreSQL promises: the tests of both stores stand on it. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type PostgresCluster, postgresMissing, startPostgres } from "../helpers/postgres-cluster.js";

describe.skipIf(postgresMissing() !== undefined)("a PostgreSQL cluster of the tests' own", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster.stop());

  it("answers over TCP with a password and over its socket, from release 15 on", async () => {
    for (const url of [cluster.url, cluster.socketUrl]) {
      expect(Number((await ask(url, "SHOW server_version_num"))["server_version_num"])).toBeGreaterThanOrEqual(150_000);
    }
  });

  it("keeps what was committed over a crash of the server", async () => {
    const url = await cluster.createDatabase("crash");
    await ask(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await cluster.restart({ kill: true });
    expect(await ask(url, "SELECT answer FROM kept")).toEqual({ answer: 42 });
  });
});

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return ((await client.query(sql)).rows[0] as Record<string, unknown> | undefined) ?? {};
  } finally {
    await client.end();
  }
}
