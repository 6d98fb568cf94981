/** That the compiled scanner gives the tokens, names and notable tokens that the plain one gives, on any bytes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { createIndexer } from "../../src/isolate/decide/file-index.js";
import { runOk } from "../../src/support/exec.js";
import { createFastInterner, createInterner, internNames, type Interner, namesOf } from "../../src/tokens/interner.js";
import { createNative, type Native } from "../../src/tokens/native.js";
import { KIND } from "../../src/tokens/kinds.js";
import { type Dialect, scan } from "../../src/tokens/scan.js";
import { createStream, type TokenStream } from "../../src/tokens/stream.js";
import { temporaryFolder } from "../helpers/temp.js";

const project = fileURLToPath(new URL("../../", import.meta.url));
let compiled: object;

beforeAll(async () => {
  const file = join(temporaryFolder(), "scanner.wasm");
  await runOk({
    command: join(project, "node_modules/.bin/asc"),
    args: ["assembly/index.ts", "--config", "assembly/asconfig.json", "-o", file],
    cwd: project,
  });
  compiled = new (globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } }).WebAssembly.Module(
    readFileSync(file),
  );
});

/** An interner over the compiled scanner, which the sources do not have beside them. */
function fast(capacity = 1 << 10): Interner & { readonly native: Native } {
  const native = createNative(capacity, compiled) as Native;
  return {
    native,
    intern: (bytes, start, end) => native.intern(bytes.subarray(start, end)),
    internText: (text) => native.intern(Buffer.from(text, "latin1")),
    find: (text) => native.find(Buffer.from(text, "latin1")),
    name: native.name,
    size: native.size,
  };
}

function numbers(count: number): string {
  return Array.from({ length: count }, (_, at) => `0x${at.toString(16)}`).join(", ");
}

function tokensOf({ kinds, starts, ends, values, count }: TokenStream, interner: Interner): unknown[] {
  return Array.from({ length: count }, (_, i) => [
    kinds[i],
    starts[i],
    ends[i],
    kinds[i] === 0 ? interner.name(values[i] as number) : values[i],
  ]);
}

/** Scans by both and compares everything that a reader can see. */
function expectSame(bytes: Uint8Array, dialect: Dialect, plain: Interner, native: Interner, roles: readonly string[] = []): void {
  const [here, there] = [createStream(), createStream()];
  scan(bytes, plain, here, dialect);
  scan(bytes, native, there, dialect);
  expect(tokensOf(there, native)).toEqual(tokensOf(here, plain));
  const braces = Array.from(there.braces.subarray(0, there.braceCount));
  const expected = Array.from({ length: here.count }, (_, i) => i).filter(
    (i) => here.kinds[i] === 5 || (here.kinds[i] === 4 && [123, 125, 127].includes(here.values[i] as number)),
  );
  expect(braces).toEqual(expected);
  const found = [plain, native].map((interner) => notable(interner, interner === plain ? here : there, roles));
  expect(found[1]).toEqual(found[0]);
}

function notable(interner: Interner, stream: TokenStream, roles: readonly string[]): unknown {
  const indexer = createIndexer(interner);
  const given = new Uint8Array(Math.max(0, ...roles.map((name) => interner.find(name))) + 1);
  for (const name of roles) if (interner.find(name) >= 0) given[interner.find(name)] = 2;
  const { hits, directives, pastes } = indexer.add(stream, given);
  const file = indexer.keepIds();
  const { kinds, values, count } = stream;
  const names = [...new Set(values.subarray(0, count).filter((_, i) => kinds[i] === 0))];
  return {
    hits: [...hits],
    directives: [...directives],
    pastes: [...pastes],
    ids: names
      .filter((id) => indexer.has(file, (other) => other === id))
      .map((id) => interner.name(id))
      .toSorted(),
    members: names
      .filter((id) => indexer.isMember(id))
      .map((id) => interner.name(id))
      .toSorted(),
  };
}

const PIECES = [
  "\xef\xbb\xbf",
  "// c \\\n d\n",
  "/* a * / */",
  "/*",
  "//",
  "#define A(x, ...) a##x #x ::b->c \\\n  d\r\n",
  "#include <a/b.h>\n",
  '#include "c"\n',
  "#include M\n",
  "#include <o\n",
  "#import <d>\n",
  "#error don't \\\n go\n",
  "#pragma mark - it's\n",
  "#pragma region x\n",
  "#pragma endregion\n",
  "#pragma once\n",
  "#ifndef X\n",
  "#elifndef Y\n",
  "#include_next <x>\n",
  "#",
  "##",
  "# /* c */ if 0\n",
  "#\\\n undef X\n",
  `"s\\n\\"t"`,
  'L"w"',
  'u8R"d(a )" )d"',
  'R"(',
  'R"x',
  "'c'",
  "L'\\''",
  "'",
  '"',
  '"\\',
  "\\\n",
  "\\ \t\n",
  "\\\r\n",
  "\\",
  "1'000",
  "0x1.8p-3",
  "1e+5",
  ".5",
  "...",
  ".",
  "::",
  ":::",
  "->",
  "-",
  ">",
  "<",
  "{",
  "}",
  ";",
  "@",
  "@function",
  "; nasm\n",
  "@ gas\n",
  "lib",
  "lib_x",
  "a",
  "_b$",
  "\xe9t\xe9",
  "we\\\nb",
  "aVeryLongIdentifierOfMoreThanSixteenBytes",
  "namespace",
  "\n",
  "\n  ",
  " ",
  "\t",
  "\0",
  "\x7f",
  "\x80",
  "[",
  "]",
  "(",
  ")",
  ",",
  "=",
  "x.lib",
  "x->lib",
  "O::lib",
] as const;

