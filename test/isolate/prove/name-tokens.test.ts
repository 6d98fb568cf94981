import { describe, expect, it } from "vitest";

import { nameTokens, neutralText, sameTokens } from "../../../src/isolate/prove/name-tokens.js";

const TEXT = `# 1 "src/a.cc"
# 1 "<built-in>"
# 5 "src/a.cc"
const char* f() { return __PRETTY_FUNCTION__; }
#pragma GCC visibility push(hidden)
const char* g = "ns_legacy::x" "b";

auto r = R"x(one "quoted" ns_legacy)x"_suffix; char q = '"'; int n = 1'000;
# 40 "src/b.h" 1 3
int h() { return sizeof(__func__) + a->*b >>= 2; }
`;

describe("tokens that speak of names", () => {
  it("are found with file and line, behind markers and pragmas", () => {
    expect(nameTokens(TEXT, "_legacy").map(({ file, line, token }) => `${file}:${line} ${token}`)).toEqual([
      "src/a.cc:5 __PRETTY_FUNCTION__",
      'src/a.cc:7 "ns_legacy::x"',
      'src/a.cc:9 R"x(one "quoted" ns_legacy)x"_suffix',
      "src/b.h:40 __func__",
    ]);
  });

  it("are silenced, and no token is lost, split or joined", () => {
    const lines = neutralText(TEXT, "_legacy").split("\n");
    expect(lines).toContain("#pragma GCC visibility push(hidden)");
    expect(lines).toContain('"ns::x"');
    expect(lines).toContain('R"x(one "quoted" ns)x"_suffix');
    expect(lines).toContain("'\"'");
    expect(lines).toContain("1'000");
    expect(lines).toContain("->*");
    expect(lines).toContain(">>=");
    expect(lines.filter((line) => line === '"function"')).toHaveLength(2);
  });

  it("leaves a text whose tokens stand alone already as it is", () => {
    const once = neutralText(TEXT, "_legacy");
    expect(neutralText(once, "_legacy")).toBe(once);
  });

  it("are the same but for suffixes in words, wherever lines come from", () => {
    const before = neutralText('# 1 "a/x.cc"\nint f() { return ns::g(1); }\n#pragma once\n', "_legacy");
    const same = (text: string): boolean => sameTokens(before, neutralText(text, "_legacy"), "_legacy");
    expect(same('# 1 "b/x.cc"\nint f() { return ns_legacy::g_legacy(1); }\n#pragma once\n')).toBe(true);
    expect(same('# 1 "b/x.cc"\nint f() { return ns_legacy::g(2); }\n#pragma once\n')).toBe(false);
    expect(same('# 1 "b/x.cc"\nint f() { return ns_legacy::h(1); }\n#pragma once\n')).toBe(false);
    expect(same('# 1 "b/x.cc"\nint f() { return ns_legacy::g(1); }\n#pragma twice\n')).toBe(false);
    expect(same('# 1 "b/x.cc"\nint f() { return ns_legacy::g(1); } int more;\n#pragma once\n')).toBe(false);
  });
});
