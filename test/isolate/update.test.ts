/** That a run over an output of its own writes what changed, and nothing else, and never anything but what a whole run writes. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema, type IsolationResult } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

let root = "";
let source = "";
let target = "";
let runs = 0;

const plan = isolationPlanSchema.parse({ namespaces: ["lib"], rename: ["MADE_*"], keep: ["kept_*"] });

beforeEach(() => {
  root = temporaryFolder();
  source = join(root, "source");
  target = join(root, "target");
});

function put(path: string, content: string, folder = source): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function isolate(to = target): Promise<IsolationResult> {
  return isolateTree({ flavor: "latest", release: "R", source, target: to, plan, keepState: to === target });
}

/** Path, kind, mode and bytes of everything but the state. */
function contentOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => !path.startsWith(".unfork-isolation.state"));
  return Object.fromEntries(
    paths.toSorted().map((path) => {
      const stats = lstatSync(join(folder, path));
      if (!stats.isFile()) return [path, stats.isDirectory() ? "folder" : "link"];
      return [path, `${(stats.mode & 0o777).toString(8)} ${readFileSync(join(folder, path), "latin1")}`];
    }),
  );
}

/** Runs over the output and from the start, and compares. */
async function expectSame(): Promise<void> {
  const fresh = join(root, `fresh-${runs++}`);
  const [updated, whole] = [await isolate(), await isolate(fresh)];
  expect({ ...updated, path: "" }).toEqual({ ...whole, path: "" });
  expect(contentOf(target)).toEqual(contentOf(fresh));
}

function inodes(): Record<string, number> {
  const paths = readdirSync(target, { recursive: true, encoding: "utf8" }).filter((path) => !path.startsWith(".unfork"));
  return Object.fromEntries(
    paths.filter((path) => lstatSync(join(target, path)).isFile()).map((path) => [path, statSync(join(target, path)).ino]),
  );
}

/** As if the files were made long ago: a file that was changed a moment before it is read is read again in any case. */
function age(): void {
  const longAgo = new Date(Date.now() - 60_000);
  for (const path of readdirSync(source, { recursive: true, encoding: "utf8" }))
    if (lstatSync(join(source, path)).isFile()) utimesSync(join(source, path), longAgo, longAgo);
}

/** When each entry of the output changed last. */
function times(): number[] {
  return readdirSync(target, { recursive: true, encoding: "utf8" }).map((path) => lstatSync(join(target, path)).ctimeMs);
}

/** Waits until no file was changed a moment ago. */
async function settle(): Promise<void> {
  age();
  await new Promise((resolve) => setTimeout(resolve, 60));
}

function makeTree(): void {
  put("lib/a.h", "namespace lib { int a(); }\nextern int global_a();\n");
  put("lib/a.cc", '#include "lib/a.h"\nint lib::a() { return 1; }\nint global_a() { return lib::a(); }\n');
  put("lib/b.cc", "int b_only() { return lib::a() + MADE_x; }\nstatic int x = global_a();\n");
  put("lib/c.c", "struct s { int global_c; };\nint use(struct s* p) { return p->global_c; }\n");
  put("README.md", "lib:: and global_a\n");
  put("run.sh", "#!/bin/sh\n");
  symlinkSync("lib/a.h", join(source, "link.h"));
  mkdirSync(join(source, "empty"));
}

