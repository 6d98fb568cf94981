import { describe, expect, it } from "vitest";

import { flavoredNames } from "../../../src/isolate/constructs/flavored-names.js";
import { flavoredSymbol } from "../../../src/isolate/constructs/mangled-names.js";
import { unflavorFor } from "../../../src/tokens/unflavor.js";

const names = flavoredNames({ globals: ["Tag", "lib_open", "bar"], namespaces: ["lib"], packages: [], suffix: "_legacy" });

describe("a linker's name", () => {
  it.each([
    ["lib_open", "lib_open_legacy"],
    ["_ZN3lib3Foo3barEv", "_ZN10lib_legacy3Foo3barEv"],
    ["_ZNK3lib3FooIN3lib3BarEE3bazERKS1_", "_ZNK10lib_legacy3FooIN10lib_legacy3BarEE3bazERKS1_"],
    ["_Z3barP3Tag", "_Z10bar_legacyP10Tag_legacy"],
    ["_ZSt4moveIR3TagEvT_", "_ZSt4moveIR10Tag_legacyEvT_"],
    ["_ZTVN3lib3FooE", "_ZTVN10lib_legacy3FooE"],
    ["_ZN3lib3FooILi3EE3barEv", "_ZN10lib_legacy3FooILi3EE3barEv"],
    ["__ZN3lib3FooC1Ev", "__ZN10lib_legacy3FooC1Ev"],
    ["?bar@Foo@lib@@QEAAXXZ", "?bar@Foo@lib_legacy@@QEAAXXZ"],
    ["??6lib@@YAAEAVTag@@AEAV0@@Z", "??6lib_legacy@@YAAEAVTag_legacy@@AEAV0@@Z"],
    ["??0Tag@@QEAA@XZ", "??0Tag_legacy@@QEAA@XZ"],
  ])("%s becomes %s", (before, after) => {
    expect(flavoredSymbol(before, names)).toBe(after);
    expect(flavoredSymbol(after, names)).toBeUndefined();
  });

  it.each([
    "lib_open2",
    "_ZN5other3lib3FooE",
    "_ZN5other3barEv",
    "_ZN5other3FooI1XE3barEv",
    "_ZSt3barv",
    "?f@lib@other@@YAXXZ",
    "_ZN4lib23FooE",
  ])("%s stays", (symbol) => {
    expect(flavoredSymbol(symbol, names)).toBeUndefined();
  });

  it("comes back by the way that reads objects", () => {
    const unflavor = unflavorFor("legacy", [
      { from: "lib", to: "lib_legacy" },
      { from: "Tag", to: "Tag_legacy" },
    ]);
    const symbol = "_ZNK3lib3FooIN3lib3BarEE3bazEP3Tag";
    expect(unflavor(flavoredSymbol(symbol, names) ?? "")).toBe(symbol);
  });
});
