/** Owns a tiny writer of ELF objects, for tests that need bytes no compiler gives. */

export interface BuiltSymbol {
  readonly name: string;
  /** 0 local, 1 global, 2 weak, 10 unique. */
  readonly binding: number;
  readonly type: number;
  readonly section: number;
  readonly size?: number;
}

/** An x86-64 object with sections null, .text (16 bytes), .symtab, .strtab, .shstrtab and the given symbols. */
export function buildElf(symbols: readonly BuiltSymbol[]): Buffer {
  const text = Buffer.alloc(16, 0x90);
  const names = Buffer.from(["", ...symbols.map(({ name }) => name), ""].join("\0"), "latin1");
  const table = Buffer.concat([Buffer.alloc(24), ...symbols.map((symbol) => symbolEntry(symbol, nameIndex(symbols, symbol)))]);
  const sectionNames = Buffer.from("\0.text\0.symtab\0.strtab\0.shstrtab\0");
  const parts = [text, table, names, sectionNames];
  const offsets = parts.map((_, index) => 64 + parts.slice(0, index).reduce((sum, part) => sum + part.length, 0));
  const headers = [
    Buffer.alloc(64),
    sectionHeader({ name: 1, type: 1, offset: offsets[0], size: text.length }),
    sectionHeader({ name: 7, type: 2, offset: offsets[1], size: table.length, link: 3, entry: 24 }),
    sectionHeader({ name: 15, type: 3, offset: offsets[2], size: names.length }),
    sectionHeader({ name: 23, type: 3, offset: offsets[3], size: sectionNames.length }),
  ];
  const body = Buffer.concat(parts);
  return Buffer.concat([fileHeader(64 + body.length, headers.length, 4), body, ...headers]);
}

function nameIndex(symbols: readonly BuiltSymbol[], symbol: BuiltSymbol): number {
  return 1 + symbols.slice(0, symbols.indexOf(symbol)).reduce((sum, { name }) => sum + Buffer.byteLength(name, "latin1") + 1, 0);
}

function symbolEntry({ binding, type, section, size = 0 }: BuiltSymbol, name: number): Buffer {
  const entry = Buffer.alloc(24);
  entry.writeUInt32LE(name, 0);
  entry.writeUInt8((binding << 4) | type, 4);
  entry.writeUInt16LE(section, 6);
  entry.writeBigUInt64LE(BigInt(size), 16);
  return entry;
}

interface HeaderFields {
  readonly name: number;
  readonly type: number;
  readonly offset: number | undefined;
  readonly size: number;
  readonly link?: number;
  readonly entry?: number;
}

function sectionHeader({ name, type, offset = 0, size, link = 0, entry = 0 }: HeaderFields): Buffer {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(name, 0);
  header.writeUInt32LE(type, 4);
  header.writeBigUInt64LE(BigInt(offset), 24);
  header.writeBigUInt64LE(BigInt(size), 32);
  header.writeUInt32LE(link, 40);
  header.writeBigUInt64LE(BigInt(entry), 56);
  return header;
}

function fileHeader(sectionOffset: number, sectionCount: number, nameSection: number): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", 0, "latin1");
  header.writeUInt16LE(1, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(sectionOffset), 40);
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(sectionCount, 60);
  header.writeUInt16LE(nameSection, 62);
  return header;
}
