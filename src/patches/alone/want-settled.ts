/** Owns what is wanted of patches that a person has just settled: no line lost without a reason, build and tests passed. */
import { UnforkError } from "../../support/errors.js";
import { lostLines } from "../line-audit/lost-lines.js";
import { patchFault } from "../resolve/resolve-port.js";
import type { Verify } from "../resolve/verify.js";
import type { PortState } from "../state/patch-state.js";
import { type RunResult, isOpen } from "./run-port.js";
import type { Session } from "./session.js";

/** Throws when a patch that was just settled lost lines. */
export async function wantWhole(session: Session, port: PortState, ported: RunResult, settled: ReadonlySet<string>): Promise<void> {
  const wanted = ported.patches.filter((outcome) => settled.has(outcome.patch) && !isOpen(outcome));
  const lost = await lostLines(session.pool, port.onto, wanted);
  if (lost.length === 0) return;
  const more = lost.length > 8 ? `\n  and ${lost.length - 8} more` : "";
  throw new UnforkError(
    "input-invalid",
    `what was edited leaves out ${lost.length} ${lost.length === 1 ? "line" : "lines"} of the patch that upstream does not have:\n  ${lost.slice(0, 8).join("\n  ")}${more}`,
    {
      hint: 'put them back, or say why they are not needed: unfork patch continue --explain "…"',
    },
  );
}

/** Throws when a patch that was just settled does not build or pass its tests. */
export async function wantVerified(
  session: Session,
  port: PortState,
  verify: Verify,
  ported: RunResult,
  settled: ReadonlySet<string>,
): Promise<void> {
  for (const { patch, commit, subject } of ported.patches.filter((outcome) => settled.has(outcome.patch) && !isOpen(outcome))) {
    const fault = await patchFault(session, verify, { patch, commit: commit ?? ported.tip, release: port.onto });
    if (fault === undefined) continue;
    throw new UnforkError("input-invalid", `${patch.slice(0, 10)} ${subject}: ${fault}`, {
      hint: "edit the files again, then unfork patch continue; without --verify they are taken as they are",
    });
  }
}
