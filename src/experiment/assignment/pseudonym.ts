/** Owns the name by which a unit's events are told together, and which says nothing about the unit. */
import { type SipKey, lastHash, sipHash, sipKeyOfHex } from "./sip-hash.js";
import { encodeInto, scratchBytes } from "./utf8-scratch.js";

const SALT_BYTES = 16;

/**
 * 32 hexadecimal digits: SipHash-2-4 keyed by the secret of `1 ‖ salt ‖ id`, then of `2 ‖ salt ‖ id`. Without the secret nobody can
 * try ids, and as salts differ, units of two experiments cannot be tied to each other.
 *
 * @param secret 32 hexadecimal digits, of the installation, or of the project for units that several devices share
 * @param salt the use case's, 32 hexadecimal digits
 */
export function pseudonymOf(secret: string, salt: string, unit: string): string {
  const key = sipKeyOfHex(secret);
  const length = encodeInto(unit, 1 + SALT_BYTES);
  scratchBytes().set(Buffer.from(salt, "hex"), 1);
  return half(key, 1, length) + half(key, 2, length);
}

function half(key: SipKey, number: number, length: number): string {
  const bytes = scratchBytes();
  bytes[0] = number;
  sipHash(key, bytes, length);
  return word(lastHash.high) + word(lastHash.low);
}

function word(value: number): string {
  return value.toString(16).padStart(8, "0");
}
