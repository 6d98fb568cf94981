/**
 * Owns the fields that relocations patch, for formats whose addends lie in the patched bytes: what addend is there, and
 * which bits a linker writes.
 */

export interface Field {
  /** In bytes. */
  readonly size: number;
  readonly addend: (bytes: Buffer, at: number, littleEndian: boolean) => number;
  /** Sets the bits that a linker writes to 0. */
  readonly blank: (bytes: Buffer, at: number, littleEndian: boolean) => void;
}

/** The field of a relocation type; null for one that patches nothing, or that is not known here. */
export type FieldOf = (type: number) => Field | null;

export function signed(value: number, bits: number): number {
  return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
}

/** A number of 1, 2 or 4 bytes in two's complement. */
export function numberField(size: 1 | 2 | 4): Field {
  return {
    size,
    addend: (bytes, at, little) => (little ? bytes.readIntLE(at, size) : bytes.readIntBE(at, size)),
    blank: (bytes, at) => void bytes.fill(0, at, at + size),
  };
}

/** Eight bytes; beyond 2^53 the addend is inexact, and the same for the same bytes. */
export const NUMBER_64: Field = {
  size: 8,
  addend: (bytes, at, little) => Number(little ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at)),
  blank: (bytes, at) => void bytes.fill(0, at, at + 8),
};

export const NUMBER_8 = numberField(1);
export const NUMBER_16 = numberField(2);
export const NUMBER_32 = numberField(4);

/** Some bits of an instruction of four bytes. */
export function instructionField(mask: number, decode: (word: number) => number): Field {
  return {
    size: 4,
    addend: (bytes, at, little) => decode(little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
    blank: (bytes, at, little) => {
      if (little) bytes.writeUInt32LE((bytes.readUInt32LE(at) & ~mask) >>> 0, at);
      else bytes.writeUInt32BE((bytes.readUInt32BE(at) & ~mask) >>> 0, at);
    },
  };
}

/** Some bits of an instruction of two halves of two bytes; the first half is the upper one of the word. */
export function halvesField(mask: number, decode: (word: number) => number): Field {
  return {
    size: 4,
    addend: (bytes, at, little) => decode(readHalves(bytes, at, little)),
    blank: (bytes, at, little) => {
      const word = (readHalves(bytes, at, little) & ~mask) >>> 0;
      if (!little) return void bytes.writeUInt32BE(word, at);
      bytes.writeUInt16LE(word >>> 16, at);
      bytes.writeUInt16LE(word & 0xffff, at + 2);
    },
  };
}

function readHalves(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt16LE(at) * 0x1_0000 + bytes.readUInt16LE(at + 2) : bytes.readUInt32BE(at);
}

/** Some bits of an instruction of two bytes. */
export function halfField(mask: number, decode: (word: number) => number): Field {
  return {
    size: 2,
    addend: (bytes, at, little) => decode(little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    blank: (bytes, at, little) => {
      if (little) bytes.writeUInt16LE(bytes.readUInt16LE(at) & ~mask & 0xffff, at);
      else bytes.writeUInt16BE(bytes.readUInt16BE(at) & ~mask & 0xffff, at);
    },
  };
}

/** A table of types by field. */
export function fieldTable(rows: readonly (readonly [Field, readonly number[]])[], otherwise: Field | null = null): FieldOf {
  const fields = new Map(rows.flatMap(([field, types]) => types.map((type) => [type, field] as const)));
  return (type) => fields.get(type) ?? otherwise;
}
