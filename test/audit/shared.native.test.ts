import { describe, expect, it } from "vitest";

import { outermostScope } from "../../src/audit/mangled-scope.js";
import { sharedCoverage } from "../../src/audit/shared.js";
import { symbolSubject } from "../../src/audit/subject.js";
import { TOOLCHAIN_SHARED } from "../../src/audit/toolchain.js";
import { demangleNames } from "../../src/objects/demangle.js";
import { runOk } from "../../src/support/exec.js";
import { missingTools } from "../helpers/compile.js";
import { nmDefinedNames } from "../helpers/nm.js";

const missing = await missingTools("g++", "nm");

/** Whether the patterns cover the symbol, by its own demangled name. */
async function isShared(symbol: string, patterns: readonly string[]): Promise<boolean> {
  const name = demangleNames([symbol]).get(symbol);
  if (name === undefined) throw new Error("no name");
  return sharedCoverage(patterns.map((pattern) => ({ pattern, reason: "test" })))(symbol, name).length > 0;
}

describe.skipIf(missing.length > 0)(`shared names (needs ${missing.join(", ") || "g++ and nm"})`, () => {
  it.each([
    ["a function with a return type in its text", "_ZSt4moveIRiEONSt16remove_referenceIT_E4typeEOS2_"],
    ["a function template that returns void", "_ZSt4swapIiEvRT_S1_"],
    ["a member", "_ZNSt6vectorIiSaIiEE9push_backERKi"],
    ["an abbreviated class", "_ZNKSs4sizeEv"],
    ["a vtable", "_ZTVSt9exception"],
    ["a typeinfo", "_ZTISt9exception"],
    ["a typeinfo name", "_ZTSSt9exception"],
    ["a guard variable", "_ZGVZNSt6locale7classicEvE1x"],
    ["an operator", "_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc"],
    ["a thunk", "_ZThn16_NSt9strstreamD0Ev"],
    ["a template over a C library's type", "_ZNSt10unique_ptrI8_IO_FILEPFiPS0_EED1Ev"],
  ])("std::* covers %s", async (_, symbol) => {
    expect(await isShared(symbol, ["std::*"])).toBe(true);
  });

  it.each([
    ["a function that takes a standard type", "_Z3barNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE"],
    ["a member that takes a standard type", "_ZN6webrtc1fESs"],
    ["a function template that returns a standard type", "_ZN6webrtc3getIiEESt6vectorIT_SaIS2_EEv"],
    ["a namespace that starts alike", "_ZN5stdio4openEv"],
    ["a standard template over a type of the library", "_ZNSt6vectorIN6webrtc1XESaIS1_EE9push_backERKS1_"],
    ["a standard template over a global class", "_ZNSt6vectorI6ConfigSaIS0_EED1Ev"],
    ["a standard template over a lambda of the library", "_ZNSt8functionIFvvEEC1IZN3foo3barEvEUlvE_vEEOT_"],
    ["a vtable of a standard template over a type of the library", "_ZTVSt15_Sp_counted_ptrIPN6webrtc1XELN9__gnu_cxx12_Lock_policyE2EE"],
    ["a user's operator on a standard stream", "_ZlsRSo3Foo"],
    ["a C function", "std_open"],
    ["a name that cannot be demangled", "_ZSt"],
  ])("std::* does not cover %s", async (_, symbol) => {
    expect(await isShared(symbol, ["std::*"])).toBe(false);
  });

  it("covers a template over shared types when each is declared", async () => {
    const symbol = "_ZNSt6vectorIN4absl4TimeESaIS1_EED1Ev";
    expect(await isShared(symbol, ["std::*"])).toBe(false);
    expect(await isShared(symbol, ["absl::*"])).toBe(false);
    expect(await isShared(symbol, ["std::*", "absl::*"])).toBe(true);
  });

  it("covers a non-template function whatever its parameters are", async () => {
    expect(await isShared("_ZN4absl1fESt6vectorIiSaIiEE", ["absl::*"])).toBe(true);
  });

  it("takes a pattern without * for the name, the mangled name or the whole text", async () => {
    const symbol = "_ZN6webrtc3RunEi";
    for (const pattern of ["webrtc::Run", symbol, "webrtc::Run(int)"]) expect(await isShared(symbol, [pattern])).toBe(true);
    for (const pattern of ["webrtc", "Run", "webrtc::Run(long)"]) expect(await isShared(symbol, [pattern])).toBe(false);
  });

  it("covers C names by glob", async () => {
    expect(await isShared("pffft_new_setup", ["pffft_*"])).toBe(true);
    expect(await isShared("new_pffft_", ["pffft_*"])).toBe(false);
  });

  it("reads a subject from every name of the whole C++ library", async () => {
    const { stdout } = await runOk({ command: "g++", args: ["-print-file-name=libstdc++.a"] });
    const symbols = (await nmDefinedNames(stdout.toString("utf8").trim())).filter((symbol) => symbol.startsWith("_Z"));
    const wrong = symbols.filter((symbol) => (symbolSubject(symbol)?.path ?? "") === "");
    expect(symbols.length).toBeGreaterThan(3000);
    expect(wrong).toEqual([]);
  });

  it("covers the whole C++ library by the toolchain's declaration, but for what is not in its scopes", async () => {
    const { stdout } = await runOk({ command: "g++", args: ["-print-file-name=libstdc++.a"] });
    const symbols = await nmDefinedNames(stdout.toString("utf8").trim());
    const names = demangleNames(symbols);
    const covers = sharedCoverage(TOOLCHAIN_SHARED);
    const left = symbols.filter((symbol) => covers(symbol, names.get(symbol) ?? { full: symbol, plain: symbol }).length === 0);
    const standard = left.filter((symbol) => outermostScope(symbol) === "std");
    expect(left.length).toBeLessThan(symbols.length / 20);
    expect(standard).toEqual([]);
  });
});
