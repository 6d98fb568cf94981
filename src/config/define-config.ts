/** Owns `defineConfig`: types for the author of an `unfork.config.ts`, nothing else. */
import type { UnforkConfigInput } from "../model/config.js";

/** Gives the configuration back as it is; the editor checks and completes it. */
export function defineConfig(config: UnforkConfigInput): UnforkConfigInput {
  return config;
}
