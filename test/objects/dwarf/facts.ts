/** Owns a layout as lines, in the words of the program that measures the same types. */
import type { TypeLayout } from "../../../src/objects/dwarf/layout.js";

export function factsOf(layouts: readonly TypeLayout[]): string[] {
  return layouts.flatMap((layout) => [
    `size ${layout.name} ${layout.size}`,
    ...layout.members.map(
      ({ name, unit, offset, size }) => `${unit === "bit" ? "bits" : "member"} ${layout.name} ${name} ${offset} ${size}`,
    ),
    ...layout.bases.map(({ name, virtual, offset }) => `${virtual ? "virtual" : "base"} ${layout.name} ${name} ${offset}`),
    ...layout.slots.map(({ name, index }) => `slot ${layout.name} ${name} ${index}`),
    ...layout.enumerators.map(({ name, value }) => `enumerator ${layout.name} ${name} ${value}`),
  ]);
}
