/** What the header report says of macros and names that two flavors have in common, without a compiler. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { compared, macroOf } from "./trees.js";

const one = (text: string) => ({ "m.h": text });

async function classOf(a: string, b: string): Promise<string> {
  return macroOf(await compared(one(a), one(b)), "M").class;
}

function chain(value: string) {
  return `#define BASE ${value}\n#define STEP BASE\n#define M STEP\n#define FREE 1\n`;
}

function apart(value: string) {
  return { "api.h": "int f();\n", "impl.h": `#define M ${value}\n` };
}

function needless(value: string) {
  return {
    "api.h": '#include "detail.h"\n#include "types.h"\n\nWidth size();\n',
    "detail.h": `#define M ${value}\nvoid helper();\n`,
    "types.h": "typedef int Width;\n",
  };
}

function standIn(value: string) {
  return `#if defined(_WIN32)\n#define htobe99(v) ${value}\n#endif\n`;
}

function used(value: string) {
  return {
    "m.h": `#define M ${value}\ninline int own() { return M; }\n`,
    "user.h": '#include "m.h"\nint x[M];\n',
    "apart.h": "#ifdef M\n#endif\n",
    "a.cc": "int a = M;\n",
    "b.c": "int b = M + M;\n",
    "c.cc": "// M\n",
  };
}

function handedTypedefs(type: string) {
  const macro = "#define CALLED(type, name, args) type (name) args\n";
  return `${macro}typedef CALLED(void, *Done, (${type}));\ntypedef CALLED(int, Work, (${type}));\n`;
}

function typedefs(flavor: string) {
  return `typedef struct S_${flavor} S;\ntypedef S* P;\ntypedef P* Q;\ntypedef int I;\n`;
}

function pairOfTypedefs(flavor: string) {
  return `typedef struct S_${flavor} { int a; } One, *Two;\n`;
}

async function names(a: string, b: string): Promise<string[]> {
  return (await compared(one(a), one(b))).names.map(({ name, kind, verdict }) => `${verdict} ${kind} ${name}`);
}

describe("two definitions are the same", () => {
  it.each([
    ["layout and comments", "#define M a + /* one */ b\n", "#define M a   +  b // two\n"],
    ["line continuations", "#define M(x) f(x); \\\n  g(x)\n", "#define M(x) f(x); g(x)\n"],
    ["names of parameters", "#define M(a, b) (a) < (b)\n", "#define M(left, right) (left) < (right)\n"],
    ["the order of #if branches", "#if X\n#define M 1\n#else\n#define M 2\n#endif\n", "#if !X\n#define M 2\n#else\n#define M 1\n#endif\n"],
  ])("but for %s", async (_what, a, b) => {
    expect(await classOf(a, b)).toBe("same");
  });
});

describe("two definitions differ", () => {
  it.each([
    ["a token", "#define M 1\n", "#define M 2\n"],
    ["a parameter's place", "#define M(a, b) a - b\n", "#define M(a, b) b - a\n"],
    ["with and without parameters", "#define M(a) 1\n", "#define M (a) 1\n"],
    ["a variadic list", "#define M(a) f(a)\n", "#define M(...) f(__VA_ARGS__)\n"],
    ["in a branch that this platform never compiles", "#define M 1\n", "#ifdef _WIN32\n#define M 2\n#else\n#define M 1\n#endif\n"],
    ["in a string", '#define M "a b"\n', '#define M "a  b"\n'],
  ])("by %s", async (_what, a, b) => {
    expect(await classOf(a, b)).toBe("differs");
  });

  it("in the flavors' suffixes only, when all else is the same", async () => {
    expect(await classOf("#define M(x) ::lib_old::f(x)\n", "#define M(x) ::lib_new::f(x)\n")).toBe("flavored");
  });

  it("when the same tokens expand to a macro that differs, over any number of steps", async () => {
    const report = await compared(one(chain("1")), one(chain("2")));
    expect(macroOf(report, "M")).toMatchObject({ class: "through", verdict: "rename", reason: "expands to STEP, which differs" });
    expect(macroOf(report, "FREE")).toMatchObject({ class: "same", verdict: "share" });
  });
});

