/** Holds `unfork audit`, `symbols` and `check` at the command line: text, formats, lists, exit codes. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { auditResultSchema } from "../../src/model/audit.js";
import { checkResultSchema } from "../../src/model/check.js";
import { packageRoot } from "../../src/support/version.js";
import { compileObject, makeArchive, missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const missing = await missingTools("g++", "ar");
const root = temporaryFolder();

function unfork(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

async function library(folder: string, source: string): Promise<void> {
  mkdirSync(join(root, folder), { recursive: true });
  await makeArchive(join(root, folder), "lib.a", [await compileObject({ folder: join(root, folder), name: "a.cc", source })]);
}

const BOTH = ["--flavor", "legacy=one/lib.a", "--flavor", "latest=two/lib.a"];
const CLEAN = ["--flavor", "legacy=clean1/lib.a", "--flavor", "latest=clean2/lib.a"];

describe.skipIf(missing.length > 0)(`the audit at the command line (needs ${missing.join(", ") || "g++ and ar"})`, () => {
  beforeAll(async () => {
    await library("one", "namespace lib { int open() { return 1; } }\nint helper_legacy() { return lib::open(); }");
    await library("two", "namespace lib { int open() { return 2; } }\nint helper_latest() { return lib::open(); }");
    await library("clean1", "namespace lib_legacy { int open() { return 1; } }");
    await library("clean2", "namespace lib_latest { int open() { return 2; } }");
  });

  it("exits with 1 on a clash and names symbol, objects, why and what to do", () => {
    const { status, stdout } = unfork("audit", ...BOTH);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✖ error {2}strong-clash {2}1/);
    expect(stdout).toMatch(/lib::open\(\)\s+in legacy a\.cc\.o, latest a\.cc\.o/);
    expect(stdout).toMatch(/fix: isolate the namespace/);
    expect(stdout).toMatch(/✖ 1 error, 0 warnings, 0 notes\n$/);
  });

  it("exits with 0 where every name bears its flavor", () => {
    expect(unfork("audit", ...CLEAN)).toMatchObject({ status: 0, stdout: expect.stringContaining("✔ 0 errors, 0 warnings, 0 notes") });
  });

  it("takes several paths for one flavor, and folders", () => {
    expect(unfork("audit", "--flavor", "legacy=one", "clean1/lib.a", "latest=two").status).toBe(1);
  });

  it("prints one document under --json that fits the schema", () => {
    const result = auditResultSchema.parse(JSON.parse(unfork("audit", ...BOTH, "--json").stdout));
    expect(result.summary).toEqual({ "strong-clash": 1 });
    expect(result.flavors.map(({ name, objects }) => [name, objects])).toEqual([
      ["legacy", 1],
      ["latest", 1],
    ]);
  });

  it("writes every format to its own file", () => {
    const formats = ["sarif", "junit", "markdown", "html", "github"];
    const outputs = formats.flatMap((format) => ["--reporter", format, "--output", `out.${format}`]);
    expect(unfork("audit", ...BOTH, ...outputs).status).toBe(1);
    for (const format of formats) expect(readFileSync(join(root, `out.${format}`), "utf8")).toContain("strong-clash");
    const sarif = JSON.parse(readFileSync(join(root, "out.sarif"), "utf8"));
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: "strong-clash", level: "error" }]);
    expect(sarif.runs[0].tool.driver.rules.map((rule: { id: string }) => rule.id)).toContain("strong-clash");
  });

  it("lets an allow list declare names and change severities, and says which entries cover nothing", () => {
    writeFileSync(
      join(root, "allow.yaml"),
      "shared:\n  - pattern: lib::*\n    reason: one module\n  - pattern: gone::*\n    reason: was there\n",
    );
    const { status, stdout } = unfork("audit", ...BOTH, "--allow", "allow.yaml");
    expect(status).toBe(0);
    expect(stdout).toMatch(/▲ warning {2}strong-clash {2}1/);
    expect(stdout).toMatch(/gone::\* +▲ covers nothing/);
    writeFileSync(join(root, "severity.yaml"), "severity:\n  strong-clash: note\n");
    expect(unfork("audit", ...BOTH, "--allow", "severity.yaml").status).toBe(0);
    expect(unfork("audit", ...BOTH, "--allow", "severity.yaml", "--fail-on", "note").status).toBe(1);
  });

  it("refuses an allow list that covers everything or has no reason, with the line", () => {
    writeFileSync(join(root, "all.yaml"), "shared:\n  - pattern: '*'\n    reason: all\n  - pattern: lib::*\n");
    const { status, stderr } = unfork("audit", ...BOTH, "--allow", "all.yaml");
    expect(status).toBe(2);
    expect(stderr).toMatch(/all\.yaml:2: .*covers everything/);
    expect(stderr).toMatch(/all\.yaml:4: .*reason/);
  });

  it("reports only what a baseline does not know", () => {
    expect(unfork("audit", "baseline", ...BOTH, "--out", "base.json")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 error"),
    });
    const again = unfork("audit", ...BOTH, "--baseline", "base.json");
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("besides the 1 of the baseline") });
    const gone = unfork("audit", ...CLEAN, "--baseline", "base.json");
    expect(gone.stdout).toMatch(/1 finding of the baseline is gone/);
  });

  it("audits one flavor alone", () => {
    expect(unfork("audit", "--single", "clean1/lib.a", "--flavor", "legacy").status).toBe(0);
    const { status, stdout } = unfork("audit", "--single", "one/lib.a", "--flavor", "legacy");
    expect(status).toBe(1);
    expect(stdout).toMatch(/unflavored {2}1[\s\S]*missed namespace lib/);
  });

  it.each([
    [["audit"], /no flavors are given/],
    [["audit", "--flavor", "legacy=one/lib.a"], /only the flavor legacy is given/],
    [["audit", "--flavor", "one/lib.a"], /NAME=PATH/],
    [["audit", "--single", "one/lib.a"], /--single needs one --flavor/],
    [["audit", "--flavor", "legacy=nowhere.a", "latest=two/lib.a"], /there is no file or folder .*nowhere\.a/],
    [["audit", "--flavor", "legacy=one/a.cc", "latest=two/lib.a"], /one\/a\.cc: .*no object file/],
    [["audit", ...BOTH, "--fail-on", "never"], /--fail-on/],
    [["audit", ...BOTH, "--frobnicate"], /unknown option '--frobnicate'/],
  ])("refuses %j and says what is wrong", (args, message) => {
    const { status, stderr } = unfork(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("lists symbols object by object as it does where it holds all of them", async () => {
    const source = [
      "template <class T> struct Box { T value; T take(T other) { return value + other; } };",
      "template struct Box<long>; char large[0x12345678]; void grün() {} extern int wanted; int use() { return wanted; }",
      String.raw`extern "C" void spaced() asm("\"two  blanks\""); void spaced() {} asm(".symver plain,plain@VERSION\nplain:");`,
    ].join("\n");
    await compileObject({ folder: root, name: "odd.cc", source });
    for (const look of [[], ["--mangled"], ["--class", "strong", "weak"]]) {
      const { stdout } = unfork("symbols", "odd.cc.o", ...look);
      expect(stdout).toMatch(/two blanks\n/);
      expect(stdout).toBe(unfork("symbols", "odd.cc.o", ...look, "--match", "/^/").stdout);
    }
  });

  it("lists symbols with sizes, sums them by scope, and prints JSON", () => {
    expect(unfork("symbols", "one/lib.a").stdout).toMatch(/^.*lib\.a\(a\.cc\.o\):\n[\s\S]*strong +function +lib::open\(\)\n/);
    expect(unfork("symbols", "one/lib.a", "--group", "scope").stdout).toMatch(/ {9}1 +11 +\d+\.\d % {2}lib\n/);
    expect(unfork("symbols", "one/lib.a", "--top", "2").stdout.match(/\n/g)).toHaveLength(3);
    const list = JSON.parse(unfork("symbols", "one/lib.a", "--class", "strong", "--match", "lib::*", "--json").stdout);
    expect(list.symbols).toMatchObject([{ name: "lib::open()", class: "strong", kind: "function", section: ".text" }]);
  });

  it("keeps members of one name apart, in every list of symbols", async () => {
    for (const folder of ["m1", "m2"]) {
      mkdirSync(join(root, folder));
      await compileObject({ folder: join(root, folder), name: "a.c", source: `int ${folder}_open(void) { return 1; }` });
    }
    const archive = await makeArchive(
      root,
      "twice.a",
      ["m1", "m2"].map((folder) => join(root, folder, "a.c.o")),
      "qcs",
    );
    const plain = unfork("symbols", "twice.a", "--class", "strong").stdout;
    expect(plain).toMatch(/^.*twice\.a\(a\.c\.o\):\n.*m1_open\n\n.*twice\.a\(a\.c\.o\) \[2\]:\n.*m2_open\n$/);
    expect(unfork("symbols", "twice.a", "--class", "strong", "--match", "*_open").stdout).toBe(plain);
    expect(unfork("symbols", "twice.a", "--group", "object").stdout).toMatch(/a\.c\.o\)\n[\s\S]*a\.c\.o\) \[2\]\n/);
    const list = JSON.parse(unfork("symbols", "twice.a", "--match", "*_open", "--json").stdout);
    expect(list).toMatchObject({
      objects: 2,
      symbols: [
        { name: "m1_open", file: archive, member: "a.c.o", ordinal: 0 },
        { name: "m2_open", file: archive, member: "a.c.o", ordinal: 1 },
      ],
    });
  });

  it("reads links of a folder that lead out of it, and refuses what would prove nothing", async () => {
    mkdirSync(join(root, "linked"));
    symlinkSync(join(root, "one/lib.a"), join(root, "linked/lib.a"));
    symlinkSync("lib.a", join(root, "linked/again.a"));
    symlinkSync("nowhere.a", join(root, "linked/broken.a"));
    const listed = unfork("symbols", "linked", "--class", "strong").stdout;
    expect(listed.match(/^.*:$/gm)).toEqual([expect.stringContaining("linked/again.a(a.cc.o):")]);
    expect(unfork("audit", "--single", "one/lib.a", "--flavor", "72").status).toBe(1);
    const empty = await makeArchive(root, "empty.a", [], "rcs");
    const nothing = unfork("audit", "--flavor", `a=${empty}`, "--flavor", "b=two/lib.a");
    expect(nothing).toMatchObject({ status: 2, stderr: expect.stringContaining("the files of a neither define nor want a name") });
    const gone = await compileObject({ folder: root, name: "gone.c", source: "int gone;" });
    const thin = await makeArchive(root, "thin.a", [gone], "rcsT");
    rmSync(gone);
    const missed = unfork("symbols", thin);
    expect(missed).toMatchObject({ status: 2, stderr: expect.stringMatching(/thin\.a is a thin archive and names .*gone\.c\.o/) });
  });

  it("checks two builds and two trees, and says what comes next", () => {
    const builds = unfork("check", "one/lib.a", "two/lib.a");
    expect(builds).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/✖ 1 name of both[\s\S]*lib::open\(\)[\s\S]*unfork audit --flavor/),
    });
    for (const [folder, source] of [
      ["tree1", "one"],
      ["tree2", "two"],
    ] as const) {
      mkdirSync(join(root, folder));
      writeFileSync(join(root, folder, "a.cc"), readFileSync(join(root, source, "a.cc")));
    }
    const trees = checkResultSchema.parse(JSON.parse(unfork("check", "tree1", "tree2", "--json").stdout));
    expect(trees.clashes).toMatchObject([{ what: "namespaces with definitions", count: 1, examples: ["lib"] }]);
    expect(unfork("check", "tree1", "one/lib.a")).toMatchObject({ status: 2, stderr: expect.stringContaining("is a build") });
    expect(existsSync(join(root, ".unfork_scan"))).toBe(false);
  });
});
