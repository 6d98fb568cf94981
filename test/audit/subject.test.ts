import { describe, expect, it } from "vitest";

import { outermostScope } from "../../src/audit/mangled-scope.js";
import { BUILTIN_SCOPE, symbolSubject } from "../../src/audit/subject.js";

const SUBJECTS: readonly (readonly [string, string, readonly string[]])[] = [
  ["_ZN4absl3fooEv", "absl::foo", []],
  ["_ZNSt6vectorIN3foo1XESaIS1_EE9push_backERKS1_", "std::vector::push_back", ["foo::X", "std::allocator"]],
  ["_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc", "std::operator<<", ["std::char_traits"]],
  ["_ZStltIiSaIiEEbRKSt6vectorIT_T0_ES6_", "std::operator<", ["std::allocator"]],
  ["_ZN3fooptEv", "foo::operator->", []],
  ["_ZN3fooclEv", "foo::operator()", []],
  ["_ZN3fooixEi", "foo::operator[]", []],
  ["_ZN3fooaSERKS_", "foo::operator=", []],
  ["_ZN3foo9operatorsIiE1xE", "foo::operators::x", []],
  ["_Znwm", "operator new", []],
  ["_Zli3_kmy", 'operator"" _km', []],
  ["_ZN3FoocvSt6vectorIN3bar1XESaIS2_EEEv", "Foo::operator", ["std::vector", "bar::X", "std::allocator"]],
  ["_ZTVSt8functionIFvN3foo1XEEE", "std::function", ["foo::X"]],
  ["_ZTSN6webrtc1XE", "webrtc::X", []],
  ["_ZTIPi", BUILTIN_SCOPE, []],
  ["_ZTIPFvvE", BUILTIN_SCOPE, []],
  ["_ZTIPKN3foo1XE", "foo::X", []],
  ["_ZTIPFvN3foo1XEN3bar1YEE", "foo::X", ["bar::Y"]],
  ["_ZGVZN3foo3barEiE1x", "foo::bar::x", []],
  ["_ZZN3foo3barESt8functionIFviEEENKUlvE_clEv", "foo::bar::{lambda}::operator()", []],
  ["_ZN3foo3barB5cxx11Ev", "foo::bar", []],
  ["_ZN12_GLOBAL__N_11xE", "(anonymous namespace)::x", []],
  ["_ZTCN3bar1BE0_N3foo1AE", "bar::B", ["foo::A"]],
  ["_ZThn8_N3foo1XD1Ev", "foo::X::~X", []],
  ["_ZN3foo1XC2IiEET_", "foo::X::X", []],
  ["_ZN3foo3barILNS_1EE3ELm5ELb1ELc97EEEvv", "foo::bar", ["foo::E"]],
  ["_ZNSt8functionIFvvEEC1IZN3foo3barEvEUlvE_vEEOT_", "std::function::function", ["foo::bar"]],
  ["_ZNSt5arrayIiXgtL_ZN3baz5kSizeEELi2EEE4sizeEv", "std::array::size", ["baz::kSize"]],
  ["_ZN3foo3barINSt11conditionalINS_1AEiE4typeEEEvv", "foo::bar", ["std::conditional", "foo::A"]],
  ["_ZNSt8functionIFvvEEC1IZN3foo3barENS3_3ArgEEUlNS3_5OtherEE_vEEOT_", "std::function::function", ["foo::bar", "foo::Arg", "foo::Other"]],
  ["_ZNSsC1Ev", "std::basic_string::basic_string", []],
  ["_ZN6thirdp3runIJN3foo1AEN3bar1BEEEEvDpT_", "thirdp::run", ["foo::A", "bar::B"]],
  ["_ZN1A1fIiEENSt9enable_ifIXsr3foo5traitIT_EE5valueEvE4typeES2_.cold", "A::f", []],
];

describe("the subject of a mangled name", () => {
  it.each(SUBJECTS)("of %s is %j over %j", (symbol, path, mentions) => {
    expect(symbolSubject(symbol)).toEqual({ path, mentions });
  });

  it.each(["main", "_Z99short", "?f@@YAXXZ", ""])("is none for %j", (symbol) => {
    expect(symbolSubject(symbol)).toBeUndefined();
  });
});

const SCOPES: readonly (readonly [string, string | undefined])[] = [
  ["_ZNSt6vectorIiSaIiEE9push_backERKi", "std"],
  ["_ZSt4moveIRiEONSt16remove_referenceIT_E4typeEOS2_", "std"],
  ["_ZNKSs4sizeEv", "std"],
  ["_ZTVSt9exception", "std"],
  ["_ZGVZN3foo3barEvE1x", "foo"],
  ["_ZZN3foo3barEiENKUlvE_clEv", "foo"],
  ["_ZThn16_N3foo1XD0Ev", "foo"],
  ["_ZTv0_n24_N3foo1XD1Ev", "foo"],
  ["_ZTCN3foo1BE0_NS_1AE", "foo"],
  ["_ZTIPKN3foo1XE", "foo"],
  ["_ZTSFvvE", ""],
  ["_ZTIi", ""],
  ["_Znwm", ""],
  ["_ZN12_GLOBAL__N_11xE", "(anonymous namespace)"],
  ["_Z3barNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE", "bar"],
  ["_ZTW5local", "local"],
  ["_Z99short", undefined],
  ["main", undefined],
];

describe("the outermost scope of a mangled name", () => {
  it.each(SCOPES)("of %s is %j", (symbol, scope) => {
    expect(outermostScope(symbol)).toBe(scope);
  });
});
