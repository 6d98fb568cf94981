/** That a run over a few changed files takes over the last decision when it may, and never when a whole run would decide otherwise. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { isolationPlanSchema, type IsolationResult } from "../../src/model/isolation.js";
import { temporaryFolder } from "../helpers/temp.js";

const plan = isolationPlanSchema.parse({ namespaces: ["lib"], rename: ["MADE_*"], keep: ["kept_*"], guards: "rename" });

const open = { ...plan, namespaces: [] };

const TREE: Readonly<Record<string, string>> = {
  "lib/a.h":
    "#ifndef LIB_A_H\n#define LIB_A_H\n#define JOIN(a, b) a##b\n#define SPACE lib\nnamespace lib { int a(); }\nextern int global_a();\n#endif\n",
  "lib/a.cc": '#include "lib/a.h"\nint lib::a() { return 1; }\nint global_a() { return lib::a(); }\nint JOIN(global_, b)() { return 0; }\n',
  "lib/b.cc": "int b_only() { return lib::a() + MADE_x; }\nstatic int x = global_a();\nnamespace other { namespace lib { int y; } }\n",
  "lib/c.c": "struct s { int global_c; };\nint use(struct s* p) { return p->global_c; }\nenum kind { kept_one, two };\n",
  "lib/macros.h": "#define BEGIN namespace lib {\n#define END }\n#define HIDDEN static\n#define USE(x) x::a()\n",
  "lib/d.cc": "BEGIN\nint d();\nEND\nHIDDEN int hidden;\nint call() { return USE(lib) + SPACE::a(); }\n",
  "lib/e.S": ".globl asm_e\nasm_e:\n ret\n",
  "exports.def": "EXPORTS\n  global_a\n",
  "README.md": "lib:: and global_a\n",
};

const HARMLESS = ["// words", "namespace lib { int inner(); }", "static int mine;"];

/** Lines of which most change what others must do. */
const LINES = [
  "int fresh_global() { return global_a(); }",
  "int global_c;",
  "struct global_a { int x; };",
  "int member(struct s* p) { return p->two + p->b_only; }",
  "extern int hidden;",
  "#define SPACE other",
  "#define USE(x) #x",
  "#define JOIN(a, b) a",
  "#define BEGIN namespace other {",
  "#define HIDDEN",
  "BEGIN",
  "END",
  "}",
  "namespace other { namespace lib { class lib; } }",
  "class lib;",
  "MADE_fresh(1);",
  "JOIN(global_, c)(2);",
  "USE(lib);",
  "SPACE::a();",
  'extern "C" { int in_c; }',
  'asm(".globl from_asm\\nfrom_asm: ret");',
  '#include "macros.h"',
  "int kept_two, two;",
];

interface Change {
  readonly file: number;
  readonly line: number;
  /** Undefined: the line is taken away. */
  readonly text: string | undefined;
}

const changes = fc.array(
  fc.record({
    file: fc.nat(),
    line: fc.nat(12),
    text: fc.oneof(fc.constantFrom(...HARMLESS), fc.option(fc.constantFrom(...LINES), { nil: undefined })),
  }) as fc.Arbitrary<Change>,
  { minLength: 1, maxLength: 3 },
);

let root = "";
let source = "";
let target = "";
let runs = 0;

beforeEach(start);

function start(): void {
  root = temporaryFolder();
  source = join(root, "source");
  target = join(root, "target");
  for (const [path, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
}

function change({ file, line, text }: Change): void {
  const paths = Object.keys(TREE);
  const path = join(source, paths[file % paths.length] as string);
  const lines = readFileSync(path, "latin1").split("\n");
  lines.splice(line % lines.length, text === undefined ? 1 : 0, ...(text === undefined ? [] : [text]));
  writeFileSync(path, lines.join("\n"));
}

function isolate(to = target, asked = plan): Promise<IsolationResult> {
  return isolateTree({ flavor: "latest", release: "R", source, target: to, plan: asked, keepState: to === target });
}

/** Without what the files say, only the memory of the last decision is left to build on. */
function forgetFiles(): void {
  for (const name of readdirSync(target)) if (/\.state(\.\d+)?$/.test(name)) rmSync(join(target, name));
}

/** Whether the run that was just made took over the decision of the one before {@link forgetFiles}. */
function tookOver(): boolean {
  return !existsSync(join(target, ".unfork-isolation.state"));
}

function contentOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith(".unfork-isolation.state"),
  );
  return Object.fromEntries(
    paths.map((entry) => [
      join(entry.parentPath, entry.name).slice(folder.length),
      readFileSync(join(entry.parentPath, entry.name), "latin1"),
    ]),
  );
}

