/** What upstream has already is left out of a port, with evidence; what it took back is not. */
import { describe, expect, it } from "vitest";

import type { PatchOutcome } from "../../../src/model/patch.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import { type TwoLines, text, twoLines } from "./two-lines.js";

const request = { series: "old..tip", onto: "new", name: "port", dryRun: true };

async function fates(history: TwoLines, more: { upstreamed?: boolean; upstream?: string } = {}): Promise<[string, string][]> {
  const { patches } = await portAlone({ ...request, ...more, repo: history.path });
  return patches.map(({ status, evidence }: PatchOutcome): [string, string] => [status, evidence.join("\n")]);
}

const old = { "a.c": text(), "b.c": text() };

/** The patch of most cases: line 5 of a.c. */
const FIX = { "a.c": text({ 5: "a fix of the fifth" }) };

describe("a patch is upstreamed", () => {
  it("when upstream made the same change under another name, though it went on from there", async () => {
    const history = twoLines({
      old,
      upstream: [
        { message: "core: correct the fifth line", files: FIX },
        { message: "Go on", files: { "a.c": text({ 5: "a better fix of the fifth", 6: "and of the sixth" }) } },
      ],
      stack: [{ message: "Fix the fifth", files: FIX }],
    });
    const [[status, evidence] = []] = await fates(history);
    expect(status).toBe("upstreamed");
    expect(evidence).toContain(
      `${history.upstream[0]?.slice(0, 10)} (2023-11-14) core: correct the fifth line: makes the same change (patch id)`,
    );
  });

  it("when it says which commit it was taken from, though the lines around differ", async () => {
    const history = twoLines({
      old,
      upstream: [
        { message: "Prepare", files: { "a.c": text({ 3: "prepared" }) } },
        { message: "The real fix", files: { "a.c": text({ 3: "prepared", 5: "a fix of the fifth" }) } },
        { message: "Go on", files: { "a.c": text({ 3: "prepared", 5: "another way" }) } },
      ],
      stack: [({ upstream }) => ({ message: `Ours\n\n(cherry picked from commit ${upstream[1]})`, files: FIX })],
    });
    expect(await fates(history)).toEqual([["upstreamed", expect.stringContaining("is the commit that the patch names as its origin")]]);
  });

  it("when upstream's commit says that it was taken from the patch", async () => {
    const history = twoLines({
      old,
      stackFirst: true,
      upstream: [
        { message: "Prepare", files: { "a.c": text({ 4: "prepared" }) } },
        ({ stack }) => ({
          message: `From our friends\n\n(cherry picked from commit ${stack[0]})`,
          files: { "a.c": text({ 4: "prepared", 5: "a fix of the fifth" }) },
        }),
        { message: "Go on", files: { "a.c": text({ 5: "another way" }) } },
      ],
      stack: [{ message: "Ours", files: FIX }],
    });
    expect(await fates(history)).toEqual([["upstreamed", expect.stringContaining("names the patch as its origin")]]);
  });

  it("when both come from the same review", async () => {
    const history = twoLines({
      old,
      upstream: [
        { message: "Prepare", files: { "a.c": text({ 4: "prepared" }) } },
        { message: "Reviewed\n\nChange-Id: I0123456789", files: { "a.c": text({ 4: "prepared", 5: "a fix of the fifth" }) } },
        { message: "Go on", files: { "a.c": text({ 5: "another way" }) } },
      ],
      stack: [{ message: "In review\n\nChange-Id: I0123456789", files: FIX }],
    });
    expect(await fates(history)).toEqual([["upstreamed", expect.stringContaining("has the same Change-Id I0123456789")]]);
  });

  it("when it was nothing beside one of upstream's commits, part of a bigger one and changed since", async () => {
    const history = twoLines({
      old,
      upstream: [
        { message: "Many things", files: { "a.c": text({ 5: "a fix of the fifth", 20: "more" }), "b.c": text({ 1: "more" }) } },
        { message: "Go on", files: { "a.c": text({ 5: "another way", 20: "more" }) } },
      ],
      stack: [{ message: "Fix the fifth", files: FIX }],
    });
    expect(await fates(history)).toEqual([
      ["upstreamed", expect.stringContaining("Many things: merged with it, nothing is left over of the patch")],
    ]);
    expect(await fates(history, { upstreamed: false })).toEqual([["conflict", expect.stringContaining("a.c")]]);
  });

  it("when it is in conflict and upstream's commit has its subject and most of its lines", async () => {
    const ours = { "a.c": text({ 5: "a fix of the fifth", 6: "with a helper", 7: "and a note" }) };
    const theirs = { "a.c": text({ 5: "a fix of the fifth", 6: "with another helper", 7: "and a note" }) };
    const history = twoLines({
      old,
      upstream: [{ message: "Fix the fifth (#12)", files: theirs }],
      stack: [{ message: "[ours fromlist] Fix the fifth", files: ours }],
    });
    const [[status, evidence] = []] = await fates(history);
    expect(status).toBe("upstreamed");
    expect(evidence).toMatch(/Fix the fifth \(#12\): has the same subject and 83 % of the patch's changed lines/);
  });
});

it("a patch that upstream merged as it is, is upstreamed", async () => {
  const history = twoLines({ old, upstream: [], stack: [{ message: "Fix the fifth", files: FIX }] });
  history.git("update-ref", "refs/heads/new", history.commit({ ...FIX, "b.c": text({ 20: "more" }) }, history.stack[0] ?? null));
  expect(await fates(history)).toEqual([["upstreamed", expect.stringContaining("holds this very commit")]]);
});

/** Files that every snapshot brings anew. */
function many(release: string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`lib/${at}.c`, `of ${release}\n`]));
}

