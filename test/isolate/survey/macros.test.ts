/** What the macros of a tree make of its declarations: scopes that they open, attributes, `static` by another name. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, it } from "vitest";

import { discoverGlobalNames } from "../../../src/isolate/discover.js";
import { temporaryFolder } from "../../helpers/temp.js";

async function found(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return (await discoverGlobalNames(root, Object.keys(files))).map(({ kind, name }) => `${kind} ${name}`);
}

describe("a macro that opens a scope", () => {
  it.each([
    ["one namespace", "#define BEGIN namespace lib {\n#define END }"],
    ["two namespaces", "#define BEGIN namespace lib { inline namespace v1 {\n#define END }}"],
    ["two on two lines", "#define BEGIN \\\n  namespace lib { \\\n  namespace v1 {\n#define END \\\n  } \\\n  }"],
    ["by another macro", "#define INNER namespace v1 {\n#define BEGIN namespace lib { INNER\n#define INNER_END }\n#define END INNER_END }"],
    ["named by a macro", "#define LIB lib\n#define BEGIN namespace LIB {\n#define END }"],
    ["with an attribute", '#define BEGIN namespace lib [[gnu::visibility("default")]] {\n#define END }'],
  ])("%s: what stands inside is no global name", async (_, macros) => {
    const code = '#include "config.h"\nint before;\nBEGIN\nint inside() { return 1; }\nclass Type {};\nEND\nint after;\n';
    expect(await found({ "config.h": macros, "code.cc": code })).toEqual(["variable after", "variable before"]);
  });

  it("takes an argument as the namespace, and none of the lines between", async () => {
    const macros = "#define OPEN(name) namespace name {\n#define CLOSE(name) }";
    const code = "OPEN(lib)\nint inside;\nCLOSE(lib)\nint after;";
    expect(await found({ "a.h": macros, "b.cc": code })).toEqual(["variable after"]);
  });

  it("is C linkage where it says so, whatever another compiler's branch says", async () => {
    const macros = '#ifdef __cplusplus\n#define DECLS extern "C" {\n#define END_DECLS }\n#else\n#define DECLS\n#define END_DECLS\n#endif';
    const code = "DECLS\nnamespace lib { int plain(void) { return 1; } }\nEND_DECLS\nnamespace lib { int mangled(void) { return 2; } }";
    expect(await found({ "a.h": macros, "c.cc": code })).toEqual(["function plain"]);
  });

  it("may stand behind the call of another macro, and ends nothing that another sort of macro began", async () => {
    const macros =
      "#define PRAGMA(x)\n#define BEGIN namespace lib {\n#define END }\n#if MODULES\n#define SHOW export {\n#define SHOWN }\n#else\n#define SHOW\n#define SHOWN\n#endif";
    const code = 'PRAGMA("x")\n#if A\nPRAGMA("y")\n#endif\nBEGIN\nSHOW\nint one;\nSHOWN\nint two;\nEND\nint after;';
    expect(await found({ "a.h": macros, "b.cc": code })).toEqual(["variable after"]);
  });

  it("may end with pragmas, and macros that open nothing", async () => {
    const macros =
      '#define PUSH _Pragma("GCC diagnostic push")\n#define OPEN(name) namespace name { PUSH\n#define CLOSE(name) _Pragma("GCC diagnostic pop") }';
    expect(await found({ "a.h": macros, "b.cc": "OPEN(lib)\nint inside;\nCLOSE(lib)\nint after;" })).toEqual(["variable after"]);
  });

  it("counts for nothing in a file that a macro of that name does not open", async () => {
    expect(await found({ "a.h": "#define BEGIN {", "b.cc": "int before;\nBEGIN\nint after;" })).toEqual([
      "variable after",
      "variable before",
    ]);
  });
});

describe("a macro that stands for an attribute", () => {
  const macros = "#define aligned_ __attribute__((aligned(8)))\n#define unused_\n#define MARKED [[maybe_unused]]\n";

  it("is no variable", async () => {
    const code = "union word { int l; } __attribute__((packed)) aligned_;\nstruct other { int x; } aligned_ unused_;\n";
    expect(await found({ "a.h": macros, "b.c": code })).toEqual(["type other", "type word"]);
  });

  it("does not hide the variable before it", async () => {
    const code = "int one unused_ = 1, two[2] aligned_, three MARKED unused_;\nconst char *const four aligned_ = 0;\n";
    expect(await found({ "a.h": macros, "b.c": code })).toEqual(["variable four", "variable one", "variable three", "variable two"]);
  });

  it("does not hide the function before it, with arguments or without", async () => {
    const code =
      "int *one(int a) unused_ { return 0; }\nint two(const char *f, ...) format_(1, 2) { return 0; }\nMADE(x) three(int a) { }\n";
    expect(await found({ "a.h": macros, "b.c": code })).toEqual(["function one", "function three", "function two"]);
  });
});

describe("a macro for an attribute between the type and the name", () => {
  it.each([
    ["with a string", 'void NO_SANITIZE("overflow") /* bug */\n    one(int *a) { }\nint *NO_SANITIZE("x") two(void) { return 0; }'],
    [
      "with words",
      "int SECTION(.text.hot) one() { return 0; }\nstatic int SECTION(hot) three() { return 0; }\nint SECTION(hot) two() { return 0; }",
    ],
    [
      "not when it stands behind the name",
      "int one(int a) SECTION(hot) { return 0; }\nint two(int a) SECTION(hot) UNUSED(a) { return 0; }",
    ],
  ])("%s", async (_, code) => {
    expect(await found({ "a.c": code })).toEqual(["function one", "function two"]);
    expect(await found({ "a.cc": code })).toEqual(["function one", "function two"]);
  });

  it("a name in capitals before such a macro is the function's", async () => {
    expect(await found({ "a.c": "int RUN(int a) UNUSED(a) { return 0; }\nint GO(void) __attribute__((cold)) { return 0; }" })).toEqual([
      "function GO",
      "function RUN",
    ]);
  });
});

