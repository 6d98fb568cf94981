/** Headers without an ending, as `lib/Core`: every command that reads headers reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { inspectCallsites } from "../../src/isolate/callsites/callsites.js";
import { readTreeNames } from "../../src/isolate/compat/tree-names.js";
import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { loadHeaderTree } from "../../src/isolate/macros/header-tree.js";
import { findWordUses } from "../../src/isolate/overlay/word-uses.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { run, runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

function release(number: number): Record<string, string> {
  return {
    "lib/Core": `#ifndef LIB_CORE\n#define LIB_CORE\n#define LIB_LEVEL ${number}\nnamespace lib { struct Vector { int x; }; inline int level() { return LIB_LEVEL; } }\n#include "Tools"\n#endif\n`,
    "lib/Tools":
      "#ifndef LIB_TOOLS\n#define LIB_TOOLS\nnamespace lib { template <class T> struct Hash {}; }\nint lib_count(lib::Vector);\n#endif\n",
    "lib/README": "namespace lib\n",
    "use.cc": "#include <lib/Core>\nint lib_count(lib::Vector v) { return v.x + lib::level(); }\n",
  };
}

let root = "";
let tree = "";

beforeAll(() => {
  root = temporaryFolder();
  tree = join(root, "lib");
  writeTree(tree, release(1));
});

describe("headers without an ending", () => {
  it("are headers for `headers` and `compat`", () => {
    const { headers, edges } = loadHeaderTree({ flavor: "legacy", root: tree, chosen: [], includeRoots: [] });
    expect([...headers.keys()]).toEqual(["lib/Core", "lib/Tools"]);
    expect(edges("lib/Core").map(({ file }) => file)).toEqual(["lib/Tools"]);
    expect([...(readTreeNames(tree).namespaces.get("lib") ?? [])]).toEqual(expect.arrayContaining(["Vector", "Hash"]));
  });

  it("are read by `callsites`, in the library and in the application", async () => {
    const app = join(root, "app");
    writeTree(app, { Prelude: "#include <lib/Core>\nnamespace lib { struct Vector; }\n" });
    const { report } = await inspectCallsites({
      app,
      library: tree,
      flavor: "legacy",
      namespaces: [],
      import: "using",
      map: new Map(),
      namesServed: false,
      exclude: [],
    });
    expect(report.findings.map(({ file, construct }) => [file, construct])).toEqual([["Prelude", "forward-declaration"]]);
  });

  it("keep their paths or get new ones with the include lines that lead to them, so that one unit reads both flavors", async () => {
    const plan = isolationPlanSchema.parse({ guards: "rename", macros: "rename", paths: "rename" });
    for (const [flavor, number] of [
      ["legacy", 1],
      ["latest", 2],
    ] as const) {
      writeTree(join(root, `${flavor}.in`), release(number));
      await isolateTree({ flavor, release: "R", source: join(root, `${flavor}.in`), target: join(root, flavor), plan });
    }
    expect(readFileSync(join(root, "legacy/lib/Core_legacy"), "utf8")).toContain('#include "Tools_legacy"');
    const main =
      "#include <lib/Core_legacy>\n#include <lib/Core_latest>\nint main() { return lib_legacy::level() * 10 + lib_latest::level() + LIB_LEVEL_latest; }\n";
    writeTree(root, { "main.cc": main });
    if ((await missingTools("g++")).length > 0) return;
    const sources = ["main.cc", "legacy/use.cc", "latest/use.cc"].map((path) => join(root, path));
    await runOk({
      command: "g++",
      args: ["-I", join(root, "legacy"), "-I", join(root, "latest"), ...sources, "-o", join(root, "program")],
    });
    expect((await run({ command: join(root, "program"), args: [] })).code).toBe(14);
  });

  it("are looked through for what an overlay cannot do", () => {
    const { tokens } = findWordUses(tree, ["lib/Core", "lib/Tools", "lib/README"], new Set(["lib"]), new Set(["lib_count"]));
    expect([...tokens].toSorted()).toEqual([
      ["lib", 3],
      ["lib_count", 1],
    ]);
  });
});
