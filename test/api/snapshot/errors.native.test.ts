/** Holds what taking a snapshot says of headers that cannot be read, and that nothing half-done is left. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { parseSnapshot, readSnapshot, snapshotText, writeSnapshot } from "../../../src/api/snapshot-file.js";
import { takeSnapshot } from "../../../src/api/snapshot/take-snapshot.js";
import { findLibclang } from "../../../src/toolchain/libclang/find-libclang.js";
import { declarationOf, headerFolder, snapshotOf } from "../../helpers/snapshots.js";

const libclang = await findLibclang();
const PLAIN = {
  includes: [],
  flags: [],
  language: undefined,
  standard: undefined,
  compileCommands: undefined,
  keepGoing: false,
  engine: undefined,
} as const;

describe.skipIf(libclang === undefined)("taking a snapshot (libclang)", () => {
  it("names a header's first errors by file, line and column, and what to do", async () => {
    const error = await snapshotOf("int fine();\nstruct A { Missing m; };\n").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "input-invalid", message: expect.stringContaining("  api.h:2:12: unknown type name 'Missing'") });
    const missing = await snapshotOf('#include "not/there.h"\n').catch((thrown: unknown) => thrown);
    expect(missing).toMatchObject({
      message: expect.stringContaining("api.h:1:10: 'not/there.h' file not found"),
      hint: expect.stringContaining("--include"),
    });
  });

  it("reads on with --keep-going and records what was wrong", async () => {
    const snapshot = await snapshotOf("struct A { Missing m; int n; };\nint fine();\n", { keepGoing: true });
    expect(snapshot.diagnostics).toEqual([
      { severity: "error", place: { file: "api.h", line: 1 }, column: 12, text: "unknown type name 'Missing'" },
    ]);
    expect(declarationOf(snapshot, "function", "fine").mangled).toBe("_Z4finev");
  });

  it("says which header, folder or pattern is not there", async () => {
    const folder = headerFolder({ "api.h": "int a();\n" });
    await expect(takeSnapshot({ ...PLAIN, headers: ["gone.h"], roots: [folder] })).rejects.toMatchObject({
      code: "input-missing",
      message: "there is no header gone.h",
    });
    await expect(takeSnapshot({ ...PLAIN, headers: ["sub/*.h"], roots: [folder] })).rejects.toMatchObject({
      code: "input-missing",
      message: "no header matches sub/*.h",
    });
    await expect(takeSnapshot({ ...PLAIN, headers: ["api.h"], roots: [join(folder, "no")] })).rejects.toMatchObject({
      code: "input-missing",
    });
    await expect(takeSnapshot({ ...PLAIN, headers: ["api.h"], roots: [join(folder, "api.h")] })).rejects.toMatchObject({ code: "usage" });
  });

  it("takes headers by pattern in their order, and only what lies below the roots", async () => {
    const folder = headerFolder({
      "include/lib/b.h": '#pragma once\n#include "dep.h"\ndep_t b();\n',
      "include/lib/a.h": '#pragma once\n#include "lib/b.h"\nint a();\n',
      "other/dep.h": "#pragma once\ntypedef int dep_t;\nint dep();\n",
    });
    const snapshot = await takeSnapshot({
      ...PLAIN,
      headers: ["lib/*.h"],
      roots: [join(folder, "include")],
      includes: [join(folder, "other")],
    });
    expect([snapshot.headers, snapshot.files]).toEqual([
      ["lib/a.h", "lib/b.h"],
      ["lib/a.h", "lib/b.h"],
    ]);
    expect(snapshot.declarations.map(({ qualifiedName, place }) => [qualifiedName, place.file])).toEqual([
      ["b", "lib/b.h"],
      ["a", "lib/a.h"],
    ]);
    expect(declarationOf(snapshot, "function", "b").result).toEqual({
      kind: "alias",
      name: "dep_t",
      arguments: null,
      target: { kind: "builtin", name: "int" },
    });
  });

  it("takes flags from the command of a source that includes the header", async () => {
    const folder = headerFolder({
      "include/lib/a.h": '#pragma once\n#include "conf.h"\n#if LEVEL > 1\nint deep();\n#endif\nint shallow(CONF c);\n',
      "conf/conf.h": "typedef int CONF;\n",
      "src/a.cc": '#include "lib/a.h"\n',
      "src/b.cc": "int b;\n",
    });
    const database = join(folder, "compile_commands.json");
    const directory = join(folder, "src");
    writeFileSync(
      database,
      JSON.stringify([
        { directory, file: "b.cc", command: "g++ -std=c++11 -DLEVEL=0 -c b.cc" },
        { directory, file: "a.cc", command: "ccache g++ -std=c++17 -I../include -I../conf -DLEVEL=2 -O2 -c a.cc -o a.o" },
      ]),
    );
    const snapshot = await takeSnapshot({ ...PLAIN, headers: ["lib/a.h"], roots: [join(folder, "include")], compileCommands: database });
    expect(snapshot.declarations.map(({ name }) => name)).toEqual(["deep", "shallow"]);
    expect([snapshot.standard, snapshot.language, snapshot.diagnostics]).toEqual(["c++17", "c++", []]);
  });

  it("writes a file that reads back as the same snapshot", async () => {
    const snapshot = await snapshotOf("namespace n { struct A { int x = 1; }; }\n");
    const path = join(headerFolder({}), "a.api.json");
    await writeSnapshot(path, snapshot);
    expect(await readSnapshot(path)).toEqual(snapshot);
    expect(readFileSync(path, "utf8")).toBe(snapshotText(snapshot));
  });
});

describe("a file that is no snapshot", () => {
  it.each([
    ["not JSON", "hello", "this is no snapshot of an API"],
    ["another document", "{}", "this is no snapshot of an API"],
    ["cut off", '{\n"format": "unfork-api-snapshot",\n"version": 1,\n"declarations": [', "the snapshot is cut off"],
    ["of a later version", '{"format":"unfork-api-snapshot","version":7}', "of version 7, this unfork reads up to 1"],
    ["without its parts", '{"format":"unfork-api-snapshot","version":1}', "the snapshot is damaged: declarations: is missing"],
  ])("%s is told so", (_, text, message) => {
    expect(() => parseSnapshot(text, "a.json")).toThrow(message);
  });

  it("is not left behind where writing fails", async () => {
    const path = join(headerFolder({ file: "" }), "file", "a.json");
    await expect(writeSnapshot(path, {} as never)).rejects.toMatchObject({ code: "disk" });
    expect(existsSync(path)).toBe(false);
  });
});
