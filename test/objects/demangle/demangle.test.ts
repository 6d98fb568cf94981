import { describe, expect, it } from "vitest";

import { demangle, demangleType } from "../../../src/objects/demangle/demangle.js";
import { demangleNames } from "../../../src/objects/demangle.js";
import { NAMES } from "./names.js";

describe("a demangled name", () => {
  it.each(NAMES)("shows %s: %s", (_, symbol, full) => {
    expect(demangle(symbol)).toMatchObject({ status: "demangled", full });
  });

  it("shows the same text whatever was read before", () => {
    const forwards = NAMES.map(([, symbol]) => demangle(symbol));
    const backwards = NAMES.toReversed().map(([, symbol]) => demangle(symbol));
    expect(backwards.toReversed()).toEqual(forwards);
  });
});

describe("the plain name", () => {
  it.each([
    ["_ZN5meter4readEiPKc", "meter::read"],
    ["_ZN5meter5levelE", "meter::level"],
    ["_Z4readIiENT_4typeES0_", "read<int>"],
    ["_ZNK5Meter4readEv", "Meter::read"],
    ["_Z4readIPFivEET_v", "read<int (*)()>"],
    ["_ZN5MetercvbEv", "Meter::operator bool"],
    ["_ZZ4readiENKUlvE_clEv", "read(int)::'lambda'()::operator()"],
    ["_ZTVN5meter5GaugeE", "vtable for meter::Gauge"],
    ["_ZThn16_N5Meter4readEv", "non-virtual thunk to Meter::read()"],
    ["_Z4readv.cold", "read"],
    ["_ZN5Meter4peakE.llvm.123", "Meter::peak"],
    ["_Z4readv@METER_1", "read"],
    ["___Z4readi_block_invoke", "invocation function for block in read"],
    ["_ZN6mètre4readEi", "mètre::read"],
    ["_Z4readILi1EEvN5MeterIXtlA3_cLc195ELc169EEEEE", "read<1>"],
  ])("of %s is %s: no result, no parameters, no suffix", (symbol, plain) => {
    expect(demangle(symbol).plain).toBe(plain);
  });
});

describe("what is no name of the grammar", () => {
  it.each([
    ["main", "plain"],
    ["", "plain"],
    ["_", "plain"],
    ["_start", "plain"],
    ["Z4readv", "plain"],
    ["_RNvC5meter4read", "plain"],
    ["_D5meter4readFZv", "plain"],
    ["?read@@YAXXZ", "microsoft"],
    ["??_7Gauge@@6B@", "microsoft"],
    ["_Z", "malformed"],
    ["_Z99read", "malformed"],
    ["_Z0v", "malformed"],
    ["_Z4readP", "malformed"],
    ["_Z4readT_", "malformed"],
    ["_Z4readS_", "malformed"],
    ["_ZN5Meter", "malformed"],
    ["_ZNE", "malformed"],
    ["_Z4readv trailing", "malformed"],
    ["_Z4read\u0000v", "malformed"],
    ["_ZTV", "malformed"],
    ["___Z4readv", "malformed"],
    ["___Z4readv_block_invoke_", "malformed"],
    ["_GLOBAL__sub_I_", "malformed"],
    ["_GLOBAL__sub_I__Z", "malformed"],
    ["__imp_read", "plain"],
    ["__imp__Zread", "malformed"],
    ["_GLOBAL__N_1", "plain"],
  ])("comes back as it is: %j is %s", (symbol, status) => {
    expect(demangle(symbol)).toEqual({ status, full: symbol, plain: symbol });
  });

  it("is given back by the list, too", () => {
    expect([...demangleNames(["main", "_Z4readv", "main"])]).toEqual([
      ["main", expect.objectContaining({ full: "main", plain: "main" })],
      ["_Z4readv", expect.objectContaining({ full: "read()", plain: "read" })],
    ]);
  });
});

describe("a mangled type, as typeinfo holds it", () => {
  it.each([
    ["i", "int"],
    ["PKc", "char const*"],
    ["N5meter5GaugeE", "meter::Gauge"],
    ["St6vectorIiSaIiEE", "std::vector<int, std::allocator<int>>"],
    ["PFvRiE", "void (*)(int&)"],
    ["KFvvE", "void () const"],
  ])("%s is %s", (mangled, text) => {
    expect(demangleType(mangled)).toBe(text);
  });

  it.each(["", "?", "5Met", "iv", "_Z4readv"])("%j is none", (mangled) => {
    expect(demangleType(mangled)).toBeUndefined();
  });
});
