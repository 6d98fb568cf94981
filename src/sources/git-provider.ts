/** Owns git. */
import type { GitSource } from "../model/source.js";
import { UnforkError } from "../support/errors.js";
import type { Provider } from "./provider.js";

export const gitProvider: Provider<GitSource> = {
  describe: (source) => `git ${source.url} at ${source.ref}`,
  locate: () => Promise.reject(new UnforkError("network", "not yet")),
};
