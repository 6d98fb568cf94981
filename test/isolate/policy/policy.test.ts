/** Policies: what a file may hold, what contradicts itself, what each rule does to a tree. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { isolateTree } from "../../../src/isolate/isolate-tree.js";
import { nameRulesOf } from "../../../src/isolate/name-rules.js";
import { loadPolicy } from "../../../src/isolate/policy/load-policy.js";
import { isolationPlanSchema, type IsolationPolicyInput } from "../../../src/model/isolation.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { readTree, writeTree } from "../../helpers/tree.js";

let root = "";
let source = "";
let target = "";

beforeEach(() => {
  root = temporaryFolder();
  [source, target] = [join(root, "source"), join(root, "target")];
  writeTree(source, {
    "api/a.h": "namespace lib { int a(); }\nint global_one();\n",
    "src/a.cc":
      'int lib::a() { return global_one() + MADE_x; }\nint global_one() { return 1; }\nint global_two = MADE_x;\nconst char* s = "lib::a and lib";\n',
    "src/b.cc": "int MADE_x_user = MADE_x + global_two;\n",
    "third/other.cc": "namespace third { int t() { return 3; } }\nint third_c() { return lib::a(); }\n",
  });
});

function isolate(plan: IsolationPolicyInput = {}) {
  return isolateTree({
    flavor: "legacy",
    release: "R1",
    source,
    target,
    plan: isolationPlanSchema.parse({ namespaces: ["lib"], ...plan }),
  });
}

async function undecidedOf(plan: IsolationPolicyInput) {
  const { undecided } = await isolate(plan);
  return undecided.map(({ file, line, token }) => [file, line, token]);
}

function text(path: string): string {
  return readFileSync(join(target, path), "utf8");
}

async function load(content: string, name = "policy.yaml") {
  const file = join(root, name);
  writeFileSync(file, content);
  return loadPolicy(file).then(
    (plan) => ({ plan, message: "" }),
    (error: Error) => ({ plan: undefined, message: error.message.replaceAll(root, "") }),
  );
}

describe("a policy file", () => {
  it("is YAML or JSON, by one schema, and may be empty", async () => {
    const fromYaml = await load("namespaces: [lib]\nkeep: [a_*, { match: /^b/, files: ['src/**'], reason: theirs }]\n");
    const fromJson = await load(
      '{ "namespaces": ["lib"], "keep": ["a_*", { "match": ["/^b/"], "files": ["src/**"], "reason": "theirs" }] }',
      "policy.json",
    );
    expect(fromYaml).toEqual(fromJson);
    expect(fromYaml.plan?.keep).toEqual([
      { match: ["a_*"], files: [] },
      { match: ["/^b/"], files: ["src/**"], reason: "theirs" },
    ]);
    expect((await load("")).plan).toEqual(isolationPlanSchema.parse({}));
  });

  it.each([
    ["keep: [a]\nkep: [b]\n", ["/policy.yaml:1: kep: is not a known key (did you mean 'keep'?)"]],
    ["keep:\n  - match: a\n    fils: [x]\n", ["/policy.yaml:2: keep[0].fils: is not a known key (did you mean 'files'?)"]],
    ["rename:\n  - ok\n  - /([/\n", ["/policy.yaml:3: rename[1]:", "is not a valid regular expression between slashes"]],
    ["patch:\n  - files: [a]\n    find: x\n", ["/policy.yaml:2: patch[0].replace: is missing"]],
    ["settle:\n  - token: x\n    file: a.h\n    as: guess\n", ["/policy.yaml:4: settle[0].as: \"guess\" is not one of 'rename', 'leave'"]],
    ["namespaces: ['a::b']\n", ["/policy.yaml:1: namespaces[0]:", "must be one C++ identifier"]],
    ["guards: maybe\n", ["guards:", "'keep', 'rename'"]],
    ["keep: [a\n", ["/policy.yaml:", "neither JSON nor YAML"]],
    ["- a\n", ["an object is wanted"]],
  ])("with a mistake is refused with its line: %j", async (content, words) => {
    const { message } = await load(content);
    for (const word of words) expect(message).toContain(word);
  });

  it.each([
    [{ rename: ["x_*"], keep: [{ match: ["y", "x_*"], reason: "theirs" }] }, "rename[0] renames 'x_*' and keep[0] keeps 'x_*' (theirs)"],
    [{ namespaces: ["a", "lib"], keep: ["li?"] }, "namespaces[1] renames 'lib' and keep[0] keeps it"],
    [{ expose: ["one"], keep: ["two", "o*"] }, "expose[0] exposes 'one' under its old name and keep[1] keeps 'one' as it is"],
    [
      { expose: ["absl::X"], share: [{ path: "third/absl", namespaces: ["absl"] }] },
      "expose[0] exposes 'absl::X' and share[0] leaves 'absl' un-renamed",
    ],
    [
      { namespaces: ["absl"], share: [{ path: "third/absl/", namespaces: ["absl"] }] },
      "share[0] leaves 'absl' of third/absl un-renamed and namespaces[0] renames it",
    ],
    [
      {
        settle: [
          { token: "t", file: "a.h", line: 3, as: "rename" as const },
          { token: "t", file: "a.h", line: 3, as: "leave" as const },
        ],
      },
      "settle[0] says 'rename' and settle[1] says 'leave' of 't' in a.h:3",
    ],
  ])("that contradicts itself is refused, naming both rules: %j", async (policy, line) => {
    const { message } = await load(JSON.stringify(policy));
    expect(message).toContain("contradicts itself");
    expect(message).toContain(line);
  });
});

describe("of two rules", () => {
  it("a plain name wins over a pattern, and one limited to files over one for all", () => {
    const rules = nameRulesOf(isolationPlanSchema.parse({ rename: ["one", "a*"], keep: ["o*", { match: "a*", files: ["src/**"] }] }));
    expect(["one", "other", "ab", "zz"].map(rules.everywhere)).toEqual(["rename", "keep", "rename", undefined]);
    expect(rules.inFile("src/x.c")?.("ab")).toBe("keep");
    expect(rules.inFile("lib/x.c")).toBeUndefined();
  });

  it("the verdict does not depend on their order", () => {
    const pattern = fc.constantFrom("a", "ab", "a*", "*", "/^a/", "b");
    const rule = fc.record({ match: fc.array(pattern, { minLength: 1, maxLength: 2 }), files: fc.subarray(["x/**", "y/**"]) });
    const lists = fc.tuple(fc.array(rule, { maxLength: 4 }), fc.array(rule, { maxLength: 4 }));
    fc.assert(
      fc.property(lists, ([rename, keep]) => {
        const [there, back] = [nameRulesOf({ rename, keep }), nameRulesOf({ rename: rename.toReversed(), keep: keep.toReversed() })];
        for (const name of ["a", "ab", "b"]) {
          expect(there.everywhere(name)).toBe(back.everywhere(name));
          expect(there.inFile("x/f")?.(name)).toBe(back.inFile("x/f")?.(name));
        }
      }),
    );
  });
});

describe("on a tree", () => {
  it("rename and keep work per path", async () => {
    await isolate({
      rename: [{ match: "MADE_x", files: ["src/b.cc"] }],
      keep: [{ match: ["global_two", "lib"], files: ["src/b.cc", "third/**"] }],
    });
    expect(text("src/b.cc")).toBe("int MADE_x_user_legacy = MADE_x_legacy + global_two;\n");
    expect(text("src/a.cc")).toContain("global_two_legacy = MADE_x;");
    expect(text("third/other.cc")).toContain("return lib::a();");
  });

  it("a name that some files keep and others rename is reported, for a namespace and a limited rename, too", async () => {
    expect(await undecidedOf({ keep: [{ match: ["global_two", "lib"], files: ["src/b.cc", "third/**"] }] })).toEqual([
      ["third/other.cc", 2, "lib"],
    ]);
    writeTree(source, { "api/a.h": "namespace lib { int a(); }\nint global_one();\nextern int global_two;\n" });
    writeTree(source, { "src/b.cc": '#include "../api/a.h"\nint b = global_two;\n', "src/c.cc": "static int global_two;\n" });
    const keep = { match: "global_two", files: ["src/b.cc", "src/c.cc"] };
    expect(await undecidedOf({ keep: [keep] })).toEqual([["src/b.cc", 2, "global_two"]]);
    expect(await undecidedOf({ keep: [keep], settle: [{ token: "global_two", file: "src/*.cc", as: "leave" }] })).toEqual([]);
    expect(await undecidedOf({ keep: ["global_two"], rename: [{ match: "global_two", files: ["src/a.cc"] }] })).toEqual([
      ["api/a.h", 3, "global_two"],
      ["src/b.cc", 2, "global_two"],
    ]);
    const rule = { match: ["global_two"], files: ["api/**", "src/a.cc", "src/b.cc"] };
    expect(await undecidedOf({ keep: ["global_two"], rename: [rule] })).toEqual([]);
  });

  it("two patterns that claim one name are refused, naming name and rules", async () => {
    await expect(isolate({ rename: ["global_*"], keep: ["*_one"] })).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringContaining("'global_one': rename[0] (global_*) renames it, keep[0] (*_one) keeps it"),
    });
    expect(await isolate({ rename: ["global_*"], keep: ["global_one"] })).toMatchObject({ warnings: [] });
    expect(text("src/a.cc")).toContain("int global_one()");
  });

  it("rules that match nothing are told", async () => {
    const { warnings } = await isolate({
      rename: ["nope_*"],
      keep: ["no_such", "global_one"],
      exclude: ["gone/**"],
      strings: [{ match: "zzz" }],
      share: ["nowhere"],
    });
    expect(warnings).toEqual([
      "rename[0] 'nope_*' matches no identifier of the tree",
      "keep[0] 'no_such' matches nothing that would be renamed",
      "exclude[0] 'gone/**' matches no file",
      "share[0] 'nowhere/**' matches no file",
      "strings[0] 'zzz' matches no string",
    ]);
  });

  it("strings change by rule alone: names in them, or the whole text, or a part", async () => {
    await isolate();
    expect(text("src/a.cc")).toContain('"lib::a and lib"');
    await isolate({ strings: [{ match: "lib::*", files: ["src/*.cc"] }] });
    expect(text("src/a.cc")).toContain('"lib_legacy::a and lib_legacy"');
    await isolate({ strings: [{ match: "/lib(::a)/", replace: "{flavor}:$1" }] });
    expect(text("src/a.cc")).toContain('"legacy:::a and lib"');
  });

  it("patches see the renamed text, and must match as often as they say", async () => {
    const patch = { files: ["src/*.cc"], find: "/global_(\\w+)_legacy/", replace: "g_$1" };
    expect(await isolate({ patch: [{ ...patch, times: 4 }] })).toMatchObject({ patches: 4 });
    expect(text("src/b.cc")).toContain("MADE_x + g_two;");
    await expect(isolate({ patch: [patch] })).rejects.toMatchObject({
      message: expect.stringContaining("patch[0] must match once in src/*.cc, and matches 4 times"),
    });
    await expect(isolate({ patch: [{ ...patch, find: "absent", times: "any" }] })).rejects.toMatchObject({
      message: expect.stringContaining("at least once"),
    });
    expect(text("src/b.cc"), "the earlier output stays").toContain("g_two");
  });

  it("undecided tokens are settled by token, file and line", async () => {
    writeTree(source, { "odd.h": "#define LIB lib\n\n#define OTHER lib\nint LIB::x; UNKNOWN(lib)\n" });
    const open = await isolate();
    expect(open.undecided.length).toBeGreaterThan(0);
    const settle = open.undecided.map(({ token, file, line }, index) => ({
      token,
      file,
      line,
      as: index === 0 ? ("rename" as const) : ("leave" as const),
    }));
    const settled = await isolate({ settle });
    expect(settled.undecided).toEqual([]);
    expect(settled.edits).toBe(open.edits + 1);
  });

  it("a shared folder keeps its names, its namespaces stay everywhere, and its C names too", async () => {
    const { namespaces, names } = await isolate({ namespaces: [], share: ["third"] });
    expect(namespaces.map(({ from }) => from)).toEqual(["lib"]);
    expect(names.map(({ from }) => from)).not.toContain("third_c");
    expect(text("third/other.cc")).toBe(readFileSync(join(source, "third/other.cc"), "utf8"));
  });

  it("a shared folder whose namespace the rest defines, too, is refused", async () => {
    writeTree(source, { "src/more.cc": "namespace third { int u() { return 1; } }\n" });
    await expect(isolate({ namespaces: [], share: ["third"] })).rejects.toMatchObject({
      code: "config-invalid",
      message: expect.stringContaining("namespace 'third'"),
    });
  });

  it("a refusal leaves nothing behind", async () => {
    const before = readTree(root);
    await isolate({ patch: [{ files: ["**"], find: "absent", replace: "" }] }).catch(() => undefined);
    expect(readTree(root)).toEqual(before);
  });
});
