import { generateKeyPairSync } from "node:crypto";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { checkEnvelope, preAuthEncoding, sealEnvelope, signAlso } from "../../../src/experiment/assignment/dsse.js";
import { readSigningKey, readTrustedKey, writeKeyFile } from "../../../src/experiment/assignment/key-file.js";
import { generateKey, keyOfSeed, publicPart } from "../../../src/experiment/assignment/keys.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { HALT, SIGNER, STRANGER } from "./sample-seed.js";

describe("a key", () => {
  it("made of RFC 8032's first secret has its public key", () => {
    const seed = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    expect(Buffer.from(keyOfSeed(seed, "signer").publicKey, "base64").toString("hex")).toBe(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
  });

  it("is kept in a file that only its owner reads, and never overwritten", async () => {
    const path = join(temporaryFolder(), "keys", "signer.json");
    const key = generateKey("signer");
    await writeKeyFile(path, key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readSigningKey(path)).toEqual(key);
    expect(await readTrustedKey(path)).toEqual(publicPart(key));
    await expect(writeKeyFile(path, key)).rejects.toThrow("is there already");
    await chmod(path, 0o644);
    await expect(readSigningKey(path)).rejects.toThrow("can be read by others");
  });

  it("is read from PEM, with the role that is told", async () => {
    const path = join(temporaryFolder(), "halt.pem");
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    await writeFile(path, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
    await writeFile(`${path}.pub`, publicKey.export({ format: "pem", type: "spki" }));
    const key = await readSigningKey(path, "halt");
    expect(await readTrustedKey(`${path}.pub`, "halt")).toEqual(publicPart(key));
    expect(checkEnvelope(sealEnvelope("t", "{}", [key]), [key])).toBe("good");
  });

  it("that is none, is another kind, or was put together is refused without showing it", async () => {
    const path = join(temporaryFolder(), "key.json");
    await writeFile(path, JSON.stringify({ ...SIGNER, id: HALT.id }), { mode: 0o600 });
    await expect(readSigningKey(path)).rejects.toThrow("parts that do not belong together");
    await writeFile(path, "secret");
    await expect(readSigningKey(path)).rejects.toThrow(/^(?!.*secret).*neither a key file/);
    await writeFile(path, generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "pem", type: "pkcs8" }));
    await expect(readSigningKey(path)).rejects.toThrow("Ed25519");
    expect(await readFile(path, "utf8")).toContain("BEGIN PRIVATE KEY");
  });
});

describe("an envelope", () => {
  it("signs the bytes of DSSE's own example", () => {
    expect(preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world")).toString()).toBe(
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
    );
  });

  it("holds by any signature of a trusted key, and tells a wrong one from none", () => {
    const both = signAlso(sealEnvelope("t", "{}", [STRANGER]), [SIGNER]);
    expect(checkEnvelope(both, [SIGNER])).toBe("good");
    expect(checkEnvelope(both, [HALT])).toBe("none");
    expect(checkEnvelope({ ...both, payload: "e30K" }, [SIGNER])).toBe("bad");
    expect(signAlso(both, [SIGNER]).signatures).toHaveLength(2);
  });
});