/** Takes the first of upstream's commits back. */
function revert({ upstream }: { upstream: readonly string[] }) {
  return { message: `Revert "Fix the fifth"\n\nThis reverts commit ${upstream[0]}.`, files: { "a.c": text() } };
}

describe("a patch stays", () => {
  it("when upstream's commit has its subject only, which is told", async () => {
    const history = twoLines({
      old,
      upstream: [{ message: "Fix the fifth", files: { "a.c": text({ 25: "something else" }) } }],
      stack: [{ message: "Fix the fifth", files: FIX }],
    });
    expect(await fates(history)).toEqual([["clean", expect.stringContaining("has the same subject and 0 % of the patch's changed lines")]]);
  });

  it("when upstream took its commit back, and is left out again when it landed anew", async () => {
    const landed = { message: "Fix the fifth", files: FIX };
    const stack = [{ message: "Fix the fifth", files: FIX }];
    const [[status, evidence] = []] = await fates(twoLines({ old, upstream: [landed, revert], stack }));
    expect(status).toBe("clean");
    expect(evidence).toContain("but upstream took it back: ");
    const again = twoLines({ old, upstream: [landed, revert, { message: "Reland: fix the fifth", files: FIX }], stack });
    expect((await fates(again)).map(([fate]) => fate)).toEqual(["upstreamed"]);
  });

  it("when upstream took its commit back without a word", async () => {
    const history = twoLines({
      old,
      upstream: [
        { message: "Fix the fifth", files: FIX },
        { message: "Housekeeping", files: { "a.c": text() } },
      ],
      stack: [{ message: "Fix the fifth", files: FIX }],
    });
    expect(await fates(history)).toEqual([["clean", expect.stringContaining("took it back")]]);
  });

  it("when the stack took back in between what upstream has", async () => {
    const history = twoLines({
      old,
      upstream: [{ message: "Fix the fifth", files: FIX }],
      stack: [
        { message: "Fix the fifth", files: FIX },
        { message: "Do without, and more", files: { "a.c": text({ 6: "instead" }) } },
        { message: "Fix the fifth", files: { "a.c": text({ 5: "a fix of the fifth", 6: "instead" }) } },
      ],
    });
    expect((await fates(history)).map(([status]) => status)).toEqual(["upstreamed", "clean", "clean"]);
  });

  it("when nobody is to look", async () => {
    const history = twoLines({ old, upstream: [{ message: "Fix", files: FIX }], stack: [{ message: "Fix", files: FIX }] });
    expect(await fates(history, { upstreamed: false })).toEqual([["empty", expect.any(String)]]);
  });

  it("when upstream is a snapshot put over the stack's own history", async () => {
    const history = twoLines({ old, upstream: [], stack: [{ message: "Fix the fifth", files: FIX }] });
    const snapshot = history.commit({ "a.c": text({ 25: "of the snapshot" }), "b.c": text() }, history.stack[0] ?? null, "Update");
    history.git("update-ref", "refs/heads/new", snapshot);
    expect((await fates(history)).map(([status]) => status)).toEqual(["clean"]);
  });

  it("when a snapshot was put over what upstream's history has, though nobody took it back", async () => {
    const history = twoLines({
      old: { ...old, ...many("the first") },
      upstream: [
        { message: "Fix the fifth", files: FIX },
        { message: "Update", files: { ...many("the second"), "a.c": text({ 25: "of the second" }) } },
      ],
      stack: [{ message: "Fix the fifth", files: FIX }],
    });
    expect(await fates(history)).toEqual([
      ["clean", expect.stringMatching(/but other files were put over it since: [0-9a-f]{10} .* Update/)],
    ]);
  });

  it("when upstream has no history in common with the stack", async () => {
    const history = twoLines({ old, upstream: [], stack: [{ message: "Fix the fifth", files: FIX }] });
    history.git("update-ref", "refs/heads/new", history.commit({ "a.c": text({ 25: "vendored" }) }, null, "Vendored"));
    expect((await fates(history)).map(([status]) => status)).toEqual(["clean"]);
  });
});

