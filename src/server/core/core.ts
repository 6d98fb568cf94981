/** Owns what every action of the server works on; a test or a simulator makes one without HTTP. */
import type { SigningKey } from "../../experiment/assignment/keys.js";
import type { Database } from "../../store/state/database.js";
import type { Publisher } from "./publisher.js";

export interface Core {
  readonly db: Database;
  readonly project: string;
  readonly publisher: Publisher;
  /** Signs halts: all that this server may do to a seed by itself is to lower exposure. */
  readonly haltKey: SigningKey;
  now(): Date;
}

/** Who acts: told in the audit log. */
export interface Actor {
  /** `token ID (NAME)`, `local` for who is on the server's machine, or `server`. */
  readonly name: string;
}

export const SERVER: Actor = { name: "server" };
export const LOCAL: Actor = { name: "local" };
