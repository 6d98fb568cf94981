/** Owns the trust in a Debian suite: its InRelease file counts only when gpgv (or sqv) finds a good signature of a key of this machine. */
import { UnforkError } from "../support/errors.js";
import { run } from "../support/exec.js";
import { exists } from "../support/fs.js";
import { type SignedText, splitSignedText } from "./cleartext.js";
import { sqvRefusal } from "./debian-sqv.js";

const FOLDER = "/usr/share/keyrings";

/**
 * Debian's keyrings on this machine: first the keys in use, then those withdrawn from use, which only sign suites
 * that are themselves out of use. Throws `tool-missing` when the package with them is not installed.
 */
export async function debianKeyrings(): Promise<string[]> {
  const names = [
    "debian-archive-keyring.gpg",
    "debian-archive-keyring.pgp",
    "debian-archive-removed-keys.gpg",
    "debian-archive-removed-keys.pgp",
  ];
  const found: string[] = [];
  for (const name of names) if (await exists(`${FOLDER}/${name}`)) found.push(`${FOLDER}/${name}`);
  if (found.length > 0) return found;
  throw new UnforkError("tool-missing", `cannot check Debian's signatures: no Debian keyring in ${FOLDER}`, {
    hint: "install it: apt-get install debian-archive-keyring",
  });
}

/**
 * The signed text of an InRelease file (and nothing beside it). One good signature is enough, as for apt: Debian signs
 * with several keys, and an older machine does not know the newest. Keys that are expired or revoked do not count,
 * and a single signature that does not match the text refuses the file. Throws `checksum`, `tool-missing`.
 */
export async function verifiedText(inRelease: Buffer, url: string, keyrings: readonly string[]): Promise<string> {
  const signed = splitSignedText(inRelease.toString("utf8"));
  if (signed === undefined) throw new UnforkError("checksum", `${url} is not one signed text`, { context: { url } });
  const refusals: string[] = [];
  for (const keyring of keyrings) {
    const refusal = await refusalWith(inRelease, signed, keyring);
    if (refusal === undefined) return `${signed.text}\n`;
    refusals.push(`${keyring}: ${refusal}`);
  }
  throw new UnforkError("checksum", `the signature of ${url} is not good: ${refusals.join("; ")}`, {
    hint: "bring the keys up to date (apt-get install debian-archive-keyring), or find out who changed the file",
    context: { url },
  });
}

/** Lines of doc/DETAILS of GnuPG, without their "[GNUPG:] ". */
function statusLines(stderr: string): string[] {
  return stderr
    .split("\n")
    .filter((line) => line.startsWith("[GNUPG:] "))
    .map((line) => line.slice("[GNUPG:] ".length));
}

function isGood(status: readonly string[]): boolean {
  const has = (keyword: string) => status.some((line) => line.startsWith(`${keyword} `));
  return has("GOODSIG") && has("VALIDSIG") && !has("BADSIG");
}

function refusalOf(status: readonly string[]): string {
  const known: readonly (readonly [string, string])[] = [
    ["BADSIG", "the text was changed after it was signed by"],
    ["REVKEYSIG", "signed by the revoked key"],
    ["EXPKEYSIG", "signed by the expired key"],
    ["EXPSIG", "the signature has expired, by"],
    ["NO_PUBKEY", "it does not hold the key"],
  ];
  for (const [keyword, words] of known) {
    const line = status.find((candidate) => candidate.startsWith(`${keyword} `));
    if (line !== undefined) return `${words} ${line.slice(keyword.length + 1)}`;
  }
  return "there is no signature in it";
}

/** By gpgv, or by sqv where that has taken its place. */
async function refusalWith(inRelease: Buffer, signed: SignedText, keyring: string): Promise<string | undefined> {
  try {
    return await gpgvRefusal(inRelease, signed, keyring);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  try {
    return await sqvRefusal(signed, keyring);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UnforkError("tool-missing", "cannot check Debian's signatures: neither gpgv nor sqv is installed", {
      hint: "install one: apt-get install gpgv",
      cause: error,
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof UnforkError && error.code === "tool-missing";
}

/** What gpgv says was signed must be the text that we go on with. */
async function gpgvRefusal(inRelease: Buffer, signed: SignedText, keyring: string): Promise<string | undefined> {
  const { stdout, stderr } = await run({
    command: "gpgv",
    args: ["--keyring", keyring, "--status-fd", "2", "--output", "-", "-"],
    input: inRelease,
  });
  const status = statusLines(stderr);
  if (!isGood(status)) return refusalOf(status);
  return stdout.toString("utf8").trimEnd() === signed.text.trimEnd() ? undefined : "the signed text is another than the file's";
}
