/** Owns seeds with a payload that is wrong somewhere, or only unusual, signed all the same: two clients must judge them alike. */
import { sealEnvelope } from "../../../src/experiment/assignment/dsse.js";
import { seedText, signBase } from "../../../src/experiment/assignment/sign-seed.js";
import { BASE_TYPE, type Envelope, HALT_TYPE } from "../../../src/model/seed.js";
import { seededRandom } from "../../../src/support/random.js";
import { HALT, SIGNER, base, haltOf, useCase } from "./sample-seed.js";

/** What takes the place of a value, a key, a bracket. */
const ODD: readonly string[] = [
  "0 1 -1 -0 01 1.0 1e3 1E0 1000000 1000001 9007199254740991 9007199254740992 1e400 99999999999999999999",
  'null true false [] {} [[]] undefined NaN "" "a" "legacy" "latest" "treatment" "user" "house" "signer" "laptop-call" "__proto__" /**/1',
  String.raw`"\u0041" "\ud83d\ude00" "\ud83d" "\u0000" "\x" "é"`,
  '"2026-02-28T23:59:59.999Z" "2024-02-29T00:00:00.000Z" "2026-11-30T24:00:00.000Z" "2026-11-30T12:00:60.000Z"',
  '"2026-11-31T12:00:00.000Z" "2026-11-30T12:00:00Z" "1969-12-31T23:59:59.999Z"',
]
  .flatMap((texts) => texts.split(" "))
  .concat([128, 129].flatMap((length) => ["x", "é", "😀"].map((letter) => `"${letter.repeat(length)}"`)))
  .concat(["0", "F", "a"].flatMap((digit) => [31, 32, 64].map((length) => `"${digit.repeat(length)}"`)))
  .concat('"laptop call"', "\t1 ", '"\u0001"');

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+|[{}[\],:]/g;

/** So many seeds, the same ones for the same number. */
export function oddSeeds(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const whole = signBase(base({ useCases: { "laptop-call": useCase(), other: useCase({ unit: "call", arms: [] }) } }), [SIGNER]);
  const baseText = Buffer.from(whole.payload, "base64").toString();
  const haltText = JSON.stringify(haltOf(whole));
  return Array.from({ length: count }, () => {
    if (random() < 0.3) return seedText({ base: whole, halt: sealEnvelope(HALT_TYPE, edited(haltText, random), [HALT]) });
    if (random() < 0.15) return edited(seedText({ base: whole }), random);
    return seedText({ base: sealed(edited(baseText, random)) });
  });
}

function sealed(payload: string): Envelope {
  return sealEnvelope(BASE_TYPE, payload, [SIGNER]);
}

/** One or two tokens replaced, left out, doubled, or put beside another. */
function edited(text: string, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let result = text;
  for (let edits = random() < 0.7 ? 1 : 2; edits > 0; edits -= 1) {
    const token = pick([...result.matchAll(TOKEN)]);
    const before = result.slice(0, token.index);
    const after = result.slice(token.index + token[0].length);
    const kind = random();
    if (kind < 0.6) result = before + pick(ODD) + after;
    else if (kind < 0.7) result = before + after;
    else if (kind < 0.8) result = `${before}${token[0]}${pick([" ", "\n", "\u00a0", ",", "\u2028"])}${token[0]}${after}`;
    else if (kind < 0.9) result = before + pick([" ", "\n", "\t", "\r", "\u000b", "\ufeff"]) + token[0] + after;
    else result = before + doubled(token[0], pick(ODD)) + after;
  }
  return result;
}

/** A member more before this one. */
function doubled(token: string, odd: string): string {
  return token.startsWith('"') ? `${token}:${odd},${token}` : token;
}
