/** Owns string tables: names are decoded one by one, when asked for. */
import { constants, isAscii } from "node:buffer";

import { type Place, type View, refuse, slice } from "./view.js";

export interface StringTable {
  readonly place: Place;
  /** Where the table lies in the object, for messages. */
  readonly offset: number;
  readonly field: string;
  readonly bytes: Buffer;
  /** One character per byte; made when first asked for. */
  text: string | undefined;
  ascii: boolean;
}

export function stringTable(view: View, offset: number, size: number, field: string): StringTable {
  return tableOfBytes(view.place, slice(view, offset, size, field), offset, field);
}

/** A table of bytes that do not lie in the object as they are. */
export function tableOfBytes(place: Place, bytes: Buffer, offset: number, field: string): StringTable {
  if (bytes.length > constants.MAX_STRING_LENGTH) refuse(place, field, offset, `${bytes.length} bytes are more than names can need`);
  return { place, offset, field, bytes, text: undefined, ascii: true };
}

/** The whole table, one character per byte. */
export function tableText(table: StringTable): string {
  if (table.text !== undefined) return table.text;
  table.ascii = isAscii(table.bytes);
  table.text = table.bytes.toString("latin1");
  return table.text;
}

/** The NUL-terminated name at an index; bytes that are no UTF-8 come out as `\xNN`, so that different bytes stay different. */
export function stringAt(table: StringTable, index: number): string {
  const text = tableText(table);
  if (index === 0 && text.length === 0) return "";
  if (index >= text.length) refuseIndex(table, index);
  const end = text.indexOf("\0", index);
  if (end < 0) refuse(table.place, table.field, table.offset + index, "the name has no end");
  const name = text.slice(index, end);
  return table.ascii ? name : decodeName(name);
}

export function refuseIndex(table: StringTable, index: number): never {
  return refuse(table.place, table.field, table.offset + index, `the table has only ${table.bytes.length} bytes`);
}

function hasHighBytes(text: string): boolean {
  return /[\u0080-\u00ff]/.test(text);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A name given one character per byte. */
export function decodeName(name: string): string {
  if (!hasHighBytes(name)) return name;
  try {
    return utf8.decode(Buffer.from(name, "latin1"));
  } catch {
    return name.replaceAll(/[\u0080-\u00ff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
  }
}
