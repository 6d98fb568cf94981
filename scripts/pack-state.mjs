/**
 * Runs PostgreSQL's initdb once, which takes seconds, and packs the folder that it leaves for every new state to start from
 * (src/store/state/new-state.ts, which describes the format). Done again only for another PGlite.
 * Usage: node scripts/pack-state.mjs, behind the compiler.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

import { PGlite } from "@electric-sql/pglite";

const target = fileURLToPath(new URL("../dist/store/state/new-state.br", import.meta.url));
const stamp = `${target}.of`;
const pglite = readFileSync(new URL("../node_modules/@electric-sql/pglite/package.json", import.meta.url), "utf8");
const version = `${JSON.parse(pglite).version}\n`;

if (!existsSync(target) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== version) await make();

async function make() {
  const folder = mkdtempSync(join(tmpdir(), "unfork-new-state-"));
  try {
    const state = join(folder, "state");
    const client = await PGlite.create(state);
    await client.exec("checkpoint");
    await client.close();
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.new`, compress(pack(state)));
    renameSync(`${target}.new`, target);
    writeFileSync(stamp, version);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files with the same bytes (the three databases are copies of each other) are kept once. */
function pack(root) {
  const folders = [];
  const files = [];
  const contents = [];
  const known = new Map();
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted()) {
    const full = join(root, path);
    if (statSync(full).isDirectory()) folders.push(path);
    else files.push({ path, content: place(readFileSync(full)) });
  }
  const index = Buffer.from(JSON.stringify({ folders, files, sizes: contents.map(({ length }) => length) }));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(index.length);
  return Buffer.concat([head, index, ...contents]);

  function place(bytes) {
    const digest = createHash("sha256").update(bytes).digest("hex");
    if (!known.has(digest)) known.set(digest, contents.push(bytes) - 1);
    return known.get(digest);
  }
}

function compress(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(bytes, {
    params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}