/** Runs over the output and from the start, and compares; or both must refuse alike: then it gives false. */
async function expectSame(asked = plan): Promise<boolean> {
  const fresh = join(root, `fresh-${runs++}`);
  const [updated, whole] = [await isolate(target, asked).catch(String), await isolate(fresh, asked).catch(String)];
  if (typeof updated === "string" || typeof whole === "string") {
    expect(updated).toBe(whole);
    return false;
  }
  expect({ ...updated, path: "" }).toEqual({ ...whole, path: "" });
  expect(contentOf(target)).toEqual(contentOf(fresh));
  return true;
}

describe("a run over a few changed files", () => {
  it("takes over the decision when they say the same to the rest of the tree", async () => {
    await isolate();
    forgetFiles();
    appendFileSync(join(source, "lib/a.cc"), "namespace lib { int further() { return global_a(); } }\n");
    writeFileSync(join(source, "README.md"), "other words\n");
    writeFileSync(join(source, "lib/c.c"), `\n\n${TREE["lib/c.c"]}`);
    await expectSame();
    expect(tookOver()).toBe(true);
    expect(readFileSync(join(target, "lib/a.cc"), "utf8")).toContain(
      "namespace lib_latest { int further() { return global_a_latest(); } }",
    );
  });

  it("decides anew when one of them says anything else", async () => {
    await isolate();
    forgetFiles();
    appendFileSync(join(source, "lib/a.cc"), "int b_only_too() { return 0; }\n");
    await expectSame();
    expect(tookOver()).toBe(false);
  });

  it("tells the line of a name that members bear, too, where that is now", async () => {
    const header = join(source, "lib/shared.h");
    const text =
      "inline int shared() { return 1; }\nstruct t { int shared; };\ninline int get(t* p) { return p->shared; }\nstruct u : v { int f() { return shared(); } };\n";
    writeFileSync(header, text);
    expect((await isolate()).warnings.join()).toContain("shared.h:1;");
    writeFileSync(header, `\n${text}`);
    await expectSame();
    expect((await isolate()).warnings.join()).toContain("shared.h:2;");
  });

  it("decides anew when somebody touched the output, also in a file that did not change", async () => {
    await isolate();
    forgetFiles();
    appendFileSync(join(source, "lib/a.cc"), "// words\n");
    appendFileSync(join(target, "lib/b.cc"), "// not ours\n");
    await expectSame();
    expect(tookOver()).toBe(false);
  });

  it("goes on from its own result, time after time", async () => {
    await isolate();
    forgetFiles();
    for (let round = 0; round < 4; round++) {
      appendFileSync(join(source, round % 2 === 0 ? "lib/a.cc" : "lib/d.cc"), `static int round${round} = lib::a();\n`);
      await expectSame();
      expect(await isolate()).toEqual(await isolate());
      expect(tookOver()).toBe(true);
    }
  });

  it("finds the same namespaces as a whole run, and tells as many openings", async () => {
    await isolate(target, open);
    forgetFiles();
    appendFileSync(join(source, "lib/b.cc"), "namespace other { namespace lib { int z; } }\n");
    await expectSame(open);
    expect(tookOver()).toBe(true);
    appendFileSync(join(source, "lib/b.cc"), "namespace further { int z; }\n");
    await expectSame(open);
    expect(tookOver()).toBe(false);
  });

  it("finds the namespaces anew when a file that is included inside of one takes part", async () => {
    writeFileSync(join(source, "lib/inner.h"), "namespace inner { inline int f() { return 1; } }\n");
    writeFileSync(join(source, "lib/outer.h"), 'namespace other {\n#include "inner.h"\n}\n');
    const named = async (): Promise<string[]> => (await isolate(target, open)).namespaces.map(({ from }) => from);
    expect(await named()).not.toContain("inner");
    forgetFiles();
    appendFileSync(join(source, "lib/b.cc"), '#include "inner.h"\n');
    await expectSame(open);
    expect(await named()).toContain("inner");
    forgetFiles();
    writeFileSync(join(source, "lib/b.cc"), TREE["lib/b.cc"] as string);
    await expectSame(open);
    expect(await named()).not.toContain("inner");
  });

  it.each([
    ["with namespaces given", plan],
    ["with namespaces found", open],
  ])("comes to what a whole run comes to, whatever was changed, %s", async (_case, asked) => {
    const taken = { over: 0, anew: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 3 }), async (rounds) => {
        start();
        await isolate(target, asked);
        for (const list of rounds) {
          forgetFiles();
          for (const one of list) change(one);
          if (await expectSame(asked)) taken[tookOver() ? "over" : "anew"]++;
        }
      }),
      { numRuns: 30 },
    );
    expect(Math.min(taken.over, taken.anew)).toBeGreaterThan(0);
  });
});
