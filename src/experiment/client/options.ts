/** Owns what a client of seeds is told by its program. */
import type { SeedFlavor, TrustedKey } from "../../model/seed.js";
import type { EventLog } from "./events/open-events.js";

export interface ClientOptions {
  /** The project whose seeds are taken; seeds of others are rejected. */
  readonly project: string;
  /** Keys built into the program. */
  readonly keys: readonly TrustedKey[];
  /** Where the seed is fetched, such as `https://example.com/v1/seed`. Without it the client lives by what its folder has. */
  readonly url?: string;
  /** Where notices come from; default: `url` and `/stream`. Used by clients that follow. */
  readonly streamUrl?: string;
  /** Sent as `Authorization: Bearer …`. */
  readonly token?: string;
  /** Where the last good seed, the installation's secret and the log of assignments are kept; without it they end with the process. */
  readonly folder?: string;
  /** Is told of each assignment before the library is used; of `openEvents`. */
  readonly events?: Pick<EventLog, "assigned">;
  /** For use cases that no seed in force has a say in: the flavor of the program's own configuration. */
  readonly defaultFlavor: SeedFlavor;
  /** The releases in this program. A seed about others has no say. */
  readonly releases?: Readonly<Record<SeedFlavor, string>>;
  /** 32 hexadecimal digits that all devices of the project share: pseudonyms of users, calls and clusters then agree between devices. */
  readonly joinSecret?: string;
  /** For servers: new seeds change assignments of this process, too. Default: only those of the next process. */
  readonly follow?: boolean;
  /** Between two looks for a new seed; 0: none. Default 900. */
  readonly pollSeconds?: number;
  /** How long opening waits for the first seed when none is kept. Default 2000. */
  readonly firstFetchMs?: number;
  /** Is told of rejected seeds, failed fetches and damaged files. */
  readonly onMessage?: (message: string) => void;
  /** Is told when a client that follows takes another version. */
  readonly onVersion?: (version: number) => void;
  /** The wall clock in ms since 1970; for tests. */
  readonly now?: () => number;
}
