/** Every format and processor that clang can write: the readers against `readelf` and `llvm-readobj`, symbol by symbol. */
import { describe, expect, it } from "vitest";

import { bodyDigest, bodyReader } from "../../src/objects/body.js";
import type { ObjectFile } from "../../src/objects/model.js";
import { objectsOf } from "../../src/objects/open.js";
import { symbolName } from "../../src/objects/symbols.js";
import { compileObject, missingTools } from "../helpers/compile.js";
import { type ListedSymbol, readelfSymbols, readobjSymbols } from "../helpers/readobj.js";
import { temporaryFolder } from "../helpers/temp.js";
import { countsOf, symbolsOf } from "./read-all.js";
import { CPP_SOURCE, C_SOURCE, TARGETS, type Target, flagsFor } from "./targets.js";

const missing = await missingTools("clang", "clang++", "readelf", "llvm-readobj");

/** What our reader says, in the oracle's form. */
function listed(object: ObjectFile): ListedSymbol[] {
  return symbolsOf(object).map(({ name, class: code, section, value, size }) => ({
    name,
    class: code,
    section: section > 0 ? String(section) : section === 0 ? "UND" : section === -1 ? "ABS" : "COM",
    value,
    size: object.format === "elf" ? size : null,
  }));
}

function oracle(path: string, { format }: Target): Promise<ListedSymbol[]> {
  return format === "elf" ? readelfSymbols(path) : readobjSymbols(path);
}

function only(path: string): ObjectFile {
  const [object, ...more] = objectsOf(path);
  if (object === undefined || more.length > 0) throw new Error(`${path} is not one object`);
  return object;
}

describe.skipIf(missing.length > 0)(`objects of every format (needs ${missing.join(", ") || "clang, readelf, llvm-readobj"})`, () => {
  const folder = temporaryFolder();
  let unit = 0;

  async function compiled(target: Target, source: string, extension: string, level: string): Promise<string> {
    const name = `${target.triple}${unit++}.${extension}`;
    const flags = [...flagsFor(target), level, ...(extension === "cc" ? ["-std=c++17"] : [])];
    return compileObject({ folder, name, source, compiler: extension === "cc" ? "clang++" : "clang", flags });
  }

  it.each(TARGETS)("$triple: every symbol has the class, place and size that the other tools say", async (target) => {
    const paths = [
      await compiled(target, CPP_SOURCE, "cc", "-O1"),
      await compiled(target, C_SOURCE, "c", "-O0"),
      await compiled(target, CPP_SOURCE, "cc", "-O2"),
    ];
    for (const path of paths) {
      const object = only(path);
      expect(object).toMatchObject({ format: target.format, bits: target.bits, littleEndian: target.littleEndian, kind: "relocatable" });
      expect(listed(object)).toEqual(await oracle(path, target));
    }
    const counts = countsOf(paths[1] ?? "");
    expect(counts).toMatchObject({ common: 1, undefinedWeak: 1 });
    expect(counts.weak).toBeGreaterThan(0);
  });

  it.each(TARGETS)("$triple: a weak body is the same wherever it was laid out, and another when its source is", async (target) => {
    const digests = async (source: string): Promise<Map<string, string>> => digestsOf(only(await compiled(target, source, "cc", "-O2")));
    const plain = await digests(WEAK_SOURCE);
    const moved = await digests(`${OTHERS}${WEAK_SOURCE}`);
    const changed = await digests(
      WEAK_SOURCE.replace("several words", "other words").replace("+ 11", "+ 12").replace("outside(x)", "beyond(x)"),
    );
    const names = [...plain.keys()];
    expect(names).toHaveLength(4);
    for (const name of names) {
      expect([name, moved.get(name)]).toEqual([name, plain.get(name)]);
      if (!name.includes("steady")) expect([name, changed.get(name)]).not.toEqual([name, plain.get(name)]);
    }
  });
});

/** Four weak functions; `steady` is never changed. */
const WEAK_SOURCE = `
extern int outside(int); extern int beyond(int);
struct Kept { __attribute__((noinline)) static const char* words(int x) { return x > 3 ? "several words" : "few"; }
  __attribute__((noinline)) static int number(int x) { return x * x + 11; }
  __attribute__((noinline)) static int called(int x) { return outside(x) * 3; }
  __attribute__((noinline)) static int steady(int x) { return x % 3 ? number(x) : *words(x); } };
int use(int x) { return *Kept::words(x) + Kept::number(x) + Kept::called(x) + Kept::steady(x); }
`;

/** What lies before them in another unit. */
const OTHERS = `
static const char* volatile texts[] = { "one text", "another text that is longer" };
static int counter = 3; static double factors[] = { 1.5, 2.5 };
int before(int x) { counter += x; return texts[x & 1][0] + counter * (int)factors[x & 1]; }
`;

function digestsOf(object: ObjectFile): Map<string, string> {
  const reader = bodyReader(object);
  const digests = new Map<string, string>();
  for (const [position, symbol] of symbolsOf(object).entries()) {
    if (/(words|number|called|steady).*Kept|Kept.*(words|number|called|steady)/.test(symbol.name) && symbol.class === "weak")
      digests.set(symbolName(object.symbols, position + 1), bodyDigest(reader, position + 1));
  }
  return digests;
}
