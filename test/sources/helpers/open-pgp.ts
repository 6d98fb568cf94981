/** Owns a key and cleartext signatures in OpenPGP's format (RFC 9580), so that tests need no gpg, only the gpgv they test. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";

export interface SigningKey {
  /** A keyring that holds the public key, as gpgv reads it. */
  readonly keyring: Buffer;
  /** The text as a signed message, like an InRelease file. */
  readonly clearsign: (text: string) => string;
}

/** An RSA key made at `created` (seconds since 1970) that lives for `lifetime` seconds, or for ever. */
export function makeSigningKey(created: number, lifetime?: number): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const body = Buffer.concat([
    Buffer.from([4]),
    number32(created),
    Buffer.from([1]),
    integer(Buffer.from(n, "base64url")),
    integer(Buffer.from(e, "base64url")),
  ]);
  const keyData = Buffer.concat([Buffer.from([0x99]), number16(body.length), body]);
  const fingerprint = createHash("sha1").update(keyData).digest();
  const user = Buffer.from("Test Archive Signing Key <archive@example.org>");

  function signature(type: number, time: number, data: Buffer, extra: readonly Buffer[]): Buffer {
    const hashedParts = Buffer.concat([
      subpacket(2, number32(time)),
      subpacket(33, Buffer.concat([Buffer.from([4]), fingerprint])),
      ...extra,
    ]);
    const head = Buffer.concat([Buffer.from([4, type, 1, 8]), number16(hashedParts.length), hashedParts]);
    const all = Buffer.concat([data, head, Buffer.from([4, 0xff]), number32(head.length)]);
    const unhashed = subpacket(16, fingerprint.subarray(12));
    const left = createHash("sha256").update(all).digest().subarray(0, 2);
    return packet(2, Buffer.concat([head, number16(unhashed.length), unhashed, left, integer(sign("sha256", all, privateKey))]));
  }

  function clearsign(text: string): string {
    const lines = text.replace(/\n$/, "").split("\n");
    const data = Buffer.from(lines.map((line) => line.trimEnd()).join("\r\n"));
    const escaped = lines.map((line) => (line.startsWith("-") ? `- ${line}` : line)).join("\n");
    return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${escaped}\n${armored(signature(1, created + 1, data, []))}`;
  }

  const userData = Buffer.concat([keyData, Buffer.from([0xb4]), number32(user.length), user]);
  const expiry = lifetime === undefined ? [] : [subpacket(9, number32(lifetime))];
  const self = signature(0x13, created, userData, [subpacket(27, Buffer.from([3])), ...expiry]);
  return { keyring: Buffer.concat([packet(6, body), packet(13, user), self]), clearsign };
}

function packet(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x80 | (tag << 2) | 1]), number16(body.length), body]);
}

function subpacket(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([body.length + 1, type]), body]);
}

function integer(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const value = bytes.subarray(start);
  return Buffer.concat([number16((value.length - 1) * 8 + (32 - Math.clz32(value[0] ?? 0))), value]);
}

function number16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function armored(data: Buffer): string {
  const lines = data.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN PGP SIGNATURE-----\n\n${lines.join("\n")}\n=${crc24(data)}\n-----END PGP SIGNATURE-----\n`;
}

function crc24(data: Buffer): string {
  let crc = 0xb704ce;
  for (const byte of data) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return Buffer.from([(crc >> 16) & 0xff, (crc >> 8) & 0xff, crc & 0xff]).toString("base64");
}
