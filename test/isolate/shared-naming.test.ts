/** A shared folder that uses what gets the flavor is told. */
import { join } from "node:path";

import { expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const LIBRARY = 'namespace lib { int run(); }\nextern "C" int lib_reset(int);\n';
const SOURCE = '#include "lib.h"\nint lib::run() { return 1; }\nint lib_reset(int x) { return x; }\n';

async function warningsOf(shared: string): Promise<readonly string[]> {
  const root = temporaryFolder();
  writeTree(join(root, "tree"), { "lib.h": LIBRARY, "lib.cc": SOURCE, "base/base.cc": shared });
  const plan = isolationPlanSchema.parse({ share: [{ path: "base" }] });
  return (await isolateTree({ flavor: "legacy", release: "R1", source: join(root, "tree"), target: join(root, "out"), plan })).warnings;
}

it.each([
  ["a renamed namespace", "namespace base { int up() { return lib::run(); } }\n", "'lib', base/base.cc:1;"],
  ["a renamed function", "int up() {\n  return lib_reset(1) + lib_reset(2); }\n", "'lib_reset', base/base.cc:2 and 1 more places;"],
])("names the first place of %s", async (_what, text, told) => {
  expect(await warningsOf(text)).toEqual([expect.stringContaining(told)]);
});

it("is silent where the folder only has members of such names, and words of its own", async () => {
  expect(await warningsOf("namespace base { struct S { int lib; int lib_reset; }; int f(S s) { return s.lib_reset + s.lib; } }\n")).toEqual(
    [],
  );
});
