/** The order of the output's times, where a build goes by them. */
import { mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

const plan = isolationPlanSchema.parse({ namespaces: [] });

function tree(files: Readonly<Record<string, number>>): string {
  const root = join(temporaryFolder(), "tree");
  mkdirSync(root);
  for (const [path, day] of Object.entries(files)) {
    writeFileSync(join(root, path), path.endsWith(".c") ? "int meter_read(void) { return 1; }\n" : `${path}\n`);
    utimesSync(join(root, path), day * 86_400, day * 86_400);
  }
  return root;
}

it("files of a tree with generated build files keep the order of their times, none older than the run", async () => {
  const source = tree({ "configure.ac": 1, "aclocal.m4": 2, "Makefile.am": 2, configure: 3, "meter.c": 4 });
  const target = join(temporaryFolder(), "out");
  const since = Date.now();
  await isolateTree({ flavor: "legacy", release: "R1", source, target, plan });
  const timeOf = (path: string): number => statSync(join(target, path)).mtimeMs;
  const times = ["configure.ac", "aclocal.m4", "configure", "meter.c"].map(timeOf);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBe(4);
  expect(timeOf("Makefile.am")).toBe(timeOf("aclocal.m4"));
  expect(times[0]).toBeGreaterThanOrEqual(since - 1);
});

it("a file that stays the same keeps its time, and one that changed is newer", async () => {
  const source = tree({ configure: 1, "meter.c": 2 });
  const target = join(temporaryFolder(), "out");
  const run = () => isolateTree({ flavor: "legacy", release: "R1", source, target, plan, keepState: false });
  await run();
  const before = statSync(join(target, "configure")).mtimeMs;
  writeFileSync(join(source, "meter.c"), "int meter_write(void) { return 2; }\n");
  utimesSync(join(source, "meter.c"), 0, 0);
  await run();
  expect(statSync(join(target, "configure")).mtimeMs).toBe(before);
  expect(statSync(join(target, "meter.c")).mtimeMs).toBeGreaterThan(before);
});
