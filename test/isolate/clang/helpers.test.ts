/** Holds the parts of the decision by libclang that need no libclang: arguments, units of a header, words that stand for tokens. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { locateTokens } from "../../../src/isolate/clang/locate-tokens.js";
import { parseArguments } from "../../../src/toolchain/parse-arguments.js";
import { probeWord } from "../../../src/isolate/clang/probe-words.js";
import { unitsOf } from "../../../src/toolchain/compile-units.js";

describe("the arguments of a parse", () => {
  it("are those that change what the source says", () => {
    const command =
      "ccache g++ -std=c++20 -Iinc -I other -isystem sys -DX=1 -D Y -include a.h -O2 -fno-exceptions -ftree-vectorize -Wall -MD -MF a.d -c a.cc -o a.o";
    expect(parseArguments(command.split(" "), "/t/a.cc").join(" ")).toBe(
      "clang -w -ferror-limit=0 -std=c++20 -Iinc -I other -isystem sys -DX=1 -D Y -include a.h -O2 -fno-exceptions /t/a.cc",
    );
  });
});

describe("the units of a file", () => {
  const texts: Record<string, string> = {
    "lib/a.h": "",
    "lib/b.h": '#include "lib/a.h"\n',
    "lib/a.cc": '#include "lib/a.h"\n',
    "x/far.cc": "#include <b.h>\n",
    "x/none.cc": '#include "lib/c.h"\n',
  };
  const units = ["lib/a.cc", "x/far.cc", "x/none.cc"].map((source) => ({ source, command: source }));
  const unitsFor = unitsOf(units, Object.keys(texts), (file) => texts[file] ?? "");

  it("are the source itself, or what includes the header, also through others, the nearest first", () => {
    expect(unitsFor("lib/a.cc").map(({ source }) => source)).toEqual(["lib/a.cc"]);
    expect(unitsFor("lib/a.h").map(({ source }) => source)).toEqual(["lib/a.cc", "x/far.cc"]);
    expect(unitsFor("lib/b.h").map(({ source }) => source)).toEqual(["x/far.cc"]);
  });
});

describe("a word that stands for a token", () => {
  it("is as long as the token, an identifier, and stands nowhere in the texts", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z_]\w{1,12}$/), fc.nat(500), fc.string(), (name, number, text) => {
        const word = probeWord(name, number, [Buffer.from(text, "latin1")]);
        expect(word).toHaveLength(name.length);
        expect(word).toMatch(/^[A-Za-z_]\w*$/);
        expect(word).not.toBe(name);
        expect(text.includes(word)).toBe(false);
      }),
    );
  });
});

describe("a reported token", () => {
  it("is found by its line, in code and in macros, not in strings or comments", () => {
    const text = 'int a; // lib\n#define NS lib /* lib */ "lib" lib_x lib##y\n';
    const found = locateTokens([{ file: "a.h", line: 2, token: "lib" }], () => Buffer.from(text));
    expect(found.map(({ offset }) => text.slice(offset - 1, offset + 5))).toEqual([" lib /", " lib##"]);
  });
});