describe("a second run", () => {
  beforeEach(makeTree);

  it("replaces the files that changed, and only these", async () => {
    await isolate();
    age();
    const before = inodes();
    put("lib/b.cc", "int b_only() { return lib::a() - 1; }\n");
    await expectSame();
    const after = inodes();
    expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual(["lib/b.cc"]);
  });

  it("gives the same account when nothing changed, and touches nothing", async () => {
    await settle();
    const first = await isolate();
    const before = times();
    expect(await isolate()).toEqual(first);
    expect(times()).toEqual(before);
    put("lib/b.cc", "int b_only() { return lib::a() - 1; }\n");
    await settle();
    const second = await isolate();
    expect(second.digest).not.toBe(first.digest);
    const between = times();
    expect(await isolate()).toEqual(second);
    expect(times()).toEqual(between);
    await expectSame();
  });

  it("redoes every file that a changed decision concerns", async () => {
    await isolate();
    age();
    const before = inodes();
    expect(readFileSync(join(target, "lib/c.c"), "utf8")).not.toContain("_latest* p");
    put("lib/b.cc", "struct s { int y; };\nint b_only() { return 0; }\nint global_c;\n");
    await expectSame();
    const after = inodes();
    expect(
      Object.keys(after)
        .filter((path) => after[path] !== before[path])
        .toSorted(),
    ).toEqual(["lib/b.cc"]);
    put("lib/a.cc", "int lib::a() { return 1; }\n");
    await expectSame();
    expect(readFileSync(join(target, "lib/a.h"), "utf8")).toContain("int global_a();");
  });

  it("puts right what was changed, replaced, removed or added in the output", async () => {
    await isolate();
    const { mtime, atime } = statSync(join(target, "lib/a.h"));
    put("lib/a.h", "namespace lib_latest { int b(); }\nextern int global_a_latest();\n", target);
    utimesSync(join(target, "lib/a.h"), atime, mtime);
    chmodSync(join(target, "run.sh"), 0o777);
    await expectSame();
    rmSync(join(target, "lib/b.cc"));
    put("stale.h", "", target);
    await expectSame();
    rmSync(join(target, ".unfork-isolation.journal"));
    await expectSame();
  });

  it("does not trust a state that is damaged, missing, of another request or of another tree", async () => {
    await isolate();
    const damages: ((state: string) => void)[] = [
      (state) => rmSync(state),
      (state) => truncateSync(state, 100),
      (state) => appendFileSync(state, "x"),
      (state) => writeFileSync(state, ""),
      (state) =>
        writeFileSync(
          state,
          readFileSync(state).map((byte, at) => (at === 200 ? byte ^ 1 : byte)),
        ),
    ];
    for (const name of [".unfork-isolation.state", ".unfork-isolation.state.0"]) {
      for (const damage of damages) {
        damage(join(target, name));
        put("lib/b.cc", `int b_${runs}() { return lib::a(); }\n`);
        await expectSame();
        expect(existsSync(join(target, name))).toBe(true);
      }
    }
    const other = isolationPlanSchema.parse({ namespaces: ["lib"], keep: ["global_*"] });
    await isolateTree({ flavor: "latest", release: "R", source, target, plan: other, keepState: true });
    expect(readFileSync(join(target, "lib/a.cc"), "utf8")).toContain("int global_a()");
    await expectSame();
  });

  it("leaves the output as it was when it is refused", async () => {
    await isolate();
    const before = contentOf(target);
    put("lib/b.cc", "int global_a_latest;\n");
    await expect(isolate()).rejects.toMatchObject({ code: "input-invalid" });
    expect(contentOf(target)).toEqual(before);
    expect(readdirSync(root).filter((name) => name.includes(".new"))).toEqual([]);
  });

  it("finishes an update that was cut short, at whatever file", async () => {
    await isolate();
    put("lib/a.cc", '#include "lib/a.h"\nint lib::a() { return 3; }\nint global_a() { return lib::a(); }\n');
    put("lib/b.cc", "int b_only() { return 4; }\n");
    const done = join(root, "done");
    await isolate(done);
    const old = contentOf(target);
    for (const finished of [0, 1, 2]) {
      const update = join(target, ".unfork-isolation.update");
      const files = ["lib/a.cc", "lib/b.cc"].map((path, index) => [String(index), path] as const);
      put("list.json", JSON.stringify(files), update);
      for (const [name, path] of files) put(name, readFileSync(join(done, path), "utf8"), update);
      for (const [name, path] of files.slice(0, finished)) renameSync(join(update, name), join(target, path));
      await expectSame();
      expect(existsSync(update)).toBe(false);
      for (const path of ["lib/a.cc", "lib/b.cc"]) writeFileSync(join(target, path), (old[path] as string).slice(4));
    }
  });
});

describe("any number of runs", () => {
  const names = ["a", "b", "kept_c", "MADE_d", "lib", "sub"] as const;
  const piece = fc.oneof(
    fc.constantFrom(...names).map((name) => `int ${name}_f() { return lib::${name}_f() + ${name}_v; }\n`),
    fc.constantFrom(...names).map((name) => `namespace lib { int ${name}_f(); }\n`),
    fc.constantFrom(...names).map((name) => `int ${name}_v;\nextern int ${name}_w;\n`),
    fc.constantFrom(...names).map((name) => `struct ${name}_s { int ${name}_v; void (*${name}_f)(void); };\nint m = p->${name}_v;\n`),
    fc.constantFrom(...names).map((name) => `#define ${name.toUpperCase()}_M(x) lib::x ${name}_##x\nint u = ${name.toUpperCase()}_M(f);\n`),
    fc
      .constantFrom(...names)
      .map((name) => `extern "C" int ${name}_f(void);\nnamespace outer { int ${name}_f(void) { return 1; } namespace lib { } }\n`),
    fc.constantFrom(
      "OPEN(lib)\nint inside;\n}\n",
      "#define OPEN(x) namespace x {\n",
      "enum e { a_v };\n",
      "typedef struct { int x; } b_s;\n",
      "// lib::a_f\n",
      "const int sub_v = 1;\n",
    ),
  );
  const content = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
  const path = fc.constantFrom("a.h", "b.cc", "c.c", "d/e.h", "d/f.cc", "g.S", "h.m", "text.txt", "d/i.inc");
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant("write" as const), path, content }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("remove" as const), path }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("mode" as const), path }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("spoil" as const), path }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("age" as const) }) },
  );

  it("over random edits leave the output of one whole run", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(path, content), { minLength: 1, maxLength: 8 }),
        fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 5 }),
        async (files, rounds) => {
          root = temporaryFolder();
          [source, target] = [join(root, "source"), join(root, "target")];
          put("lib.h", "namespace lib { }\n");
          for (const [name, text] of files) put(name, text);
          age();
          await expectEqualRun();
          for (const steps of rounds) {
            for (const one of steps) {
              if (one.type === "age") age();
              else if (one.type === "write") put(one.path, one.content);
              else if (existsSync(join(source, one.path))) {
                if (one.type === "remove") rmSync(join(source, one.path));
                else if (one.type === "mode") chmodSync(join(source, one.path), 0o755);
                else if (existsSync(join(target, one.path))) writeFileSync(join(target, one.path), "spoiled");
              }
            }
            await expectEqualRun();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

async function outcomeOf(to: string): Promise<unknown> {
  try {
    return { ...(await isolate(to)), path: "" };
  } catch (error) {
    return { code: (error as { code: string }).code, message: (error as Error).message };
  }
}

/** As {@link expectSame}, where both may be refused, for the same reason. */
async function expectEqualRun(): Promise<void> {
  const fresh = join(root, `fresh-${runs++}`);
  const [updated, whole] = [await outcomeOf(target), await outcomeOf(fresh)];
  expect(updated).toEqual(whole);
  if (existsSync(fresh)) expect(contentOf(target)).toEqual(contentOf(fresh));
}
