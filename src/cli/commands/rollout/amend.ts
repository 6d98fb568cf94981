/** Owns what a signer changes in a proposal: keys that come, go or are revoked, and a version that is raised. */
import { readTrustedKey } from "../../../experiment/assignment/key-file.js";
import type { BasePayload } from "../../../model/seed.js";
import { UnforkError } from "../../../support/errors.js";

export interface Amendments {
  /** Files with public keys. */
  readonly addKey?: readonly string[];
  /** Ids. */
  readonly dropKey?: readonly string[];
  readonly revoke?: readonly string[];
  readonly baseVersion?: number;
}

export function amends({ addKey = [], dropKey = [], revoke = [], baseVersion }: Amendments): boolean {
  return addKey.length + dropKey.length + revoke.length > 0 || baseVersion !== undefined;
}

/** The proposal with the changes. Throws `usage` where one of them says nothing, `input-missing` and `input-invalid` for key files. */
export async function amended(payload: BasePayload, amendments: Amendments): Promise<BasePayload> {
  const { addKey = [], dropKey = [], revoke = [], baseVersion = payload.version } = amendments;
  if (baseVersion < payload.version)
    throw new UnforkError("usage", `--base-version ${String(baseVersion)} is below what the server proposes: ${String(payload.version)}`);
  const added = await Promise.all(addKey.map((file) => readTrustedKey(file, "signer")));
  const unknown = [...dropKey, ...revoke].find((id) => !/^[0-9a-f]{32}$/.test(id));
  if (unknown !== undefined) throw new UnforkError("usage", `${unknown} is no id of a key, which has 32 hexadecimal digits`);
  const missing = dropKey.find((id) => !payload.keys.some((key) => key.id === id));
  if (missing !== undefined)
    throw new UnforkError("usage", `--drop-key ${missing}: the proposal does not trust this key`, {
      hint: "one that is built into programs, or was given by --signer, is ended by --revoke",
    });
  const gone = new Set([...dropKey, ...revoke, ...added.map(({ id }) => id)]);
  return {
    ...payload,
    version: baseVersion,
    keys: [...payload.keys.filter(({ id }) => !gone.has(id)), ...added],
    revoked: [...new Set([...payload.revoked, ...revoke])],
  };
}