it("a revert after the new base is told of", async () => {
  const history = twoLines({
    old,
    newAt: 1,
    upstream: [
      { message: "Fix the fifth", files: FIX },
      ({ upstream }) => ({ message: `Back it out\n\nThis reverts commit ${upstream[0]?.slice(0, 12)}.`, files: { "a.c": text() } }),
    ],
    stack: [{ message: "Fix the fifth", files: FIX }],
  });
  const [[status, evidence] = []] = await fates(history, { upstream: "head" });
  expect(status).toBe("upstreamed");
  expect(evidence).toContain(`beware: upstream takes it back after the new base: ${history.upstream[1]?.slice(0, 10)}`);
  expect((await fates(history))[0]?.[1]).not.toContain("beware");
});

describe("a patch and its revert in the stack", () => {
  const upstream = [{ message: "Go on", files: { "a.c": text({ 5: "upstream's own" }) } }];

  it("are both empty, whatever else the stack does to the file in between", async () => {
    const history = twoLines({
      old,
      upstream,
      stack: [
        { message: "Try this", files: FIX },
        { message: "Keep this", files: { "a.c": text({ 5: "a fix of the fifth", 20: "kept" }) } },
        { message: 'Revert "Try this"', files: { "a.c": text({ 20: "kept" }) } },
      ],
    });
    expect(await fates(history)).toEqual([
      ["empty", expect.stringContaining("taken back in the stack itself by ")],
      ["clean", ""],
      ["empty", expect.stringMatching(/takes back [0-9a-f]{10} Try this of the stack itself/)],
    ]);
  });

  it("stay where the revert leaves something over", async () => {
    const history = twoLines({
      old,
      upstream,
      stack: [
        { message: "Try this", files: { "b.c": text({ 5: "tried", 6: "left" }) } },
        { message: 'Revert "Try this"', files: { "b.c": text({ 6: "left" }) } },
      ],
    });
    expect((await fates(history)).map(([status]) => status)).toEqual(["clean", "clean"]);
  });

  it("are two decisions where upstream has the first: the revert stays", async () => {
    const history = twoLines({
      old,
      upstream: [{ message: "Fix the fifth", files: FIX }],
      stack: [
        { message: "Fix the fifth", files: FIX },
        { message: 'Revert "Fix the fifth"', files: { "a.c": text() } },
      ],
    });
    expect((await fates(history)).map(([status]) => status)).toEqual(["upstreamed", "clean"]);
  });
});
