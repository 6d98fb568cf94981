/** Owns what has to be done before the command line is loaded, for commands that take no longer than the loading does. */
import { keepCode } from "../support/code-cache.js";
import { expectStackRun } from "../support/engine-flags.js";

/** `bundle`: the folder of the command line's files. What is given is to be called at the end. */
export function beforePatch(bundle: string): () => void {
  // Code is kept for the settings that it was compiled with.
  expectStackRun();
  return keepCode(bundle);
}