describe("a verdict", () => {
  it("is to rename what both flavors' chosen headers leave defined, with the policy's line", async () => {
    const report = await compared(one("#define M 1\n"), one("#define M 2\n"));
    expect(macroOf(report, "M")).toMatchObject({ verdict: "rename", edits: ['policy of each flavor: "rename": ["M"]'] });
  });

  it("is none for what one flavor undefines again", async () => {
    const report = await compared(one("#define M 1\nint x[M];\n#undef M\n"), one("#define M 2\n"));
    expect(macroOf(report, "M").verdict).toBe("none");
  });

  it("is none for what the chosen headers do not reach", async () => {
    const report = await compared(apart("1"), apart("2"), { headers: ["api.h"] });
    expect(macroOf(report, "M").verdict).toBe("none");
  });

  it("is to drop the include that its file does not need, by file and line", async () => {
    const report = await compared(needless("1"), needless("2"), { headers: ["api.h"] });
    expect(macroOf(report, "M")).toMatchObject({ verdict: "drop-include", edits: ['old: api.h:1: delete #include "detail.h"'] });
  });

  it.each([
    ["the includer uses a function of that header", { "api.h": '#include "detail.h"\ninline void f() { helper(); }\n' }],
    ["the includer uses what only that header includes", { "api.h": '#include "detail.h"\nDeep deep();\n' }],
    ["a header that includes the includer needs it", { "api.h": '#include "mid.h"\nvoid g(Deep);\n', "mid.h": '#include "detail.h"\n' }],
    ["the header is one of the chosen", { "api.h": '#include "detail.h"\n', headers: "api.h,detail.h" }],
  ])("is not to drop the include when %s", async (_why, { headers, ...shape }: Record<string, string>) => {
    const files = (value: string) => ({
      ...shape,
      "detail.h": `#include "deep.h"\n#define M ${value}\nvoid helper();\n`,
      "deep.h": "struct Deep {};\n",
    });
    const report = await compared(files("1"), files("2"), { headers: (headers ?? "api.h").split(",") });
    expect(macroOf(report, "M").verdict).toBe("rename");
  });

  it("is to share a name of the system that a tree stands in for", async () => {
    expect(macroOf(await compared(one(standIn("1")), one(standIn("2"))), "htobe99").verdict).toBe("share");
  });

  it("of a guard is of a class of its own, and says which headers it hides", async () => {
    const text = "#ifndef M_H_\n#define M_H_\nint f();\n#endif  // M_H_\n";
    const report = await compared({ "a/m.h": text }, { "b/m.h": `// moved\n${text}` });
    expect(macroOf(report, "M_H_")).toMatchObject({ class: "guard", verdict: "rename" });
    expect(macroOf(report, "M_H_").reason).toContain("old's a/m.h and of new's b/m.h");
  });
});

describe("usage", () => {
  it("counts own headers, further headers and sources apart", async () => {
    const report = await compared(used("1"), used("2"), { headers: ["user.h"] });
    expect(macroOf(report, "M").sides[0].used).toEqual({ own: true, headers: ["user.h"], others: 1, sources: 2 });
  });
});

