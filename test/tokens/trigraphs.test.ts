/** That trigraphs and digraphs are the characters they stand for, that no byte moves, and when a text is in doubt. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createInterner } from "../../src/tokens/interner.js";
import { KIND } from "../../src/tokens/kinds.js";
import { scan } from "../../src/tokens/scan.js";
import { createStream } from "../../src/tokens/stream.js";
import { plainText, type Trigraphs } from "../../src/tokens/trigraphs.js";

const MEANING: Readonly<Record<string, string>> = {
  "=": "#",
  "/": "\\",
  "'": "^",
  "(": "[",
  ")": "]",
  "!": "|",
  "<": "{",
  ">": "}",
  "-": "~",
};

/** Kind and value of each token; of a literal only its kind. */
function tokensOf(text: string, trigraphs: Trigraphs): unknown[] {
  const interner = { ...createInterner(), trigraphs };
  const stream = createStream();
  scan(Buffer.from(text, "latin1"), interner, stream);
  const { kinds, values, count } = stream;
  return Array.from({ length: count }, (_, i) => [kinds[i], kinds[i] === KIND.identifier ? interner.name(values[i] as number) : values[i]]);
}

function scanned(text: string): { words: string[]; doubt: number } {
  const interner = createInterner();
  const stream = createStream();
  scan(Buffer.from(text), interner, stream);
  const { kinds, starts, ends, count, doubt } = stream;
  const words = Array.from({ length: count }, (_, i) => i).filter((i) => kinds[i] === KIND.identifier);
  return { words: words.map((i) => text.slice(starts[i], ends[i])), doubt };
}

const PIECES = [
  "??=",
  "??/",
  "??'",
  "??(",
  "??)",
  "??!",
  "??<",
  "??>",
  "??-",
  "?",
  '"',
  "'",
  "\\",
  "\n",
  " ",
  "a",
  "b1",
  "//",
  "/*",
  "*/",
  "#",
  "1",
  ";",

  ">",
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(""));

describe("trigraphs", () => {
  it("give the tokens of the text in which each is its character, on any text without raw strings", () => {
    fc.assert(
      fc.property(text, (given) => {
        fc.pre(!/(?:#|\?\?=){2}/.test(given));
        const meant = given.replaceAll(/\?\?([=/'()!<>-])/g, (_, third: string) => MEANING[third] as string);
        expect(tokensOf(given, "read")).toEqual(tokensOf(meant, "ignore"));
      }),
      { numRuns: 5000 },
    );
  });

  it("paste where two of them are a paste", () => {
    for (const paste of ["??=??=", "#??=", "??=#"]) expect(tokensOf(`int a${paste}b`, "read")).toEqual(tokensOf("int a##b", "read"));
  });

  it("leave every byte in its place that is no part of one", () => {
    fc.assert(
      fc.property(text, (given) => {
        const { bytes } = plainText(Buffer.from(given), "read");
        expect(bytes.length).toBe(given.length);
        const rest = given.replaceAll(/\?\?[=/'()!<>-]/g, "\0\0\0");
        for (let i = 0; i < rest.length; i++) if (rest[i] !== "\0") expect(String.fromCharCode(bytes[i] as number)).toBe(rest[i]);
      }),
    );
  });

  it("are none in raw strings", () => {
    expect(scanned('??=define A(x) R"(??)" lib R"y(??/)y" b').words).toEqual(["A", "x", "lib", "b"]);
  });

  it("are read in a file that has them in code, where they could be nothing else", () => {
    expect(scanned("// what??/\nhidden\n??=define A ??( 1 ??)").words).toEqual(["A"]);
    expect(scanned("// what??/\nshown\n#define A [ 1 ]")).toEqual({ words: ["shown", "A"], doubt: 7 });
  });

  it("are told from none by the literals that only one reading closes", () => {
    expect(scanned('a = "what??/";\nb;')).toEqual({ words: ["a", "b"], doubt: -1 });
    expect(scanned('a = "??/" lib ??/"";\nb;')).toEqual({ words: ["a", "b"], doubt: -1 });
    expect(scanned('a = "??/" lib "??/"";\nb;')).toEqual({ words: ["a", "b"], doubt: -1 });
    expect(scanned('f("??/", "b");').words).toEqual(["f"]);
  });

  it("are in no doubt where they change no token", () => {
    expect(scanned('a = "what??! ??/n (??)"; // ??/ yes??!\nb')).toEqual({ words: ["a", "b"], doubt: -1 });
  });

  it("do not count for assembler", () => {
    const stream = createStream();
    const interner = createInterner();
    scan(Buffer.from("%> %: ??@label ??< ; x"), interner, stream, "nasm");
    expect(stream.doubt).toBe(-1);
    expect([...stream.kinds.subarray(0, stream.count)]).not.toContain(KIND.directive);
  });
});

describe("digraphs", () => {
  it("are braces, brackets and hashes", () => {
    const given = "%:define A(x) x%:%:1 %:x\nnamespace lib <% int a<:2:>; %>";
    const meant = "#define A(x) x##1 #x\nnamespace lib { int a[2]; }";
    expect(tokensOf(given, "auto")).toEqual(tokensOf(meant, "auto"));
  });

  it("are none in `<::`, literals and comments", () => {
    expect(tokensOf('Box<::lib::T> b; const char* s = "%>"; // %>\n', "auto")).toEqual(
      tokensOf('Box < ::lib::T> b; const char* s = ""; \n', "auto"),
    );
    expect(tokensOf("f<::lib::T>(); %>", "auto")).toEqual(tokensOf("f< ::lib::T>(); }", "auto"));
  });
});
