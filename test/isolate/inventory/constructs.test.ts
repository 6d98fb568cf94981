/** Holds what counts for which row of the inventory, one construct at a time. */
import { describe, expect, it } from "vitest";

import { constructs, places } from "./inventory.js";

/** The places of some rows only. */
function only(rows: readonly string[], text: string, path?: string, namespaces?: readonly string[]): string[] {
  return places(text, path, namespaces).filter((place) => rows.some((row) => place.startsWith(`${row} `) || place.startsWith(`${row}/`)));
}

describe("namespaces", () => {
  it("counts a definition by the outermost word, whatever stands between", () => {
    const text =
      'namespace lib {}\nnamespace lib::inner {}\nnamespace [[deprecated]] lib {}\nnamespace EXPORT lib {}\nnamespace EXPORT("x") lib {}\n';
    expect(only(["namespaces"], text)).toEqual([1, 2, 3, 4, 5].map((line) => `namespaces/lib ${line} lib`));
  });

  it("keeps inner namesakes and unnamed namespaces out", () => {
    expect(only(["namespaces", "other-namespaces"], "namespace lib { namespace x { namespace lib {} } }\nnamespace { int a; }\n")).toEqual([
      "namespaces/lib 1 lib",
    ]);
  });

  it("tells uses with and without a leading ::, and no use behind another name", () => {
    const text = "namespace lib {}\nint a = lib::f() + ::lib::g() + other::lib::h() + MACRO ::lib::i() + return_t<x>::lib::j();\n";
    expect(only(["qualified-uses"], text)).toEqual([
      "qualified-uses/global 2 lib",
      "qualified-uses/global 2 lib",
      "qualified-uses/plain 2 lib",
    ]);
  });

  it("takes a leading :: behind a keyword for a global name", () => {
    expect(only(["qualified-uses"], "namespace lib {}\nint f() { return::lib::g(); }\n")).toEqual(["qualified-uses/global 2 lib"]);
  });

  it("tells directives, aliases and declarations, and no alias template", () => {
    const text =
      "namespace lib {}\nusing namespace lib;\nnamespace l = lib::x;\nusing lib::A;\nvoid f() { using ::lib::B; }\nusing T = lib::C;\n";
    expect(only(["using"], text)).toEqual([
      "using/alias 3 lib",
      "using/declaration 4 lib",
      "using/declaration 5 lib",
      "using/directive 2 lib",
    ]);
  });

  it("reads what a macro opens once the macro is known, whatever the order of the files", () => {
    const files = {
      "a.cc": "LIB_BEGIN\nstruct Inside {};\nLIB_END\nstruct Outside {};\n",
      "z.h": "#define LIB_BEGIN namespace lib {\n#define LIB_END }\n",
    };
    const rows = constructs(files, ["lib"]);
    expect(rows.find(({ id }) => id === "namespaces")?.places).toEqual([{ file: "a.cc", line: 1, name: "lib", part: "lib" }]);
    expect(rows.find(({ id }) => id === "global-cpp")?.places.map(({ name }) => name)).toEqual(["Outside"]);
  });
});

describe("macros", () => {
  it("counts a body once per namespace that it names", () => {
    const text = "namespace lib {}\n#define A lib::f(lib::g(), \\\n  ::lib::h)\n#define B other::f\n";
    expect(only(["macro-bodies", "qualified-uses"], text)).toEqual(["macro-bodies/lib 2 lib"]);
  });

  it("tells pasting from stringizing; # in a macro without parameters is neither", () => {
    const text = "#define P(a) x##a\n#define S(a) #a\n#define N # x\n";
    expect(only(["pasting", "stringizing"], text)).toEqual(["pasting 1 P", "stringizing 2 S"]);
  });
});

describe("declarations", () => {
  it("tells forward declarations by their scope and column, and knows macros before the name", () => {
    const text = [
      "class A;",
      "  struct B;",
      "namespace lib {",
      "class EXPORT C;",
      "enum class D : int;",
      "}",
      "namespace other { class E; }",
      "struct F f;",
      "class G {};",
    ].join("\n");
    expect(only(["forward"], text)).toEqual([
      "forward/foreign 7 E",
      "forward/global 1 A",
      "forward/global-indented 2 B",
      "forward/library 4 C",
      "forward/library 5 D",
    ]);
  });

  it("finds friend operators, operators at namespace scope and hooks that are declared, not called", () => {
    const text = [
      "namespace lib {",
      "struct A { friend bool operator==(A, A); template <typename H> friend H AbslHashValue(H h, A a); };",
      "bool operator<(A a, A b) { return AbslHashValue(a) < 1; }",
      "bool A::operator!() { return 1; }",
      "}",
    ].join("\n");
    expect(only(["lookup"], text)).toEqual(["lookup/friend 2 operator", "lookup/hook 2 AbslHashValue", "lookup/operator 3 operator"]);
  });

  it("tells specialisations of the tree's templates from those in std", () => {
    const text =
      "namespace lib { template <> struct T<int> {}; }\nnamespace std { template <> struct hash<lib::A> {}; }\ntemplate <> struct std::less<lib::A> {};\ntemplate <typename X> struct U {};\n";
    expect(only(["specialisations"], text).map((place) => place.split(" ").slice(0, 2).join(" "))).toEqual([
      "specialisations/library 1",
      "specialisations/std 2",
      "specialisations/std 3",
    ]);
  });
});

