/** Owns how far a relocation's addend is from the place it points to: x86-64 counts from the end of a field of four bytes. */
import type { ProofObject, ProofRelocation } from "./proof-object.js";

const EM_X86_64 = 62;
/** x86-64's relocations relative to the end of a 4-byte field: PC32, PLT32, GOTPCREL, GOTPCRELX, REX_GOTPCRELX. */
const RELATIVE = new Set([2, 4, 9, 41, 42]);

export function biasOf(object: ProofObject, relocation: ProofRelocation): number {
  return object.machine === EM_X86_64 && RELATIVE.has(relocation.type) ? 4 : 0;
}
