/** Hunks go where `git apply` puts them, and nowhere else: held against the real one. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyHunks } from "../../../src/patches/text/apply-hunks.js";
import type { DiffHunk, FileDiff } from "../../../src/patches/text/file-diff.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { writeDiff } from "../../../src/patches/text/write-diff.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { joined, line, text } from "./arbitrary-text.js";
import { applyByGit, runGit } from "./real-git.js";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const RUNS = Number(process.env["UNFORK_TEST_RUNS"] ?? 120);
const folder = temporaryFolder();

const row = fc.tuple(fc.constantFrom(" ", " ", "-", "+"), line).map(([sign, words]) => sign + words);

const hunk: fc.Arbitrary<DiffHunk> = fc
  .record({
    start: fc.nat(9),
    shift: fc.integer({ min: -3, max: 3 }),
    lines: fc.array(row, { minLength: 1, maxLength: 7 }).filter((lines) => lines.some((one) => !one.startsWith(" "))),
    ends: fc.constantFrom("both", "both", "both", "old", "new", "none"),
  })
  .map(({ start, shift, lines, ends }) => {
    const oldCount = lines.filter((one) => !one.startsWith("+")).length;
    const newCount = lines.filter((one) => !one.startsWith("-")).length;
    return Object.assign(unterminated(lines, ends), { oldStart: start, oldCount, newStart: Math.max(0, start + shift), newCount, lines });
  });

/** Both sides end without newline at a context line, or each for itself where their last lines are different ones. */
function unterminated(lines: readonly string[], ends: string): Pick<DiffHunk, "oldUnterminated" | "newUnterminated"> {
  const [lastOld, lastNew] = ["+", "-"].map((other) => lines.findLastIndex((one) => !one.startsWith(other)));
  const old = ends === "old" || ends === "none";
  const fresh = lastOld === lastNew ? old : ends === "new" || ends === "none";
  const context = (at: number | undefined) => lines[at ?? -1]?.startsWith(" ") === true;
  const apart = lastOld !== lastNew && (context(lastOld) || context(lastNew));
  return apart
    ? { oldUnterminated: false, newUnterminated: false }
    : { oldUnterminated: old && lastOld !== -1, newUnterminated: fresh && lastNew !== -1 };
}

function diffOf(hunks: readonly DiffHunk[]): FileDiff {
  const modes = { oldMode: "100644", newMode: "100644", oldId: null, newId: null };
  return { oldPath: "f", newPath: "f", ...modes, rename: false, copy: false, hunks, binary: null, line: 1 };
}

/** The old lines of each hunk, with noise before, between and behind. */
const targets = fc.array(hunk, { minLength: 1, maxLength: 3 }).chain((hunks) =>
  fc
    .tuple(
      fc.array(fc.array(line, { maxLength: 4 }), { minLength: hunks.length + 1, maxLength: hunks.length + 1 }),
      fc.boolean(),
      fc.nat(2),
    )
    .map(([noise, ended, repeats]) => {
      const olds = hunks.map(({ lines }) => lines.filter((one) => !one.startsWith("+")).map((one) => one.slice(1)));
      const between = olds.flatMap((old, at) =>
        Array.from({ length: at === 0 ? repeats : 1 }, () => old).concat(noise.slice(at + 1, at + 2)),
      );
      const lines = [...(noise[0] ?? []), ...between.flat()];
      return { hunks, content: joined(lines, ended) };
    }),
);

function expectSame(content: string, hunks: readonly DiffHunk[], patch: string, args: readonly string[] = []): boolean {
  const theirs = applyByGit(folder, content, patch, args);
  const ours = applyHunks(Buffer.from(content, "latin1"), hunks, { unidiffZero: args.includes("--unidiff-zero") });
  expect(ours.status === "applied" ? ours.content.toString("latin1") : undefined).toBe(theirs);
  return theirs !== undefined;
}

describe("hunks of any kind on contents of any kind", () => {
  const taken = new Set<boolean>();
  it("are taken or refused as git does, and give the same bytes", () => {
    fc.assert(
      fc.property(targets, fc.constantFrom([], [], ["--unidiff-zero"]), ({ hunks, content }, args) => {
        taken.add(expectSame(content, hunks, writeDiff([diffOf(hunks)]), args));
      }),
      { numRuns: RUNS },
    );
    expect(taken.size, "some must be taken and some refused").toBe(2);
  });

  it("as git diff makes them, with 0 to 4 lines of context, fit on a content that drifted as git has them fit", () => {
    const fit = new Set<boolean>();
    fc.assert(
      fc.property(text(14), text(14), text(14), fc.nat(4), fc.nat(12), (old, fresh, drift, context, at) => {
        writeFileSync(join(folder, "old"), old, "latin1");
        writeFileSync(join(folder, "new"), fresh, "latin1");
        const patch = runGit(folder, ["diff", "--no-index", "--text", `-U${context}`, "old", "new"])
          .stdout.toString("latin1")
          .replaceAll(/\b([ab])\/(old|new)\b/g, "$1/f");
        const [diff] = parseDiff(patch, "p");
        if (diff === undefined) return;
        const drifted = old
          .split("\n")
          .toSpliced(at, 0, ...drift.split("\n").slice(0, 4))
          .join("\n");
        for (const content of [old, drifted, drift]) fit.add(expectSame(content, diff.hunks, patch));
        if (context > 0)
          expect(applyHunks(Buffer.from(old, "latin1"), diff.hunks)).toMatchObject({ content: Buffer.from(fresh, "latin1") });
      }),
      { numRuns: RUNS },
    );
    expect(fit.size).toBe(2);
  });
});

function numbers(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join("");
}

describe("a hunk", () => {
  const [diff] = parseDiff("--- a/f\n+++ b/f\n@@ -4,3 +4,3 @@\n 4\n-5\n+five\n 6\n", "p");

  it("tells how far off the expected line it was found", () => {
    const result = applyHunks(Buffer.from(`x\ny\n${numbers(1, 9)}`), diff?.hunks ?? []);
    expect(result).toEqual({ status: "applied", content: Buffer.from(`x\ny\n${numbers(1, 4)}five\n${numbers(6, 9)}`), offsets: [2] });
  });

  it("without a place is named, with its head", () => {
    expect(applyHunks(Buffer.from(numbers(6, 9)), diff?.hunks ?? [])).toEqual({
      status: "refused",
      hunk: 0,
      why: "the old lines of the hunk @@ -4,3 +4,3 @@ are not in the file",
    });
  });
});
