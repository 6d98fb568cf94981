/** Texts that are merged without git are merged as git merges them, byte for byte; and what is called plain is what a plain apply gives. */
import { describe, expect, it } from "vitest";

import { openMerger } from "../../../src/git/merge-batch.js";
import { type ObjectPool, openPool } from "../../../src/git/object-pool.js";
import { patchTexts } from "../../../src/git/patch-texts.js";
import { type ThreeTexts, mergeTexts } from "../../../src/git/text-merge/merge-texts.js";
import { formatTree, parseTree } from "../../../src/git/tree.js";
import { applyFileDiff } from "../../../src/patches/text/apply-file.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { mergeable } from "../../../src/patches/stack/scratch.js";
import { seededRandom } from "../../../src/support/random.js";
import { temporaryRepository } from "../temporary-repository.js";

type Random = () => number;

/** Lines as in code: most of them there once, some at every turn. */
function freshLines(random: Random, count: number, name: string): string[] {
  const often = ["", "}", "  return 0;", "  }", "  if (x) {", "#endif"];
  return Array.from({ length: count }, (_, at) =>
    random() < 0.45 ? (often[Math.floor(random() * often.length)] ?? "") : `  ${name}_${Math.floor(random() * 3) === 0 ? at % 3 : at}();`,
  );
}

function edited(random: Random, lines: readonly string[], name: string): string[] {
  let now = [...lines];
  for (let edit = 0; edit < 1 + Math.floor(random() * 3); edit++) {
    const at = Math.floor(random() * (now.length + 1));
    const gone = random() < 0.4 ? 0 : Math.floor(random() * 4);
    const copied = now.slice(Math.floor(random() * now.length)).slice(0, Math.floor(random() * 6));
    const put = random() < 0.3 ? copied : freshLines(random, Math.floor(random() * 5), `${name}${edit}`);
    now.splice(at, gone, ...put);
    if (random() < 0.1) now = [...now.slice(at), ...now.slice(0, at)].slice(0, now.length);
  }
  return now;
}

function threeTexts(random: Random): ThreeTexts {
  const lines = freshLines(random, 5 + Math.floor(random() * 60), "base");
  const text = (of: readonly string[]) => Buffer.from(of.join("\n") + (random() < 0.05 || of.length === 0 ? "" : "\n"));
  return { base: text(lines), ours: text(edited(random, lines, "ours")), theirs: text(edited(random, lines, "theirs")) };
}

/** What git makes of each: the merged text, or null in conflict; and what a plain apply of the difference gives, or null. */
async function asGit(pool: ObjectPool, cases: readonly ThreeTexts[]) {
  const treeOf = (text: Buffer) =>
    pool.addScratch("tree", formatTree(new Map([["a.cc", { mode: "100644", id: pool.addScratch("blob", text) }]])));
  const pairs = cases.map(({ base, ours, theirs }) => mergeable(pool, { base: treeOf(base), ours: treeOf(ours), theirs: treeOf(theirs) }));
  pool.show();
  const merger = openMerger(pool.repository);
  const merges = await merger.merge(pairs);
  await merger.close();
  const diffs = await patchTexts(pool.repository, [...new Set(pairs.map(({ theirs }) => theirs))]);
  return await Promise.all(
    cases.map(async ({ ours }, at) => {
      const tree = merges[at]?.clean === true ? parseTree(await pool.read(merges[at].tree, "tree")) : undefined;
      const merged = tree === undefined ? null : await pool.read(tree.get("a.cc")?.id ?? "", "blob");
      const [diff] = parseDiff(Buffer.from(diffs.get(pairs[at]?.theirs ?? "") ?? "", "latin1"), "diff");
      const applied = diff === undefined ? null : applyFileDiff(ours, diff);
      return { merged, applied: applied?.status === "applied" ? applied.content : null };
    }),
  );
}

describe("a text that is merged without git", () => {
  it("is what git makes of it", async () => {
    const { repository } = await temporaryRepository();
    const pool = await openPool(repository);
    const random = seededRandom(Number(process.env["UNFORK_SEED"] ?? 5));
    const cases = Array.from({ length: Number(process.env["UNFORK_TEXTS"] ?? 600) }, () => threeTexts(random));
    const wanted = await asGit(pool, cases);
    const counts = { own: 0, plain: 0 };
    for (const [at, texts] of cases.entries()) {
      const { merged, applied } = wanted[at] ?? { merged: null, applied: null };
      const own = mergeTexts(texts);
      if (own === undefined) continue;
      counts.own++;
      expect(own.content.toString("latin1")).toBe(merged?.toString("latin1"));
      if (own.plain) counts.plain++;
      if (own.plain) expect(applied?.toString("latin1")).toBe(merged?.toString("latin1"));
    }
    await pool.close();
    expect(counts.own).toBeGreaterThan(cases.length / 10);
    expect(counts.plain).toBeGreaterThan(cases.length / 20);
  });
});
