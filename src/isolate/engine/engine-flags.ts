/**
 * Owns the settings of the JavaScript engine for a run over a tree: it is over in about a second, before most of what the
 * engine would optimise by then is used. Optimising later saves a third of the CPU time, growing the young heap at once some more.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** The newest Node whose engine is known to have the flags; others would complain about them. */
const NEWEST = 24;

/** For the whole process; nothing but the time at which it optimises depends on it. */
export function expectShortRun(): void {
  if (Number.parseInt(process.versions.node, 10) > NEWEST) return;
  for (const flag of ["--interrupt-budget=1000000", "--semi-space-growth-factor=16"]) setFlagsFromString(flag);
}

/** Gives back at once what a finished step no longer needs; left to itself the engine would do so only behind the peak. */
export function freeMemory(): void {
  if (Number.parseInt(process.versions.node, 10) > NEWEST) return;
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
