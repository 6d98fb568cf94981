/** A PostgreSQL of the measurement's own, by the tests' helper. */
import { createReadStream, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { createJiti } from "jiti";
import pg from "pg";

const TYPES = { VARCHAR: "text", INTEGER: "integer", BIGINT: "bigint", DOUBLE: "double precision", UUID: "uuid" };

export async function openPostgres() {
  const { startPostgres } = await createJiti(import.meta.url).import(join(import.meta.dirname, "../../test/helpers/postgres-cluster.ts"));
  const cluster = await startPostgres();
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  await client.query("SET statement_timeout = '10min'");
  client.on("error", () => undefined);
  const query = async (sql) => (await client.query(sql)).rows;
  async function load(name, duck, csv) {
    const columns = await duck.query(`DESCRIBE ${name}`);
    await query(`CREATE UNLOGGED TABLE ${name} (${columns.map((one) => `"${one.column_name}" ${TYPES[one.column_type]}`).join(", ")})`);
    await duck.run(`COPY (SELECT * FROM ${name}) TO '${csv}' (HEADER false, NULLSTR '\\N', QUOTE '')`);
    const psql = spawn("psql", ["-q", cluster.url, "-c", `COPY ${name} FROM STDIN (FORMAT text, DELIMITER ',')`], {
      stdio: ["pipe", "inherit", "inherit"],
    });
    const ended = once(psql, "exit");
    await pipeline(createReadStream(csv), psql.stdin);
    const [code] = await ended;
    if (code !== 0) throw new Error(`psql ended with ${code}`);
    rmSync(csv);
    await query(`VACUUM ANALYZE ${name}`);
  }
  return {
    query,
    load,
    async close() {
      await client.end();
      await cluster.stop();
    },
  };
}
