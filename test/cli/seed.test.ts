/** Holds `unfork seed` at the command line: keys, signatures, halts, the judgement of a device. */
import { generateKeyPairSync } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { type TrustedKey, seedDocumentSchema } from "../../src/model/seed.js";
import { packageRoot } from "../../src/support/version.js";
import { base } from "../experiment/assignment/sample-seed.js";
import { temporaryFolder } from "../helpers/temp.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();

function seed(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, "seed", ...args], { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

function keygen(role: string): TrustedKey {
  return JSON.parse(seed("keygen", "--role", role, "--out", `${role}.json`, "--json").stdout) as TrustedKey;
}

const VERIFY = ["--project", "webrtc", "--key", "signer.json"];

describe("unfork seed", () => {
  beforeAll(() => {
    const keys = ["signer", "halt"].map(keygen);
    const payload = Object.fromEntries(Object.entries(base({ keys })).filter(([name]) => name !== "issued" && name !== "expires"));
    writeFileSync(join(root, "base.json"), JSON.stringify(payload));
    seed("sign", "base.json", "--key", "signer.json", "--out", "seed.json");
    seed("sign", "seed.json", "--cap", "laptop-call=0", "--reason", "crashes doubled", "--key", "halt.json", "--out", "halted.json");
  });

  it("makes keys that only their owner reads, shows their public part, and overwrites none", () => {
    expect(statSync(join(root, "signer.json")).mode & 0o777).toBe(0o600);
    const again = seed("keygen", "--role", "signer", "--out", "signer.json");
    expect([again.status, again.stderr]).toEqual([2, expect.stringContaining("never overwritten")]);
    const other = seed("keygen", "--role", "halt", "--out", "other.json", "--public", "other.pub.json");
    expect(Object.keys(JSON.parse(readFileSync(join(root, "other.pub.json"), "utf8")) as object)).toEqual(["id", "role", "publicKey"]);
    const { privateKey } = JSON.parse(readFileSync(join(root, "other.json"), "utf8")) as { privateKey: string };
    expect(other.stdout).toContain("public key ");
    expect(other.stdout + other.stderr).not.toContain(privateKey);
  });

  it("signs a base that a device takes for four weeks", () => {
    const now = seed("verify", "seed.json", ...VERIFY);
    expect([now.status, now.stdout]).toEqual([0, expect.stringContaining("accepted: version 7 of webrtc")]);
    const later = new Date(Date.now() + 29 * 86_400_000).toISOString();
    const expired = seed("verify", "seed.json", ...VERIFY, "--at", later, "--json");
    expect([expired.status, (JSON.parse(expired.stdout) as { reason: string }).reason]).toEqual([1, "expired"]);
  });

  it("puts a halt on it, which a device cannot be rid of by the seed before", () => {
    expect(seed("verify", "halted.json", ...VERIFY, "--after", "seed.json").stdout).toContain("accepted: version 8");
    const back = seed("verify", "seed.json", ...VERIFY, "--after", "halted.json");
    expect([back.status, back.stdout]).toEqual([1, expect.stringContaining("rejected (rolled-back)")]);
  });

  it("shows what a seed says, and what a unit gets", () => {
    const shown = seed("show", "halted.json", "--unit", "device=device-1").stdout;
    expect(shown).toContain("webrtc, version 8 (a halt on 7)");
    expect(shown).toMatch(/laptop-call +laptop-call-m150 phase 3 +device +0 % +crashes doubled +legacy \(/);
    expect(seed("show", "seed.json").stdout).toContain("25 %");
    const { assignments } = JSON.parse(seed("show", "seed.json", "--unit", "device=d", "--json").stdout) as { assignments: unknown[] };
    expect(assignments).toHaveLength(1);
  });

  it("adds the signature of a key in PEM, and lets no halt key sign a base", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(join(root, "second.pem"), privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
    expect(seed("sign", "seed.json", "--key", "second.pem", "--out", "both.json").status).toBe(0);
    const both = seedDocumentSchema.parse(JSON.parse(readFileSync(join(root, "both.json"), "utf8")));
    expect(both.base.signatures).toHaveLength(2);
    expect(seed("verify", "both.json", "--project", "webrtc", "--key", "second.pem").status).toBe(0);
    expect(seed("sign", "base.json", "--key", "halt.json").stderr).toContain("may only halt");
    expect(seed("sign", "seed.json", "--key", "halt.json").stderr).toContain("a halt key does not sign a base");
  });

  it("tells of what is no seed, no payload, no cap, no unit", () => {
    writeFileSync(join(root, "no.json"), "{}");
    expect(seed("show", "no.json").stderr).toContain("the seed is not a document");
    expect(seed("sign", "no.json", "--key", "signer.json")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("useCases: is missing") as string,
    });
    expect(seed("sign", "seed.json", "--cap", "laptop-call", "--key", "halt.json").status).toBe(2);
    expect(seed("sign", "seed.json", "--cap", "other=0", "--key", "halt.json").stderr).toContain("no use case");
    expect(seed("show", "seed.json", "--unit", "house=1").status).toBe(2);
    expect(seed("verify", "missing.json", ...VERIFY).status).toBe(2);
  });
});
