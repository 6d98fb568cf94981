/** What isolation does to a tree as a whole: what it keeps, what it refuses, what a second run leaves alone. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../src/isolate/isolate-tree.js";
import { MARKER_FILE } from "../../src/isolate/marker.js";
import { type IsolationPolicyInput, isolationPlanSchema, isolationResultSchema } from "../../src/model/isolation.js";
import { listen } from "../../src/support/bus.js";
import { temporaryFolder } from "../helpers/temp.js";

let root = "";
let source = "";
let target = "";

beforeEach(() => {
  root = temporaryFolder();
  source = join(root, "source");
  target = join(root, "target");
  put("lib/a.h", "namespace lib { int a(); }\n");
  put("lib/a.cc", '#include "lib/a.h"\nint lib::a() { return 1; }\nint global_a() { return lib::a(); }\n');
  put("README.md", "lib:: and global_a\n");
});

function put(path: string, content: string, folder = source): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function isolate(plan: IsolationPolicyInput = {}, flavor = "legacy", from = source, to = target) {
  return isolateTree({
    flavor,
    release: "R1",
    source: from,
    target: to,
    plan: isolationPlanSchema.parse({ namespaces: ["lib"], ...plan }),
  });
}

function text(path: string): string {
  return readFileSync(join(target, path), "utf8");
}

describe("an isolated tree", () => {
  it("is told with its counts, sorted, as the schema wants it", async () => {
    const result = await isolate();
    expect(isolationResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      flavor: "legacy",
      release: "R1",
      path: target,
      files: 3,
      changedFiles: 2,
      edits: 4,
      namespaces: [{ from: "lib", to: "lib_legacy", edits: 3 }],
      names: [{ from: "global_a", to: "global_a_legacy", edits: 1 }],
      undecided: [],
    });
    expect(result.bytes).toBe(["lib/a.h", "lib/a.cc", "README.md"].reduce((sum, path) => sum + statSync(join(target, path)).size, 0));
  });

  it("may be asked for a namespace whose word a macro replaces", async () => {
    put("lib/m.h", "#define lib our_lib\n");
    expect((await isolate()).namespaces.map(({ from }) => from)).toEqual(["lib"]);
    expect(text("lib/a.h")).toBe("namespace lib_legacy { int a(); }\n");
  });

  it("is told where code counts characters in the text of a signature", async () => {
    put("lib/name.h", "namespace lib { template <class T> constexpr const char* name() { return __PRETTY_FUNCTION__ + 31; } }\n");
    put("lib/size.h", "namespace lib { template <class T> constexpr int size() { return sizeof(__PRETTY_FUNCTION__) - 33; } }\n");
    put("lib/cut.h", "namespace lib { inline auto cut() { std::string_view text = __FUNCSIG__; text.remove_prefix(20); return text; } }\n");
    put("lib/log.h", "namespace lib { inline const char* place() { return __PRETTY_FUNCTION__; } }\n");
    const { warnings } = await isolate();
    expect(warnings.filter((warning) => warning.includes("counts characters"))).toEqual([
      "lib/cut.h:1: code counts characters in the text of __FUNCSIG__, which names with the flavor make longer; adjust the numbers by a policy's `patch`",
      "lib/name.h:1 (and 1 more): code counts characters in the text of __PRETTY_FUNCTION__, which names with the flavor make longer; adjust the numbers by a policy's `patch`",
    ]);
  });

  it("comes with warnings where the flavor reaches further than the name: members of its word, strings that macros make of it", async () => {
    put("lib/c.h", "struct point { int x; };\n");
    put(
      "lib/b.c",
      '#include "lib/c.h"\n#define ENTRY(fn) {#fn, fn}\nint make(void) { return 1; }\nstruct { const char *n; int (*f)(void); } t[] = {ENTRY(make)};\n',
    );
    put("lib/c.c", "struct line { struct point *point; };\nint length(struct line *l) { return l->point->x; }\n");
    const { warnings } = await isolate();
    expect(warnings).toEqual(["a string that ENTRY makes of renamed names changes with them: 'make', lib/b.c:4"]);
  });

  it("keeps other files, permissions, links and empty folders", async () => {
    put("run.sh", "#!/bin/sh\n");
    chmodSync(join(source, "run.sh"), 0o755);
    symlinkSync("lib/a.h", join(source, "link.h"));
    symlinkSync("nowhere", join(source, "dangling"));
    mkdirSync(join(source, "empty"));
    await isolate();
    expect(text("README.md")).toBe("lib:: and global_a\n");
    expect(statSync(join(target, "run.sh")).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(target, "link.h"))).toBe("lib/a.h");
    expect(readlinkSync(join(target, "dangling"))).toBe("nowhere");
    expect(lstatSync(join(target, "empty")).isDirectory()).toBe(true);
  });

  it("says by its marker which flavor, release and plan it is of", async () => {
    await isolate();
    const first = JSON.parse(text(MARKER_FILE)) as Record<string, unknown>;
    expect(first).toMatchObject({ format: 1, flavor: "legacy", release: "R1" });
    await isolate({ keep: ["global_a"] });
    expect(JSON.parse(text(MARKER_FILE))).not.toEqual(first);
  });

  it("has the same digest for the same input, and another for another mode, content or name", async () => {
    const { digest } = await isolate();
    expect((await isolate()).digest).toBe(digest);
    chmodSync(join(source, "README.md"), 0o755);
    const withMode = (await isolate()).digest;
    expect(withMode).not.toBe(digest);
    put("lib/b.h", "");
    expect((await isolate()).digest).not.toBe(withMode);
  });

  it("leaves what the plan keeps, adds what its globs match, reads only its files", async () => {
    put("lib/made.cc", "int x = MADE_one + MADE_two + other;\n");
    await isolate({ keep: ["global_*", "MADE_two"], rename: ["MADE_*"], files: ["lib/**"] });
    expect(text("lib/a.cc")).toContain("int global_a()");
    expect(text("lib/made.cc")).toBe("int x = MADE_one_legacy + MADE_two + other;\n");
    await isolate({ files: ["**/*.h"] });
    expect(text("lib/a.cc")).toBe(readFileSync(join(source, "lib/a.cc"), "utf8"));
    expect(text("lib/a.h")).toContain("lib_legacy");
  });

  it("takes MATLAB's .m for text and Objective-C's for code", async () => {
    put("plot.m", "lib = 1;\n");
    put("view.m", '#import "lib/a.h"\nint objc_function(void) { return 1; }\n');
    await isolate();
    expect(text("plot.m")).toBe("lib = 1;\n");
    expect(text("view.m")).toContain("objc_function_legacy");
  });

  it("tells its progress and that it is over", async () => {
    const seen: string[] = [];
    const stop = listen((event) => seen.push(event.type));
    for (let i = 0; i < 150; i++) put(`more/f${i}.h`, "");
    await isolate();
    stop();
    expect(seen).toContain("progress");
    expect(seen.at(-1)).toBe("progress:end");
  });
});

