/** Owns the header of COFF objects, plain and big, and the refusal of what looks like one. */
import { type CoffHeader, MACHINES } from "./coff-layout.js";
import { type View, records, refuse, slice } from "./view.js";

const BIG_HEADER = 56;
const PLAIN_HEADER = 20;
/** Class identifiers of anonymous objects: big objects, and those of the compiler's /GL. */
const BIG_CLASS = "c7a1bad1eebaa94baf20faf66aa4dcb8";
const WHOLE_PROGRAM_CLASS = "38fee30ca5d9ab4dac9bd6b6222653c2";

/** True for a member of an import library: four bytes like a big object's, version 0. */
export function isImport(view: View): boolean {
  const head = slice(view, 0, Math.min(view.size, 6), "COFF header");
  return head.length === 6 && head.readUInt32LE(0) === 0xffff_0000 && head.readUInt16LE(4) === 0;
}

export function readCoffHeader(view: View): CoffHeader {
  const head = slice(view, 0, 4, "COFF header");
  return head.readUInt32LE(0) === 0xffff_0000 ? bigHeader(view) : plainHeader(view);
}

function plainHeader(view: View): CoffHeader {
  const data = records(view, 0, 1, PLAIN_HEADER, "COFF header");
  const machine = data.getUint16(0, true);
  if (!MACHINES.has(machine)) refuse(view.place, "Machine", 0, `${machine} is no known processor`);
  return {
    machine,
    sectionCount: data.getUint16(2, true),
    symbols: data.getUint32(8, true),
    symbolCount: data.getUint32(12, true),
    sections: PLAIN_HEADER + data.getUint16(16, true),
    flags: data.getUint16(18, true),
    symbolEntry: 18,
  };
}

function bigHeader(view: View): CoffHeader {
  const data = records(view, 0, 1, 28, "COFF header");
  const kind = Buffer.from(data.buffer, data.byteOffset + 12, 16).toString("hex");
  if (kind === WHOLE_PROGRAM_CLASS) {
    const hint = "build without /GL (whole program optimization), and give those objects";
    refuse(view.place, "ClassID", 12, "an object of the compiler's /GL has no code yet, only the compiler's own notes", hint);
  }
  if (kind !== BIG_CLASS) refuse(view.place, "ClassID", 12, `an object of the unknown class ${kind}`, "give objects with code");
  const big = records(view, 0, 1, BIG_HEADER, "COFF header");
  const machine = big.getUint16(6, true);
  if (!MACHINES.has(machine)) refuse(view.place, "Machine", 6, `${machine} is no known processor`);
  return {
    machine,
    flags: 0,
    sectionCount: big.getUint32(44, true),
    symbols: big.getUint32(48, true),
    symbolCount: big.getUint32(52, true),
    sections: BIG_HEADER,
    symbolEntry: 20,
  };
}
