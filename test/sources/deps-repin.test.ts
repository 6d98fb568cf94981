import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { depsPin } from "../../src/sources/deps-pin.js";
import { repinDeps } from "../../src/sources/deps-repin.js";

const DEPS = `# Caf\u00e9 'quotes'
vars = {
  'git_host': 'https://git.example.org',
  'codec_revision': '1111',
  'codec.revision': '2222',
  'whole': 'https://git.example.org/whole@9',
}
deps = {
  'src/plain': 'https://git.example.org/plain.git@1234', # keep @1234
  'src/sum': Var('git_host') + '/sum.git' + '@' + 'abcd',
  'src/var': Var('git_host') + '/var.git' + '@' + Var('codec_revision'),
  'src/other': Var('git_host') + '/other.git' + '@' +
      Var( "codec_revision" ),
  'src/braces': '{git_host}/braces.git@{codec_revision}',
  'src/dict': {
    'condition': 'not "a@b"',
    'url': Var('git_host') + "/dict.git@" "ffff",
  },
  'src/parentheses': (Var('git_host')) + '/p.git@' + (Var("codec.revision")),
  'src/text': (Var('git_host') + '/t.git@') + Str('eeee'),
  'src/whole': Var('whole'),
  'src/pieces': Var('git_host') + '/pieces@' + 'ab' + 'cd',
  'src/same': 'https://user@git.example.org/plain.git@1234',
}
`;

const NEW = "0123456789abcdef0123456789abcdef01234567";

describe("a revision in a DEPS file", () => {
  it.each([
    ["src/plain", "plain.git@1234'", `plain.git@${NEW}'`],
    ["src/sum", "'abcd'", `'${NEW}'`],
    ["src/var", "'@' + Var('codec_revision')", `'@' + '${NEW}'`],
    ["src/other", `Var( "codec_revision" )`, `'${NEW}'`],
    ["src/braces", "@{codec_revision}", `@${NEW}`],
    ["src/dict", `"ffff"`, `"${NEW}"`],
    ["src/parentheses", `(Var("codec.revision"))`, `('${NEW}')`],
    ["src/text", "'eeee'", `'${NEW}'`],
    ["src/same", "user@git.example.org/plain.git@1234", `user@git.example.org/plain.git@${NEW}`],
  ])("of %s is replaced in that entry alone", (key, old, next) => {
    const repinned = repinDeps(DEPS, key, NEW);
    expect(repinned).toBe(DEPS.replace(old, next));
    expect(depsPin(repinned, key)).toEqual({ url: depsPin(DEPS, key).url, revision: NEW });
  });

  it.each(["src/whole", "src/pieces"])("of %s is refused, since it does not stand by itself", (key) => {
    expect(() => repinDeps(DEPS, key, NEW)).toThrow(/put together of several pieces, or comes with the address/);
  });

  it("that is there already changes nothing", () => {
    expect(repinDeps(DEPS, "src/plain", "1234")).toBe(DEPS);
  });

  it("can be replaced again and again, in any order, with the same outcome", () => {
    const keys = ["src/plain", "src/sum", "src/var", "src/other", "src/braces", "src/dict", "src/same"];
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: keys.length }), (order) => {
        expect(inOrder(order)).toBe(inOrder(keys));
      }),
    );
  });
});

function inOrder(keys: readonly string[]): string {
  return keys.reduce((text, key) => repinDeps(text, key, `${NEW.slice(6)}${key.length}`), DEPS);
}
