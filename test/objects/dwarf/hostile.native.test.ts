import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { typeLayouts } from "../../../src/objects/dwarf/type-layouts.js";
import type { TypeLayout } from "../../../src/objects/dwarf/layout.js";
import type { ObjectFile } from "../../../src/objects/model.js";
import { readObject } from "../../../src/objects/read-object.js";
import { sectionAt } from "../../../src/objects/sections.js";
import { viewOf } from "../../../src/objects/view.js";
import { UnforkError } from "../../../src/support/errors.js";
import { compileObject, missingTools } from "../../helpers/compile.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { END, type Shape, entry, reference, text, unitSource } from "./assembly.js";
import { TYPES, USES } from "./depot.js";

const missing = await missingTools("g++");
const noClang = await missingTools("clang++");
const folder = temporaryFolder();
let unit = 0;

const [UNIT, STRUCT, MEMBER, TYPEDEF, POINTER, FUNCTION, PARAMETER, NAMELESS, SPECIFIED, NAMESPACE, BASE, INHERITANCE] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
] as const;
const SHAPES: readonly Shape[] = [
  { tag: 0x11, children: true, attributes: [] },
  {
    tag: 0x13,
    children: true,
    attributes: [
      [3, 8],
      [0x0b, 0x0b],
    ],
  },
  {
    tag: 0x0d,
    children: false,
    attributes: [
      [3, 8],
      [0x49, 0x13],
      [0x38, 0x0b],
    ],
  },
  {
    tag: 0x16,
    children: false,
    attributes: [
      [3, 8],
      [0x49, 0x13],
    ],
  },
  { tag: 0x0f, children: false, attributes: [[0x49, 0x13]] },
  { tag: 0x15, children: true, attributes: [[0x49, 0x13]] },
  { tag: 0x05, children: false, attributes: [[0x49, 0x13]] },
  { tag: 0x13, children: true, attributes: [[0x0b, 0x0b]] },
  {
    tag: 0x13,
    children: true,
    attributes: [
      [0x47, 0x13],
      [0x0b, 0x0b],
    ],
  },
  { tag: 0x39, children: true, attributes: [[3, 8]] },
  {
    tag: 0x24,
    children: false,
    attributes: [
      [3, 8],
      [0x0b, 0x0b],
    ],
  },
  { tag: 0x1c, children: false, attributes: [[0x49, 0x13]] },
];

function objectOf(bytes: Buffer): ObjectFile {
  return readObject(viewOf(bytes, { file: "hostile.o", member: null }));
}

async function assembled(source: string): Promise<ObjectFile> {
  return objectOf(await readFile(await compileObject({ folder, name: `unit${unit++}.s`, source, compiler: "gcc" })));
}

async function layoutsOf(lines: readonly string[], shapes = SHAPES): Promise<readonly TypeLayout[]> {
  return typeLayouts(await assembled(unitSource(shapes, [entry("unit", UNIT), ...lines, END]))).layouts;
}

function member(name: string, type: string): string {
  return entry(`member${unit++}`, MEMBER, text(name), reference(type), ".byte 0");
}

function struct(label: string, name: string, ...members: readonly string[]): string[] {
  return [entry(label, STRUCT, text(name), ".byte 8"), ...members, END];
}

