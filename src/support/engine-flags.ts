/**
 * Owns the settings of the JavaScript engine for runs that are over in about a second, before most of what the engine would
 * optimise by then is used. Optimising later saves up to a third of the CPU time.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MAJOR = Number.parseInt(process.versions.node, 10);

/** The newest Node whose engine is known to have the flags; others would complain about them. */
const NEWEST = 26;

/** The first Node whose engine counts calls, not bytes of code, and has a further compiler between the first and the last one. */
const COUNTS_CALLS = 22;

/** For the whole process, before a run over a tree; nothing but the time at which the engine optimises depends on it. */
export function expectTreeRun(): void {
  // Growing the young heap at once saves some more where it stays small; a bound on it in the threads saves 25 MB, and costs no time.
  if (MAJOR < COUNTS_CALLS) setFlags(["--interrupt-budget=1000000", "--semi-space-growth-factor=16", "--max-semi-space-size=4"]);
  else setFlags(["--no-maglev", "--invocation-count-for-turbofan=20000"]);
}

/** The same before a run over archives, which has fewer functions and calls them more often. */
export function expectArchiveRun(): void {
  if (MAJOR < COUNTS_CALLS) setFlags(["--interrupt-budget=300000"]);
}

/** The same before a port of patches, which reads many small objects of git and keeps most of them. */
export function expectStackRun(): void {
  if (MAJOR < COUNTS_CALLS) setFlags(["--interrupt-budget=1000000", "--semi-space-growth-factor=16"]);
}

/** Gives back at once what a finished step no longer needs; left to itself the engine would do so only behind the peak. */
export function freeMemory(): void {
  if (MAJOR > NEWEST) return;
  setFlags(["--expose-gc"]);
  (runInNewContext("gc") as () => void)();
  // Code that is kept for later runs is kept for these settings.
  setFlags(["--no-expose-gc"]);
}

function setFlags(flags: readonly string[]): void {
  if (MAJOR <= NEWEST) for (const flag of flags) setFlagsFromString(flag);
}