describe("names outside of namespaces that both declare", () => {
  it.each([
    ["types", "struct S { int a; };", "rename type S"],
    ["functions", "inline int f() { return 1; }", "rename function f"],
    ["constants", "constexpr int k = 1;", "rename constant k"],
    ["static constants", "static const int k[] = {1, 2};", "rename constant k"],
    ["static functions", "static inline int f() { return 1; }", "rename static-function f"],
  ])("are told: %s", async (_what, text, told) => {
    expect(await names(text, text)).toEqual([told]);
  });

  it("are enumerators of plain enumerations, not of scoped ones", async () => {
    const text = "enum { A = 1, B };\nenum class E { C };\n";
    expect(await names(text, text)).toEqual(
      ["rename enumerator A", "rename enumerator B", "rename type E"].map((line) => line.replace("type E", "enumeration E")),
    );
  });

  it("are typedef names, shared when both say the same", async () => {
    expect(await names("typedef int T;\ntypedef int (*F)(int);\n", "typedef int T;\ntypedef long (*F)(int);\n")).toEqual([
      "rename typedef F",
      "share typedef T",
    ]);
  });

  it("are typedef names that say the same of a name that differs", async () => {
    expect(await names(typedefs("old"), typedefs("new"))).toEqual([
      "share typedef I",
      "rename typedef P",
      "rename typedef Q",
      "rename typedef S",
    ]);
  });

  it("are to share when both stand in for a name of the system", async () => {
    const text = "#ifdef _WIN32\nstruct timespec { long tv_sec; };\ntypedef struct timespec Spec;\n#endif\n";
    expect(await names(text, text)).toEqual(["share typedef Spec", "share type timespec"]);
  });

  it("are typedef names that a macro is handed, not the macro", async () => {
    expect(await names(handedTypedefs("int"), handedTypedefs("long"))).toEqual(["rename typedef Done", "rename typedef Work"]);
  });

  it("are all names of a typedef", async () => {
    expect(await names(pairOfTypedefs("old"), pairOfTypedefs("new"))).toEqual(["rename typedef One", "rename typedef Two"]);
  });

  it("are not those inside a namespace that macros open", async () => {
    const macros = "#define LIB_OPEN namespace lib { inline namespace v1 {\n#define LIB_CLOSE }}\n";
    const text = `${macros}LIB_OPEN\nstruct S {};\nenum { A };\ntypedef struct X T;\nLIB_CLOSE\nstruct Out {};\n`;
    const report = await compared(one(text), one(text));
    expect(report.names.map(({ name }) => name)).toEqual(["Out"]);
    expect(report.namespaces).toEqual(["lib"]);
  });

  it("are not those inside namespaces", async () => {
    const text = "namespace n { struct S {}; enum { A }; typedef int T; static int f() { return 1; } }";
    const report = await compared(one(text), one(text));
    expect(report.names).toEqual([]);
    expect(report.namespaces).toEqual(["n"]);
  });
});

describe("include roots", () => {
  it("are found from the include lines, the most used first", async () => {
    const files = {
      "lib/core/api/a.h": '#include "api/b.h"\n#include "base/x.h"\n',
      "lib/core/api/b.h": '#include "api/a.h"\n',
      "dep/base/x.h": "int x();\n",
    };
    const report = await compared(files, files);
    expect(report.flavors[0].includeRoots).toEqual(["lib/core", "dep"]);
    expect(report.flavors[0].reached).toBe(3);
  });

  it("that no tree has are an error with the names", async () => {
    await expect(compared(one(""), one(""), { includeRoots: ["nowhere"] })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("none of the include roots nowhere"),
    });
  });

  it("and globs that fit no header are an error", async () => {
    await expect(compared(one(""), one(""), { headers: ["api/*.h"] })).rejects.toMatchObject({ code: "input-invalid" });
  });
});

describe("limits", () => {
  it("tell computed includes, #include_next, __has_include and #pragma once with their lines", async () => {
    const text = "#pragma once\n#include FILE\n#include_next <m.h>\n#if __has_include(<x.h>)\n#endif\n";
    const report = await compared(one(text), one(text));
    expect(report.limits.filter(({ flavor }) => flavor === "old").map(({ line }) => line)).toEqual([2, 3, 4, 1]);
  });
});

describe("whatever the bytes of a header are", () => {
  it("the report is made, and a tree compared with itself differs in nothing", async () => {
    const piece = fc.constantFrom(
      "#define M",
      "#define M(",
      "#if",
      "#endif\n",
      "#undef M\n",
      "\n",
      "\\\n",
      '"',
      "/*",
      "*/",
      "a",
      "(",
      ")",
      ",",
      "##",
      "#",
      " ",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const report = await compared(one(pieces.join("")), one(pieces.join("")));
        expect(report.macros.every((macro) => macro.class === "same" || macro.class === "guard")).toBe(true);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
