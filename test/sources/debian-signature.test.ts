import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { debianKeyrings, verifiedText } from "../../src/sources/debian-signature.js";
import { temporaryFolder } from "../helpers/temp.js";
import { makeSigningKey } from "./helpers/open-pgp.js";
import { hasCommand, refusalOf } from "./helpers/workbench.js";

const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);
const TEXT = "Suite: stable\n- a line that begins with a dash\nCodename: test\n";

async function keyringFile(data: Buffer): Promise<string> {
  const path = join(temporaryFolder(), "keyring.gpg");
  await writeFile(path, data);
  return path;
}

describe.skipIf(!hasCommand("gpgv"))("signature of a suite (skipped when gpgv is not installed)", () => {
  const key = makeSigningKey(now - DAY);

  it("gives the signed text of a file signed by a key of the keyring", async () => {
    const text = await verifiedText(Buffer.from(key.clearsign(TEXT)), "x/InRelease", [await keyringFile(key.keyring)]);
    expect(text).toBe(TEXT);
  });

  it("takes the second keyring when the first does not know the key", async () => {
    const keyrings = [await keyringFile(makeSigningKey(now - DAY).keyring), await keyringFile(key.keyring)];
    expect(await verifiedText(Buffer.from(key.clearsign(TEXT)), "x/InRelease", keyrings)).toBe(TEXT);
  });

  it("refuses a text changed after it was signed", async () => {
    const changed = Buffer.from(key.clearsign(TEXT).replace("Codename: test", "Codename: evil"));
    const error = await refusalOf(verifiedText(changed, "x/InRelease", [await keyringFile(key.keyring)]));
    expect(error.code).toBe("checksum");
    expect(error.message).toMatch(/x\/InRelease.*changed after it was signed/);
  });

  it("refuses a key that is not in the keyring", async () => {
    const error = await refusalOf(
      verifiedText(Buffer.from(makeSigningKey(now - DAY).clearsign(TEXT)), "x/InRelease", [await keyringFile(key.keyring)]),
    );
    expect(error.message).toMatch(/does not hold the key/);
    expect(error.hint).toMatch(/debian-archive-keyring/);
  });

  it("refuses a key that has expired", async () => {
    const expired = makeSigningKey(now - 10 * DAY, DAY);
    const error = await refusalOf(verifiedText(Buffer.from(expired.clearsign(TEXT)), "x/InRelease", [await keyringFile(expired.keyring)]));
    expect(error.message).toMatch(/expired key/);
  });

  it.each([
    ["before", `Codename: evil\n${key.clearsign(TEXT)}`],
    ["after", `${key.clearsign(TEXT)}Codename: evil\n`],
    ["as a second message", key.clearsign(TEXT) + makeSigningKey(now - DAY).clearsign("Codename: evil\n")],
  ])("refuses unsigned text %s the signed one", async (_where, file) => {
    const error = await refusalOf(verifiedText(Buffer.from(file), "x/InRelease", [await keyringFile(key.keyring)]));
    expect(error.code).toBe("checksum");
  });

  it("refuses a plain text", async () => {
    const error = await refusalOf(verifiedText(Buffer.from(TEXT), "x/InRelease", [await keyringFile(key.keyring)]));
    expect(error.message).toMatch(/not one signed text/);
  });
});

describe.skipIf(!hasCommand("sqv"))("signature of a suite without gpgv (skipped when sqv is not installed)", () => {
  const key = makeSigningKey(now - DAY);
  const path = process.env["PATH"];

  beforeAll(() => {
    const only = temporaryFolder();
    symlinkSync(execFileSync("sh", ["-c", "command -v sqv"], { encoding: "utf8" }).trim(), join(only, "sqv"));
    process.env["PATH"] = only;
  });

  afterAll(() => {
    process.env["PATH"] = path;
  });

  it("is checked by sqv", async () => {
    expect(await verifiedText(Buffer.from(key.clearsign(TEXT)), "x/InRelease", [await keyringFile(key.keyring)])).toBe(TEXT);
  });

  it.each([
    ["a changed text", key.clearsign(TEXT).replace("Codename: test", "Codename: evil")],
    ["an unknown key", makeSigningKey(now - DAY).clearsign(TEXT)],
  ])("refuses %s", async (_what, file) => {
    const error = await refusalOf(verifiedText(Buffer.from(file), "x/InRelease", [await keyringFile(key.keyring)]));
    expect(error.code).toBe("checksum");
  });
});

it("without gpgv and sqv says what to install", async () => {
  const path = process.env["PATH"];
  process.env["PATH"] = temporaryFolder();
  try {
    const error = await refusalOf(verifiedText(Buffer.from(makeSigningKey(now - DAY).clearsign(TEXT)), "x/InRelease", ["none"]));
    expect(error).toMatchObject({ code: "tool-missing", hint: "install one: apt-get install gpgv" });
  } finally {
    process.env["PATH"] = path;
  }
});

it("finds this machine's keyrings or says which package brings them", async () => {
  const found = await debianKeyrings().catch((error: unknown) => error);
  expect(JSON.stringify(found)).toContain("debian-archive-keyring");
});