describe.skipIf(missing.length > 0)(`debug information that no compiler gives (needs ${missing.join(", ") || "g++"})`, () => {
  it("with types that refer to themselves comes to an end", async () => {
    const layouts = await layoutsOf([
      entry("loop", TYPEDEF, text("loop"), reference("loop")),
      entry("pointer", POINTER, reference("pointer")),
      entry("there", TYPEDEF, text("there"), reference("back")),
      entry("back", POINTER, reference("there")),
      ...struct("s", "s", member("a", "loop"), member("b", "pointer"), member("c", "there"), member("d", "s")),
    ]);
    expect(layouts.map(({ name, members }) => [name, members.map((one) => one.name).join("")])).toEqual([["s", "abcd"]]);
  });

  it("with definitions and bases in a circle comes to an end", async () => {
    const layouts = await layoutsOf([
      entry("one", SPECIFIED, reference("two"), ".byte 1"),
      END,
      entry("two", SPECIFIED, reference("one"), ".byte 1"),
      END,
      entry("left", STRUCT, text("left"), ".byte 8"),
      entry("i1", INHERITANCE, reference("right")),
      END,
      entry("right", STRUCT, text("right"), ".byte 8"),
      entry("i2", INHERITANCE, reference("left")),
      END,
    ]);
    expect(layouts.map(({ name, bases }) => `${name} : ${bases[0]?.name}`)).toEqual(["left : right", "right : left"]);
  });

  it("with function types that double forty times has a text that is cut", async () => {
    const functions = Array.from({ length: 40 }, (_, index) => [
      entry(`f${index}`, FUNCTION, reference("int")),
      entry(`p${index}`, PARAMETER, reference(`f${index + 1}`)),
      entry(`q${index}`, PARAMETER, reference(`f${index + 1}`)),
      END,
    ]);
    const base = entry("f40", BASE, text("int"), ".byte 4");
    const layouts = await layoutsOf([
      ...functions.flat(),
      base,
      entry("int", BASE, text("int"), ".byte 4"),
      ...struct("s", "s", member("f", "f0")),
    ]);
    expect(layouts[0]?.members[0]?.type.length).toBeLessThan(10_000);
  });

  it("with unnamed types that hold each other thirtyfold is refused", async () => {
    const levels = Array.from({ length: 11 }, (_, level) => [
      entry(`n${level}`, NAMELESS, ".byte 8"),
      ...Array.from({ length: 30 }, (_one, index) => member(`m${index}`, `n${level + 1}`)),
      END,
    ]);
    const last = [entry("n11", NAMELESS, ".byte 8"), END];
    await expect(layoutsOf([...levels.flat(), ...last, ...struct("s", "s", member("", "n0"))])).rejects.toThrow(
      /entries in \.debug_info at offset \d+: they refer to each other far more often/,
    );
  });

  it("with a sibling that leads back is refused", async () => {
    const shapes = SHAPES.with(FUNCTION - 1, { tag: 0x15, children: true, attributes: [[1, 0x13]] });
    await expect(layoutsOf([entry("f", FUNCTION, reference("unit")), END], shapes)).rejects.toThrow(
      /DW_AT_sibling in \.debug_info at offset 13: /,
    );
  });

  it("with hundreds of attributes in one entry, or of namespaces in each other, is refused", async () => {
    const many = { tag: 0x13, children: true, attributes: Array.from({ length: 300 }, (_, index) => [0x2000 + index, 0x19] as const) };
    await expect(layoutsOf([], [...SHAPES, many])).rejects.toThrow(/abbreviation in \.debug_abbrev at offset \d+: it has more than 256/);
    const deep = Array.from({ length: 300 }, (_, index) => entry(`deep${index}`, NAMESPACE, text("n")));
    await expect(layoutsOf([...deep, ...deep.map(() => END)])).rejects.toThrow(/more than 256 namespaces/);
  });

  it("with an unknown form, version or reference is refused with its field and offset", async () => {
    await expect(layoutsOf([], [...SHAPES, { tag: 1, children: false, attributes: [[3, 0x99]] }])).rejects.toThrow(
      /attribute form in \.debug_abbrev/,
    );
    await expect(layoutsOf(struct("s", "s", entry("m", MEMBER, text("m"), ".long 0x7fffffff", ".byte 0")))).rejects.toThrow(
      /reference in \.debug_info at offset 2147483647: it leads out of the unit/,
    );
    const source = unitSource(SHAPES, []).replace(".short 4", ".short 9");
    const object = await assembled(source);
    expect(() => typeLayouts(object)).toThrow(/version in \.debug_info at offset 4: DWARF 9 is not read/);
  });

  it("that unpacks to more than it can is refused", async () => {
    const path = await compileObject({ folder, name: "packed.cc", source: TYPES + USES, flags: ["-g", "-gz"] });
    const bytes = await readFile(path);
    const object = objectOf(bytes);
    for (let index = 1; index < object.sections.count; index++) {
      const section = sectionAt(object.view, object.sections, index);
      if (section.name === ".debug_info") bytes.writeBigUInt64LE(1n << 40n, section.offset + 8);
    }
    expect(() => typeLayouts(objectOf(bytes))).toThrow(/ch_size of \.debug_info at offset \d+: \d+ bytes cannot unpack to 1099511627776/);
  });

  const builds = ["g++ -gdwarf-5", "g++ -gdwarf-4 -fdebug-types-section", "g++ -g -gz", "clang++ -gdwarf-5 -fdebug-types-section"];
  for (const build of builds) {
    const [compiler = "", ...flags] = build.split(" ");
    it.skipIf(compiler === "clang++" && noClang.length > 0)(
      `of ${build} with bytes changed is read or refused, and never takes long`,
      async () => {
        const path = await compileObject({ folder, name: `unit${unit++}.cc`, source: TYPES + USES, compiler, flags });
        const bytes = await readFile(path);
        const { read, refused, longest } = mutateAll(bytes, 400);
        expect(read).toBeGreaterThan(5);
        expect(refused).toBeGreaterThan(100);
        expect(longest).toBeLessThan(2_000);
      },
    );
  }
});

interface Outcome {
  readonly read: number;
  readonly refused: number;
  /** Processor time of the slowest, in ms. */
  readonly longest: number;
}

function mutateAll(bytes: Buffer, times: number): Outcome {
  const ranges = debugRanges(objectOf(bytes));
  const below = dice(20);
  let [read, longest] = [0, 0];
  for (let time = 0; time < times; time++) {
    const before = process.cpuUsage();
    if (isRead(mutated(bytes, ranges, below))) read++;
    const { user, system } = process.cpuUsage(before);
    longest = Math.max(longest, (user + system) / 1_000);
  }
  return { read, refused: times - read, longest };
}

function debugRanges(object: ObjectFile): [start: number, size: number][] {
  return Array.from({ length: object.sections.count - 1 }, (_, index) => sectionAt(object.view, object.sections, index + 1))
    .filter(({ name, size }) => size > 0 && /debug_(?:info|abbrev|types|str|line|str_offsets|line_str)$/.test(name))
    .map(({ offset, size }) => [offset, size]);
}

/** Numbers that only depend on the seed. */
function dice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
}

function mutated(bytes: Buffer, ranges: readonly (readonly [number, number])[], below: (limit: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = 1 + below(5); count > 0; count--) {
    const [start, size] = ranges[below(ranges.length)] ?? [0, 1];
    const at = start + below(size);
    if (below(3) === 0) copy.copy(copy, at, start + below(size), start + size);
    else copy[at] = below(2) === 0 ? below(256) : (copy[at] ?? 0) ^ (1 << below(8));
  }
  return copy;
}

function isRead(bytes: Buffer): boolean {
  try {
    typeLayouts(objectOf(bytes));
    return true;
  } catch (error) {
    if (error instanceof UnforkError && error.code === "object-invalid" && / at offset \d+: /.test(error.message)) return false;
    throw error;
  }
}
