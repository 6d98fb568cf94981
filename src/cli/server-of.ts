/** Owns which server a command means: the one told, or the configuration's. */
import { loadConfig } from "../config/load-config.js";
import { UnforkError } from "../support/errors.js";
import type { GlobalOptions } from "./command.js";
import { type Connection, type ConnectionOptions, connect } from "./connection.js";

/** `--url` and `UNFORK_URL` prevail over `experiments.server` of the configuration. */
export async function serverOf(options: GlobalOptions & ConnectionOptions): Promise<Connection> {
  if (options.url !== undefined || (process.env["UNFORK_URL"] ?? "") !== "") return connect(options);
  const server = await configuredServer(options.config);
  return connect(server === undefined ? options : { ...options, url: server });
}

async function configuredServer(config: string | undefined): Promise<string | undefined> {
  try {
    return (await loadConfig(config, process.cwd())).config.experiments?.server;
  } catch (error) {
    if (config === undefined && error instanceof UnforkError && error.code === "config-not-found") return undefined;
    throw error;
  }
}
