/** Holds that the inventory reads any text to its end, and that its counts do not depend on the order of the files. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { constructs, read } from "./inventory.js";

const PIECES = [
  "namespace lib {",
  "namespace",
  "inline namespace x {",
  "}",
  "{",
  ";",
  "(",
  ")",
  "<",
  ">",
  "::",
  "lib",
  "lib::f",
  "class A",
  "enum class B",
  "struct",
  "typedef",
  "template <>",
  "template <class T>",
  "using namespace lib;",
  "using lib::f;",
  "friend",
  "operator",
  "==",
  'extern "C"',
  "static",
  "const",
  "int a",
  "= 1",
  "[2]",
  "\n#if 0\n",
  "\n#if A\n",
  "\n#elif B\n",
  "\n#else\n",
  "\n#endif\n",
  "\n#define M(x) x##a #x lib::g {\n",
  '\n#include "lib.h"\n',
  "\n#pragma once\n",
  "@interface A",
  "@end",
  "@implementation B (C)",
  '"lib-Key"',
  'R"(raw)"',
  "'c'",
  "//c\n",
  "/* c */",
  "ABSL_FLAG(",
  "TEST(A, B)",
  "int f(a, b) int a;",
  "\\\n",
  "M(lib)",
];

const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(" "));

describe("the inventory of any text", () => {
  it("comes to an end, and every place lies in the text", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("a.cc", "a.c", "a.h", "a.mm", "a.S"), (source, path) => {
        const { sites, interner } = read({ [path]: source }).reader;
        for (let i = 0; i < sites.count; i++) {
          const [start, end] = [sites.starts[i] as number, Math.abs(sites.ends[i] as number)];
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(source.length);
          expect(start).toBeLessThanOrEqual(end);
          expect(sites.values[i] as number).toBeLessThan(interner.size());
        }
      }),
      { numRuns: 400, examples: [["class A template <> int f(a, b) int a;", "a.cc"]] },
    );
  });

  it("is the same in any order of the files", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (sources) => {
        const files = sources.map((source, index): [string, string] => [`f${index}.cc`, source]);
        const forth = constructs(Object.fromEntries(files), ["lib"]);
        const back = constructs(Object.fromEntries(files.toReversed()), ["lib"]);
        expect(back).toEqual(forth);
      }),
      { numRuns: 150 },
    );
  });

  it("takes random bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(() => read({ "a.mm": Buffer.from(bytes).toString("latin1") })).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
