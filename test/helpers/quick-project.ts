/** Owns a copy of the quick example in a temporary folder, and running `unfork` in it. */
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";

import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "./temp.js";

export interface QuickProject {
  readonly root: string;
  /** `.unfork` in it. */
  readonly output: string;
  readonly unfork: (...args: readonly string[]) => { readonly code: number | null; readonly out: string; readonly err: string };
}

/** A fresh copy with a cache of its own. */
export function quickProject(): QuickProject {
  const folder = temporaryFolder();
  const root = join(folder, "quick");
  cpSync(join(packageRoot(), "examples/quick"), root, { recursive: true, filter: (path) => !path.includes(".unfork") });
  return {
    root,
    output: join(root, ".unfork"),
    unfork: (...args) => {
      const env = { ...process.env, UNFORK_CACHE: join(folder, "cache") };
      const result = spawnSync(process.execPath, [join(packageRoot(), "bin/unfork.js"), ...args], { cwd: root, encoding: "utf8", env });
      return { code: result.status, out: result.stdout, err: result.stderr };
    },
  };
}
