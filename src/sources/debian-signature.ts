/** Owns the trust in a Debian suite: its InRelease file counts only when gpgv finds a good signature of a key of this machine. */
import { UnforkError } from "../support/errors.js";
import { type CommandResult, run } from "../support/exec.js";
import { exists } from "../support/fs.js";

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
  if (!isOneSignedText(inRelease)) throw new UnforkError("checksum", `${url} is not one signed text`, { context: { url } });
  const refusals: string[] = [];
  for (const keyring of keyrings) {
    const result = await gpgv(inRelease, keyring);
    const status = statusLines(result.stderr);
    if (result.stdout.length > 0 && isGood(status)) return result.stdout.toString("utf8");
    refusals.push(`${keyring}: ${refusalOf(status)}`);
  }
  throw new UnforkError("checksum", `the signature of ${url} is not good: ${refusals.join("; ")}`, {
    hint: "bring the keys up to date (apt-get install debian-archive-keyring), or find out who changed the file",
    context: { url },
  });
}

/** Exactly one cleartext signature (RFC 9580 §7) from the first line to the last: no text beside it, no second one. */
function isOneSignedText(file: Buffer): boolean {
  const lines = file.toString("utf8").trim().split(/\r?\n/);
  const marks = lines.filter((line) => /^-----(BEGIN|END) /.test(line));
  const expected = ["-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"];
  return marks.join() === expected.join() && lines[0] === expected[0] && lines.at(-1) === expected[2];
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

async function gpgv(signed: Buffer, keyring: string): Promise<CommandResult> {
  try {
    return await run({ command: "gpgv", args: ["--keyring", keyring, "--status-fd", "2", "--output", "-", "-"], input: signed });
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "tool-missing") throw error;
    throw new UnforkError("tool-missing", "cannot check Debian's signatures: gpgv is not installed", {
      hint: "install it: apt-get install gpgv",
      cause: error,
    });
  }
}
