/** Holds `unfork usecase bisect` on real histories: a repository by itself, and a project with something planted upstream and in a feature. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import type { Attribution } from "../../src/model/attribution.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const valgrind = await findTool("valgrind");

const APP = `#include <stdio.h>
#include <stdlib.h>
#include "depth.h"
#include "figures.h"
static volatile unsigned sink;
__attribute__((noinline)) void Work(void) { for (int i = 0; i < WORK; ++i) sink += i; }
__attribute__((noinline)) void Rest(void) { for (int i = 0; i < REST; ++i) sink += i; }
int main(void) {
  Work();
  Rest();
  if (CRASH) abort();
  printf("{\\"size\\":%d,\\"depth\\":%d,\\"steady\\":1}\\n", SIZE, DEPTH);
  return 0;
}
`;

/** The commits of the repository, in order: what each changes. A commit with nothing changes nothing. */
const COMMITS: readonly (readonly [subject: string, figures: Readonly<Record<string, number | string>>])[] = [
  ["Begin", { WORK: 20_000, REST: 10_000, SIZE: 100, CRASH: 0 }],
  ["One", {}],
  ["Grow by twenty", { SIZE: 120 }],
  ["Two", {}],
  ["Move a tenth", { WORK: 22_000, REST: 8000 }],
  ["Three", {}],
  ["Break the build", { SIZE: "oops" }],
  ["Mend it, and grow by ten", { SIZE: 130 }],
  ["Four", {}],
  ["Fall over", { CRASH: 1 }],
  ["Five", {}],
];

const repository = temporaryFolder();
const ids: string[] = [];

function git(...args: string[]): string {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  return spawnSync("git", ["-C", repository, ...who, ...args], { encoding: "utf8" }).stdout.trim();
}

function idOf(subject: string): string {
  return ids[COMMITS.findIndex(([each]) => each === subject)] ?? "";
}

const made = temporaryFolder();

function bisectArgs(out: string, bad: string, metric: string, ...more: string[]): string[] {
  const what = [
    "--repo",
    repository,
    "--good",
    idOf(more.length === 0 ? "Begin" : "Two"),
    "--bad",
    idOf(bad) === "" ? bad : idOf(bad),
    "--build",
    "gcc -g app.c -o app",
    "--run",
    "./app",
  ];
  return [BIN, "usecase", "bisect", ...what, "--out", join(made, out), "--json", metric, ...more];
}

function bisect(out: string, bad: string, metric: string, ...more: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, bisectArgs(out, bad, metric, ...more), { encoding: "utf8" });
  return { status, stderr, found: status === 0 || status === 1 ? (JSON.parse(stdout) as Attribution) : undefined };
}

