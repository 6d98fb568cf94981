/** Owns blocks of `Name: value` lines with folded continuations: heads of mails, DEP-3 fields. */

export interface Field {
  readonly name: string;
  /** Bytes (latin1): what follows the colon, then each continuation line with its leading space. */
  readonly lines: readonly string[];
}

export interface FieldBlock {
  readonly fields: readonly Field[];
  /** How many lines the block takes, the empty line behind it included. */
  readonly length: number;
}

const FIELD = /^([A-Za-z][A-Za-z0-9-]*):(?:[ \t]*)(.*)$/s;

/** The block that starts at line `at`; it ends at an empty line, or before a line that is neither field nor continuation. */
export function fieldBlock(lines: readonly string[], at: number): FieldBlock {
  const fields: { name: string; lines: string[] }[] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? "";
    const field = FIELD.exec(line);
    const last = fields.at(-1);
    if (line === "") return { fields, length: next + 1 - at };
    if (/^[ \t]/.test(line) && last !== undefined) last.lines.push(line);
    else if (field === null) break;
    else fields.push({ name: field[1] ?? "", lines: [field[2] ?? ""] });
  }
  return { fields, length: next - at };
}

/** The first field of a name, in any case. */
export function fieldNamed(fields: readonly Field[], ...names: readonly string[]): Field | undefined {
  return fields.find((field) => names.includes(field.name.toLowerCase()));
}

/** A value on one line, as mails fold it: the line's end and the space after it are one space. */
export function unfolded(field: Field): string {
  return field.lines
    .map((line, at) => (at === 0 ? line : ` ${line.slice(1)}`).trimEnd())
    .join("")
    .trim();
}

/** Adds a value to a name's list; names are the same in any case. */
export function addField(map: Map<string, string[]>, name: string, value: string): void {
  const key = [...map.keys()].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
  map.set(key, [...(map.get(key) ?? []), value]);
}
