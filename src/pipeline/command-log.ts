/** Owns the log of external commands: each can be run again by hand from its line. */
import { type WriteStream, createWriteStream } from "node:fs";
import { join } from "node:path";

import { listen } from "../support/bus.js";
import { shellLine } from "../support/shell-line.js";
import type { Run } from "./journal.js";

/** Appends every command that ends to `runs/<run>/commands.log` until the returned function is called. */
export function logCommands(runs: string, run: Run): () => Promise<void> {
  const log: WriteStream = createWriteStream(join(runs, run.id, "commands.log"), { flags: "a" });
  log.on("error", () => undefined);
  const stop = listen((event) => {
    if (event.type !== "command:end") return;
    log.write(
      `(cd ${shellLine([event.cwd])} && ${shellLine(event.command)})  # ${event.code === null ? "ended by a signal" : `exit ${event.code}`}\n`,
    );
  });
  return () => {
    stop();
    return new Promise((resolve) => log.end(() => resolve()));
  };
}
