/** Owns a writer of debug information in assembler, for entries that no compiler gives. */

/** Tag and attributes, each a number and a form; with children or without. */
export interface Shape {
  readonly tag: number;
  readonly children: boolean;
  readonly attributes: readonly (readonly [attribute: number, form: number])[];
}

/** A compile unit of DWARF 4 whose entries are assembler lines; entry `n` of `shapes` has abbreviation code n + 1. */
export function unitSource(shapes: readonly Shape[], lines: readonly string[]): string {
  const table = shapes.flatMap(({ tag, children, attributes }, index) => [
    `.uleb128 ${index + 1}, ${tag}`,
    `.byte ${children ? 1 : 0}`,
    ...attributes.map(([attribute, form]) => `.uleb128 ${attribute}, ${form}`),
    ".uleb128 0, 0",
  ]);
  return [
    '.section .debug_abbrev,"",@progbits',
    ".Labbrev:",
    ...table,
    ".byte 0",
    '.section .debug_info,"",@progbits',
    ".Lstart:",
    ".long .Lend - .Lbegin",
    ".Lbegin:",
    ".short 4",
    ".long .Labbrev",
    ".byte 8",
    ...lines,
    ".Lend:",
    "",
  ].join("\n");
}

/** An entry with this abbreviation code; values are assembler lines. */
export function entry(label: string, code: number, ...values: readonly string[]): string {
  return [`.L${label}:`, `.uleb128 ${code}`, ...values].join("\n");
}

export function text(value: string): string {
  return `.asciz "${value}"`;
}

/** A reference (DW_FORM_ref4) to the entry with this label. */
export function reference(label: string): string {
  return `.long .L${label} - .Lstart`;
}

/** The end of a list of children. */
export const END = ".byte 0";
