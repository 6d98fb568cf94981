/** A patch applies to a tree where `git apply --cached` takes it, and makes the same tree of it. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyPatch } from "../../../src/patches/text/apply-patch.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { reverseDiffs } from "../../../src/patches/text/reverse-diff.js";
import { contentOf, name, tree } from "./arbitrary-tree.js";
import { type GitTree, commitTrees, gitText, newRepository, runGit } from "./real-git.js";

const RUNS = Number(process.env["UNFORK_TEST_RUNS"] ?? 30);
const repository = newRepository();

/** Two trees with files that moved, and one that has of each file the old, the new, or another state. */
const trees = fc
  .tuple(tree, tree, tree, fc.array(fc.tuple(name, name), { maxLength: 3 }), fc.array(fc.nat(6), { minLength: 13, maxLength: 13 }))
  .map(([old, drawn, other, moves, choices]) => {
    const moved = moves.flatMap(([from, to]) => (old[from] === undefined ? [] : [[to, old[from]] as const]));
    const fresh: GitTree = { ...drawn, ...Object.fromEntries(moved) };
    const paths = [...new Set([...Object.keys(old), ...Object.keys(fresh), ...Object.keys(other)])];
    const target = paths.flatMap((path, at) => {
      const from = [old, old, old, old, old, fresh, other][choices[at % choices.length] ?? 0];
      return from?.[path] === undefined ? [] : [[path, from[path]] as const];
    });
    return { old, fresh, target: Object.fromEntries(target) };
  });

const FILE = { mode: "100644", text: "@@ -1 +1 @@\n" };
/** Taken back, both of its copies come to one path. */
const TWO_COPIES = { old: { f: FILE, "caf\xc3\xa9": FILE }, fresh: { "\xff\xfe odd": FILE }, target: { f: FILE, "caf\xc3\xa9": FILE } };

/** The tree's id after `git apply`, or undefined. */
function byGit(patch: string, args: readonly string[]): string | undefined {
  rmSync(join(repository, ".git", "index"), { force: true });
  gitText(repository, ["read-tree", "target"]);
  const run = runGit(repository, ["apply", "--cached", ...args], patch);
  return run.code === 0 ? gitText(repository, ["write-tree"]).trim() : undefined;
}

async function byUs(diffs: Parameters<typeof applyPatch>[1], target: GitTree): Promise<string | undefined> {
  const result = await applyPatch((path) => {
    const content = contentOf(target, path);
    return content === null ? null : { mode: target[path]?.mode ?? "", content };
  }, diffs);
  if (result.status === "refused") return undefined;
  const files = new Map(Object.entries(target));
  for (const [path, file] of result.changes) {
    const text = file?.content.toString("latin1") ?? "";
    if (file === null) files.delete(path);
    else files.set(path, { mode: file.mode, text: file.mode === "160000" ? text.slice("Subproject commit ".length, -1) : text });
  }
  commitTrees(repository, { ours: Object.fromEntries(files) });
  return gitText(repository, ["rev-parse", "ours^{tree}"]).trim();
}

describe("a patch of generated trees", () => {
  for (const moves of ["--no-renames", "--find-renames=40%", "--find-copies-harder"])
    it(`(${moves}) applies to another tree as git has it`, async () => {
      const taken = new Set<boolean>();
      await fc.assert(
        fc.asyncProperty(trees, fc.boolean(), async ({ old, fresh, target }, reverse) => {
          commitTrees(repository, { old, fresh, target });
          const [from, to] = reverse ? ["fresh", "old"] : ["old", "fresh"];
          const patch = gitText(repository, ["diff", "--binary", "--full-index", moves, from, to]);
          if (patch === "") return;
          const diffs = parseDiff(patch, "p");
          const theirs = byGit(patch, reverse ? ["-R"] : []);
          expect(await byUs(reverse ? reverseDiffs(diffs) : diffs, target)).toBe(theirs);
          taken.add(theirs !== undefined);
        }),
        { numRuns: RUNS, examples: [[TWO_COPIES, true]] },
      );
      expect(taken.size, "some must be taken and some refused").toBe(2);
    });
});
