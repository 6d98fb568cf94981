/** What a port calls a cascade fails only because of earlier ones: shown by real git, which makes the worlds without them. */
import { describe, expect, it } from "vitest";

import type { PatchPort } from "../../../src/model/patch.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { generateHistory } from "../stack/history.js";
import { type FileTexts, stackRepository } from "../stack/stack-repository.js";
import { inConflictApart, stackOf, stillInConflict } from "./counter-worlds.js";

const seen = { conflict: 0, cascade: 0 };
const SEEDS = Array.from(
  { length: Number(process.env["UNFORK_HISTORIES"] ?? 24) },
  (_, at) => at + Number(process.env["UNFORK_SEED"] ?? 1),
);

describe("a patch in conflict", () => {
  it.each(SEEDS)("is a cascade when it clears with the earlier ones settled and needs them, and a root else (history %i)", async (seed) => {
    // What a merge within the stack did is lost in a port, so that patches behind it may not even fit their own stack.
    const history = generateHistory(seed, { merges: false });
    const port = await portAlone({ repo: history.path, series: "old..tip", onto: "new", name: "port", dryRun: true });
    const stuck = port.patches.filter(isStuck);
    const left = stuck.map(({ patch }) => patch);
    const still = stillInConflict(history);
    const leaning = inConflictApart(history, left);
    const expected = left.map((patch) => ({ patch, status: leaning.includes(patch) && !still.includes(patch) ? "cascade" : "conflict" }));
    expect(stuck.map(({ patch, status }) => ({ patch, status }))).toEqual(expected);
    for (const { status } of expected) seen[status as keyof typeof seen]++;
  });

  it("names an earlier root where it is a cascade, and none where it is a root", async () => {
    for (const seed of SEEDS) {
      const history = generateHistory(seed);
      const { patches } = await portAlone({ repo: history.path, series: "old..tip", onto: "new", name: "port", dryRun: true });
      const order = stackOf(history);
      for (const { patch, status, root } of patches) {
        if (status !== "cascade") expect(root).toBeNull();
        else expect(patches.find((one) => one.patch === root && order.indexOf(one.patch) < order.indexOf(patch))?.status).toBe("conflict");
      }
    }
  });

  it.each<[string, FileTexts, FileTexts]>([
    ["a folder where an earlier one takes a file away", { Z: "file\n" }, { "Z/foo": "foo\n" }],
    ["a file where an earlier one takes a folder away", { "Z/foo": "foo\n" }, { Z: "file\n" }],
    ["a file in the place of one that an earlier one takes away", { Z: "file\n" }, { Z: "another\n" }],
  ])("is a cascade when it wants %s", async (_what, before, after) => {
    const made = stackRepository({
      old: { ...before, "c.c": "one\n" },
      new: { ...before, "c.c": "upstream's\n" },
      stack: [{ "c.c": "ours\n" }, { ...after, "c.c": "ours\n" }],
    });
    const { patches } = await portAlone({ repo: made.path, series: "old..tip", onto: "new", name: "port", dryRun: true });
    expect(patches.map(({ status, root }) => [status, root])).toEqual([
      ["conflict", null],
      ["cascade", patches[0]?.patch],
    ]);
  });

  it("was both among these", () => {
    expect(seen.conflict).toBeGreaterThan(0);
    expect(seen.cascade).toBeGreaterThan(0);
  });
});

function isStuck({ status }: PatchPort["patches"][number]): boolean {
  return status === "conflict" || status === "cascade";
}
