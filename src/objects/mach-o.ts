/** Owns the reading of one 64-bit Mach-O object from its bytes; its tables are translated into the model's layout. */
import { MACHINES, MACH_HEADER, LC_SEGMENT_64, LC_SYMTAB, architectureName } from "./mach-o-layout.js";
import { machRelocations } from "./mach-o-relocations.js";
import { type MachSection, readSegment, sectionTable } from "./mach-o-sections.js";
import { readMachSymbols } from "./mach-o-symbols.js";
import { noGroups } from "./groups.js";
import type { ObjectFile, ObjectKind } from "./model.js";
import { once } from "./once.js";
import { noSymbols } from "./symbols.js";
import { type View, records, refuse, slice } from "./view.js";

/** MH_OBJECT, MH_EXECUTE, MH_DYLIB, MH_BUNDLE, MH_KEXT_BUNDLE. */
const KINDS: Readonly<Record<number, ObjectKind>> = { 1: "relocatable", 2: "executable", 6: "shared", 8: "shared", 11: "relocatable" };

/** Throws `object-invalid` on anything else than a sound 64-bit little-endian Mach-O file. */
export function readMachO(view: View): ObjectFile {
  checkMagic(view);
  const header = records(view, 0, 1, MACH_HEADER, "Mach-O header");
  const cpu = header.getUint32(4, true);
  const type = header.getUint32(12, true);
  const kind =
    KINDS[type] ?? refuse(view.place, "filetype", 12, `${type} is no object, executable or library`, "give an object file or an archive");
  const { sections: list, symtab } = readCommands(view, header);
  const sections = sectionTable(view, list);
  const symbols = symtab === null ? noSymbols(view.place) : readMachSymbols(view, symtab, list, kind);
  const object = {
    place: view.place,
    format: "mach-o" as const,
    bits: 64 as const,
    littleEndian: true,
    kind,
    machine: MACHINES.get(cpu) ?? 0,
    flags: header.getUint32(24, true),
    view,
    sections,
    symbols,
  };
  return { ...object, relocations: once(() => machRelocations(object, list, cpu)), groups: once(() => noGroups(sections.count)) };
}

function checkMagic(view: View): void {
  const magic = slice(view, 0, Math.min(8, view.size), "magic");
  const hex = magic.subarray(0, 4).toString("hex");
  if (hex === "cffaedfe") return;
  const cpu = magic.length < 8 ? 0 : hex.startsWith("ce") ? magic.readUInt32LE(4) : magic.readUInt32BE(4);
  const words = hex.startsWith("ce") ? "32-bit" : "big-endian";
  const hint = "give the slice of a 64-bit target (arm64, x86_64); for a universal file: `lipo -extract`";
  refuse(view.place, "magic", 0, `a ${words} Mach-O file (${architectureName(cpu, 0)}); only 64-bit little-endian Mach-O is read`, hint);
}

/** What the load commands say. */
interface Commands {
  readonly sections: MachSection[];
  /** The symbol table's command as it lies in the file. */
  symtab: DataView | null;
}

function readCommands(view: View, header: DataView): Commands {
  const count = header.getUint32(16, true);
  const size = header.getUint32(20, true);
  const commands = records(view, MACH_HEADER, size, 1, "load commands");
  const found: Commands = { sections: [], symtab: null };
  let at = 0;
  for (let index = 0; index < count; index++) {
    const place = MACH_HEADER + at;
    if (at + 8 > size) refuse(view.place, "ncmds", 16, `${count} load commands do not fit into ${size} bytes`);
    const length = commands.getUint32(at + 4, true);
    if (length < 8 || at + length > size) refuse(view.place, "cmdsize", place + 4, `${length} bytes, but ${size - at} are left`);
    readCommand(view, new DataView(commands.buffer, commands.byteOffset + at, length), place, found);
    at += length;
  }
  return found;
}

function readCommand(view: View, command: DataView, place: number, found: Commands): void {
  const type = command.getUint32(0, true);
  if (type === LC_SEGMENT_64) found.sections.push(...readSegment(view, command, place));
  if (type !== LC_SYMTAB) return;
  if (command.byteLength < 24) refuse(view.place, "LC_SYMTAB", place, `${command.byteLength} bytes are too few`);
  if (found.symtab !== null) refuse(view.place, "LC_SYMTAB", place, "the file has two symbol tables");
  found.symtab = command;
}
