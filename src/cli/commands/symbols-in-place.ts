/** Owns the list of all symbols in the order of their tables, written as objects are read, as bytes: it is to be as fast as `nm`. */
import { SYMBOL_CLASSES, className } from "../../objects/classes.js";
import { kindOf } from "../../objects/list-symbols.js";
import type { ObjectFile, SymbolClass } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import { symbolSize, symbolType, symbolValue } from "../../objects/symbols.js";
import { type ByteLines, createLines, putColumns, putName, putText } from "../../report/symbol-lines.js";
import { columnsOf } from "../../report/symbols.js";
import { printable } from "../../support/style.js";
import { objectNamer } from "./object-names.js";
import { type ShownNames, createShownNames, findShown } from "./shown-names.js";

export interface InPlace {
  readonly classes: ReadonlySet<SymbolClass>;
  readonly mangled: boolean;
  readonly top: number;
}

/** Length of the pieces that are written at once. */
const PIECE = 0x4_0000;

/** Writes each object's name and its symbols, the first `top` of all. */
export function printInPlace(files: readonly string[], { classes, mangled, top }: InPlace): void {
  const wanted = SYMBOL_CLASSES.map((name) => classes.has(name));
  const names = createShownNames(mangled);
  const lines = createLines((code, type) => columnsOf(className(code), kindOf(type)));
  let left = top;
  let first = true;
  for (const file of files) {
    const nameObject = objectNamer();
    for (const object of objectsOf(file, undefined, { inPassing: true })) {
      const before = lines.length;
      putText(lines, `${first ? "" : "\n"}${printable(nameObject(object.place).shown)}:\n`);
      const count = putObject(lines, object, { wanted, names, most: left });
      if (count === 0) lines.length = before;
      else first = false;
      left -= count;
      if (lines.length > PIECE) flush(lines);
      if (left === 0) return flush(lines);
    }
  }
  flush(lines);
}

function flush(lines: ByteLines): void {
  process.stdout.write(Buffer.from(lines.bytes.subarray(0, lines.length)));
  lines.length = 0;
}

interface Wanted {
  readonly wanted: readonly boolean[];
  readonly names: ShownNames;
  readonly most: number;
}

/** The lines of one object; how many there are. */
function putObject(lines: ByteLines, object: ObjectFile, { wanted, names, most }: Wanted): number {
  const { symbols } = object;
  let count = 0;
  for (let index = 1; index < symbols.count && count < most; index++) {
    const code = symbols.classes[index] ?? 0;
    if (wanted[code] !== true) continue;
    putColumns(lines, symbolValue(symbols, index), symbolSize(symbols, index), code, symbolType(symbols, index));
    const { bytes, first, last } = findShown(names, object, index);
    putName(lines, bytes, first, last);
    count++;
  }
  return count;
}
