import { describe, expect, it } from "vitest";

import { typeLayouts } from "../../../src/objects/dwarf/type-layouts.js";
import type { ObjectFile } from "../../../src/objects/model.js";
import { objectsOf } from "../../../src/objects/open.js";
import { sectionContents } from "../../../src/objects/section-contents.js";
import { sectionNumber, symbolName, symbolValue } from "../../../src/objects/symbols.js";
import { sectionAt } from "../../../src/objects/sections.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { TYPES, USES, depotConstants } from "./depot.js";
import { factsOf } from "./facts.js";

const missing = await missingTools("clang++");
const folder = temporaryFolder();
let unit = 0;

const TARGETS = [
  "i386-linux-gnu",
  "arm-linux-gnueabihf",
  "mips-linux-gnu",
  "mips64-linux-gnuabi64",
  "powerpc-linux-gnu",
  "powerpc64-linux-gnu",
  "s390x-linux-gnu",
  "riscv32-linux-gnu",
  "x86_64-apple-darwin",
  "arm64-apple-macos",
  "x86_64-w64-mingw32",
  "i686-w64-mingw32",
];

/** The bytes of a variable of the object. */
function variable(object: ObjectFile, name: string, size: number): Buffer {
  for (let index = 1; index < object.symbols.count; index++) {
    if (symbolName(object.symbols, index).replace(/^_/, "") !== name) continue;
    const number = sectionNumber(object.symbols, index);
    const section = sectionAt(object.view, object.sections, number);
    const start = symbolValue(object.symbols, index) - section.address;
    return sectionContents(object, section).subarray(start, start + size);
  }
  throw new Error(`no ${name}`);
}

/** First bit and width of what is set, counted as DWARF does: from the first byte's lowest bit, on big-endian machines from its highest. */
function bitsSet(bytes: Buffer, littleEndian: boolean): [number, number] {
  const bits = [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> (littleEndian ? bit : 7 - bit)) & 1));
  return [bits.indexOf(1), bits.filter((bit) => bit === 1).length];
}

/** What the compiler put into the object's own data, in the words of `factsOf`. */
function measured(object: ObjectFile): string[] {
  const { numbers, bits } = depotConstants();
  const words = variable(object, "facts", numbers.length * 8);
  const read = (index: number): number => Number(object.littleEndian ? words.readBigInt64LE(index * 8) : words.readBigInt64BE(index * 8));
  const size = read(numbers.findIndex(({ what }) => what === "size depot::Bits"));
  return [
    ...numbers.map(({ what }, index) => `${what} ${read(index)}`),
    ...bits.map((name) => `bits depot::Bits ${name} ${bitsSet(variable(object, `only_${name}`, size), object.littleEndian).join(" ")}`),
  ];
}

describe.skipIf(missing.length > 0)(`layouts of types on other machines (needs ${missing.join(", ") || "clang++"})`, () => {
  for (const target of TARGETS) {
    for (const flags of ["-gdwarf-4", "-gdwarf-5", "-gdwarf-5 -gz"]) {
      it(`${target} ${flags}: say what sizeof and offsetof say`, async () => {
        const path = await compileObject({
          folder,
          name: `unit${unit++}.cc`,
          source: TYPES + USES + depotConstants().source,
          compiler: "clang++",
          flags: [`--target=${target}`, "-w", "-std=c++17", ...flags.split(" ")],
        });
        const [object] = [...objectsOf(path)];
        if (object === undefined) throw new Error("no object");
        const expected = measured(object);
        expect(expected.length).toBeGreaterThan(50);
        const facts = new Set(factsOf(typeLayouts(object).layouts).map((line) => line.replace(/^(member .*) \d+$/, "$1")));
        expect(expected.filter((line) => !facts.has(line))).toEqual([]);
      });
    }
  }
});
