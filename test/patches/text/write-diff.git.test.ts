/** What git wrote is read, applied and written again without the loss of a byte: text, binary, modes, links, submodules, odd names. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyFileDiff } from "../../../src/patches/text/apply-file.js";
import type { FileDiff } from "../../../src/patches/text/file-diff.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { writeDiff } from "../../../src/patches/text/write-diff.js";
import { contentOf, name, tree } from "./arbitrary-tree.js";
import { type GitTree, commitTrees, gitText, newRepository } from "./real-git.js";

const RUNS = Number(process.env["UNFORK_TEST_RUNS"] ?? 30);
const repository = newRepository();

/** The second tree keeps some of the first one's files, also under other names. */
const pair = fc.tuple(tree, tree, fc.array(fc.tuple(name, name), { maxLength: 2 })).map(([old, fresh, moves]) => {
  const moved = moves.flatMap(([from, to]) =>
    old[from] === undefined
      ? []
      : [[to, { ...old[from], text: old[from].mode === "160000" ? old[from].text : `${old[from].text}more\n` }] as const],
  );
  return { old, fresh: { ...fresh, ...Object.fromEntries(moved) } };
});

function expectApplied(diff: FileDiff, old: GitTree, fresh: GitTree): void {
  const result = applyFileDiff(contentOf(old, diff.oldPath), diff);
  if (diff.newPath !== null && diff.newMode !== null) expect(diff.newMode).toBe(fresh[diff.newPath]?.mode);
  expect(result.status === "applied" ? result.content?.toString("latin1") : result.why).toBe(
    contentOf(fresh, diff.newPath)?.toString("latin1"),
  );
}

describe("a diff of two generated trees", () => {
  for (const moves of ["--no-renames", "--find-renames=20%", "--find-copies-harder"])
    it(`(${moves}) is written again as it was read, and gives the new files out of the old ones`, () => {
      fc.assert(
        fc.property(pair, fc.nat(4), ({ old, fresh }, context) => {
          commitTrees(repository, { old, fresh });
          const patch = gitText(repository, [
            "diff",
            "--binary",
            "--full-index",
            moves,
            `-U${context === 0 ? 3 : context}`,
            "old",
            "fresh",
          ]);
          const diffs = parseDiff(patch, "p");
          expect(writeDiff(diffs)).toBe(patch);
          for (const diff of diffs) expectApplied(diff, old, fresh);
        }),
        { numRuns: RUNS },
      );
    });

  it("without prefixes is read to the same paths", () => {
    fc.assert(
      fc.property(pair, ({ old, fresh }) => {
        commitTrees(repository, { old, fresh });
        const [withPrefix, without] = [[], ["--no-prefix"]].map((more) =>
          gitText(repository, ["diff", "--binary", "--find-renames", ...more, "old", "fresh"]),
        );
        expect(parseDiff(without ?? "", "p")).toEqual(parseDiff(withPrefix ?? "", "p"));
      }),
      { numRuns: RUNS / 2 },
    );
  });
});
