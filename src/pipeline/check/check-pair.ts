/** Owns the choice of what `unfork check` compares: two trees of sources, or two builds. */
import { statSync } from "node:fs";
import { resolve } from "node:path";

import { holdsObjects } from "../../audit/input-files.js";
import type { CheckResult } from "../../model/check.js";
import { UnforkError } from "../../support/errors.js";
import { checkBuilds } from "./check-builds.js";
import { checkTrees } from "./check-trees.js";

/** Throws `input-missing`, `input-invalid` (a tree against a build, neither sources nor objects), `object-invalid`. */
export async function checkPair(one: string, other: string): Promise<CheckResult> {
  const [first, second] = [resolve(one), resolve(other)];
  const kinds = [kindOf(first), kindOf(second)];
  if (kinds[0] !== kinds[1])
    throw new UnforkError("input-invalid", `${one} is a ${kinds[0]} and ${other} is a ${kinds[1]}`, {
      hint: "give two folders of sources, or two archives or folders of objects",
    });
  return kinds[0] === "build" ? checkBuilds(one, other) : checkTrees(one, other);
}

function kindOf(path: string): "build" | "tree of sources" {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined)
    throw new UnforkError("input-missing", `there is no file or folder ${path}`, { hint: "check the path", context: { path } });
  return status.isDirectory() && !holdsObjects(path) ? "tree of sources" : "build";
}
