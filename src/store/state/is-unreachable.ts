/** Owns how a database that is away is told from a query that is wrong. */
import { systemCodeOf } from "../../support/errors.js";

/** Codes of PostgreSQL (class 08, 57P0x: shutting down or starting, 53300: too many connections) and of sockets. */
const AWAY = /^(08\w{3}|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|EHOSTUNREACH|ENOTFOUND)$/;

/** What the driver says without a code. */
const AWAY_TEXT = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** Whether an error, or what caused it, says that the database cannot be reached now. */
export function isUnreachable(error: unknown): boolean {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (AWAY.test(systemCodeOf(one) ?? "") || AWAY_TEXT.test(one.message)) return true;
  }
  return false;
}
