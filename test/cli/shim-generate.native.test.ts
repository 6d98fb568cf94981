/** Holds `unfork shim generate` and `unfork shim check` at the command line: results, documents, edits, and every wrong input by its place. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { packageRoot } from "../../src/support/version.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeTree } from "../helpers/tree.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();
const missing = [...(await missingTools("g++", "ar")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];

function unfork(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

const FLAVORS = ["--flavor", "legacy=legacy.json", "latest=latest.json"];
const generate = (...args: string[]) => unfork("shim", "generate", ...FLAVORS, ...args);
const surface = (text: string): string[] => {
  writeFileSync(join(root, "s.yaml"), `library: box\n${text}`);
  return ["--surface", "s.yaml"];
};
const fileOf = (path: string): string => readFileSync(join(root, path), "utf8");

/** A class, an enumeration, a function that no archive defines, and what cannot be shimmed. */
function header(flavor: string, more = ""): string {
  return `#include <string>
#define BOX_TWICE(x) (2 * (x))
#define BOX_LIMIT 8
namespace box_${flavor} {
enum class Side { kLeft, kRight };
class Pin {
 public:
  int at() const { return 1; }
};
class Lid {
 public:
  int size() const { return 3; }
  void Turn(Side side);
${more}};
template <class T>
T Same(T value) { return value; }
int Missing(int value);
}
`;
}

function snapshots(): void {
  for (const flavor of ["legacy", "latest"]) {
    const made = unfork("api", "snapshot", "--headers", "box.h", "--root", flavor, "--std", "c++17", "--out", `${flavor}.json`);
    expect(made).toMatchObject({ status: 0, stderr: "" });
  }
}