describe("isolating again", () => {
  const longAgo = new Date(1_000_000_000_000);

  function age(): void {
    for (const path of ["lib/a.h", "lib/a.cc", "README.md"]) utimesSync(join(target, path), longAgo, longAgo);
  }

  it("keeps the time of every file whose bytes stay the same, and only of those", async () => {
    await isolate();
    age();
    put("lib/a.cc", "int lib::a() { return 2; }\n");
    await isolate();
    expect(statSync(join(target, "lib/a.h")).mtime).toEqual(longAgo);
    expect(statSync(join(target, "README.md")).mtime).toEqual(longAgo);
    expect(statSync(join(target, "lib/a.cc")).mtimeMs).toBeGreaterThan(longAgo.getTime());
    expect(text("lib/a.cc")).toBe("int lib_legacy::a() { return 2; }\n");
  });

  it("mends what was changed, added or removed in the output", async () => {
    const { digest } = await isolate();
    writeFileSync(join(target, "lib/a.h"), "namespace lib_legacy { int b(); }\n");
    put("stale.h", "", target);
    chmodSync(join(target, "README.md"), 0o600);
    expect((await isolate()).digest).toBe(digest);
    expect(text("lib/a.h")).toBe("namespace lib_legacy { int a(); }\n");
    expect(existsSync(join(target, "stale.h"))).toBe(false);
    expect(statSync(join(target, "README.md")).mode & 0o777).toBe(0o644);
  });

  it("leaves the input's files alone: none is shared with the output", async () => {
    await isolate();
    await isolate();
    for (const path of ["lib/a.h", "README.md"]) expect(statSync(join(target, path)).ino).not.toBe(statSync(join(source, path)).ino);
  });

  it("an isolated tree gives the same bytes, also without its marker", async () => {
    const { digest } = await isolate();
    const once = join(root, "once");
    expect(await isolate({}, "legacy", target, once)).toMatchObject({ digest, edits: 0 });
    unlinkSync(join(target, MARKER_FILE));
    expect(await isolate({}, "legacy", target, join(root, "twice"))).toMatchObject({ digest, edits: 0 });
  });
});

