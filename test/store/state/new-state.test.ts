/** Holds that a state copied from the packed folder is what initdb would have made here. */
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { PGlite } from "@electric-sql/pglite";
import { describe, expect, it } from "vitest";

import { layNewState } from "../../../src/store/state/new-state.js";
import { temporaryFolder } from "../../helpers/temp.js";

/** Settings, databases, roles, and how much each catalog holds. */
async function described(folder: string): Promise<unknown> {
  const client = await PGlite.create(folder);
  const settings = await client.query("select name, setting, source from pg_settings order by name");
  const databases = await client.query("select datname, encoding, datcollate, datctype from pg_database order by datname");
  const roles = await client.query("select rolname, rolsuper from pg_roles order by rolname");
  const counts = ["pg_class", "pg_proc", "pg_type", "pg_collation", "pg_extension", "pg_ts_config", "pg_description"];
  const catalogs = await client.query(`select ${counts.map((name) => `(select count(*) from ${name}) as ${name}`).join(", ")}`);
  await client.close();
  return [settings, databases, roles, catalogs].map(({ rows }) => rows);
}

describe("a new state", () => {
  it("is what PostgreSQL's initdb makes: settings, databases, roles, catalogs; and only its user reads it", async () => {
    const [packed, made] = [join(temporaryFolder(), "state"), join(temporaryFolder(), "state")];
    expect(await layNewState(packed)).toBe(true);
    for (const path of readdirSync(packed, { recursive: true, encoding: "utf8" }))
      expect(statSync(join(packed, path)).mode & 0o077, path).toBe(0);
    expect(await described(packed)).toEqual(await described(made));
  });

  it("is there whole or not at all", async () => {
    const folder = temporaryFolder();
    const half = join(folder, "half.br");
    const index = Buffer.from(JSON.stringify({ folders: ["base"], files: [{ path: "none/PG_VERSION", content: 0 }], sizes: [1] }));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(index.length);
    writeFileSync(half, brotliCompressSync(Buffer.concat([head, index, Buffer.from("1")])));
    await expect(layNewState(join(folder, "state"), half)).rejects.toThrow("cannot write");
    expect(readdirSync(folder)).toEqual(["half.br"]);
  });

  it("is left to PGlite where the package has none", async () => {
    const folder = temporaryFolder();
    expect(await layNewState(join(folder, "state"), join(folder, "none.br"))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
