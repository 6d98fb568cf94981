/** Holds `unfork api snapshot` at the command line: what is wrong with headers, flags and places, where, and that nothing is half-written. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();
const missing = (await findLibclang()) === undefined ? ["libclang"] : [];

function snapshot(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "api", "snapshot", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

describe.skipIf(missing.length > 0)(`unfork api snapshot (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  beforeAll(() => {
    writeTree(root, {
      "include/good.h": "namespace box {\nclass Lid {\n public:\n  int size() const;\n};\n}\n",
      "include/bad.h": '#include "good.h"\nclass Open {\n  int x\n};\nUnknown value;\n',
      "include/lost.h": '#include "nowhere/other.h"\n',
      "half.json": "[{",
      "empty.json": "[]",
    });
    mkdirSync(join(root, "folder"));
  });

  const GOOD = ["--headers", "good.h", "--root", "include"];
  it.each<[string, string[], number, string[]]>([
    [
      "a broken header, by its lines",
      ["--headers", "bad.h", "--root", "include"],
      2,
      ["bad.h:3:8: expected ';' at end of declaration list", "bad.h:5:1: unknown type name 'Unknown'", "--keep-going"],
    ],
    [
      "an include that is not found",
      ["--headers", "lost.h", "--root", "include"],
      2,
      ["lost.h:1:10: 'nowhere/other.h' file not found", "--include DIR"],
    ],
    ["a header that is not there", ["--headers", "gone.h", "--root", "include"], 2, ["there is no header gone.h", "., include"]],
    ["a pattern that nothing matches", ["--headers", "x/*.h", "--root", "include"], 2, ["no header matches x/*.h", "include"]],
    ["a root that is not there", ["--headers", "good.h", "--root", "inclde"], 2, ["--root inclde: there is no such folder"]],
    ["a compile database that is not there", [...GOOD, "--compile-commands", "cc.json"], 2, ["cannot read", "cc.json"]],
    ["a compile database that is cut off", [...GOOD, "--compile-commands", "half.json"], 2, ["half.json is no compile database"]],
    [
      "a compile database without commands",
      [...GOOD, "--compile-commands", "empty.json"],
      2,
      ["empty.json is no compile database", "CMAKE_EXPORT_COMPILE_COMMANDS"],
    ],
    ["a standard that there is not", [...GOOD, "--std", "c++99"], 2, ["with these flags", "is -std=c++99 a standard of this language?"]],
    [
      "an option that is misspelled, before one that is missing",
      ["--heders", "good.h"],
      2,
      ["unknown option '--heders'", "Did you mean --headers?"],
    ],
    ["an engine that there is not", [...GOOD, "--engine", "libclan"], 2, ["Allowed choices are libclang, clang-json"]],
  ])("tells %s, and writes nothing", (_, args, code, told) => {
    const before = readdirSync(root);
    const { status, stdout, stderr } = snapshot([...args, "--out", "out.json"]);
    expect({ status, stdout }).toEqual({ status: code, stdout: "" });
    for (const text of told) expect(stderr).toContain(text);
    expect(readdirSync(root)).toEqual(before);
  });

  it("tells under --json the first broken line, and a misspelled option as one document, too", () => {
    const { status, stdout } = snapshot(["--headers", "bad.h", "--root", "include", "--json"]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "input-invalid", context: { file: "bad.h", line: 3 } } });
    expect(JSON.parse(snapshot(["--heders", "x", "--json"]).stdout)).toMatchObject({ error: { code: "usage" } });
  });

  it("ends with 3 where UNFORK_LIBCLANG names a library that is not there", () => {
    const { status, stderr } = snapshot([...GOOD, "--out", "out.json"], { UNFORK_LIBCLANG: "/none/libclang.so" });
    expect(status).toBe(3);
    expect(stderr).toMatch(/UNFORK_LIBCLANG names \/none\/libclang.so, which is not there\n.*unset it/);
    expect(existsSync(join(root, "out.json"))).toBe(false);
  });

  it("leaves nothing beside an output that cannot be written", () => {
    const before = readdirSync(root);
    const { status, stderr } = snapshot([...GOOD, "--out", "folder"]);
    expect(status).toBe(3);
    expect(stderr).toContain("a folder stands there: name a file");
    expect(readdirSync(root)).toEqual(before);
  });
});
