/** Owns what the proof reads of a relocatable object: sections with bytes and relocations, symbols, groups, each under its bare name. */
import type { ObjectFile, Section } from "../../objects/model.js";
import { type Relocations, addendAt, entryStart } from "../../objects/relocations.js";
import { sectionAt, sectionWords } from "../../objects/sections.js";
import { SYMBOL_ENTRY, sectionNumber, symbolName, symbolSize, symbolValue } from "../../objects/symbols.js";
import { readU64, refuse, slice } from "../../objects/view.js";
import type { BareNames } from "./bare-names.js";
import { SHT, isDebug } from "./section-kinds.js";

export interface ProofRelocation {
  readonly offset: number;
  readonly type: number;
  /** Index into `symbols`. */
  readonly symbol: number;
  readonly addend: number;
}

export interface ProofSection extends Section {
  readonly index: number;
  readonly bare: string;
  /** Null for one without bytes in the file (`.bss`). */
  readonly bytes: Buffer | null;
  readonly relocations: readonly ProofRelocation[];
  /** Index into `groups`, or -1. */
  readonly group: number;
}

export interface ProofSymbol {
  readonly index: number;
  readonly name: string;
  readonly bare: string;
  /** 0 local, 1 global, 2 weak, 10 unique. */
  readonly binding: number;
  /** 0 none, 1 object, 2 function, 3 section, 4 file, 6 thread-local … */
  readonly type: number;
  /** st_other: the visibility in its low two bits. */
  readonly other: number;
  /** Section index; 0 undefined, negative: absolute, common. */
  readonly section: number;
  readonly value: number;
  readonly size: number;
}

export interface ProofGroup {
  readonly bare: string;
  readonly flags: number;
  readonly members: readonly number[];
  readonly section: number;
}

export interface ProofObject {
  readonly file: ObjectFile;
  readonly machine: number;
  /** e_flags: the processor's own, such as the float ABI. */
  readonly flags: number;
  readonly sections: readonly ProofSection[];
  readonly symbols: readonly ProofSymbol[];
  readonly groups: readonly ProofGroup[];
}

/** Reads a 64-bit little-endian ELF object; refuses an executable or a shared library, whose code is laid out already. */
export function proofObject(file: ObjectFile, bare: BareNames): ProofObject {
  if (file.format !== "elf" || file.bits !== 64 || !file.littleEndian)
    refuse(
      file.place,
      "magic",
      0,
      "the proof compares 64-bit little-endian ELF",
      "give objects of such a target, as x86-64, aarch64 or riscv64",
    );
  if (file.kind !== "relocatable")
    refuse(file.place, "e_type", 16, `an ${file.kind} file, already linked`, "give the objects or the static archive it is linked from");
  const symbols = Array.from({ length: file.symbols.count }, (_, index) => symbolOf(file, index, bare));
  const headers = Array.from({ length: file.sections.count }, (_, index) => sectionAt(file.view, file.sections, index));
  const groups = headers.flatMap((header, index) =>
    header.type === SHT.group ? [groupOf(file, header, index, symbols, headers, bare)] : [],
  );
  const groupOfSection = new Map(groups.flatMap((group, index) => group.members.map((member) => [member, index] as const)));
  const relocations = file.relocations();
  const sections = headers.map((header, index) =>
    Object.assign(header, {
      index,
      bare: bare.symbol(header.name),
      bytes: header.type === SHT.nobits || header.type === SHT.none ? null : slice(file.view, header.offset, header.size, header.name),
      relocations: isDebug(header.name) ? [] : relocationsIn(file, relocations, index),
      group: groupOfSection.get(index) ?? -1,
    }),
  );
  return { file, machine: file.machine, flags: file.flags, sections, symbols, groups };
}

function symbolOf(file: ObjectFile, index: number, bare: BareNames): ProofSymbol {
  const { symbols } = file;
  const name = symbolName(symbols, index);
  const info = symbols.entries.getUint8(index * SYMBOL_ENTRY + 4);
  return {
    index,
    name,
    bare: bare.symbol(name),
    binding: info >> 4,
    type: info & 15,
    other: symbols.entries.getUint8(index * SYMBOL_ENTRY + 5),
    section: sectionNumber(symbols, index),
    value: symbolValue(symbols, index),
    size: symbolSize(symbols, index),
  };
}

function groupOf(
  file: ObjectFile,
  header: Section,
  section: number,
  symbols: readonly ProofSymbol[],
  headers: readonly Section[],
  bare: BareNames,
): ProofGroup {
  const words = sectionWords(file.view, header);
  const signature = symbols[header.info];
  if (signature === undefined || words.byteLength < 4)
    return refuse(file.place, `sh_info of ${header.name}`, header.offset, "the group has no signature");
  const name = signature.name === "" ? (headers[signature.section]?.name ?? "") : signature.name;
  const members = Array.from({ length: words.byteLength / 4 - 1 }, (_, index) => words.getUint32(index * 4 + 4, true));
  return { bare: bare.symbol(name), flags: words.getUint32(0, true), members, section };
}

function relocationsIn(file: ObjectFile, tables: Relocations, section: number): ProofRelocation[] {
  const table = tables.get(section);
  if (table === undefined) return [];
  return Array.from({ length: table.count }, (_, index) => {
    const at = entryStart(table, index);
    const symbol = table.data.getUint32(at + 12, true);
    if (symbol >= file.symbols.count) refuse(file.place, "r_info", at, `symbol ${symbol} of ${file.symbols.count}`);
    return {
      offset: readU64(table.data, at),
      type: table.data.getUint32(at + 8, true),
      symbol,
      addend: addendAt(table.data, at),
    };
  });
}
