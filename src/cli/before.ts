/** Owns what has to be done before the command line is loaded, for commands that take hardly longer than the loading does. */
import { keepCode } from "../support/code-cache.js";
import { expectStackRun, expectTreeRun } from "../support/engine-flags.js";
import { isIsolateItself } from "./isolate-itself.js";

/** `bundle`: the folder of the command line's files. What is given is to be called at the end; undefined: for other commands. */
export function before(args: readonly string[], bundle: string): (() => void) | undefined {
  // Code is kept for the settings that it was compiled with.
  if (args[0] === "patch") {
    expectStackRun();
    return keepCode(bundle, { name: "patch", files: ["start", "port"] });
  }
  if (!isIsolateItself(args)) return undefined;
  expectTreeRun();
  return keepCode(bundle, { name: "isolate" });
}
