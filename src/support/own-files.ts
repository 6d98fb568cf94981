/** Owns where files of our own lie, for code that runs from a folder of its own or out of the bundle, which lies beside these. */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the bundle, beside the folders of the rooms. */
export const BUNDLE = "bundle";

/** Whether this code runs out of the bundle. */
export const isBundled = basename(here) === BUNDLE;

/** The path of a file of our own, given as from `src/`. */
export function ownFile(path: string): string {
  return join(here, "..", path);
}

/** The entry file of a thread of ours, given as from `src/`; out of the bundle its like in there, so that both are of one build. */
export function threadFile(path: string): string {
  return ownFile(isBundled ? join(BUNDLE, basename(path)) : path);
}

/** The folders, or files, of all code that a run of isolation depends on. */
export function isolationCode(): readonly string[] {
  return (isBundled ? [BUNDLE, "tokens/scanner.wasm"] : ["isolate", "tokens", "support"]).map(ownFile);
}
