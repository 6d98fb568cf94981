/** Holds the scan of whole trees: other files, what would be renamed, refusals, the order of everything. */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { type ScanRequest, scanTree } from "../../../src/isolate/inventory/scan-tree.js";
import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { isolationScanSchema } from "../../../src/model/isolation-scan.js";
import { isolationPlanSchema } from "../../../src/model/isolation.js";
import { temporaryFolder } from "../../helpers/temp.js";

const FILES = {
  "lib/a.cc":
    '#include "a.h"\nnamespace lib { int twice(int x) { return 2 * x; } }\nextern "C" int lib_open(void) { return lib::twice(2); }\nconst char* kKey = "lib_open";\n',
  "lib/a.h": "#ifndef A_H\n#define A_H\nnamespace lib { int twice(int x); }\nint lib_open(void);\n#define LIB_STR(x) #x\n#endif\n",
  "lib/look.cc": "namespace lib_win { int f() { return 1; } }\nint g = lib_win::f();\n",
  "java/org/lib/Codec.java": "package org.lib;\nclass Codec {\n  // native int no();\n  private static native long open(int a);\n}\n",
  "proto/full.proto": 'syntax = "proto3";\npackage lib.full;\n',
  "proto/lite.proto": "package lib.lite;\noption optimize_for = LITE_RUNTIME;\n",
  "lib.def": "EXPORTS\n  lib_open\n",
  "lib.map": "LIB_1 {\n  global:\n    lib_open;\n};\n",
} as const;

function tree(files: Readonly<Record<string, string>> = FILES): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function scan(root: string, plan: Partial<ScanRequest["plan"]> = {}) {
  return scanTree({ tree: root, plan: { ...isolationPlanSchema.parse({}), ...plan } });
}

describe("the scan of a tree", () => {
  it("says what an isolation would rename, and changes nothing in the tree", async () => {
    const root = tree();
    const before = readdirSync(root, { recursive: true });
    const result = await scan(root, { namespaces: ["lib"] });
    expect(result.renames.names).toContainEqual(expect.objectContaining({ name: "lib_open", kind: "function", file: "lib/a.cc", line: 3 }));
    expect(result.renames.edits).toBeGreaterThanOrEqual(5);
    expect(result.lookAlikes).toEqual([{ name: "lib_win", count: 2 }]);
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  it("fits its schema and is the same each time", async () => {
    const root = tree();
    const result = await scan(root);
    expect(isolationScanSchema.parse(result)).toEqual(result);
    expect(await scan(root)).toEqual(result);
  });

  it("finds the tree's own namespaces by itself", async () => {
    const { namespaces } = await scan(tree());
    expect(namespaces.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["lib", "renamed"],
      ["lib_win", "renamed"],
    ]);
  });

  it("reads Java, .proto, .def and version scripts", async () => {
    const { constructs } = await scan(tree());
    const places = constructs
      .filter(({ id }) => ["java", "proto", "exports"].includes(id))
      .flatMap(({ places: list }) => list.map(({ file, line, name, part }) => `${part} ${file}:${line} ${name}`));
    expect(places).toEqual([
      "full proto/full.proto:2 lib.full",
      "lite proto/lite.proto:1 lib.lite",
      "file java/org/lib/Codec.java:1 org.lib",
      "native java/org/lib/Codec.java:4 open",
      "def lib.def:1 lib.def",
      "script lib.map:2 lib.map",
    ]);
    expect(constructs.find(({ id }) => id === "proto")?.severity).toBe("error");
  });

  it("lists a string that is the name of a renamed symbol", async () => {
    const { strings } = await scan(tree(), { namespaces: ["lib"] });
    expect(strings.find((one) => one.class === "symbol")?.places).toEqual([{ file: "lib/a.cc", line: 4, text: "lib_open" }]);
  });

  it("lists undecided tokens", async () => {
    const root = tree({ "a.cc": "#define OPEN(n) UNSEEN(n)\nnamespace lib { int f() { return 1; } }\nUNKNOWN_OPEN(lib)\n" });
    expect((await scan(root)).undecided.map(({ file, line, token }) => `${file}:${line} ${token}`)).toEqual(["a.cc:3 lib"]);
  });

  it("leaves shared and excluded folders out", async () => {
    const root = tree({ ...FILES, "shared/b.cc": "namespace common { int f() { return 1; } }\n" });
    const result = await scan(root, { share: [{ path: "shared", namespaces: [] }], exclude: ["java/**"] });
    expect(result.namespaces.map(({ name }) => name)).toEqual(["lib", "lib_win"]);
    expect(result.constructs.some(({ id }) => id === "java")).toBe(false);
  });

  it("reads an isolated tree as what it is: nothing is left to rename", async () => {
    const target = join(temporaryFolder(), "isolated");
    await isolateTree({ flavor: "one", release: "r", source: tree(), target, plan: isolationPlanSchema.parse({}) });
    const result = await scan(target);
    expect(result.renames.edits).toBe(0);
    expect(result.namespaces.map(({ name }) => name)).toEqual(["lib_one", "lib_win_one"]);
    expect(result.warnings).toContain("the tree is isolated already, as flavor 'one'");
  });

  it("refuses a file in place of a folder", async () => {
    await expect(scan(join(tree(), "lib.def"))).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("is no folder"),
    });
  });

  it("refuses a namespace that no file opens, with the nearest one, and a folder without code", async () => {
    await expect(scan(tree(), { namespaces: ["libb"] })).rejects.toMatchObject({ code: "input-invalid", hint: "did you mean 'lib'?" });
    await expect(scan(tree({ "readme.txt": "x" }))).rejects.toMatchObject({ code: "input-invalid" });
    await expect(scan(join(temporaryFolder(), "none"))).rejects.toMatchObject({ code: "input-missing" });
  });
});
