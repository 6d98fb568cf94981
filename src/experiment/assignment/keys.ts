/** Owns keys of seeds: made, named, taken from text. */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";

import { type KeyRole, type TrustedKey, trustedKeySchema } from "../../model/seed.js";
import { UnforkError } from "../../support/errors.js";
import { sha256 } from "../../support/hash.js";
import { secretBytes } from "../../support/random.js";

/** As unfork writes it to a file of mode 0600. */
export const signingKeySchema = trustedKeySchema.extend({
  /** 32 raw bytes (the seed of RFC 8032) in base64. */
  privateKey: z.string().length(44),
});
export type SigningKey = z.infer<typeof signingKeySchema>;

/** PKCS#8 of Ed25519 up to the 32 bytes of the key (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** The first 32 hexadecimal digits of the SHA-256 of the 32 raw bytes. */
export function keyIdOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, "base64")).slice(0, 32);
}

/** A new key. */
export function generateKey(role: KeyRole): SigningKey {
  return keyOfSeed(secretBytes(32), role);
}

/** The key that 32 bytes make; for tests and vectors. */
export function keyOfSeed(seed: Uint8Array, role: KeyRole): SigningKey {
  return keyOf(createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: "der", type: "pkcs8" }), role);
}

/** What others may know of a key. */
export function publicPart({ id, role, publicKey }: TrustedKey): TrustedKey {
  return { id, role, publicKey };
}

/**
 * Reads a private key: unfork's own JSON, or PEM (PKCS#8) as `openssl genpkey -algorithm ed25519` writes it, whose role has to be
 * told. Throws `input-invalid`, never with a part of the text.
 */
export function parseSigningKey(text: string, where: string, role?: KeyRole): SigningKey {
  if (text.includes("-----BEGIN")) return keyOf(pemKey(text, where), role ?? "signer");
  const parsed = signingKeySchema.safeParse(parseJson(text));
  if (!parsed.success) throw badKey(where, "is neither a key file of unfork nor a private key in PEM");
  const key = keyOfSeed(Buffer.from(parsed.data.privateKey, "base64"), parsed.data.role);
  if (key.publicKey !== parsed.data.publicKey || key.id !== parsed.data.id) throw badKey(where, "has parts that do not belong together");
  return key;
}

/** Reads what others may know: a key file of either kind, the public part of one, or PEM (SubjectPublicKeyInfo). Throws `input-invalid`. */
export function parseTrustedKey(text: string, where: string, role?: KeyRole): TrustedKey {
  if (text.includes("-----BEGIN PUBLIC KEY")) return trustedOf(publicPem(text, where), role ?? "signer");
  if (text.includes("-----BEGIN")) return publicPart(parseSigningKey(text, where, role));
  const parsed = trustedKeySchema.safeParse(withoutPrivate(parseJson(text)));
  if (!parsed.success) throw badKey(where, "is no key");
  if (keyIdOf(parsed.data.publicKey) !== parsed.data.id) throw badKey(where, "has an id that is not its key's");
  return parsed.data;
}

function withoutPrivate(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "privateKey"));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pemKey(text: string, where: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch {
    throw badKey(where, "is not a private key in PEM without a passphrase");
  }
}

function publicPem(text: string, where: string): KeyObject {
  try {
    return createPublicKey(text);
  } catch {
    throw badKey(where, "is not a public key in PEM");
  }
}

function keyOf(key: KeyObject, role: KeyRole): SigningKey {
  const { d } = jwkOf(key);
  return { ...trustedOf(createPublicKey(key), role), privateKey: fromUrl(d ?? "") };
}

function trustedOf(key: KeyObject, role: KeyRole): TrustedKey {
  const publicKey = fromUrl(jwkOf(key).x ?? "");
  return { id: keyIdOf(publicKey), role, publicKey };
}

function jwkOf(key: KeyObject): { readonly x?: string; readonly d?: string } {
  if (key.asymmetricKeyType !== "ed25519")
    throw new UnforkError("input-invalid", `seeds are signed with Ed25519, not with ${key.asymmetricKeyType ?? "this kind of key"}`, {
      hint: "make one with: unfork seed keygen",
    });
  return key.export({ format: "jwk" });
}

function fromUrl(text: string): string {
  return Buffer.from(text, "base64url").toString("base64");
}

function badKey(where: string, what: string): UnforkError {
  return new UnforkError("input-invalid", `${where} ${what}`, { hint: "make one with: unfork seed keygen --role signer --out FILE" });
}
