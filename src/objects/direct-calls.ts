/**
 * Owns calls within one section that assemblers resolve by themselves, without a relocation: x86's `call rel32` (opcode
 * E8) and AArch64's `bl` (imm26). A place counts only where it leads exactly to the start of a function.
 */
import { sectionAt } from "./sections.js";
import type { ObjectFile } from "./model.js";
import type { Extent, Functions, PlacedTarget } from "./targets.js";
import { EM_386, EM_AARCH64, EM_X86_64 } from "./processors.js";
import { slice } from "./view.js";

/** The functions of its own section that a function calls so. */
export function directCalls(object: ObjectFile, functions: Functions, { section, start, end }: Extent): PlacedTarget[] {
  const header = sectionAt(object.view, object.sections, section);
  const stop = Math.min(end, header.size);
  if (stop <= start) return [];
  const bytes = slice(object.view, header.offset, header.size, header.name);
  const starts = new Map((functions.get(section) ?? []).map((extent) => [extent.start, extent]));
  return [...callsIn(object.machine, bytes, start, stop)].flatMap(([at, to]) => {
    const callee = starts.get(to);
    return callee === undefined ? [] : [{ name: callee.name, section, offset: to, isLocal: callee.isLocal, at }];
  });
}

/** Pairs of the operand's place and the place that it leads to. */
function* callsIn(machine: number, bytes: Buffer, start: number, end: number): Generator<readonly [number, number]> {
  if (machine === EM_X86_64 || machine === EM_386) {
    for (let at = start; at + 5 <= end; at++) {
      if (bytes[at] === 0xe8) yield [at + 1, at + 5 + bytes.readInt32LE(at + 1)];
    }
  } else if (machine === EM_AARCH64) {
    for (let at = start; at + 4 <= end; at += 4) {
      const word = bytes.readUInt32LE(at);
      if (word >>> 26 === 0x25) yield [at, at + (((word << 6) >> 6) << 2)];
    }
  }
}
