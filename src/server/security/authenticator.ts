/** Owns who a request comes from: the token in its header, looked up and remembered for a few seconds. */
import type { IncomingHttpHeaders } from "node:http";

import { type Role, type TokenRow, findToken } from "../../store/state/tokens.js";
import { isUnreachable } from "../../store/state/is-unreachable.js";
import type { Core } from "../core/core.js";
import { isTokenOf, partsOf } from "../core/tokens.js";

/** Who a request comes from. */
export interface Caller {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The caller; null for a token that does not count, undefined for none at all. */
export type Authenticate = (headers: IncomingHttpHeaders) => Promise<Caller | null | undefined>;

/** So long a revoked token may still count, and one that was looked up is not looked up again, in ms. */
export const REMEMBERED_MS = 5000;

/** Tokens remembered at most; the oldest goes first. */
const REMEMBERED = 10_000;

export function createAuthenticator(core: Pick<Core, "db" | "project" | "now">): Authenticate {
  const known = new Map<string, { readonly row: TokenRow | undefined; readonly until: number }>();

  async function rowOf(id: string): Promise<TokenRow | undefined> {
    const now = core.now().getTime();
    const found = known.get(id);
    if (found !== undefined && found.until > now && found.until <= now + REMEMBERED_MS) return found.row;
    const row = await findToken(core.db, id).catch((error: unknown) => {
      // Events that come while the database is away are worth more than the revocation of a token in that time.
      if (found?.row?.role === "ingest" && isUnreachable(error)) return found.row;
      throw error;
    });
    known.delete(id);
    known.set(id, { row, until: now + REMEMBERED_MS });
    if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? "");
    return row;
  }

  return async (headers) => {
    const text = bearerOf(headers);
    if (text === undefined) return undefined;
    const parts = partsOf(text);
    const row = parts === undefined ? undefined : await rowOf(parts.id);
    if (parts === undefined || row === undefined || row.project !== core.project || !isTokenOf(row, parts.secret, core.now())) return null;
    return { id: row.id, name: row.name, role: row.role };
  };
}

/** `Authorization: Bearer …`, or `X-API-Key: …` as OFREP has it too. */
function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  const { authorization } = headers;
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
  const key = headers["x-api-key"];
  return typeof key === "string" ? key : undefined;
}
