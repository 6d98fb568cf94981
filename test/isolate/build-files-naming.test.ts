/** Build files that give renamed symbols to a linker or a compiler: they are not edited, and the run says so. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

async function warningsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const source = temporaryFolder();
  for (const [path, text] of Object.entries(files)) writeFileSync(join(source, path), text);
  const target = join(temporaryFolder(), "out");
  const result = await isolateTree({ flavor: "legacy", release: "R1", source, target, plan: isolationPlanSchema.parse({}) });
  return result.warnings;
}

const CODE = { "pump.c": "int pump_start(int x) { return x; }\nint pump_stop(void) { return 0; }\nstruct pump_state { int x; };\n" };

describe("a tree with build files", () => {
  it("is told which options and definitions name renamed symbols, each with file and line", async () => {
    const build = {
      "CMakeLists.txt": "add_library(pump pump.c)\ntarget_link_options(pump PRIVATE -Wl,--undefined=pump_start)\n",
      Makefile: "LDFLAGS += -Wl,-u,_pump_stop\n",
      "meson.build": "library('pump', 'pump.c', c_args: ['-DENTRY=pump_start'])\n",
    };
    expect(await warningsOf({ ...CODE, ...build })).toEqual([
      "build files name renamed symbols in options or definitions, which stay; a policy's patch changes them: CMakeLists.txt:2 'pump_start', Makefile:1 'pump_stop', meson.build:1 'pump_start'",
    ]);
  });

  it("is told nothing of targets, files, folders and types of such names", async () => {
    const build = "add_executable(pump_start pump_start.c)\ninclude_directories(src/pump_start)\nadd_definitions(-DTYPE=pump_state)\n";
    expect(await warningsOf({ ...CODE, "CMakeLists.txt": build })).toEqual([]);
  });
});

describe("look-ups at run time", () => {
  const LOADER =
    'void *dlsym(void *, const char *);\nvoid *load(void *h) { return dlsym(h, "pump_start"); }\nvoid *other(void *h) { return dlsym(h, "cos"); }\n';

  it("are told where a string names a renamed symbol", async () => {
    expect(await warningsOf({ ...CODE, "load.c": LOADER })).toEqual([
      "a string names a renamed symbol for a look-up at run time, and stays; a policy's strings change it: load.c:2 'pump_start'",
    ]);
  });
});
