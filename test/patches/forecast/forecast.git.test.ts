/** A forecast and the story of a patch: told from a port in memory, with no ref written. */
import { describe, expect, it } from "vitest";

import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { forecast } from "../../../src/patches/forecast/forecast.js";
import { why } from "../../../src/patches/why/why.js";
import { stackRepository } from "../stack/stack-repository.js";

const LINES = Array.from({ length: 12 }, (_, at) => `line ${at}`);

function text(change: Record<number, string> = {}): string {
  return LINES.map((line, at) => `${change[at] ?? line}\n`).join("");
}

function twoPatches() {
  return stackRepository({
    old: { "a.c": text(), "b.c": text() },
    new: { "a.c": text({ 2: "upstream's" }), "b.c": text({ 8: "upstream's" }) },
    stack: [
      { "a.c": text(), "b.c": text({ 4: "ours" }) },
      { "a.c": text({ 2: "ours" }), "b.c": text({ 4: "ours" }) },
    ],
  });
}

describe("a forecast", () => {
  it("says which patch will break, and writes no object and no ref", async () => {
    const { path, git } = twoPatches();
    const before = [git("count-objects", "-v"), git("for-each-ref")];
    const found = await forecast({ repo: path, series: "old..tip", upstream: "new" });
    expect(found.features[0]?.patches.map(({ status }) => status)).toEqual(["clean", "conflict"]);
    expect([git("count-objects", "-v"), git("for-each-ref")]).toEqual(before);
  });

  it("of a release looks at each of its features, from what it builds on", async () => {
    const { path, git } = twoPatches();
    git("branch", "base/M1", "old");
    git("branch", "first/M1", "tip~1");
    git("branch", "second/M1", "tip");
    const found = await forecast({ repo: path, release: "M1", upstream: "new" });
    expect(found.features.map(({ name, patches }) => [name, patches.map(({ status }) => status)])).toEqual([
      ["first", ["clean"]],
      ["second", ["conflict"]],
    ]);
  });

  it("without a series or a release is refused", async () => {
    await expect(forecast({ repo: twoPatches().path, upstream: "new" })).rejects.toThrow("--series or --release is wanted");
  });
});

describe("the story of a patch", () => {
  it("tells its fate, how it differs from what it was, and each run of the port", async () => {
    const { path } = twoPatches();
    const port = await portAlone({ repo: path, series: "old..tip", onto: "new", name: "port", dryRun: false });
    const [first, second] = port.patches;
    const story = await why({ repo: path, name: "port", patch: (first?.commit ?? "").slice(0, 12) });
    expect(story).toMatchObject({ outcome: { patch: first?.patch, status: "clean" }, lines: [], explanation: null });
    expect(story.difference).toMatch(/^1: {2}[0-9a-f]+ [=!] 1: {2}[0-9a-f]+ patch 1/);
    expect(story.history.map(({ what }) => what)).toEqual(["Port port: waits for a person"]);
    expect((await why({ repo: path, name: "port", patch: second?.patch ?? "" })).difference).toBeNull();
    await expect(why({ repo: path, name: "port", patch: "0000" })).rejects.toThrow("means 0 patches");
  });
});
