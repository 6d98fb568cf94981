/** Owns the comparison of `.llvm_addrsig`: the symbols whose address counts, as ULEB128 indexes (LLVM's Extensions, "SHT_LLVM_ADDRSIG"). */
import { type Comparison, differOutside } from "./comparison.js";
import type { ProofObject } from "./proof-object.js";
import { sectionKind } from "./section-kinds.js";

export function compareAddressSignificance(comparison: Comparison): void {
  const { before, after, symbols } = comparison;
  const left = significant(before).map((index) => symbols.ofBefore.get(index) ?? -index);
  const right = new Set(significant(after));
  const named = new Set(symbols.ofBefore.values());
  const same =
    left.every((index) => index <= 0 || right.has(index)) && [...right].every((index) => !named.has(index) || left.includes(index));
  if (!same || left.length !== right.size)
    differOutside(comparison, "section", ".llvm_addrsig", "other symbols have an address that counts");
}

function significant(object: ProofObject): number[] {
  const bytes = object.sections.find((section) => sectionKind(section) === "address-significance")?.bytes ?? Buffer.alloc(0);
  const found: number[] = [];
  for (let at = 0; at < bytes.length;) {
    let value = 0;
    let shift = 0;
    let byte = 0;
    do {
      byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while ((byte & 0x80) !== 0);
    found.push(value);
  }
  return found;
}
