/** Features that do not build on each other are placed at once, and come out as if each were alone. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { listen } from "../../src/support/bus.js";
import { type FeatureSpec, type PatchProject, fates, numbered, patchProject } from "./patch-project.js";

const FILES = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`src/f${at}.cc`, numbered(60, { 1: `file ${at}` })]));

/** Upstream moved one file, took one of the features, and changed a line of each other. */
const UPSTREAM = Object.fromEntries(
  Object.entries(FILES).map(([path, text], at) => {
    const changed = text.replace("line 30\n", "upstream's 30\n");
    if (at === 3) return ["lib/f3.cc", changed];
    return [path, at === 5 ? changed.replace("line 10\n", "ours 5\n") : changed];
  }),
);

function edit(at: number, change: Record<number, string>, name = `feature-${at}`): FeatureSpec {
  const path = `src/f${at}.cc`;
  return { name, files: { [path]: numbered(60, { 1: `file ${at}`, ...change }) }, owner: `team ${at}` };
}

const INDEPENDENT = [0, 1, 2, 3, 4, 5, 6].map((at) => edit(at, { 10: `ours ${at}` }));

/** One in conflict with upstream, one that builds on another, one on two, and one on the one in conflict. */
const ALL: readonly FeatureSpec[] = [
  ...INDEPENDENT,
  edit(7, { 30: "ours 7" }, "clashing"),
  { ...edit(0, { 10: "ours 0", 50: "more 0" }, "on-one"), dependsOn: ["feature-0"], before: INDEPENDENT[0]?.files ?? {} },
  { ...edit(8, { 50: "on two" }, "on-two"), dependsOn: ["feature-1", "feature-2"] },
  { ...edit(9, { 50: "waits" }, "waiting"), dependsOn: ["clashing"] },
];

function project(features: readonly FeatureSpec[]): PatchProject {
  return patchProject({ from: FILES, to: UPSTREAM, features });
}

async function counted(made: PatchProject) {
  const started: string[] = [];
  const stop = listen((event) => {
    if (event.type === "command:start") started.push(event.command.join(" "));
  });
  try {
    const result = await made.run();
    return { result, count: (word: string) => started.filter((line) => line.includes(` ${word} `)).length };
  } finally {
    stop();
  }
}

describe("features that do not build on each other", () => {
  it("come out as each alone with what it builds on, in the order of all", async () => {
    const made = project(ALL);
    const result = await made.run();
    const outcomes = fates(result);
    expect(Object.entries(outcomes).map(([name, { status }]) => `${name} ${status}`)).toEqual([
      "clashing conflict",
      ...[0, 1, 2, 3, 4, 5, 6].map((at) => `feature-${at} ${at === 3 ? "auto" : at === 5 ? "upstreamed" : "clean"}`),
      "on-one clean",
      "on-two clean",
      "waiting conflict",
    ]);
    for (const spec of ALL) {
      const needed = ALL.filter(({ name }) => spec.dependsOn?.includes(name) === true);
      const alone = fates(await project([...needed, spec]).run());
      const { conflicts, ...rest } = outcomes[spec.name] ?? { conflicts: [] };
      const { conflicts: laid, ...other } = alone[spec.name] ?? { conflicts: [] };
      expect(rest).toEqual(other);
      expect(conflicts.map(({ workFile }) => readFileSync(workFile, "utf8"))).toEqual(
        laid.map(({ workFile }) => readFileSync(workFile, "utf8")),
      );
    }
  }, 60_000);

  it("take one process for their merges and one for their diffs, however many they are", async () => {
    const meeting = [0, 1, 2, 4, 6].map((at) => edit(at, { 10: `ours ${at}`, 30: "upstream's 30" }));
    for (const features of [meeting.slice(0, 2), meeting]) {
      const { result, count } = await counted(project(features));
      expect(Object.values(fates(result)).every(({ status }) => status === "auto")).toBe(true);
      expect([count("merge-tree"), count("diff-tree")]).toEqual([1, 3]);
    }
  });

  it("take none of these where both sides changed a file in places apart", async () => {
    const { result, count } = await counted(project(INDEPENDENT.filter((_, at) => at !== 3 && at !== 5)));
    expect(Object.values(fates(result)).every(({ status }) => status === "clean")).toBe(true);
    expect([count("merge-tree"), count("diff-tree")]).toEqual([0, 2]);
  });

  it("are merged into the candidate at once; behind a clash the rest follows", async () => {
    const both = [
      edit(10, { 20: "one" }, "one"),
      edit(10, { 20: "two" }, "two"),
      edit(10, { 40: "three" }, "three"),
      edit(11, { 5: "four" }, "four"),
    ];
    const result = await project(both).run();
    expect(Object.entries(fates(result)).map(([name, { status }]) => `${name} ${status}`)).toEqual([
      "four clean",
      "one clean",
      "three clean",
      "two conflict",
    ]);
    expect(fates(result)["two"]?.detail).toContain("two (team 10) conflicts with one (team 10) and three (team 10) in src/f10.cc");
  });
});
