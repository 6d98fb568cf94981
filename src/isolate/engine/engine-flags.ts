/**
 * Owns the settings of the JavaScript engine for a run over a tree: it is over in about a second, before most of what the
 * engine would optimise by then is used. Optimising later saves up to a third of the CPU time.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MAJOR = Number.parseInt(process.versions.node, 10);

/** The newest Node whose engine is known to have the flags; others would complain about them. */
const NEWEST = 26;

/** Growing the young heap at once saves some more where it stays small. */
const BY_BUDGET = ["--interrupt-budget=1000000", "--semi-space-growth-factor=16"];

/** From Node 22 on the engine counts calls, and has a further compiler between the first and the last one. */
const BY_CALLS = ["--no-maglev", "--invocation-count-for-turbofan=20000"];

/** For the whole process; nothing but the time at which it optimises depends on it. */
export function expectShortRun(): void {
  if (MAJOR > NEWEST) return;
  for (const flag of MAJOR < 22 ? BY_BUDGET : BY_CALLS) setFlagsFromString(flag);
}

/** Gives back at once what a finished step no longer needs; left to itself the engine would do so only behind the peak. */
export function freeMemory(): void {
  if (MAJOR > NEWEST) return;
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