describe("lines of C++20 modules", () => {
  it("define nothing", async () => {
    const code = "module;\n#include <stdio.h>\nexport module lib.core;\nimport std;\nexport import lib.other;\nimport :part;\nint one;\n";
    expect(await found({ "a.cc": code, "b.cc": "module lib;\nint two;\n" })).toEqual(["variable one", "variable two"]);
  });

  it("are told from variables whose type is called module", async () => {
    expect(await found({ "a.cc": "struct module;\nmodule one;\nmodule *two;\n" })).toEqual(["variable one", "variable two"]);
  });
});

describe("a macro that stands for static", () => {
  it("hides what it begins", async () => {
    const code = "local int hidden(void) { return 1; }\nlocal const int table[] = {1};\nint seen(void) { return 1; }\n";
    expect(await found({ "a.h": "#define local static", "b.c": code })).toEqual(["function seen"]);
  });

  it("hides nothing when a branch makes it something else", async () => {
    const macros = "#ifdef DEBUG\n#define local\n#else\n#define local static\n#endif";
    expect(await found({ "a.h": macros, "b.c": "local int shown(void) { return 1; }" })).toEqual(["function shown"]);
  });
});

describe("a file that others include in the midst of a class", () => {
  it("defines nothing global, while one that is included in a namespace or outside may", async () => {
    const files = {
      "members.h": "int sum() const { return 1; }\ntypedef struct { int x; } Row;\n",
      "plain.h": "inline int twice(int a) { return 2 * a; }\n",
      "box.h":
        '#include "plain.h"\nnamespace lib {\ntemplate <typename T> class Box : Base<T> {\n public:\n#include "src/members.h"\n};\n}\n',
    };
    expect(await found(files)).toEqual(["function twice"]);
  });
});

describe("what a macro's call defines", () => {
  it.each([
    ["a function's name around", "#define SIZED(x) x##_16", "void SIZED(part)(int a) { }", ["function part_16"]],
    ["no name where nothing is joined", "#define SYMBOL(x) x", "void SYMBOL(plain)(int a) { }", ["function plain"]],
    ["a variable's name", "#define TAB(x) tab_##x##_c", "int TAB(1)[2] = {1, 2}; ALIGNED(32, int, TAB(2))[4];", ["variable tab_1_c"]],
    [
      "whole functions",
      "#define MAKE(t) int get_##t(void) { return 1; } \\\n static int hidden_##t;",
      "MAKE(int)\nMAKE(long)\nint last;",
      ["function get_int", "function get_long", "variable last"],
    ],
    [
      "through other macros",
      "#define JOIN_(a, b) a##_##b\n#define JOIN(a, b) JOIN_(a, b)\n#define WIDTH 8\n#define ALL(x) void JOIN(x, WIDTH)(void) {} void JOIN(x, 16)(void) {}",
      "ALL(copy)",
      ["function copy_16", "function copy_8"],
    ],
    [
      "by every definition",
      "#if A\n#define R(x) x##_float\n#else\n#define R(x) x##_int\n#endif",
      "void R(mix)(void) { }",
      ["function mix_float", "function mix_int"],
    ],
    ["with any number of arguments", "#define LIST(x, ...) int x##_list[] = {__VA_ARGS__};", "LIST(a, 1, 2, 3)", ["variable a_list"]],
    ["nothing inside a namespace", "#define SIZED(x) x##_16", "namespace n { void SIZED(part)(int a) { } }", []],
  ])("%s", async (_, macros, code, expected) => {
    const sorted = expected.toSorted((a, b) => ((a.split(" ")[1] ?? "") < (b.split(" ")[1] ?? "") ? -1 : 1));
    expect(await found({ "a.h": `${macros}\n`, "b.cc": code })).toEqual(sorted);
  });

  it("in a source file of its own macros, by these alone; in a fragment, by those of the sources that include it", async () => {
    const files = {
      "one/a.c": '#define R(x) x##_one\n#include "t_template.c"\nvoid R(own)(void) { }',
      "one/t_template.c": "void R(part)(void) { }",
      "two/b.c": "#define R(x) x##_two\nvoid R(own)(void) { }",
    };
    expect(await found(files)).toEqual(["function own_one", "function own_two", "function part_one"]);
  });

  it("and no end of it when a macro calls itself", async () => {
    expect(await found({ "a.h": "#define X(a) X(a##a) int a##_1;", "b.c": "X(v)" })).toEqual(["variable v_1"]);
  });
});

