/** Bad input: a clear error or a documented treatment, and never a half-written output. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { revertTree } from "../../src/isolate/journal/revert-tree.js";
import { isolationPlanSchema } from "../../src/model/isolation.js";
import { packageRoot } from "../../src/support/version.js";
import { temporaryFolder } from "../helpers/temp.js";
import { readTree, writeTree } from "../helpers/tree.js";

const bin = join(packageRoot(), "bin/unfork.js");

let root = "";
let tree = "";
let out = "";

beforeEach(() => {
  root = temporaryFolder();
  [tree, out] = [join(root, "tree"), join(root, "out")];
  writeTree(tree, { "a.h": "namespace lib { int a(); }\n", "a.cc": "int lib::a() { return 1; }\nint global_a() { return 2; }\n" });
});

function unfork(args: readonly string[], command = process.execPath, before: readonly string[] = []) {
  const { status, stdout, stderr } = spawnSync(command, [...before, bin, "isolate", ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

/** The error's text has all words, a hint, and nothing came into being. */
function expectRefused(result: ReturnType<typeof unfork>, code: number, ...words: string[]): void {
  expect(result).toMatchObject({ code, out: "" });
  for (const word of [...words, "→"]) expect(result.err).toContain(word);
  expect(readdirSync(root).filter((name) => /\.(?:new|old|tmp)$/.test(name))).toEqual([]);
}

const isolate = () => isolateTree({ flavor: "legacy", release: "R1", source: tree, target: out, plan: isolationPlanSchema.parse({}) });

describe("the command refuses, with exit 2,", () => {
  it.each([
    ["no flavor", ["TREE", "--out", "OUT"], ["--flavor is missing"]],
    ["no output", ["TREE", "--flavor", "legacy"], ["--out is missing", "--in-place"]],
    ["both outputs", ["TREE", "--flavor", "legacy", "--out", "OUT", "--in-place"], ["exclude each other"]],
    ["a flavor that ends no name", ["TREE", "--flavor", "le-gacy", "--out", "OUT"], ["le-gacy"]],
    ["a tree that is not there", ["TREE/none", "--flavor", "legacy", "--out", "OUT"], ["TREE/none"]],
    ["an output inside the input", ["TREE", "--flavor", "legacy", "--out", "TREE/out"], ["inside the input"]],
    ["an input inside the output", ["TREE", "--flavor", "legacy", "--out", "ROOT"], ["inside the output"]],
    ["a policy that is not there", ["TREE", "--flavor", "legacy", "--out", "OUT", "--policy", "none.yaml"], ["none.yaml"]],
    ["a database that is not there", ["TREE", "--flavor", "legacy", "--out", "OUT", "--compile-commands", "none.json"], ["none.json"]],
  ])("%s", (_what, args, words) => {
    const placed = (text: string): string => text.replace("TREE", tree).replace("OUT", out).replace("ROOT", root);
    expectRefused(unfork(args.map(placed)), 2, ...words.map(placed));
    expect(existsSync(out)).toBe(false);
  });

  it("somebody's folder as output, a file as output, and a file as tree; an empty folder is taken", () => {
    writeTree(out, { "precious.txt": "mine" });
    expectRefused(unfork([tree, "--flavor", "legacy", "--out", out]), 2, "something else", "nothing there was touched");
    expect(readTree(out)).toEqual({ "precious.txt": "644 mine" });
    expectRefused(unfork([tree, "--flavor", "legacy", "--out", join(out, "precious.txt")]), 2, "is a file");
    mkdirSync(join(root, "empty"));
    expect(unfork([tree, "--flavor", "legacy", "--out", join(root, "empty")]).code).toBe(0);
    expectRefused(unfork([join(tree, "a.h"), "--flavor", "legacy", "--out", join(root, "x")]), 2, "a file stands where a folder is needed");
    expectRefused(unfork(["revert", join(tree, "a.h")]), 2, "is no folder");
    expect(existsSync(join(root, "x"))).toBe(false);
  });

  it("a policy with a contradiction, under --json as one document", () => {
    writeFileSync(join(root, "p.yaml"), "rename: [x]\nkeep: [x]\n");
    const { code, out: text } = unfork([tree, "--flavor", "legacy", "--out", out, "--policy", join(root, "p.yaml"), "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: "config-invalid", message: expect.stringContaining("rename[0] renames 'x' and keep[0] keeps 'x'") },
    });
  });

  it("another flavor over an isolated tree, also without marker and journal", () => {
    expect(unfork([tree, "--flavor", "legacy", "--out", out]).code).toBe(0);
    expectRefused(unfork([out, "--flavor", "latest", "--out", join(root, "again")]), 2, "already isolated as flavor 'legacy'");
    for (const name of readdirSync(out).filter((each) => each.startsWith(".unfork")))
      renameSync(join(out, name), join(root, `moved${name}`));
    expectRefused(
      unfork([out, "--flavor", "latest", "--out", join(root, "again")]),
      2,
      "isolated already as flavor 'legacy'",
      "--original",
    );
    expect(unfork([out, "--flavor", "latest", "--out", join(root, "again"), "--original"]).code).toBe(0);
  });
});

