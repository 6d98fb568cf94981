/** What the scanner takes for a token, and that it loses nothing on any bytes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { createInterner } from "../../src/tokens/interner.js";
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../src/tokens/kinds.js";
import { type Dialect, LONG_RUN, scan } from "../../src/tokens/scan.js";
import { createStream } from "../../src/tokens/stream.js";
import { plainText } from "../../src/tokens/trigraphs.js";

const KIND_NAMES = Object.keys(KIND);

interface Seen {
  readonly kind: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly name: string;
}

function tokens(input: string | Uint8Array, dialect: Dialect = "c"): Seen[] {
  const bytes = typeof input === "string" ? Buffer.from(input, "latin1") : Buffer.from(input);
  const interner = createInterner();
  const stream = createStream(2);
  scan(bytes, interner, stream, dialect);
  return Array.from({ length: stream.count }, (_, at) => {
    const [start, end, value] = [stream.starts[at] as number, stream.ends[at] as number, stream.values[at] as number];
    const kind = KIND_NAMES[stream.kinds[at] as number] as string;
    return { kind, text: bytes.toString("latin1", start, end), start, end, value, name: kind === "identifier" ? interner.name(value) : "" };
  });
}

function kinds(input: string, dialect: Dialect = "c"): string[] {
  return tokens(input, dialect).map(({ kind, text }) => `${kind}:${text}`);
}

function words(input: string, dialect: Dialect = "c"): string[] {
  return tokens(input, dialect)
    .filter(({ kind }) => kind === "identifier")
    .map(({ name }) => name);
}

function numbers(count: number): string {
  return Array.from({ length: count }, (_, at) => `${at}`).join(",\n");
}

describe("the scanner", () => {
  it("tells identifiers, numbers, literals and punctuation apart", () => {
    expect(kinds(`int a = 0x1F + 'b' - "c";`)).toEqual([
      "identifier:int",
      "identifier:a",
      "punctuation:=",
      "number:0x1F",
      "punctuation:+",
      "character:'b'",
      "punctuation:-",
      'string:"c"',
      "punctuation:;",
    ]);
  });

  it("joins `::`, `->` and `##`", () => {
    expect(
      tokens("#define A a::b->c##d")
        .map(({ value, kind }) => (kind === "punctuation" ? value : -1))
        .filter((v) => v > 0),
    ).toEqual([PUNCTUATION.scope, PUNCTUATION.arrow, PUNCTUATION.paste]);
  });

  it("takes a digit separator as part of a number and a lone quote as a literal", () => {
    expect(kinds("1'000'000")).toEqual(["number:1'000'000"]);
    expect(kinds("0x'f 1e+3 .5f 1.2p-3")).toEqual(["number:0x'f", "number:1e+3", "number:.5f", "number:1.2p-3"]);
    expect(kinds("5 'x'")).toEqual(["number:5", "character:'x'"]);
  });

  it.each(["", "u8", "u", "U", "L"])("takes the prefix %j into a string, a character and a raw string", (prefix) => {
    expect(kinds(`${prefix}"a\\"b"`)).toEqual([`string:${prefix}"a\\"b"`]);
    expect(kinds(`${prefix}'\\''`)).toEqual([`character:${prefix}'\\''`]);
    expect(kinds(`${prefix}R"x(a" )" )y" )x" z`)).toEqual([`string:${prefix}R"x(a" )" )y" )x"`, "identifier:z"]);
  });

  it("takes a long run of numbers between commas as one, and what stands around it as it is", () => {
    expect(kinds(`{${numbers(LONG_RUN)},}`)).toEqual(["punctuation:{", `number:${numbers(LONG_RUN)}`, "punctuation:,", "punctuation:}"]);
    expect(kinds(`${numbers(LONG_RUN)}, /* */ 7, a, 8 9, 10`).slice(1)).toEqual(kinds("x, a, 8 9, 10").slice(1));
    expect(kinds(`f(${numbers(LONG_RUN - 1)})`)).toHaveLength(2 * LONG_RUN);
    expect(kinds(`${numbers(LONG_RUN - 1)}, -1, 2`)).toHaveLength(2 * LONG_RUN + 2);
  });

  it("leaves a word that is no prefix outside of the literal", () => {
    expect(kinds('PRIu64"a"')).toEqual(["identifier:PRIu64", 'string:"a"']);
    expect(kinds('_R"a(b"')).toEqual(["identifier:_R", 'string:"a(b"']);
    expect(kinds('"x"_webrtc')).toEqual(['string:"x"', "identifier:_webrtc"]);
  });

  it("ends an open string at its line, an open comment and raw string at the end", () => {
    expect(kinds('"abc\nd')).toEqual(['string:"abc', "identifier:d"]);
    expect(kinds("don't\nd")).toEqual(["identifier:don", "character:'t", "identifier:d"]);
    expect(kinds("/* a\nb")).toEqual([]);
    expect(kinds('R"(a\nb')).toEqual(['string:R"(a\nb']);
  });

  it("goes on over line continuations in comments, strings and words", () => {
    expect(words("// a \\\nb\nc")).toEqual(["c"]);
    expect(words("// a \\\r\nb\r\nc")).toEqual(["c"]);
    expect(kinds('"a\\\nb" c')).toEqual(['string:"a\\\nb"', "identifier:c"]);
    expect(words("web\\\nrtc::a \\\n b")).toEqual(["webrtc", "a", "b"]);
    expect(words("// a \\ \nb\nc")).toEqual(["c"]);
  });

  it("finds an include path behind comments and continuations", () => {
    expect(kinds("# /* a */ include /* b */ \\\n <c.h> // <d.h>").at(1)).toBe("includePath:<c.h>");
  });

  it("knows preprocessor lines, their ends and their include paths", () => {
    expect(kinds('#include <a/b.h>\n# include "c.h" // d\n#import M\nx')).toEqual([
      "directive:#include",
      "includePath:<a/b.h>",
      "directiveEnd:\n",
      "directive:# include",
      'includePath:"c.h"',
      "directiveEnd:\n",
      "directive:#import",
      "identifier:M",
      "directiveEnd:\n",
      "identifier:x",
    ]);
    expect(kinds("#define A \\\n  b /* \n */ c\nd")).toEqual([
      "directive:#define",
      "identifier:A",
      "identifier:b",
      "identifier:c",
      "directiveEnd:\n",
      "identifier:d",
    ]);
    expect(kinds("#error don't \" \\\n stop\nx")).toEqual([
      "directive:#error",
      "text: don't \" \\\n stop",
      "directiveEnd:\n",
      "identifier:x",
    ]);
    expect(tokens("  /* c */ # /**/ ifdef A")[0]?.value).toBe(DIRECTIVE.if);
    expect(kinds("a # b")).toEqual(["identifier:a", "punctuation:#", "identifier:b"]);
    expect(kinds("#endif")).toEqual(["directive:#endif", "directiveEnd:"]);
  });

  it("keeps a byte order mark, CRLF and bytes beyond ASCII out of the way", () => {
    expect(words("\xef\xbb\xbfa\r\nb")).toEqual(["a", "b"]);
    expect(words("webrtc\xe9 webrtc")).toEqual(["webrtc\xe9", "webrtc"]);
  });

  it("reads assembler comments and immediates by dialect", () => {
    expect(words("mov r0, #1 @ don't a\nb: .type f, @function\n", "gas")).toEqual(["mov", "r0", "b", "type", "f", "function"]);
    expect(words("a ; don't b\nc 'x' 'y\nd", "nasm")).toEqual(["a", "c", "y", "d"]);
  });

  it("gives equal spellings one id and different ones different ids", () => {
    const found = tokens("alpha beta alpha gamma beta");
    expect(new Set(found.map(({ value }) => value)).size).toBe(3);
    expect(found[0]?.value).toBe(found[2]?.value);
  });
});

/** Gaps between tokens hold nothing but blanks, comments, continuations and a byte order mark, where digraphs and trigraphs are read. */
const GAP = /^(?:\xef\xbb\xbf)?(?:[ \t\v\f\r\n]|\\[ \t\v\f\r]*\n|\/\*[\s\S]*?(?:\*\/|$)|\/\/(?:\\[ \t\v\f\r]*\n|[^\n])*)*$/;

function expectLossless(bytes: Uint8Array, dialect: Dialect): void {
  const text = Buffer.from(bytes).toString("latin1");
  const plain = Buffer.from(plainText(bytes).bytes).toString("latin1");
  let at = 0;
  let whole = "";
  for (const token of tokens(bytes, dialect)) {
    expect(token.start).toBeGreaterThanOrEqual(at);
    expect(token.end).toBeGreaterThanOrEqual(token.start);
    const gap = text.slice(at, token.start);
    if (dialect === "c") expect(plain.slice(at, token.start)).toMatch(GAP);
    whole += gap + token.text;
    at = token.end;
  }
  const rest = text.slice(at);
  if (dialect === "c") expect(plain.slice(at)).toMatch(GAP);
  expect(whole + rest).toBe(text);
}

const PIECES = [
  "a",
  "webrtc",
  "::",
  "\\\n",
  "\\",
  "\n",
  "\r\n",
  '"',
  "'",
  'R"(',
  ')"',
  "/*",
  "*/",
  "//",
  "#",
  "define",
  "include ",
  "<",
  ">",
  "1",
  "'0",
  ".",
  "##",
  " ",
  "\xef\xbb\xbf",
  "u8",
  "\0",
  "@",
  ";",
  "e+",
];

describe("on any bytes", () => {
  it("tokens and gaps put together are the input where digraphs and trigraphs stand", () => {
    for (const text of ["%:", "a %:define x", "<% %> <: :>", "??=", "x ??/\n y"]) expectLossless(Buffer.from(text), "c");
  });

  it("tokens and gaps put together are the input", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom<Dialect>("c", "gas", "nasm"), expectLossless), {
      numRuns: 3000,
    });
  });

  it("tokens and gaps put together are the input, also for crafted text", () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join(""), "latin1"));
    fc.assert(fc.property(text, fc.constantFrom<Dialect>("c", "gas", "nasm"), expectLossless), { numRuns: 5000 });
  });

  it("an identifier's id leads back to its spelling", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Za-z_]\w{0,80}$/), { maxLength: 50 }), (names) => {
        expect(words(names.join(" "))).toEqual(names);
      }),
    );
  });

  it("keeps a hundred thousand spellings apart", () => {
    const interner = createInterner();
    for (let i = 0; i < 100_000; i++) expect(interner.internText(`name${i}`)).toBe(i);
    expect(interner.find("name77777")).toBe(77_777);
    expect(interner.find("name")).toBe(-1);
    expect(interner.name(99_999)).toBe("name99999");
    expect(BYTE.open).toBe(40);
  });
});