describe("calls of macros behind `static`, each a definition of its own", () => {
  const code = "static MAKE(one, FAST)\nstatic MAKE_BACK(two, SLOW)\n";

  it("hide no function on the next line", async () => {
    expect(await found({ "a.c": `${code}int\nshown(int x)\n{\n  return x;\n}\n` })).toEqual(["function shown"]);
  });

  it("are no head of a function of C before 1989, whose body would be the next one's", async () => {
    const table = "static const unsigned\nlevels[2] =\n{ 0, 1 };\n";
    expect(await found({ "a.c": `${code}${table}int\nshown(int x)\n{\n  return x;\n}\n` })).toEqual(["function shown"]);
  });

  it("may be attributes where one stands alone, or all on the function's line", async () => {
    expect(await found({ "a.c": "static MAKE(one, FAST)\nint hidden(int x)\n{\n  return x;\n}\n" })).toEqual([]);
    expect(await found({ "a.c": "static ONE(a) static TWO(b) int hidden(int x) { return x; }\n" })).toEqual([]);
  });
});

describe("the symbols that macros make of names that the tree defines", () => {
  it("are names of the tree, by one join, by a longer call, and beside others of reserved names", async () => {
    const header = "#define BELL(x) big_bell_##x\n#define bell_ring BELL(ring)\nint bell_ring(int);\n";
    const call = "void __xbell_move(int, int);\n#define bell_move(a, b) __xbell_move(WIDE(a, b))\n";
    const code = '#include "bell.h"\nint\nbell_ring(int x)\n{\n  return x;\n}\nvoid\nbell_move(int a, int b)\n{\n}\n';
    const names = await found({ "bell.h": header + call, "bell.c": code });
    expect(names).toEqual(expect.arrayContaining(["asm __xbell_move", "function big_bell_ring"]));
  });
});

describe("a specialisation of a function template", () => {
  it("defines the template's name", async () => {
    const declared = "template <class T>\ninline T cast(char a, wchar_t b);\n";
    const special = "template <>\ninline char cast<char> (char a, wchar_t) { return a; }\n";
    const others = "static std::vector<int> (hidden)(int x) { return {}; }\ntemplate <> const char *named<int>(int x) { return 0; }\n";
    expect(await found({ "a.h": `${declared}${special}${others}` })).toEqual(["function cast", "function named"]);
  });
});

describe("a declaration that defines nothing at global scope", () => {
  it("is the half of a macro's two that names a function of libquadmath", async () => {
    const code = "#if FIXED\n#define BODY expq\n#else\n#define BODY expq_patch\n#endif\ndouble BODY(double x) { return x; }\n";
    expect(await found({ "a.c": code })).toEqual(["function expq_patch"]);
  });

  it("is that of the standard library's class template, whose namespace a macro opens", async () => {
    const code = "#ifdef BEGIN_STD\nBEGIN_STD\n#else\nnamespace std {\n#endif\ntemplate <class T, int N> class array;\n";
    expect(await found({ "a.h": `${code}#ifdef END_STD\nEND_STD\n#else\n}\n#endif\nint counter;\n` })).toEqual(["variable counter"]);
  });

  it("is one in a file that begins in the midst of a class, included or not", async () => {
    const code = "#include <vector>\npublic:\nLIB_INLINE Vector(int x) : Vector(x, 1) {}\nint size() { return 1; }\n";
    expect(await found({ "members.h": code, "a.cc": "int counter;" })).toEqual(["variable counter"]);
  });

  it("is that of a class behind an export macro, and a macro before it", async () => {
    const code = "ENTER\nclass LIB_EXPORT_TYPE half;\nLEAVE\nclass LIB_API Other;\nstruct RGB colour;";
    expect(await found({ "a.cc": code })).toEqual(["variable colour"]);
  });

  it("is a variable template's of another namespace, specialised for a template", async () => {
    const code =
      "template <class... Args>\ninline constexpr bool std::ranges::enable_view<lib::view<Args...>>{true};\nstd::vector<Item> all;";
    expect(await found({ "a.cc": code })).toEqual(["variable all"]);
  });
});