describe("names that all end alike", () => {
  const four = ["blur", "copy", "mix", "scale"];

  it("are no flavor where assembler defines them, their files have the word, or it is a processor's", () => {
    writeTree(tree, {
      "a.h": "",
      "a.cc": "",
      ...Object.fromEntries(four.map((name) => [`arm/${name}.S`, `.globl ${name}_quick\n${name}_quick:\n  ret\n`])),
    });
    expect(unfork([tree, "--flavor", "latest", "--out", out]).code).toBe(0);
    writeTree(tree, Object.fromEntries(four.map((name) => [`arm/${name}_quick.c`, `int ${name}_quick(void) { return 1; }\n`])));
    expect(unfork([tree, "--flavor", "latest", "--out", out]).code).toBe(0);
    writeTree(join(root, "cpu"), Object.fromEntries(four.map((name) => [`${name}.c`, `int ${name}_neon(void) { return 1; }\n`])));
    expect(unfork([join(root, "cpu"), "--flavor", "latest", "--out", out]).code).toBe(0);
  });

  it("are one where C does, and nothing else explains them, beside assembler, too", () => {
    writeTree(tree, {
      "a.h": "",
      "a.cc": "",
      ...Object.fromEntries(four.map((name) => [`${name}.c`, `int ${name}_mine(void) { return 1; }\n`])),
    });
    writeTree(tree, { "fast.S": ".globl fast_mine\nfast_mine:\n  ret\n" });
    expectRefused(unfork([tree, "--flavor", "latest", "--out", out]), 2, "isolated already as flavor 'mine'", "--original");
  });
});

describe("a tree with", () => {
  const asNobody = ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath];
  const hasSetpriv = process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).status === 0;

  it.skipIf(!hasSetpriv)("a file or folder that cannot be read is refused, naming it (needs root and setpriv)", () => {
    chmodSync(root, 0o777);
    writeTree(tree, { "sub/b.h": "int b;\n" });
    for (const path of ["a.h", "sub"]) {
      chmodSync(join(tree, path), 0o000);
      expectRefused(unfork([tree, "--flavor", "legacy", "--out", out], "setpriv", asNobody), 3, join(tree, path), "permission");
      chmodSync(join(tree, path), 0o755);
      expect(existsSync(out)).toBe(false);
    }
  });

  it("links that lead in a circle, up, or nowhere keeps them as they are", async () => {
    writeTree(tree, {
      loop: { link: "loop" },
      "sub/up": { link: "../sub" },
      a: { link: "b" },
      b: { link: "a" },
      gone: { link: "/nowhere" },
    });
    expect(await isolate()).toMatchObject({ files: 7 });
    for (const path of ["loop", "sub/up", "a", "b", "gone"]) expect(readTree(out)[path]).toBe(readTree(tree)[path]);
    await revertTree({ source: out, target: join(root, "back") });
    expect(readTree(join(root, "back"))).toEqual(readTree(tree));
  });

  it("a root that is such a link is refused", () => {
    symlinkSync("circle", join(root, "circle"));
    const result = unfork([join(root, "circle"), "--flavor", "legacy", "--out", out]);
    expect(result.code).toBeGreaterThan(1);
    expect(result.err).toContain("circle");
  });

  it("a pipe and a socket leaves them out and says so", async () => {
    execFileSync("mkfifo", [join(tree, "pipe")]);
    const server = createServer().listen(join(tree, "socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    const result = await isolate();
    server.close();
    expect(result.skipped).toEqual([
      { path: "pipe", what: "named pipe" },
      { path: "socket", what: "socket" },
    ]);
    expect(readdirSync(out)).not.toContain("pipe");
  });

  it("a name that is not UTF-8 is refused with its bytes", async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${tree}/caf`), Buffer.from([0xe9]), Buffer.from(".h")]), "int x;\n");
    await expect(isolate()).rejects.toMatchObject({ code: "input-invalid", message: expect.stringContaining("636166e92e68") });
    expect(existsSync(out)).toBe(false);
  });

  it("a file that something writes to all the while: refused, or one of its versions, never a mixture", { timeout: 60_000 }, async () => {
    const path = join(tree, "busy.cc");
    const half = "int lib::a(); ".repeat(60_000);
    const writer = `const fs = require("fs"); const versions = ["A", "B"].map((v) => "// " + v + "\\n" + ${JSON.stringify("int lib::a(); ")}.repeat(60000) + "\\n// " + v + "\\n");
      for (let i = 0; ; i++) { const h = fs.openSync(process.argv[1], "r+"); fs.writeSync(h, versions[i % 2]); fs.closeSync(h); }`;
    writeFileSync(path, `// A\n${half}\n// A\n`);
    const child = spawn(process.execPath, ["-e", writer, path]);
    try {
      for (let round = 0; round < 3; round++) {
        const error: unknown = await isolate().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) continue;
        expect(error).toMatchObject({ code: "state-invalid", message: expect.stringContaining("changed while") });
      }
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("a file of 8 MB is isolated like any other, and comes back", { timeout: 120_000 }, async () => {
    const handle = openSync(join(tree, "generated.cc"), "w");
    const lines = Array.from(
      { length: 10_000 },
      (_, i) => `static const int table_${i}[] = { 1, 2, 3 };  // lib::x\nint lib::f${i}(int x) { return x + global_a(); }\n`,
    ).join("");
    for (let size = 0; size < 8e6; size += lines.length) writeSync(handle, lines);
    closeSync(handle);
    const result = await isolate();
    expect(statSync(join(out, "generated.cc")).size).toBeGreaterThan(result.edits * 7 + 8e6 - 5e5);
    await revertTree({ source: out, target: join(root, "back") });
    expect(readFileSync(join(root, "back", "generated.cc")).equals(readFileSync(join(tree, "generated.cc")))).toBe(true);
  });
});
