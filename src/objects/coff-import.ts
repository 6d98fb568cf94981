/** Owns members of import libraries in the short form (Microsoft, "PE Format", "Import Library Format"). */
import { STRONG } from "./classes.js";
import { MACHINES } from "./coff-layout.js";
import { noGroups } from "./groups.js";
import type { ObjectFile } from "./model.js";
import { EM_AARCH64, EM_X86_64 } from "./processors.js";
import { NO_RELOCATIONS } from "./relocations.js";
import { SHT_PROGBITS, newHeaders, putHeader } from "./sections.js";
import { tableOfBytes } from "./strings.js";
import { newSymbols, putSize, putSymbol } from "./symbols.js";
import { type View, records, refuse, slice } from "./view.js";

const HEADER = 20;
const DATA = 1;

/** The symbols `__imp_X` and, unless X is data, `X`. Their body is the import itself: name and library. */
export function readImport(view: View): ObjectFile {
  const header = records(view, 0, 1, HEADER, "import header");
  const number = header.getUint16(6, true);
  const machine = MACHINES.get(number) ?? refuse(view.place, "Machine", 6, `${number} is no known processor`);
  const size = header.getUint32(12, true);
  const texts = slice(view, HEADER, size, "import names");
  const end = texts.indexOf(0);
  if (end < 0 || texts.indexOf(0, end + 1) < 0) refuse(view.place, "import names", HEADER, "the name of symbol or library has no end");
  const name = texts.subarray(0, end);
  const names: Buffer[] = [Buffer.concat([Buffer.from("__imp_"), name])];
  if ((header.getUint16(18, true) & 3) !== DATA) names.push(name);
  const bits = machine === EM_X86_64 || machine === EM_AARCH64 ? 64 : 32;
  return {
    place: view.place,
    format: "coff",
    bits,
    littleEndian: true,
    kind: "relocatable",
    machine,
    flags: 0,
    view,
    sections: oneSection(view, size),
    symbols: symbolsOf(view, names, size),
    relocations: () => NO_RELOCATIONS,
    groups: () => noGroups(2),
  };
}

function oneSection(view: View, size: number): ObjectFile["sections"] {
  const headers = newHeaders(1);
  putHeader(headers, 1, { name: 1, type: SHT_PROGBITS, flags: 0, address: 0, offset: HEADER, size, alignment: 1, entrySize: 0 });
  return { count: 2, headers, names: tableOfBytes(view.place, Buffer.from("\0.idata\0"), 0, "section names") };
}

function symbolsOf(view: View, names: readonly Buffer[], size: number): ObjectFile["symbols"] {
  const { entries, extended, classes } = newSymbols(names.length);
  let at = 1;
  for (const [index, name] of names.entries()) {
    putSymbol({ entries, extended, classes }, index + 1, { name: at, class: STRONG, type: index === 0 ? 1 : 2, section: 1, value: 0 });
    putSize({ entries }, index + 1, size);
    at += name.length + 1;
  }
  const nul = Buffer.alloc(1);
  const bytes = Buffer.concat([nul, ...names.flatMap((name) => [name, nul])]);
  return { count: names.length + 1, entries, extended, strings: tableOfBytes(view.place, bytes, HEADER, "import names"), classes };
}