const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join(""), "latin1")),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .string({ unit: fc.constantFrom(..."aR\"'\\/*#\n\r ().:->u8L1'e+@;{}\xff"), maxLength: 60 })
    .map((string) => Buffer.from(string, "latin1")),
);
const dialects = fc.constantFrom<Dialect>("c", "gas", "nasm");

describe("what stands behind the last token", () => {
  it.each(["compiled", "plain"] as const)("is none of an earlier input's: %s", (which) => {
    const interner = which === "compiled" ? fast() : createInterner(1 << 10);
    const stream = createStream();
    scan(Buffer.from('a "b" c "d" e "f" g "h" i'), interner, stream);
    scan(Buffer.from("a"), interner, stream);
    expect(stream.count).toBe(1);
    const known: readonly number[] = Object.values(KIND);
    expect([...stream.kinds.subarray(1, 6)].filter((kind) => known.includes(kind))).toEqual([]);
  });
});

describe("the compiled scanner", () => {
  it("gives the same tokens on any bytes, also when they stand where a longer input stood", () => {
    const [plain, native] = [createInterner(), fast()];
    fc.assert(
      fc.property(text, dialects, (bytes, dialect) => expectSame(bytes, dialect, plain, native, ["lib", "a"])),
      { numRuns: 1000 },
    );
  });

  it("gives the same tokens of each of its own sources and of text that is cut anywhere", () => {
    const [plain, native] = [createInterner(), fast()];
    const sources = ["src/tokens/scan.ts", "assembly/scan.ts", "assembly/bytes.ts"].map((path) => readFileSync(join(project, path)));
    for (const bytes of sources) expectSame(bytes, "c", plain, native, ["load", "p"]);
    const whole = Buffer.from(PIECES.join(" "), "latin1");
    for (let end = 0; end <= whole.length; end++)
      for (const dialect of ["c", "gas", "nasm"] as const) expectSame(whole.subarray(0, end), dialect, plain, native);
  });

  it("keeps names apart and finds them again however many there are", () => {
    const native = fast(2);
    const names = Array.from({ length: 50_000 }, (_, i) => `${"x".repeat(i % 23)}n${i}`);
    const ids = names.map((name) => native.internText(name));
    expect(ids).toEqual(names.map((_, i) => i));
    expect(names.map((name) => native.internText(name))).toEqual(ids);
    expect(names.map((name) => native.find(name))).toEqual(ids);
    expect(ids.map((id) => native.name(id))).toEqual(names);
    expect([native.find("none"), native.find("")]).toEqual([-1, -1]);
    expect(native.internText("")).toBe(names.length);
    expect(native.name(names.length)).toBe("");
  });

  it("gives the names in one piece, from which another table gets the same ids", () => {
    const native = fast(2);
    for (const name of ["alpha", "", "b", "\xe9t\xe9", "a".repeat(300)]) native.internText(name);
    native.internText("later");
    const names = namesOf(native, 5);
    expect(names).toEqual(namesOf({ ...native, native: undefined } as unknown as Interner, 5));
    for (const other of [fast(2), createInterner()]) {
      internNames(other, names);
      expect(Array.from({ length: other.size() }, (_, id) => other.name(id))).toEqual(["alpha", "", "b", "\xe9t\xe9", "a".repeat(300)]);
      expect(other.find("b")).toBe(2);
    }
  });

  it("leaves a stream as it is while names are added, although the memory grows", () => {
    const native = fast(2);
    const stream = createStream();
    scan(Buffer.from("alpha beta { gamma }"), native, stream);
    const { values, kinds } = stream;
    for (let i = 0; i < 200_000; i++) native.internText(`a_rather_long_name_that_takes_room_${i}`);
    expect(kinds.length).toBeGreaterThan(0);
    expect([values[0], values[1], values[3]].map((id) => native.name(id as number))).toEqual(["alpha", "beta", "gamma"]);
  });

  it("takes a file of some megabytes behind small ones, and small ones behind it", () => {
    const [plain, native] = [createInterner(), fast()];
    const line = "int lib::value_of(int a) { return a->b.c + 1'000; } // comment\n";
    for (const bytes of ["int a;", line.repeat(40_000), "int b;"].map((content) => Buffer.from(content))) {
      const [here, there] = [createStream(), createStream()];
      scan(bytes, plain, here);
      scan(bytes, native, there);
      expect(there.count).toBe(here.count);
      expect(Buffer.from(there.ends.slice(0, here.count).buffer).equals(Buffer.from(here.ends.slice(0, here.count).buffer))).toBe(true);
    }
  });

  it("gives the same tokens of runs of numbers, long or broken, one behind the other", () => {
    const [plain, native] = [createInterner(), fast()];
    const pieces = [4095, 4096, 4097, 9000].flatMap((count) => [`${numbers(count)}, `, `{ ${numbers(count)} };`, `${numbers(count)} -`]);
    for (const before of ["1", "a,", "1, 2,", ","]) {
      for (const piece of pieces) expectSame(Buffer.from(`${before} ${piece} 5, 6, ${piece}\n#define X ${piece}\n7`), "c", plain, native);
    }
  });

  it("is replaced by the plain one where its module is missing, as beside these sources", () => {
    expect(createNative(2)).toBeUndefined();
    expect(createFastInterner().native).toBeUndefined();
  });
});