describe("names at global scope", () => {
  it("tells C functions, data and constants; static ones and mere declarations are none", () => {
    const text = [
      "int run(int a) { return a; }",
      "static int g(void) { return 1; }",
      "int h(void);",
      "int data = 3;",
      "const int table[2] = {1, 2};",
      "const char* text;",
      "static int hidden;",
      "extern int elsewhere;",
      "struct S { int member[4]; } object;",
    ].join("\n");
    expect(only(["c-symbols", "writable"], text, "a.c")).toEqual([
      "c-symbols/constant 5 table",
      "c-symbols/data 4 data",
      "c-symbols/data 6 text",
      "c-symbols/data 9 object",
      "c-symbols/function 1 run",
      "writable/c 4 data",
      "writable/c 6 text",
      "writable/c 9 object",
    ]);
  });

  it("reads functions of C before 1989, whose parameters are no data", () => {
    const text =
      "int run(first, second)\n  int first;\n  const char *second;\n{ return first; }\nstatic int hide(one) int one; { return one; }\nint after = 1;\n";
    expect(only(["c-symbols"], text, "a.c")).toEqual(["c-symbols/data 6 after", "c-symbols/function 1 run"]);
  });

  it("counts C++ at global scope apart, and only what has external linkage", () => {
    const text =
      'extern "C" {\nint run() { return 1; }\n}\nint cpp() { return 1; }\nclass A final : public B {};\ntypedef struct { int x; } T;\nenum { kOne };\nint count = 1;\nconst int limit = 1;\nint A::m() { return 1; }\n';
    expect(only(["c-symbols", "global-cpp", "extern-c"], text)).toEqual(
      [
        'extern-c 1 "C"',
        "c-symbols/function 2 run",
        "global-cpp/data 8 count",
        "global-cpp/function 4 cpp",
        "global-cpp/type 5 A",
        "global-cpp/type 6 T",
      ].toSorted(),
    );
  });

  it("finds writable variables of a renamed namespace, not members, constants or initialised blocks' contents", () => {
    const text =
      "namespace lib {\nstruct A { int member[3]; };\nint counter = 0;\nconst int k = 2 * 3;\nconstexpr int c{4};\nint braced{5};\nFoo make(int);\nFoo foo(3);\n}\n";
    expect(only(["writable"], text)).toEqual([
      "writable/namespaced 3 counter",
      "writable/namespaced 6 braced",
      "writable/namespaced 8 foo",
    ]);
  });

  it("keeps its place through #if branches with unequal braces", () => {
    const text = "#if A\nnamespace lib {\n#else\nnamespace lib {\n#endif\nint inside = 1;\n}\nint outside = 1;\n";
    expect(only(["writable"], text)).toEqual(["writable/global 8 outside", "writable/namespaced 6 inside"]);
  });

  it("leaves #if 0 out of the balance of braces", () => {
    expect(only(["global-cpp"], "#if 0\nnamespace lib {\n#endif\nint outside = 1;\n")).toEqual(["global-cpp/data 4 outside"]);
  });
});

describe("other languages and files", () => {
  it("tells Objective-C declarations apart, also behind a prefix macro", () => {
    const text =
      "#import <a.h>\n@class X;\n@interface A : NSObject\n- (void)go;\n@end\n@interface TYPE(B) : A\n@end\n@interface NSString (Mine)\n@end\n@interface A ()\n@end\n@protocol P\n@end\n@implementation A\n- (void)go { @autoreleasepool { } }\n@end\nint run(void) { return 1; }\n";
    expect(only(["objective-c", "c-symbols"], text, "a.m")).toEqual([
      "c-symbols/function 17 run",
      "objective-c/category 8 NSString",
      "objective-c/extension 10 A",
      "objective-c/forward 2 X",
      "objective-c/implementation 14 A",
      "objective-c/interface 3 A",
      "objective-c/interface 6 B",
      "objective-c/protocol 12 P",
    ]);
  });

  it("finds JNI entries, flags, registrations, tests, guards and platform lines", () => {
    const text =
      '#ifndef A_H_\n#define A_H_\n#if defined(_WIN32) && X\n#endif\nABSL_FLAG(bool, verbose, false, "");\nREGISTER_CODEC(opus);\nTEST(Suite, Name) { }\nextern "C" void Java_org_lib_A_go(int) {}\n#endif\n';
    expect(only(["flags", "registrations", "tests", "guards", "platforms", "jni"], text, "a.h")).toEqual([
      "flags 5 ABSL_FLAG",
      "guards/macro 1 A_H_",
      "jni/entry 8 Java_org_lib_A_go",
      "platforms 3 _WIN32",
      "registrations 6 REGISTER_CODEC",
      "tests 7 TEST",
    ]);
  });

  it("passes over MATLAB's files of the same ending", () => {
    expect(places("function y = f(x)\n% don't\ny = x';\nend\n", "f.m")).toEqual([]);
  });

  it("counts what assembler exports", () => {
    expect(only(["asm"], ".globl lib_go\nlib_go:\n ret\n", "a.S")).toEqual(["asm 1 lib_go"]);
  });
});

describe("any bytes", () => {
  it("reads unfinished code to its end", () => {
    for (const text of [
      "namespace",
      "namespace lib {",
      "using",
      "using namespace",
      "template <",
      "template <>",
      "class",
      "enum {",
      "@",
      "@interface",
      "#define",
      "#if",
      'extern "C" {',
      "}}}}",
      "int a = {{",
      "friend",
      "operator",
      "::",
      "lib::",
    ]) {
      expect(() => places(text), text).not.toThrow();
    }
  });
});