describe.skipIf(missing.length > 0)(`unfork shim generate and check (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  beforeAll(() => {
    writeTree(root, {
      "legacy/box.h": header("legacy"),
      "latest/box.h": header("latest", "  double weight() const { return 1.5; }\n"),
      "app/one.cc": '#include "box.h"\n\nint main() { return box::Lid().size() + BOX_TWICE(2) + box::Same(1); }\n',
      "app/two.cc": '#include "box.h"\nint Two(box::Lid& lid) { return BOX_TWICE(3) + lid.weight(); }\n',
    });
    snapshots();
    writeFileSync(join(root, "cut.json"), fileOf("legacy.json").slice(0, 400));
    writeFileSync(join(root, "later.json"), fileOf("legacy.json").replace('"version": 1,', '"version": 7,'));
  });

  it("writes the same bytes twice, and tells all of it under --json", () => {
    const first = generate("--library", "box", "--out", "shim", "--json");
    expect(first.status).toBe(0);
    const document = JSON.parse(first.stdout);
    expect(document).toMatchObject({ out: "shim", written: true, problems: [], used: [], coverage: { classes: 2, enums: 1 } });
    expect(document.left).toContainEqual(expect.objectContaining({ kind: "macro", name: "box_shim::BOX_TWICE", latest: "box.h:2" }));
    const files = readdirSync(join(root, "shim"), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const bytes = files.map((one) => readFileSync(join(one.parentPath, one.name), "utf8"));
    const again = JSON.parse(generate("--library", "box", "--out", "shim", "--json").stdout);
    expect(again.changes.every(({ status }: { status: string }) => status === "same")).toBe(true);
    expect(files.map((one) => readFileSync(join(one.parentPath, one.name), "utf8"))).toEqual(bytes);
    expect(unfork("shim", "check", "shim", "--json")).toMatchObject({ status: 0, stdout: expect.stringContaining('"findings": []') });
  });

  it("marks what an application uses and cannot have as it is: place, reason, what to do", () => {
    const { status, stdout } = generate("--library", "box", "--app", "app", "--out", "used");
    expect(status).toBe(0);
    expect(stdout).toContain("of what it uses, 3 names need a person:");
    expect(stdout).toContain("app/one.cc:3: BOX_TWICE: a macro with parameters; write what stands for it into box_shim_by_hand.h");
    expect(stdout).toContain(
      'app/one.cc:3: box::Same: a function template: name the instances that are called, instances: ["box::Same<T>"] with arguments for T; ' +
        "or give it a body in both flavors: byHand in the surface",
    );
    expect(stdout).toContain("app/two.cc:2: box::Lid::weight: only latest (latest) has it; use it where the flavor is latest only");
    expect(fileOf("used/coverage.md")).toMatch(
      /## Used by the application, and not as it is\n(.*\n)*\| `box::Same` \| \.\.\/app\/one\.cc:3 \| a function template/,
    );
    const { unmet } = JSON.parse(generate("--library", "box", "--app", "app", "--out", "used", "--json").stdout);
    expect(unmet.map(({ name }: { name: string }) => name)).toEqual(["BOX_TWICE", "box::Lid::weight", "box::Same"]);
    expect(generate("--library", "box", "--app", "legacy.json", "--out", "none")).toMatchObject({ status: 2 });
  }, 180_000);

  it("leaves out what no archive defines, and is fresh after that by the same archives", () => {
    for (const flavor of ["legacy", "latest"]) {
      writeFileSync(join(root, `${flavor}.cc`), `#include "${flavor}/box.h"\nvoid box_${flavor}::Lid::Turn(Side) {}\n`);
      spawnSync("sh", ["-c", `g++ -std=c++17 -c ${flavor}.cc -o ${flavor}.o && ar rcs ${flavor}.a ${flavor}.o`], { cwd: root });
    }
    const { status, stdout } = generate("--library", "box", "--archive", "legacy=legacy.a", "latest=latest.a", "--out", "defined");
    expect(status).toBe(0);
    expect(stdout).toContain("left: Missing (box.h:");
    expect(unfork("shim", "check", "defined")).toMatchObject({ status: 0, stdout: expect.stringContaining("box_shim: fresh") });
  });

  it("merges an edit with a method that changed, and ends with 1 at the line where both changed", () => {
    const path = "edited/include/box_shim/box_shim.h";
    generate("--library", "box", "--out", "edited");
    writeFileSync(join(root, path), fileOf(path).replace("int size() const;", "int size() const;  // ours"));
    writeTree(root, { "latest/box.h": header("latest", "  long weight() const { return 1; }\n") });
    snapshots();
    expect(unfork("shim", "check", "edited")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("stale: latest.json: it changed"),
    });
    const { status, stdout } = generate("--library", "box", "--out", "edited");
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("merged with the new text: 1 edited file") });
    expect(fileOf(path)).toMatch(/int size\(\) const; {2}\/\/ ours\n(.*\n)*.*long weight\(\) const;/);
    writeFileSync(join(root, path), fileOf(path).replace("long weight() const;", "long weight() const;  // ours, too"));
    writeTree(root, { "latest/box.h": header("latest", "  short weight() const { return 1; }\n") });
    snapshots();
    const edited = fileOf(path);
    const line = edited.split("\n").findIndex((text) => text.includes("ours, too")) + 1;
    const failed = generate("--library", "box", "--out", "edited");
    expect(failed).toMatchObject({ status: 1, stdout: "" });
    expect(failed.stderr).toContain(`edited/include/box_shim/box_shim.h:${line}: `);
    expect(fileOf(path)).toBe(edited);
    const document = JSON.parse(generate("--library", "box", "--out", "edited", "--json").stdout);
    expect(document).toMatchObject({ written: false, problems: [{ path: "include/box_shim/box_shim.h", line }] });
    writeTree(root, { "latest/box.h": header("latest", "  double weight() const { return 1.5; }\n") });
    snapshots();
  }, 180_000);

  it.each<[string, () => string[], string[]]>([
    [
      "a name that nothing has, with the nearest",
      () => surface("names: [box::Lidd]\n"),
      ["s.yaml:2: names: neither snapshot has what is called box::Lidd (did you mean 'box::Lid'?)"],
    ],
    [
      "a header that nothing has",
      () => surface("headers: [bux.h]\n"),
      ["s.yaml:2: headers: neither snapshot has a header bux.h (did you mean 'box.h'?)"],
    ],
    ["a surface that names nothing", () => surface("exclude: ['*', 'box::*']\n"), ["the surface names nothing that the snapshots have"]],
    ["a key that is misspelled", () => surface("nams: [box::Lid]\n"), ["s.yaml:2: nams: is not a known key (did you mean 'names'?)"]],
    ["a kind that there is not", () => surface("kinds:\n  box::Lid: objekt\n"), ["s.yaml:3: kinds.box::Lid", "(did you mean 'object'?)"]],
    [
      "a kind of a class that there is not",
      () => surface("kinds:\n  box::Ldi: object\n"),
      ["s.yaml:3: kinds.box::Ldi: neither snapshot has a class box::Ldi"],
    ],
    ["what is no enumeration", () => surface("flags: [box::Lid]\n"), ["s.yaml:2: flags: box::Lid is no enumeration"]],
    ["a surface that is no YAML", () => surface("names: [box::Lid\n"), ["s.yaml:3: neither JSON nor YAML"]],
    [
      "a type of the library by hand, with its header",
      () => surface("byHand:\n  - name: Open\n    result: box_latest::Lid*\n    parameters: [const box::Lid& lid]\n"),
      [
        "s.yaml:4: byHand.result: box_latest::Lid is the library's own (box.h:10)",
        "s.yaml:5: byHand.parameters: box::Lid is the library's own",
        "the shim's is called Lid",
      ],
    ],
    [
      "two classes that come to one name",
      () => surface("map:\n  names:\n    box::Pin: box::Lid\n"),
      ["come to one name, box::Lid: ", "box_legacy::Pin (box.h:6)", "box_legacy::Lid (box.h:10)"],
    ],
    ["no name", () => [], ["--library NAME"]],
    ["a name that is none", () => ["--library", "7up"], ["--library 7up: a library's name is a C++ identifier"]],
    ["a surface file that is not there", () => ["--surface", "none.yaml"], ["cannot read none.yaml"]],
    ["an application that is not there", () => ["--library", "box", "--app", "nowhere"], ["cannot read nowhere"]],
    ["an archive that is not there", () => ["--library", "box", "--archive", "legacy=none.a"], ["none.a"]],
    ["a flavor that there is not", () => ["--library", "box", "--release", "lagacy=1"], ["--release lagacy: no flavor has this name"]],
    [
      "a snapshot that is cut off",
      () => ["--library", "box", "--flavor", "legacy=cut.json", "latest=latest.json"],
      ["cut.json: the snapshot is cut off"],
    ],
    [
      "a snapshot of a later version",
      () => ["--library", "box", "--flavor", "legacy=later.json", "latest=latest.json"],
      ["later.json: the snapshot is of version 7"],
    ],
  ])("tells %s, with exit code 2, and writes nothing", (_, args, told) => {
    const given = args();
    const flavors = given.includes("--flavor") ? [] : FLAVORS;
    const { status, stdout, stderr } = unfork("shim", "generate", ...flavors, ...given, "--out", "none");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    for (const text of told) expect(stderr).toContain(text);
    expect(existsSync(join(root, "none"))).toBe(false);
  });

  it("tells a folder that is a file, and a shim that is none", () => {
    expect(generate("--library", "box", "--out", "s.yaml")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("a file stands where a folder is needed"),
    });
    expect(unfork("shim", "check", "app")).toMatchObject({ status: 2, stderr: expect.stringContaining("app/shim.json") });
    expect(unfork("shim", "check", "shim", "--include", "newest=latest").stderr).toContain("the shim's flavors are legacy and latest");
  });
});
