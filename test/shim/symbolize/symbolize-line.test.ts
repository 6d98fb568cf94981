import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toBytes } from "../../../src/shim/symbolize/byte-text.js";
import type { FlavorWords } from "../../../src/shim/symbolize/flavor-words.js";
import { lineSymbolizer } from "../../../src/shim/symbolize/symbolize-line.js";

function known(flavor: string, words: readonly string[] = [], exact = false): FlavorWords {
  return { flavor, words: new Set(words), exact };
}

const toNames = lineSymbolizer([known("legacy"), known("latest")]);
const told = lineSymbolizer([known("legacy", ["deflate_legacy", "webrtc_legacy", "Huge_legacy"]), known("latest")]);
const exact = lineSymbolizer([known("legacy", ["webrtc_legacy"], true), known("latest")]);

describe("a line of a stack", () => {
  it.each([
    ["#0 0x1 in webrtc_legacy::Foo::Run(int) a.cc:3", "#0 0x1 in webrtc::Foo::Run(int) a.cc:3"],
    ["void ::webrtc_latest::Run()", "void ::webrtc::Run()"],
    [
      "std::vector<webrtc_legacy::Foo, std::allocator<webrtc_legacy::Foo> >::at",
      "std::vector<webrtc::Foo, std::allocator<webrtc::Foo> >::at",
    ],
    ["f(webrtc_legacy::A*, ::webrtc_legacy::B&)", "f(webrtc::A*, ::webrtc::B&)"],
    ["vtable for webrtc_legacy::Foo", "vtable for webrtc::Foo"],
    ["prog(_ZN13webrtc_legacy3Foo3RunEi+0x12)[0x55]", "prog(_ZN6webrtc3Foo3RunEi+0x12)[0x55]"],
    ["  __ZN13webrtc_latest3Foo3RunEi + 18", "  __ZN6webrtc3Foo3RunEi + 18"],
    ["_ZN13webrtc_legacy3Foo3RunEi.part.0.cold", "_ZN6webrtc3Foo3RunEi.part.0.cold"],
    ["ends with _ZN13webrtc_legacy3Foo3RunEi.", "ends with _ZN6webrtc3Foo3RunEi."],
    ["_ZN3app3useERKN13webrtc_legacy3FooE", "_ZN3app3useERKN6webrtc3FooE"],
    ["_ZTIN13webrtc_legacy3FooE", "_ZTIN6webrtc3FooE"],
  ])("has upstream's names: %s", (line, expected) => {
    expect(toNames(line).text).toBe(expected);
  });

  it.each([
    "my_legacy() main.cc:3",
    "app::webrtc_legacy::Run()",
    "app::(anonymous namespace)::webrtc_legacy::Run()",
    "f()::webrtc_legacy::Run()",
    "Box<int>::webrtc_legacy::Run()",
    "app::run_legacy(int)",
    "_ZN3app10run_legacyEi",
    "_ZN3app13webrtc_legacy3RunEv",
    "_Z10run_legacyi",
    "deflate_legacy zlib.c:3",
    "/src/webrtc_legacy/a.cc:3",
    "_legacy::f()",
    "webrtc_legacyx::f()",
    "webrtc_old::f()",
    "_ZN13webrtc_legacy",
    "",
  ])("stays as it is: %s", (line) => {
    expect(toNames(line)).toEqual({ text: line, flavors: [], names: [] });
  });

  it.each([
    ["#1 deflate_legacy+0x12 (prog)", "#1 deflate+0x12 (prog)"],
    ["_deflate_legacy (in prog)", "_deflate (in prog)"],
    ["deflate_legacy.cold, deflate_legacy.constprop.0", "deflate.cold, deflate.constprop.0"],
    ["in deflate_legacy.", "in deflate."],
    ["bar(Huge_legacy*) of namespace webrtc_legacy", "bar(Huge*) of namespace webrtc"],
    ["_Z3barP11Huge_legacy", "_Z3barP4Huge"],
  ])("has the names without a scope that are known: %s", (line, expected) => {
    expect(told(line).text).toBe(expected);
  });

  it.each([
    "deflate_legacy.c:3",
    "libdeflate_legacy.so",
    "src/deflate_legacy",
    "inflate_legacy()",
    "C:\\deflate_legacy\\a.obj",
    "app::deflate_legacy()",
  ])("has no name where a known word is part of something else: %s", (line) => {
    expect(told(line).names).toEqual([]);
  });

  it("has no other names than the known ones where all are known", () => {
    expect(exact("my_legacy::f() calls webrtc_legacy::g() and rtc_latest::h()").text).toBe("my_legacy::f() calls webrtc::g() and rtc::h()");
    expect(exact("_ZN9my_legacy1fEv").names).toEqual([]);
  });

  it("tells each name with its place and its flavors", () => {
    const { flavors, names } = toNames("at webrtc_latest::f(webrtc_legacy::A) and _ZN13webrtc_legacy1gEN13webrtc_latest1AE");
    expect(flavors).toEqual(["latest", "legacy"]);
    expect(names).toEqual([
      { column: 4, found: "webrtc_latest", name: "webrtc", demangled: null, flavors: ["latest"] },
      { column: 21, found: "webrtc_legacy", name: "webrtc", demangled: null, flavors: ["legacy"] },
      {
        column: 43,
        found: "_ZN13webrtc_legacy1gEN13webrtc_latest1AE",
        name: "_ZN6webrtc1gEN6webrtc1AE",
        demangled: "webrtc::g(webrtc::A)",
        flavors: ["legacy", "latest"],
      },
    ]);
  });

  it("takes the longer of two flavors that fit", () => {
    const both = lineSymbolizer([known("new"), known("very_new")]);
    expect(both("lib_very_new::f() lib_new::f()").names.map(({ flavors, name }) => [flavors, name])).toEqual([
      [["very_new"], "lib"],
      [["new"], "lib"],
    ]);
  });

  it("keeps names in other alphabets, read byte by byte", () => {
    const line = toBytes("größe_legacy::f() and _ZN14größe_legacy1fEv");
    expect(toNames(line).text).toBe(toBytes("größe::f() and _ZN7größe1fEv"));
    const words = lineSymbolizer([known("legacy", ["größe_legacy"])]);
    expect(words(toBytes("größe_legacy(1)")).text).toBe(toBytes("größe(1)"));
  });

  it("keeps every byte that belongs to no name", () => {
    const bytes = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 });
    fc.assert(
      fc.property(bytes, bytes, (before, behind) => {
        const [left, right] = [`${before} `, ` ${behind}`];
        const { text } = toNames(`${left}webrtc_legacy::f${right}`);
        expect(text).toBe(`${toNames(left).text}webrtc::f${toNames(right).text}`);
      }),
    );
  });

  it("finds the names again that the replaced text has lost", () => {
    const piece = fc.constantFrom(
      "webrtc_legacy::A",
      "_ZN13webrtc_latest1fEv",
      "x_legacy",
      "app::b_latest::c",
      "(",
      ", ",
      " ",
      "::",
      "<",
      ">",
      "é",
      "_legacy",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = pieces.join("");
        const { text, names } = toNames(line);
        let from = 0;
        let again = "";
        for (const { column, found, name } of names) {
          expect(line.slice(column - 1, column - 1 + found.length)).toBe(found);
          again += line.slice(from, column - 1) + name;
          from = column - 1 + found.length;
        }
        expect(again + line.slice(from)).toBe(text);
      }),
    );
  });
});
