/** Owns string tables: names are decoded one by one, when asked for. */
import { type View, refuse, slice } from "./view.js";

export interface StringTable {
  readonly view: View;
  /** Where the table lies in the object, for messages. */
  readonly offset: number;
  readonly field: string;
  /** One character per byte. */
  readonly text: string;
  readonly ascii: boolean;
}

export function stringTable(view: View, offset: number, size: number, field: string): StringTable {
  const text = slice(view, offset, size, field).toString("latin1");
  return { view, offset, field, text, ascii: !hasHighBytes(text) };
}

/** The NUL-terminated name at an index; bytes that are no UTF-8 come out as `\xNN`, so that different bytes stay different. */
export function stringAt(table: StringTable, index: number): string {
  if (index === 0 && table.text.length === 0) return "";
  if (index >= table.text.length) {
    refuse(table.view.place, table.field, table.offset + index, `the table has only ${table.text.length} bytes`);
  }
  const end = table.text.indexOf("\0", index);
  if (end < 0) refuse(table.view.place, table.field, table.offset + index, "the name has no end");
  const name = table.text.slice(index, end);
  return table.ascii ? name : decode(name);
}

function hasHighBytes(text: string): boolean {
  return /[\u0080-\u00ff]/.test(text);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(name: string): string {
  if (!hasHighBytes(name)) return name;
  try {
    return utf8.decode(Buffer.from(name, "latin1"));
  } catch {
    return name.replaceAll(/[\u0080-\u00ff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
  }
}
