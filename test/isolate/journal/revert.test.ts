/** `revert` gives the original tree back: exactly where nothing was touched, with the edits where something was. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { JOURNAL_FILE } from "../../../src/isolate/journal/journal-file.js";
import { revertTree } from "../../../src/isolate/journal/revert-tree.js";
import { MARKER_FILE } from "../../../src/isolate/marker.js";
import { isolationPlanSchema, type IsolationPolicyInput } from "../../../src/model/isolation.js";
import { revertResultSchema } from "../../../src/model/isolation-revert.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { readTree, type TreeTable, writeTree } from "../../helpers/tree.js";

const TREE: TreeTable = {
  "include/lib/a.h": "#pragma once\nnamespace lib { struct A { int x; }; int a(A); }\n// lib::a stays in comments\n",
  "include/lib/macros.h": "#define LIB_CALL(x) lib::a(x)\n#define LIB_NAME(x) c_##x\n",
  "src/a.cc":
    '#include "lib/a.h"\nint lib::a(A v) { return c_entry(v.x); }\nextern "C" int c_entry(int x) { return x; }\nconst char* s = "lib::a";\n',
  "src/crlf.cc": "\xef\xbb\xbfint f() {\r\n  return lib::a({1}); /* \xe4\xf6\xfc */\r\n}",
  "src/table.c": "int c_table[] = { 1, 2 };\nint c_entry(int);\n",
  "run.sh": { text: "#!/bin/sh\necho lib::a\n", mode: 0o755 },
  "secret.h": { text: "namespace lib { int secret(); }\n", mode: 0o600 },
  "README.md": "lib_legacy:: is not here\n",
  "link.h": { link: "include/lib/a.h" },
  dangling: { link: "nowhere" },
};

let root = "";
let source = "";
let target = "";
let back = "";

beforeEach(() => {
  root = temporaryFolder();
  [source, target, back] = [join(root, "source"), join(root, "target"), join(root, "back")];
  writeTree(source, TREE);
  mkdirSync(join(source, "empty"));
});

function isolate(plan: IsolationPolicyInput = {}, from = source, to = target) {
  return isolateTree({
    flavor: "legacy",
    release: "R1",
    source: from,
    target: to,
    plan: isolationPlanSchema.parse({ namespaces: ["lib"], ...plan }),
  });
}

function edit(path: string, change: (text: string) => string, folder = target): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  const before = existsSync(join(folder, path)) ? readFileSync(join(folder, path), "latin1") : "";
  writeFileSync(join(folder, path), change(before), "latin1");
}

/** The original with the same edits, spelled with the old names. */
function edited(path: string, change: (text: string) => string): void {
  edit(path, change, source);
}

