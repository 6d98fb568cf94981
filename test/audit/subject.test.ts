import { describe, expect, it } from "vitest";

import { outermostScope } from "../../src/audit/mangled-scope.js";
import { scopesIn } from "../../src/audit/scopes.js";
import { BUILTIN_SCOPE, subjectOf } from "../../src/audit/subject.js";

const SUBJECTS: readonly (readonly [string, string, readonly string[]])[] = [
  ["main", "main", []],
  ["absl::foo", "absl::foo", []],
  ["std::vector<foo::X, std::allocator<foo::X> >::push_back", "std::vector::push_back", ["foo::X", "std::allocator"]],
  ["std::operator<< <std::char_traits<char> >", "std::operator<<", ["std::char_traits"]],
  ["std::operator< <int, std::allocator<int> >", "std::operator<", ["std::allocator"]],
  ["foo::operator->", "foo::operator->", []],
  ["foo::operator()", "foo::operator()", []],
  ["foo::operator[]", "foo::operator[]", []],
  ["foo::operator=", "foo::operator=", []],
  ["foo::operators<int>::x", "foo::operators::x", []],
  ["operator new", "operator new", []],
  ['operator"" _km', 'operator"" _km', []],
  ["Foo::operator std::vector<bar::X>", "Foo::operator", ["std::vector", "bar::X"]],
  ["vtable for std::function<void (foo::X)>", "std::function", ["foo::X"]],
  ["typeinfo name for webrtc::X", "webrtc::X", []],
  ["typeinfo for int*", BUILTIN_SCOPE, []],
  ["typeinfo for void (*)()", BUILTIN_SCOPE, []],
  ["typeinfo for foo::X const*", "foo::X", []],
  ["typeinfo for void (*)(foo::X, bar::Y)", "foo::X", ["bar::Y"]],
  ["guard variable for foo::bar(int)::x", "foo::bar::x", []],
  ["foo::bar(std::function<void (int)>)::{lambda()#1}::operator()", "foo::bar::{}::operator()", []],
  ["foo::bar[abi:cxx11]", "foo::bar", []],
  ["(anonymous namespace)::x", "(anonymous namespace)::x", []],
  ["construction vtable for foo::A-in-bar::B", "bar::B", ["foo::A"]],
  ["non-virtual thunk to foo::X::~X()", "foo::X::~X", []],
  ["foo::bar<(foo::E)3, 5ul, true, (char)97>", "foo::bar", ["foo::E"]],
  ["std::function<void ()>::function<foo::bar()::{lambda()#1}, void>", "std::function::function", ["foo::bar"]],
  ["std::array<int, ((baz::kSize)>(2))>", "std::array", ["baz::kSize"]],
];

describe("the subject of a demangled name", () => {
  it.each(SUBJECTS)("of %j is %j over %j", (text, path, mentions) => {
    expect(subjectOf(text)).toEqual({ path, mentions });
  });

  it("does not take members behind template arguments for names of their own", () => {
    expect(scopesIn("std::conditional<foo::A, int>::type, bar::B")).toEqual(["std::conditional", "foo::A", "bar::B"]);
  });

  it("does not overlook a type that is called like a word of demanglers", () => {
    expect(scopesIn("lambda, type, parm, {lambda(arg)#1}")).toEqual(["lambda", "type", "parm", "arg"]);
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
