/** Owns the names of source files in the head of a line table (DWARF 5, section 6.2.4). */
import { FORM } from "./constants.js";
import { type Cursor, cursorAt, readOffset, readText, readU16, readU32, readU8, readUleb, refuseAt, skipLeb, take } from "./cursor.js";
import type { Debug } from "./debug.js";
import { skipForm } from "./forms.js";
import { textAt } from "./texts.js";
import type { Unit } from "./units.js";

/** Paths by number; undefined where the table has a gap. */
export type FileTable = readonly (string | undefined)[];

const LNCT_PATH = 1;
const LNCT_DIRECTORY = 2;

/** The files of the line table at an offset of `.debug_line`. */
export function fileTable(debug: Debug, unit: Unit, offset: number): FileTable {
  const known = debug.files.get(offset);
  if (known !== undefined) return known;
  const table = readTable(debug, unit, offset);
  debug.files.set(offset, table);
  return table;
}

function readTable(debug: Debug, unit: Unit, offset: number): FileTable {
  const source = debug.sections.section("line");
  if (offset >= source.bytes.length) refuseAt(source, "DW_AT_stmt_list", offset, `the section ends at ${source.bytes.length}`);
  const cursor = cursorAt(source, offset);
  const long = readU32(cursor, "unit_length") === 0xffff_ffff;
  if (long) readOffset(cursor, 8, "unit_length");
  const offsetSize = long ? 8 : 4;
  const version = readU16(cursor, "version");
  if (version < 2 || version > 5) refuseAt(source, "version", cursor.at - 2, `line tables of version ${version} are not read`);
  if (version === 5) take(cursor, 2, "address_size");
  readOffset(cursor, offsetSize, "header_length");
  take(cursor, version >= 4 ? 5 : 4, "minimum_instruction_length");
  const opcodes = readU8(cursor, "opcode_base");
  take(cursor, Math.max(0, opcodes - 1), "standard_opcode_lengths");
  return version === 5 ? newTable(debug, { ...unit, version, offsetSize }, cursor) : oldTable(cursor);
}

/** DWARF 2 to 4: texts in place; directory 0 is that of the compilation, and files count from 1. */
function oldTable(cursor: Cursor): FileTable {
  const directories = [""];
  for (let name = readText(cursor, "directory"); name !== ""; name = readText(cursor, "directory")) directories.push(name);
  const files: (string | undefined)[] = [undefined];
  for (let name = readText(cursor, "file"); name !== ""; name = readText(cursor, "file")) {
    const directory = readUleb(cursor, "directory of a file");
    skipLeb(cursor, "time");
    skipLeb(cursor, "length");
    files.push(join(directories[directory] ?? "", name));
  }
  return files;
}

interface Column {
  readonly kind: number;
  readonly form: number;
}

/** DWARF 5: each table says first what its rows hold; directory 0 is that of the compilation. */
function newTable(debug: Debug, unit: Unit, cursor: Cursor): FileTable {
  const directories = rows(debug, unit, cursor).map(({ path }, index) => (index === 0 ? "" : path));
  return rows(debug, unit, cursor).map(({ path, directory }) => join(directories[directory] ?? "", path));
}

interface Row {
  readonly path: string;
  readonly directory: number;
}

function rows(debug: Debug, unit: Unit, cursor: Cursor): Row[] {
  const columns: Column[] = Array.from({ length: readU8(cursor, "entry format count") }, () => ({
    kind: readUleb(cursor, "content type"),
    form: readUleb(cursor, "form"),
  }));
  const at = cursor.at;
  const count = readUleb(cursor, "entry count");
  if (count > cursor.end - at) refuseAt(cursor.source, "entry count", at, `${count} entries do not fit`);
  return Array.from({ length: count }, () => row(debug, unit, cursor, columns));
}

function row(debug: Debug, unit: Unit, cursor: Cursor, columns: readonly Column[]): Row {
  let path = "";
  let directory = 0;
  for (const { kind, form } of columns) {
    const { at } = cursor;
    checkForm(cursor, form);
    skipForm(cursor, form, unit);
    const value = cursorAt(cursor.source, at);
    if (kind === LNCT_PATH) path = textAt(debug.texts, unit, value, form) ?? "";
    if (kind === LNCT_DIRECTORY) directory = directoryOf(value, form);
  }
  return { path, directory };
}

function directoryOf(cursor: Cursor, form: number): number {
  if (form === FORM.data1) return readU8(cursor, "directory of a file");
  return form === FORM.data2 ? readU16(cursor, "directory of a file") : readUleb(cursor, "directory of a file");
}

const FORMS = new Set<number>([
  FORM.string,
  FORM.lineStrp,
  FORM.strp,
  FORM.strx,
  FORM.strx1,
  FORM.strx2,
  FORM.strx3,
  FORM.strx4,
  FORM.udata,
  FORM.data1,
  FORM.data2,
  FORM.data4,
  FORM.data8,
  FORM.data16,
  FORM.block,
]);

function checkForm(cursor: Cursor, form: number): void {
  if (!FORMS.has(form)) refuseAt(cursor.source, "form", cursor.at, `form 0x${form.toString(16)} is not known in a line table`);
}

function join(directory: string, name: string): string {
  return directory === "" || name.startsWith("/") ? name : `${directory}/${name}`;
}
