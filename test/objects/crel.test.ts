/** Compact relocations, as `llvm-mc --crel` of LLVM 22 writes them, against the plain ones that it writes of the same source. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

import { bodyDigest, bodyReader } from "../../src/objects/body.js";
import { compactRelocations } from "../../src/objects/crel.js";
import { definesGlobal } from "../../src/objects/classes.js";
import type { ObjectFile, Section } from "../../src/objects/model.js";
import { addendAt } from "../../src/objects/relocations.js";
import { sectionAt } from "../../src/objects/sections.js";
import { symbolName } from "../../src/objects/symbols.js";
import { viewOf } from "../../src/objects/view.js";
import { readBytes } from "./read-all.js";

function fixture(name: string): ObjectFile {
  return readBytes(readFileSync(fileURLToPath(new URL(`../fixtures/objects/crel/${name}.elf`, import.meta.url))));
}

/** By patched section: offset, type, symbol and addend of each entry. */
function relocationsOf(object: ObjectFile): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (let section = 1; section < object.sections.count; section++) {
    const table = object.relocations().get(section);
    if (table === undefined) continue;
    found[sectionAt(object.view, object.sections, section).name] = Array.from({ length: table.count }, (_, index) => {
      const at = index * 24;
      const name = symbolName(object.symbols, table.data.getUint32(at + 12, true));
      return `${table.data.getUint32(at, true)} ${table.data.getUint32(at + 8, true)} ${name} ${addendAt(table.data, at)}`;
    });
  }
  return found;
}

function bodiesOf(object: ObjectFile): Record<string, string> {
  const reader = bodyReader(object);
  const indexes = Array.from(object.symbols.classes.keys()).filter(
    (index) => index > 0 && definesGlobal(object.symbols.classes[index] ?? 9),
  );
  return Object.fromEntries(indexes.map((index) => [symbolName(object.symbols, index), bodyDigest(reader, index)]));
}

function decoded(bytes: readonly number[], bits: 32 | 64 = 64): (string | number)[][] {
  const view = viewOf(Buffer.from(bytes), { file: "x.o", member: null });
  const section = { name: ".crel.text", offset: 0, size: bytes.length } as Section;
  const { data } = compactRelocations(view, section, bits);
  return Array.from({ length: data.byteLength / 24 }, (_, index) => {
    const at = index * 24;
    return [String(data.getBigUint64(at, true)), data.getUint32(at + 8, true), data.getUint32(at + 12, true), addendAt(data, at)];
  });
}

describe("compact relocations", () => {
  it("are those of the plain table, and give the same bodies", () => {
    const [plain, compact] = [fixture("plain"), fixture("crel")];
    const relocations = relocationsOf(compact);
    expect(Object.keys(relocations)).toEqual([".text", ".text._ZN3dep3runEi", ".rodata._ZN3dep3runEi", ".eh_frame"]);
    expect(relocations).toEqual(relocationsOf(plain));
    expect(bodiesOf(compact)).toEqual(bodiesOf(plain));
    expect(Object.keys(bodiesOf(compact))).toHaveLength(3);
  });

  it("step back, over long ways and by scaled offsets", () => {
    // Two entries without addends; the offset in units of four: 4 × (1 + (2 << 5)), then 4 steps of -1 in 64 bits.
    const back = [...Array.from({ length: 8 }, () => 0xff), 0x7f];
    const entries = [0b0010_010, 0x84 | 0b11, 2, 5, 2];
    expect(decoded(entries.concat([0xfc, ...back])).map(([, ...rest]) => rest)).toEqual([
      [2, 5, 0],
      [2, 5, 0],
    ]);
    expect(decoded(entries.concat([0x00]))[0]?.[0]).toBe(String(4 * (1 + (2 << 5))));
  });

  it.each([
    [[0x0c], /the entries end early/],
    [[0xf8, 0x01], /31 entries are announced in 2 bytes/],
    [Array.from({ length: 12 }, () => 0x80), /longer than 64 bits/],
  ])("are refused where %j is damaged", (bytes, problem) => {
    expect(() => decoded(bytes)).toThrow(problem);
  });
});
