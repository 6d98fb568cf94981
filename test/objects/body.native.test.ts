import { describe, expect, it } from "vitest";

import { bodyDigest, bodyReader } from "../../src/objects/body.js";
import { symbolName } from "../../src/objects/symbols.js";
import { objectsOf } from "../../src/objects/open.js";
import { type Compilation, compileObject, missingTools } from "../helpers/compile.js";
import { temporaryFolder } from "../helpers/temp.js";

const missing = await missingTools("g++");
const folder = temporaryFolder();
let unit = 0;

/** The digest of `symbol` in a source compiled on its own. */
async function digestOf(source: string, symbol: string, options: Partial<Compilation> = {}): Promise<string> {
  const path = await compileObject({ folder, name: `unit${unit++}.cc`, source, ...options });
  for (const object of objectsOf(path)) {
    for (let index = 1; index < object.symbols.count; index++) {
      if (symbolName(object.symbols, index) === symbol) return bodyDigest(bodyReader(object), index);
    }
  }
  throw new Error(`no ${symbol}`);
}

const USE = "int use(int x) { return f(x); }";

function codeSource(value: number): string {
  return `__attribute__((noinline)) inline int f(int x) { return x + ${value}; }${USE}`;
}

function callSource(name: string): string {
  return `int ${name}(int); inline int f(int x) { return ${name}(x); }${USE}`;
}

function textSource(text: string): string {
  return `inline const char* f(int) { return "${text}"; } const char* use(int x) { return f(x); }`;
}

function vtableSource(more: string): string {
  return `struct S { virtual int a() { return 1; } ${more} }; S* make() { return new S; }`;
}

describe.skipIf(missing.length > 0)(`digests of bodies (needs ${missing.join(", ") || "g++"})`, () => {
  it.each(["-O0", "-O2"])("agree for one inline function in two different units at %s", async (level) => {
    const inline = "int g(int); __attribute__((noinline)) inline int f(int x) { return g(x) + 3; }";
    const one = await digestOf(`${inline}${USE}`, "_Z1fi", { flags: [level] });
    const other = await digestOf(`int more(int a) { return a * a; } ${inline}${USE} int last() { return f(9); }`, "_Z1fi", {
      flags: [level],
    });
    expect(other).toBe(one);
  });

  it("differ when only a constant in the code differs", async () => {
    expect(await digestOf(codeSource(1), "_Z1fi")).not.toBe(await digestOf(codeSource(2), "_Z1fi"));
  });

  it("differ when only the called function differs, whose bytes in the code are the same", async () => {
    expect(await digestOf(callSource("aa"), "_Z1fi")).not.toBe(await digestOf(callSource("bb"), "_Z1fi"));
  });

  it("differ when only the text of a string differs", async () => {
    expect(await digestOf(textSource("one"), "_Z1fi")).not.toBe(await digestOf(textSource("two"), "_Z1fi"));
  });

  it("agree when a string only lies elsewhere", async () => {
    const inline = 'inline const char* f(int) { return "text"; } const char* use(int x) { return f(x); }';
    const other = `const char* before() { return "another text"; } ${inline}`;
    expect(await digestOf(other, "_Z1fi")).toBe(await digestOf(inline, "_Z1fi"));
  });

  it("agree for a vtable and differ when a virtual is added", async () => {
    const plain = await digestOf(vtableSource(""), "_ZTV1S");
    expect(await digestOf(`int x = 4; ${vtableSource("")}`, "_ZTV1S")).toBe(plain);
    expect(await digestOf(vtableSource("virtual int b() { return 2; }"), "_ZTV1S")).not.toBe(plain);
  });

  it("differ for zero data of different sizes", async () => {
    expect(await digestOf("int data[2];", "data")).not.toBe(await digestOf("int data[3];", "data"));
  });

  it("differ for variables with different start values", async () => {
    expect(await digestOf("inline int v = 1; int* p = &v;", "v", { flags: ["-std=c++17"] })).not.toBe(
      await digestOf("inline int v = 2; int* p = &v;", "v", { flags: ["-std=c++17"] }),
    );
  });
});
