/** A short run of the fuzzer of the readers, and inputs that it found in earlier ones. */
import { describe, expect, it } from "vitest";

import { constantAt } from "../../src/objects/constants.js";
import { archiveMember, buildArchive } from "../objects/archive-builder.js";
import { fuzzObjects } from "./objects-fuzz.js";
import { builtElf, builtImport, objectSeeds } from "./objects-seeds.js";
import { checkObject } from "./objects-target.js";

describe("reading mutated objects and archives", () => {
  it("accepts or refuses with offset and field, and neither throws nor hangs, for 5,000 inputs", () => {
    const { figures, failure } = fuzzObjects({ seeds: objectSeeds(), inputs: 5_000, seed: 11 });
    expect(failure?.error).toBeUndefined();
    expect(figures.inputs).toBe(5_000);
    expect(figures.accepted).toBeGreaterThan(500);
    expect(figures.objects).toBeGreaterThan(1_500);
    expect(figures.refused.size).toBeGreaterThan(30);
  });

  it("gives the same figures for the same seed", () => {
    const request = { seeds: [builtElf(), builtImport()], inputs: 500, seed: 7 };
    const [one, two] = [fuzzObjects(request).figures, fuzzObjects(request).figures];
    expect({ ...two, largestRss: 0 }).toEqual({ ...one, largestRss: 0 });
  });

  it("takes its own seeds as they are", () => {
    for (const bytes of objectSeeds()) expect(checkObject(bytes).refused).toEqual([]);
  });

  it("does not count through entries of 2^60 bytes in a section of texts", () => {
    const section = { number: 1, type: 1, flags: 0x30, address: 0, size: 64, name: 0, start: 0, bytes: Buffer.alloc(64, 1) };
    expect(constantAt({ ...section, entrySize: 2 ** 60 }, 8)).toBe(64);
  });

  it("does not open archives within slices of universal members, which would multiply", () => {
    const inner = buildArchive([archiveMember("x.o/", builtElf())]);
    const slices = Array.from({ length: 42 }, () => inner);
    const outcome = checkObject(buildArchive([archiveMember("fat.o/", universalOf(slices))]));
    expect(outcome).toEqual({ objects: 0, symbols: 0, refused: ["magic"] });
  });
});

function universalOf(slices: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8 + slices.length * 20);
  header.writeUInt32BE(0xcafe_babe, 0);
  header.writeUInt32BE(slices.length, 4);
  let offset = header.length;
  for (const [index, slice] of slices.entries()) {
    header.writeUInt32BE(0x0100_000c, 8 + index * 20);
    header.writeUInt32BE(offset, 16 + index * 20);
    header.writeUInt32BE(slice.length, 20 + index * 20);
    offset += slice.length;
  }
  return Buffer.concat([header, ...slices]);
}
