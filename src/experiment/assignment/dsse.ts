/** Owns envelopes: DSSE (secure-systems-lab/dsse, protocol.md) with Ed25519 (RFC 8032). */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

import type { Envelope } from "../../model/seed.js";
import type { SigningKey } from "./keys.js";

/** A public key that may have signed an envelope. */
export interface Verifier {
  readonly id: string;
  /** 32 raw bytes in base64. */
  readonly publicKey: string;
}

/** PKCS#8 and SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** The bytes that are signed: `DSSEv1 LEN(type) type LEN(payload) payload`, lengths of bytes in decimal digits. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);
}

/** Puts a payload into an envelope, signed by each key. */
export function sealEnvelope(type: string, payload: string, keys: readonly SigningKey[]): Envelope {
  const bytes = Buffer.from(payload);
  return signAlso({ payloadType: type, payload: bytes.toString("base64"), signatures: [] }, keys);
}

/** The same envelope with the signatures of further keys; one that has signed already signs again. */
export function signAlso(envelope: Envelope, keys: readonly SigningKey[]): Envelope {
  const message = preAuthEncoding(envelope.payloadType, Buffer.from(envelope.payload, "base64"));
  const fresh = keys.map((key) => ({ keyid: key.id, sig: sign(null, message, privateKeyObject(key)).toString("base64") }));
  const kept = envelope.signatures.filter(({ keyid }) => !keys.some(({ id }) => id === keyid));
  return { ...envelope, signatures: [...kept, ...fresh] };
}

/**
 * Whether one of the keys signed: `good`; `bad` where a signature by one of them is there and none holds; `none` where none of
 * them signed. Key ids only choose what is tried.
 */
export function checkEnvelope(envelope: Envelope, keys: readonly Verifier[]): "good" | "bad" | "none" {
  const message = preAuthEncoding(envelope.payloadType, Buffer.from(envelope.payload, "base64"));
  let seen: "bad" | "none" = "none";
  for (const { keyid, sig } of envelope.signatures) {
    const key = keys.find(({ id }) => id === keyid);
    if (key === undefined) continue;
    if (isSignature(message, key.publicKey, sig)) return "good";
    seen = "bad";
  }
  return seen;
}

function isSignature(message: Uint8Array, publicKey: string, signature: string): boolean {
  try {
    const der = Buffer.concat([PUBLIC_PREFIX, Buffer.from(publicKey, "base64")]);
    return verify(null, message, createPublicKey({ key: der, format: "der", type: "spki" }), Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}

function privateKeyObject(key: SigningKey): ReturnType<typeof createPrivateKey> {
  const der = Buffer.concat([PRIVATE_PREFIX, Buffer.from(key.privateKey, "base64")]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}
