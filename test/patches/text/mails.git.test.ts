/** What `git format-patch` mails is read back as it was committed: author, date, message, trailers, and the trees follow. */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyFileDiff } from "../../../src/patches/text/apply-file.js";
import { readCollection } from "../../../src/patches/text/collections/read-collection.js";
import { gitDate } from "../../../src/patches/text/mail/dates.js";
import { readPatchFile } from "../../../src/patches/text/read-patch-file.js";
import type { TextPatch } from "../../../src/patches/text/text-patch.js";
import { type Commit, commit, commitHistory } from "./arbitrary-history.js";
import { contentOf } from "./arbitrary-tree.js";
import { type GitTree, gitText, newRepository } from "./real-git.js";

const RUNS = Number(process.env["UNFORK_TEST_RUNS"] ?? 20);
const repository = newRepository();
const history = fc.array(commit, { minLength: 1, maxLength: 4 });

function expectSame(patch: TextPatch | undefined, one: Commit): void {
  expect(patch).toMatchObject({ subject: one.subject, body: one.body, author: one.author });
  expect(gitDate(patch?.date ?? "")).toBe(`${one.seconds} ${one.zone}`);
}

/** The tree after a patch; a diff that does not apply is an error. */
function patched(files: GitTree, patch: TextPatch): GitTree {
  const next = new Map(Object.entries(files));
  for (const { oldPath } of patch.diffs) if (oldPath !== null) next.delete(oldPath);
  for (const diff of patch.diffs) {
    const result = applyFileDiff(contentOf(files, diff.oldPath), diff);
    if (result.status === "refused") throw new Error(result.why);
    const text = (result.content ?? Buffer.alloc(0)).toString("latin1");
    const mode = diff.newMode ?? diff.oldMode ?? files[diff.oldPath ?? ""]?.mode ?? "";
    if (diff.newPath !== null)
      next.set(diff.newPath, { mode, text: mode === "160000" ? text.slice("Subproject commit ".length, -1) : text });
  }
  return Object.fromEntries(next);
}

function expectTrees(patches: readonly TextPatch[], commits: readonly Commit[]): void {
  let files: GitTree = {};
  for (const [at, patch] of patches.entries()) {
    files = patched(files, patch);
    expect(files).toEqual(commits[at]?.files);
  }
}

function formatPatch(args: readonly string[]): string {
  return gitText(repository, ["format-patch", "--always", "--binary", "--full-index", "--no-renames", ...args, "base..work"]);
}

describe("mails of a generated history", () => {
  for (const style of ["--numbered", "--attach", "--inline", "--no-signature", "--cover-letter", "--from=Sender <s@example.org>"])
    it(`(${style}) in one mailbox are read back`, () => {
      fc.assert(
        fc.property(history, (commits) => {
          commitHistory(repository, "work", commits);
          const content = Buffer.from(formatPatch([style, "--stdout"]), "latin1");
          const patches = readPatchFile({ name: "all.mbox", file: "all.mbox", content });
          expect(patches).toHaveLength(commits.length);
          for (const [at, one] of commits.entries()) expectSame(patches[at], one);
          expectTrees(patches, commits);
        }),
        { numRuns: RUNS / 2 },
      );
    });

  it("in a folder are read back in their order", async () => {
    await fc.assert(
      fc.asyncProperty(history, async (commits) => {
        commitHistory(repository, "work", commits);
        const folder = join(repository, "out");
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder);
        formatPatch(["-o", folder]);
        const collection = await readCollection(folder);
        expect(collection.kind).toBe("folder");
        for (const [at, one] of commits.entries()) expectSame(collection.patches[at], one);
        expectTrees(collection.patches, commits);
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it("have the trailers that git finds in them", () => {
    fc.assert(
      fc.property(commit, (one) => {
        commitHistory(repository, "work", [one]);
        const theirs = gitText(repository, ["log", "-1", "--format=%(trailers:unfold,only)", "work"]);
        const [patch] = readPatchFile({ name: "m", file: "m", content: Buffer.from(formatPatch(["--stdout"]), "latin1") });
        const ours = [...(patch?.trailers ?? [])]
          .filter(([key]) => key !== "cherry-picked-from")
          .flatMap(([key, values]) => values.map((value) => `${key}: ${value}`));
        const lines = Buffer.from(theirs, "latin1")
          .toString("utf8")
          .split("\n")
          .filter((line) => line !== "" && !line.startsWith("("));
        expect(ours.toSorted()).toEqual(lines.toSorted());
      }),
      { numRuns: RUNS },
    );
  });
});
