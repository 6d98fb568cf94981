/** Holds that templates of code are isolated as the code that they become, and that names which only the build gives are told. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

async function isolated(files: Readonly<Record<string, string>>, plan: unknown = {}) {
  const root = join(temporaryFolder(), "lib");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const target = join(temporaryFolder(), "out");
  const result = await isolateTree({ flavor: "legacy", release: "R1", source: root, target, plan: isolationPlanSchema.parse(plan) });
  return { result, text: (path: string) => readFileSync(join(target, path), "utf8") };
}

describe("a template of code", () => {
  it("is isolated as the header or source that the build makes of it", async () => {
    const text = "namespace gauge {\nstruct Point { int x@WIDTH@; };\n}\n";
    const files = { "stubs.h.in": text, "stubs.hpp.cmake.in": text, "a.cc": "namespace gauge { int read(Point) { return 1; } }\n" };
    const { text: after } = await isolated(files);
    expect(after("stubs.h.in")).toBe(text.replace("gauge", "gauge_legacy"));
    expect(after("stubs.hpp.cmake.in")).toBe(text.replace("gauge", "gauge_legacy"));
  });

  it("may have a dash where the header has its dot", async () => {
    const header = "int gauge_read(int x);\n#define gauge_twice(x) (gauge_read(x) * 2)\n";
    const { text: after } = await isolated({ "gauge-h.in": header, "a.c": '#include "gauge.h"\nint gauge_read(int x) { return x; }\n' });
    expect(after("gauge-h.in")).toBe(header.replaceAll("gauge_read", "gauge_read_legacy"));
  });

  it("keeps its path under `paths: rename`", async () => {
    const { result } = await isolated({ "config.h.in": "#define X @X@\n", "b.h": "#pragma once\n" }, { paths: "rename" });
    expect(result.moved).toEqual([{ from: "b.h", to: "b_legacy.h" }]);
  });
});

describe("a namespace that the build names", () => {
  it("is told, as it keeps its name", async () => {
    const { result } = await isolated({ "a.h": "namespace GAUGE_NS {\nclass Meter {};\n}\n" });
    expect(result.warnings).toEqual([
      "the namespace GAUGE_NS keeps the name that the macro gives it: no code of the tree tells it; set it where the build does",
    ]);
  });
});
