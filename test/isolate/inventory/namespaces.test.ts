/** Holds which namespaces count as a tree's own. */
import { describe, expect, it } from "vitest";

import { namespacesOf } from "../../../src/isolate/inventory/namespaces.js";
import { read } from "./inventory.js";

function verdicts(files: Readonly<Record<string, string>>, asked: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(namespacesOf(read(files), asked, (name) => name === "kept").map(({ name, verdict }) => [name, verdict]));
}

describe("a tree's own namespaces", () => {
  it("are those in which it defines functions, types or variables", () => {
    const text =
      "namespace f { int run() { return 1; } }\nnamespace t { class A {}; }\nnamespace v { int x = 1; }\nnamespace d { class B; int g(); }\n";
    expect(verdicts({ "a.cc": text })).toEqual({ f: "renamed", t: "renamed", v: "renamed", d: "declared only" });
  });

  it("are not std, nor what a macro names, nor a well-known library's that a few files reopen", () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`f${index}.cc`, "namespace lib { int run() { return 1; } }"]),
    );
    const text = "namespace std { class X {}; }\nnamespace THE_NAME { class Y {}; }\nnamespace testing { void PrintTo() {} }\n";
    expect(verdicts({ ...files, "a.cc": text })).toEqual({
      lib: "renamed",
      std: "foreign",
      THE_NAME: "named by a macro",
      testing: "foreign",
    });
  });

  it("are a well-known library's when the tree is that library", () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`f${index}.cc`, "namespace testing { int run() { return 1; } }"]),
    );
    expect(verdicts(files)).toEqual({ testing: "renamed" });
  });

  it("are a well-known library's when one file of the tree holds that library", () => {
    const whole = Array.from({ length: 120 }, (_, index) => `int run${index}() { return 1; }`).join("\n");
    expect(verdicts({ "vendor/doctest.h": `namespace doctest {\n${whole}\n}\n` })).toEqual({ doctest: "renamed" });
    expect(verdicts({ "my_matchers.h": `namespace testing {\n${whole}\n}\n` })).toEqual({ testing: "foreign" });
  });

  it("are not those whose headers come from elsewhere, where few files add to them", () => {
    const own = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`src/f${index}.cc`, "namespace dial { int run() { return 1; } }"]),
    );
    const adds = "#include <gears/wheel.h>\nnamespace gears { inline int turn() { return 1; } }\n";
    expect(verdicts({ ...own, "src/more.h": adds })).toEqual({ dial: "renamed", gears: "foreign" });
    expect(verdicts({ ...own, "src/more.h": adds, "src/wheel.h": "" })).toEqual({ dial: "renamed", gears: "renamed" });
    expect(verdicts({ ...own, "src/more.h": adds, "vendor/gears/axle.h": "" })).toEqual({ dial: "renamed", gears: "renamed" });
    expect(verdicts({ ...own, "src/more.h": adds.replace("wheel", "config") })).toEqual({ dial: "renamed", gears: "renamed" });
    expect(verdicts({ ...own, "src/more.h": adds }, ["gears"])).toEqual({ dial: "kept", gears: "renamed" });
    expect(verdicts({ "src/more.h": adds })).toEqual({ gears: "renamed" });
  });

  it("are those that macros name: by their bodies, their arguments, through other macros", () => {
    const macros =
      "#define NS gauge\n#define BEGIN namespace NS {\n#define END }\n#define OPEN(name) namespace name {\n#define CLOSE(name) }\n";
    const text = "BEGIN int f() { return 1; } END\nOPEN(dial) int g() { return 1; } CLOSE(dial)\nnamespace NS { int h() { return 1; } }\n";
    expect(verdicts({ "a.h": macros, "b.cc": text })).toEqual({ gauge: "renamed", dial: "renamed" });
  });

  it("are not told by a macro that joins its name", () => {
    const text = "#define NS JOIN(gauge_, VERSION)\nnamespace NS { int h() { return 1; } }\n";
    expect(verdicts({ "a.cc": text })).toEqual({ NS: "named by a macro" });
  });

  it("do not take the word of inner namespaces that are more frequent", () => {
    const text = "namespace lib { namespace test { class A {}; } namespace test { class B {}; } }\nnamespace test { class C {}; }\n";
    expect(verdicts({ "a.cc": text })).toEqual({ lib: "renamed", test: "kept" });
    expect(verdicts({ "a.cc": text }, ["test"])).toEqual({ lib: "kept", test: "renamed" });
  });

  it("leave out what the policy keeps", () => {
    expect(verdicts({ "a.cc": "namespace kept { class A {}; }" })).toEqual({ kept: "kept" });
  });

  it("do not count specialisations as definitions", () => {
    expect(verdicts({ "a.cc": "namespace other { template <> struct hash<A> {}; }" })).toEqual({ other: "declared only" });
  });
});
