import { describe, expect, it } from "vitest";

import { depsPin } from "../../src/sources/deps-pin.js";

const DEPS = `
# What upstream's tools read.
gclient_gn_args_from = 'src'
vars = {
  # A comment with 'quotes' and { braces.
  'git_host': 'https://git.example.org',
  'checkout_ios': False,
  "third_party_rev": 'a' + "b"  # trailing
    'c',
}
deps = {
  'src/plain': 'https://git.example.org/plain.git@1234',
  'src/third_party':
    Var('git_host') + '/third_party' + '@' + Var('third_party_rev'),
  'src/dict': {
    'url': Var('git_host') + '/dict.git' + '@' + 'ffff',
    'condition': 'checkout_ios and not (a or b)',
  },
  'src/braces': '{git_host}/braces.git@{third_party_rev}',
  'src/parentheses': (Var('git_host')) + ('/p.git@' + (Var('third_party_rev'))),
  'src/tool': {'packages': [{'package': 'x', 'version': 'y'}], 'dep_type': 'cipd'},
  'src/unknown': Var('missing') + '/x@1',
  'src/unpinned': 'https://git.example.org/unpinned.git',
  'src/none': None,
}
hooks = [
  {'name': 'a', 'action': ['python3', 'x.py', ('tuple', 1)]},
]
recursedeps = []
`;

describe("a pin of a DEPS file", () => {
  it.each([
    ["src/plain", "https://git.example.org/plain.git", "1234"],
    ["src/third_party", "https://git.example.org/third_party", "abc"],
    ["src/dict", "https://git.example.org/dict.git", "ffff"],
    ["src/parentheses", "https://git.example.org/p.git", "abc"],
    ["src/braces", "https://git.example.org/braces.git", "abc"],
  ])("of %s is %s at %s", (key, url, revision) => {
    expect(depsPin(DEPS, key)).toEqual({ url, revision });
  });

  it.each([
    ["src/tool", /"src\/tool" is no git repository there: a dict with packages, dep_type/],
    ["src/unknown", /"src\/unknown" .*Var\('missing'\), which is not defined/],
    ["src/unpinned", /is not "address@revision" there: https:\/\/git\.example\.org\/unpinned\.git/],
    ["src/none", /is no git repository there: None/],
    ["other/dict", /"other\/dict" is not in the DEPS file \(it has src\/dict\)/],
  ])("of %s is refused with what stands there", (key, message) => {
    expect(() => depsPin(DEPS, key)).toThrow(message);
  });

  it("is refused with its line when a string does not end", () => {
    expect(() => depsPin("vars = {\n  'a': 'b,\n}\n", "a")).toThrow(/DEPS:2/);
  });
});
