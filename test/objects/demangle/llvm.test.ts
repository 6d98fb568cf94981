import { describe, expect, it } from "vitest";

import { demangle, demangleType } from "../../../src/objects/demangle/demangle.js";
import { pairsIn } from "../../../bench/demangle/llvm-cases.mjs";
import { casesOf, invalidIn, llvmTests } from "./llvm-names.js";

const tree = await llvmTests();

describe.skipIf(tree === undefined)("LLVM's own test names (in the cache once `npm run bench -- demangle` has run)", () => {
  it("have the text that LLVM's test wants, all of them", () => {
    const pairs = pairsIn(casesOf(tree ?? ""));
    const wrong = pairs.filter(([symbol, full]) => (symbol.startsWith("_") ? demangle(symbol).full : demangleType(symbol)) !== full);
    expect(pairs.length).toBeGreaterThan(29_000);
    expect(wrong).toEqual([]);
  });

  it("are refused where LLVM's test wants that, but for a pack as GCC of old wrote it and co_await", () => {
    const invalid = invalidIn(tree ?? "");
    const read = invalid.filter(
      (symbol) => (symbol.startsWith("_") ? demangle(symbol).status : (demangleType(symbol) ?? "malformed")) === "demangled",
    );
    expect(invalid.length).toBeGreaterThan(20);
    expect(read.filter((symbol) => !symbol.includes("IS3_IS3_E") && !symbol.includes("XawLi0E"))).toEqual([]);
  });
});
