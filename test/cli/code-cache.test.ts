/** Compiled code is kept for the user alone; without it, or with a damaged one, a command does the same. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const KEPT_BY_NODE = Number.parseInt(process.versions.node, 10) >= 22;

/** `unfork patch …` that ends in a usage error, as it has no repository. */
function run(home: string, more: Record<string, string> = {}) {
  const env = { ...process.env, NODE_OPTIONS: "", XDG_CACHE_HOME: home, ...more };
  const args = [join(packageRoot(), "bin/unfork.js"), "patch", "port", "--repo", join(home, "none"), "--series", "a..b", "--onto", "c"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  return { status, stdout, stderr };
}

function kept(home: string): string[] {
  return existsSync(join(home, "unfork")) ? readdirSync(join(home, "unfork"), { recursive: true }).map(String).toSorted() : [];
}

describe.skipIf(KEPT_BY_NODE)("the code of a patch command", () => {
  it("is kept by the first run, and stays as it is", () => {
    const home = temporaryFolder();
    const first = run(home);
    expect(first).toMatchObject({ status: 2, stderr: expect.stringContaining("there is no folder") });
    const [folder = "", ...files] = kept(home);
    expect(files.map((file) => file.replace(/-[\w-]{8}\.js$/, ""))).toEqual([`${folder}/patch.port`, `${folder}/patch.start`]);
    const bytes = files.map((file) => readFileSync(join(home, "unfork", file)));
    expect(run(home)).toEqual(first);
    expect(files.map((file) => readFileSync(join(home, "unfork", file)))).toEqual(bytes);
  });

  it("is made again where it is damaged", () => {
    const home = temporaryFolder();
    const first = run(home);
    const [, file = ""] = kept(home);
    const path = join(home, "unfork", file);
    const whole = readFileSync(path);
    for (const damaged of [Buffer.from(whole).fill(0, 2000, 4000), Buffer.alloc(0), whole.subarray(0, 5000)]) {
      writeFileSync(path, damaged);
      expect(run(home)).toEqual(first);
      expect(readFileSync(path).length).toBeGreaterThan(10_000);
    }
  });

  it("is not looked for where others may write, or Node is told to keep none", () => {
    const home = temporaryFolder();
    run(home, { NODE_DISABLE_COMPILE_CACHE: "1" });
    run(home, { NODE_OPTIONS: "--max-old-space-size=512" });
    expect(kept(home)).toEqual([]);
    const folder = join(home, "unfork", `code-${process.version}-${process.arch}`);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    expect(run(home).status).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});

/** A run over so many files; its account without the place of the output. */
function isolate(home: string, files: number) {
  const [tree, out] = [join(home, "tree"), join(home, "out")];
  rmSync(out, { recursive: true, force: true });
  writeTree(
    tree,
    Object.fromEntries(Array.from({ length: files }, (_, at) => [`a${at}.cc`, `namespace lib { int f${at}() { return ${at}; } }\n`])),
  );
  const env = { ...process.env, NODE_OPTIONS: "", XDG_CACHE_HOME: join(home, "cache") };
  const args = [join(packageRoot(), "bin/unfork.js"), "isolate", tree, "--flavor", "old", "--out", out, "--jobs", "2", "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
  return { status, stdout, stderr };
}

describe.skipIf(KEPT_BY_NODE)("the code of `unfork isolate <tree>`", () => {
  it("is kept for its threads, too, and the next run comes to the same by it", () => {
    const home = temporaryFolder();
    const first = isolate(home, 900);
    expect(first).toMatchObject({ status: 0, stderr: "" });
    const files = kept(join(home, "cache"));
    expect(files.some((file) => file.includes("/isolate."))).toBe(true);
    expect(files.some((file) => file.includes("/isolate-part."))).toBe(true);
    const bytes = files.slice(1).map((file) => readFileSync(join(home, "cache/unfork", file)));
    expect(isolate(home, 900)).toEqual(first);
    expect(kept(join(home, "cache"))).toEqual(files);
    expect(files.slice(1).map((file) => readFileSync(join(home, "cache/unfork", file)))).toEqual(bytes);
  });
});
