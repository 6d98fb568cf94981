/** A section whose bounds keep their names is told, whether tokens or macros make these names. */
import { join } from "node:path";

import { expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const MACROS = [
  "#define CAT_(a, b) a##b",
  "#define CAT(a, b) CAT_(a, b)",
  "#define FIRST_OF(set) CAT(__start_set_, set)",
  "#define ALL_OF(set) extern int FIRST_OF(set)[]",
  "",
].join("\n");

async function warningsOf(source: string): Promise<readonly string[]> {
  const root = temporaryFolder();
  writeTree(join(root, "tree"), { "set.h": MACROS, "set.c": `#include "set.h"\n${source}` });
  const plan = isolationPlanSchema.parse({});
  return (await isolateTree({ flavor: "legacy", release: "R1", source: join(root, "tree"), target: join(root, "out"), plan })).warnings;
}

it("names the macro that builds them, and the word that they begin with", async () => {
  expect(await warningsOf("ALL_OF(steps);\nint run(void) { return FIRST_OF(steps)[0]; }\n")).toEqual([
    expect.stringContaining("FIRST_OF builds names of a section's bounds, '__start_set_…'"),
  ]);
});

it("is silent where nobody calls the macro", async () => {
  expect(await warningsOf("int run(void) { return 1; }\n")).toEqual([]);
});

it("names a bound that a declaration spells", async () => {
  expect(await warningsOf("extern int __start_other[];\nint run(void) { return __start_other[0]; }\n")).toEqual([
    expect.stringContaining("'__start_other' bounds a section"),
  ]);
});