describe("an untouched result", () => {
  it("gives every byte, mode, link and empty folder back", async () => {
    const before = readTree(source);
    await isolate();
    expect(readTree(target)).not.toEqual(before);
    const result = await revertTree({ source: target, target: back });
    expect(readTree(back)).toEqual(before);
    expect(revertResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({ flavor: "legacy", release: "R1", exact: 8, edited: [], added: [], deleted: [], moved: [], left: [] });
  });

  it("gives it back where it stands, too, and twice is refused", async () => {
    const before = readTree(source);
    await isolate();
    await revertTree({ source: target, target: undefined });
    expect(readTree(target)).toEqual(before);
    await expect(revertTree({ source: target, target: undefined })).rejects.toMatchObject({ code: "input-invalid" });
    expect(readTree(target)).toEqual(before);
  });

  it("has a digest of its own kind: that of isolating the original", async () => {
    await isolate();
    const again = await revertTree({ source: target, target: back });
    const plain = await isolate({ keep: ["*"], namespaces: [] }, back, join(root, "plain"));
    expect(plain.edits).toBe(0);
    expect(again.digest).toBe(plain.digest);
  });

  it("comes back from strings and patches, whose old bytes the journal keeps", async () => {
    const before = readTree(source);
    const strings = [{ match: "lib::*" }];
    const patch = [
      { files: ["src/*.c"], find: "1, 2", replace: "3, {flavor}" },
      { files: ["src/table.c"], find: "/3, (\\w+)/", replace: "$1 + 4, 5" },
      { files: ["run.sh"], find: "lib::a", replace: "" },
    ];
    const result = await isolate({ strings, patch });
    expect(result).toMatchObject({ strings: 1, patches: 3 });
    expect(readFileSync(join(target, "src/a.cc"), "latin1")).toContain('"lib_legacy::a"');
    expect(readFileSync(join(target, "src/table.c"), "latin1")).toContain("{ legacy + 4, 5 }");
    await revertTree({ source: target, target: back });
    expect(readTree(back)).toEqual(before);
  });

  it("isolated twice comes back through both runs", async () => {
    const before = readTree(source);
    await isolate();
    const twice = join(root, "twice");
    await isolate({ rename: ["LIB_CALL"] }, target, twice);
    expect(readFileSync(join(twice, "include/lib/macros.h"), "latin1")).toContain("LIB_CALL_legacy");
    await revertTree({ source: twice, target: back });
    expect(readTree(back)).toEqual(before);
  });
});

async function expectBack(): Promise<Awaited<ReturnType<typeof revertTree>>> {
  const result = await revertTree({ source: target, target: back });
  expect(readTree(back)).toEqual(readTree(source));
  return result;
}

describe("edits made after isolation survive", () => {
  it("in a changed file, old lines and new ones", async () => {
    await isolate();
    edit(
      "src/a.cc",
      (text) =>
        `int g() { return lib_legacy::a({2}); }\n${text.replace("v.x", "v.x + 1")}// c_entry_legacy\nint h() { return c_entry_legacy(3); }\n`,
    );
    edited(
      "src/a.cc",
      (text) => `int g() { return lib::a({2}); }\n${text.replace("v.x", "v.x + 1")}// c_entry_legacy\nint h() { return c_entry(3); }\n`,
    );
    const result = await expectBack();
    expect(result.edited).toEqual([{ file: "src/a.cc", names: 5, missing: 0 }]);
    expect(result.exact).toBe(7);
  });

  it("in a new file, a renamed one, a moved and edited one, a deleted one", async () => {
    await isolate();
    edit("src/new.cc", () => "namespace lib_legacy { int n() { return c_table_legacy[0]; } }\n");
    edited("src/new.cc", () => "namespace lib { int n() { return c_table[0]; } }\n");
    for (const folder of [target, source]) {
      mkdirSync(join(folder, "moved"));
      renameSync(join(folder, "src/crlf.cc"), join(folder, "moved/crlf.cc"));
      renameSync(join(folder, "secret.h"), join(folder, "moved/secret.h"));
      appendFileSync(join(folder, "moved/secret.h"), "int more;\n");
      unlinkSync(join(folder, "src/table.c"));
      edit("notes.txt", () => "lib_legacy:: in text stays\n", folder);
      chmodSync(join(folder, "run.sh"), 0o700);
      symlinkSync("run.sh", join(folder, "newlink"));
    }
    const result = await expectBack();
    expect(result.moved).toEqual([{ from: "src/crlf.cc", to: "moved/crlf.cc" }]);
    expect(result.deleted).toEqual(["secret.h", "src/table.c"]);
    expect(result.added.map(({ file }) => file)).toEqual(["moved/secret.h", "notes.txt", "src/new.cc"]);
  });

  it("beside strings and patches, which are found again by what stood around them", async () => {
    await isolate({ strings: [{ match: "lib::*" }], patch: [{ files: ["src/table.c"], find: "{ 1, 2 }", replace: "{ 9 }" }] });
    for (const folder of [target, source]) {
      edit("src/a.cc", (text) => `// first\n${text}// last\n`, folder);
      edit("src/table.c", (text) => `${text}int more;\n`, folder);
    }
    const result = await expectBack();
    expect(result.edited.every(({ missing }) => missing === 0)).toBe(true);
  });

  it("and a patched place that was edited itself is told, not guessed", async () => {
    await isolate({ patch: [{ files: ["src/table.c"], find: "{ 1, 2 }", replace: "{ 9 }" }] });
    edit("src/table.c", (text) => text.replace("{ 9 }", "{ 10 }"));
    const result = await revertTree({ source: target, target: back });
    expect(result.edited).toEqual([{ file: "src/table.c", names: 2, missing: 1 }]);
    expect(readFileSync(join(back, "src/table.c"), "latin1")).toContain("{ 10 }");
  });

  it("and names that isolation did not make stay, with their lines", async () => {
    await isolate();
    edit("src/a.cc", (text) => `int mine_legacy;\n${text}`);
    const result = await revertTree({ source: target, target: back });
    expect(result.left).toEqual([{ file: "src/a.cc", line: 1, token: "mine_legacy" }]);
    expect(readFileSync(join(back, "src/a.cc"), "latin1")).toContain("int mine_legacy;\n");
  });
});

describe("names of the tree's own that end like the flavor", () => {
  it("do not make its journal one that cannot lead back", async () => {
    writeFileSync(join(source, "src/own.c"), "int _legacy;\nint list_legacy;\n");
    const before = readTree(source);
    await isolate({}, source, target);
    await revertTree({ source: target, target: back });
    expect(readTree(back)).toEqual(before);
  });
});

describe("revert refuses", () => {
  it("a tree without its journal, telling an isolated one from any other", async () => {
    await isolate();
    rmSync(join(target, JOURNAL_FILE));
    await expect(revertTree({ source: target, target: back })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining(JOURNAL_FILE),
      hint: expect.stringContaining("without its journal"),
    });
    await expect(revertTree({ source, target: back })).rejects.toMatchObject({ message: expect.stringContaining("no isolated tree") });
    expect(existsSync(back)).toBe(false);
  });

  it("a damaged journal", async () => {
    await isolate();
    const path = join(target, JOURNAL_FILE);
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    await expect(revertTree({ source: target, target: back })).rejects.toMatchObject({ code: "state-invalid", context: { path } });
  });

  it("a journal that was made when the tree was isolated already", async () => {
    await isolate();
    rmSync(join(target, JOURNAL_FILE));
    rmSync(join(target, MARKER_FILE));
    const again = join(root, "again");
    expect(await isolate({}, target, again)).toMatchObject({ edits: 0 });
    await expect(revertTree({ source: again, target: back })).rejects.toMatchObject({
      code: "state-invalid",
      message: expect.stringContaining("does not reach back"),
    });
  });

  it("an output that is there, inside the tree or around it", async () => {
    await isolate();
    writeTree(back, { "somebody's.txt": "" });
    for (const place of [back, join(target, "out"), root])
      await expect(revertTree({ source: target, target: place })).rejects.toMatchObject({ code: "input-invalid" });
    expect(readTree(back)).toEqual({ "somebody's.txt": "644 " });
  });
});

describe("the journal", () => {
  it("takes little: at most 5 % of a tree of files as long as real ones", async () => {
    const text = `namespace lib { int f(int); }\n${"int g() { return lib::f(c_entry(1)); }  // some words of prose here\n".repeat(40)}`;
    for (let i = 0; i < 100; i++) edit(`src/many/file_${i}.cc`, () => text, source);
    const { bytes } = await isolate();
    expect(statSync(join(target, JOURNAL_FILE)).size).toBeLessThan(bytes * 0.05);
  });
});
