/** Owns the build and tests of patches that were merged without anybody: git calls them merged, the compiler may not. */
import type { PortRun, RunResult } from "../alone/run-port.js";
import { patchFault } from "./resolve-port.js";
import type { Verify } from "./verify.js";

/** Each `auto` patch whose build and tests fail, with that as its `fault`. */
export async function withFaults({ session, port }: PortRun, ported: RunResult, verify: Verify): Promise<RunResult> {
  const patches = [];
  for (const outcome of ported.patches) {
    const { patch, commit, status } = outcome;
    const fault =
      status === "auto" && commit !== null ? await patchFault(session, verify, { patch, commit, release: port.onto }) : undefined;
    patches.push(fault === undefined ? outcome : { ...outcome, fault });
  }
  return { ...ported, patches };
}