async function expectRefused(attempt: Promise<unknown>, code: string, ...words: string[]): Promise<void> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: "UnforkError", code });
  const { message, hint } = error as { message: string; hint?: string };
  for (const word of words) expect(`${message}\n${hint}`).toContain(word);
  expect(hint).toBeTruthy();
  expect(readdirSync(root).filter((name) => name !== "source" && name !== "target")).toEqual([]);
}

describe("isolation refuses, and writes nothing,", () => {
  it("a namespace that no file opens, naming the nearest that one does", async () => {
    await expectRefused(isolate({ namespaces: ["lib", "libb"] }), "input-invalid", "'libb'", "'lib'");
    expect(existsSync(target)).toBe(false);
  });

  it("a namespace that files only use", async () => {
    put("use.cc", "int x = foreign::y;\n");
    await expectRefused(isolate({ namespaces: ["foreign"] }), "input-invalid", "'foreign'");
  });

  it("another flavor over an isolated tree, naming both", async () => {
    await isolate();
    await expectRefused(isolate({}, "latest", target, join(root, "second")), "input-invalid", "'legacy'", "R1");
  });

  it("an output inside the input, the input itself, and an input inside the output", async () => {
    await expectRefused(isolate({}, "legacy", source, join(source, "out")), "input-invalid", "inside the input");
    await expectRefused(isolate({}, "legacy", source, source), "input-invalid", "inside the input");
    const link = join(temporaryFolder(), "link");
    symlinkSync(source, link);
    await expectRefused(isolate({}, "legacy", source, join(link, "out")), "input-invalid", "inside the input");
    await expectRefused(isolate({}, "legacy", source, root), "input-invalid", "inside the output");
    expect(readdirSync(source).toSorted()).toEqual(["README.md", "lib"]);
  });

  it("a flavor that cannot end a name", async () => {
    await expectRefused(isolate({}, "le-gacy"), "input-invalid", "le-gacy");
  });

  it("a new name that the tree uses for something else; an earlier output stays", async () => {
    await isolate();
    put("lib/clash.cc", "int global_a_legacy = 1;\n");
    await expectRefused(isolate(), "input-invalid", "global_a_legacy", "keep");
    expect(text("lib/a.h")).toBe("namespace lib_legacy { int a(); }\n");
    expect(existsSync(join(target, "lib/clash.cc"))).toBe(false);
  });

  it("a source that is not there", async () => {
    await expectRefused(isolate({}, "legacy", join(root, "missing")), "input-missing", "missing");
  });

  it("a marker that is not one", async () => {
    put(MARKER_FILE, "{}");
    await expectRefused(isolate(), "state-invalid", MARKER_FILE);
  });

  it("a place where nothing can be written", async () => {
    put("source/../file", "", root);
    const attempt = isolate({}, "legacy", source, join(root, "file", "target"));
    await expect(attempt).rejects.toMatchObject({ name: "UnforkError", code: "disk" });
  });

  it.skipIf(process.getuid?.() !== 0 || process.seteuid === undefined)(
    "a file that cannot be read, naming it (needs root to become another user)",
    async () => {
      chmodSync(root, 0o777);
      chmodSync(join(source, "lib/a.cc"), 0o000);
      process.seteuid?.(65_534);
      try {
        await expect(isolate()).rejects.toMatchObject({ name: "UnforkError", code: "disk", context: { path: join(source, "lib/a.cc") } });
      } finally {
        process.seteuid?.(0);
      }
      expect(existsSync(target)).toBe(false);
    },
  );
});
