/** Compiled code is kept for the user alone; without it, or with a damaged one, a command does the same. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";

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
    expect(files.map((file) => file.replace(/-[\w-]{8}\.js$/, ""))).toEqual([`${folder}/port`, `${folder}/start`]);
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