/** All pairs of runs that a bisection noted. */
function readingsIn(out: string): string {
  const [folder = ""] = existsSync(join(made, out)) ? readdirSync(join(made, out)) : [];
  const file = join(made, out, folder, "readings.ndjson");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** A branch of three commits, of which one goes deeper, merged behind "Three". */
function mergeBranch(): void {
  git("checkout", "--quiet", "-b", "side", idOf("Two"));
  for (const [subject, depth] of [
    ["Side one", 1],
    ["Go deeper", 2],
    ["Side two", 2],
  ] as const) {
    writeTree(repository, { "depth.h": `#define DEPTH ${depth}\n` });
    git("commit", "--quiet", "--all", "--allow-empty", "--message", subject);
    if (subject === "Go deeper") git("tag", "deeper");
  }
  git("checkout", "--quiet", "-b", "merged", idOf("Three"));
  git("merge", "--quiet", "--no-ff", "--message", "Merge the side", "side");
}

beforeAll(() => {
  git("init", "--quiet");
  const figures: Record<string, number | string> = {};
  for (const [subject, changed] of COMMITS) {
    Object.assign(figures, changed);
    const lines = Object.entries(figures).map(([name, value]) => `#define ${name} ${value}\n`);
    writeTree(repository, { "app.c": APP, "depth.h": "#define DEPTH 1\n", "figures.h": lines.join("") });
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", subject, "--date=2026-03-02T12:00:00Z");
    ids.push(git("rev-parse", "HEAD"));
  }
  mergeBranch();
});

describe("unfork usecase bisect --repo", () => {
  it("names both commits of a difference that came in twice, and the range where one does not build", () => {
    const { status, found } = bisect("plain", "Four", "size");
    expect(status).toBe(0);
    expect(found).toMatchObject({ status: "found", before: 100, after: 130, confidence: 1 });
    expect(found?.culprits.map(({ status: kind, suspects }) => [kind, suspects.map(({ id }) => id)])).toEqual([
      ["step", [idOf("Grow by twenty")]],
      ["unmeasurable", [idOf("Break the build"), idOf("Mend it, and grow by ten")]],
    ]);
    expect(found?.culprits[0]).toMatchObject({
      before: 100,
      after: 120,
      verdict: "regression",
      suspects: [{ title: "Grow by twenty", who: "Ada <ada@example.org>", date: expect.stringMatching(/^2026-03-02T/) }],
    });
    expect(found?.culprits[1]?.notes[0]).toContain("does not build");
    expect(found?.notes).toEqual(["2 places hold parts of the difference"]);
  });

  it("goes into the branch that a merge brought in", () => {
    const { found } = bisect("plain", "merged", "depth");
    expect(found?.culprits).toMatchObject([
      {
        status: "step",
        suspects: [{ id: git("rev-parse", "deeper"), title: "Go deeper" }],
        notes: [expect.stringContaining("by the merge")],
      },
    ]);
  });

  it("names the commit that crashes, when the figure asked for is missing because of that", () => {
    const { found } = bisect("plain", "Five", "steady");
    expect(found).toMatchObject({
      metric: "crash",
      culprits: [{ suspects: [{ id: idOf("Fall over") }], after: expect.stringMatching(/SIGABRT|exit code 134/) }],
    });
  });

  it("finds nothing where nothing differs, and refuses a commit that is not there", () => {
    expect(bisect("plain", "Two", "steady").found).toMatchObject({ status: "no difference", culprits: [] });
    expect(bisect("plain", "Two", "stedy")).toMatchObject({ status: 1, found: { status: "unmeasured", culprits: [] } });
    const args = bisectArgs("plain", "Two", "size").map((word) => (word === idOf("Begin") ? "nowhere" : word));
    expect(spawnSync(process.execPath, args, { encoding: "utf8" })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no commit 'nowhere'"),
    });
  });

  it.skipIf(valgrind === undefined)("tells work that moved into a function from a regression", () => {
    const { found } = bisect("plain", "Move a tenth", "run.instructions", "--function", "Work");
    expect(found?.culprits).toMatchObject([
      { verdict: "cost shift", suspects: [{ id: idOf("Move a tenth") }], movedFrom: [{ name: "Rest" }] },
    ]);
  });

  it("goes on after a kill without making a run twice", async () => {
    const child = spawn(process.execPath, bisectArgs("killed", "Four", "size"), { stdio: "ignore" });
    while (readingsIn("killed").split("\n").length < 4) await new Promise((done) => setTimeout(done, 10));
    child.kill("SIGKILL");
    await new Promise((done) => child.once("close", done));
    const before = readingsIn("killed");
    const { found } = bisect("killed", "Four", "size");
    expect(found?.culprits).toHaveLength(2);
    const after = readingsIn("killed");
    expect(after.startsWith(before.slice(0, before.lastIndexOf("\n") + 1))).toBe(true);
    const counts = new Map<string, number>();
    for (const line of after.trim().split("\n")) {
      const { key } = JSON.parse(line) as { key: string };
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts.values()].every((count) => count <= 2)).toBe(true);
  });
});

describe("unfork usecase bisect in a project", () => {
  const root = join(temporaryFolder(), "tone");

  function inProject(...args: string[]) {
    const env = { ...process.env, UNFORK_CACHE: join(root, "../cache") };
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "usecase", "bisect", ...args], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  it("tells upstream's part from the features', names both, and builds equal trees once", async () => {
    const generator = join(packageRoot(), "bench/planted/project.mjs");
    const { makeProject } = (await import(generator)) as {
      makeProject: (root: string, plan: object) => { commits: { level: string }; features: { louder: string } };
    };
    const plan = { upstream: ["level"], feature: ["louder"], commits: 4, places: ["channels"] };
    const { commits, features } = makeProject(root, plan);
    const { status, stdout } = inProject("long-call", "levelDb", "--json");
    expect(status).toBe(0);
    const found = JSON.parse(stdout) as Attribution;
    expect(found).toMatchObject({ verdict: "worse", confidence: 1, explained: expect.closeTo(1, 3) });
    expect(found.culprits).toMatchObject([
      {
        status: "step",
        verdict: "regression",
        suspects: [{ kind: "feature", id: features.louder, who: "channels team" }],
        notes: ["switched off alone, the difference goes with it"],
      },
      { status: "step", verdict: "regression", suspects: [{ kind: "commit", id: commits.level }] },
    ]);
    expect(found.culprits.map(({ change }) => change.value)).toEqual([expect.closeTo(0.98, 2), expect.closeTo(0.5, 2)]);
    const again = JSON.parse(inProject("long-call", "levelDb", "--json").stdout) as Attribution;
    expect(again).toMatchObject({ culprits: found.culprits, builds: { made: 0 } });
    expect(inProject("long-call", "levelDB")).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean 'levelDb'?") });
  });
});
