/** Owns `patch port` on any repository: names resolved, the stack ported, one ref moved at the end. */
import type { PatchPort } from "../../model/patch.js";
import type { PatchState, PortState } from "../state/patch-state.js";
import { parseRange } from "../stack/stack-patch.js";
import { isOpen, portDocument, runPort } from "./run-port.js";
import { type Session, commitOf, finish, refOf, withRepository } from "./session.js";
import { wallClockMs } from "../../support/clock.js";

export interface AloneRequest {
  readonly repo: string;
  /** `OLD_BASE..TIP`. */
  readonly series: string;
  readonly onto: string;
  /** The ref is `refs/unfork/<name>`. */
  readonly name: string;
  readonly dryRun: boolean;
}

/**
 * Ports a series onto a new base and moves `refs/unfork/<name>` there. What it needs to go on after a conflict stands in
 * `refs/notes/unfork`; nothing else in the repository changes.
 */
export async function portAlone(request: AloneRequest): Promise<PatchPort> {
  const range = parseRange(request.series);
  const ref = refOf(request.name);
  return await withRepository(request.repo, async (session) => {
    const names = [range.base, range.tip, request.onto].map((name) => commitOf(session, name));
    const [base, tip, onto, old] = await Promise.all([...names, session.pool.find(ref)]);
    const state = await stateOf(session);
    const waiting = await state?.port(request.name);
    const before = waiting === undefined ? (old?.id ?? null) : waiting.before;
    const port: PortState = { base: base?.id ?? "", tip: tip?.id ?? "", onto: onto?.id ?? "", before, skipped: [] };
    const ported = await runPort({ session, port, state, answer: () => Promise.resolve(undefined) });
    if (request.dryRun) return portDocument(request.name, null, port, ported);
    const open = ported.patches.some(isOpen);
    const memory = state ?? (open ? await openState(session) : null);
    await memory?.setPort(request.name, open ? port : null);
    const update = memory?.files.update(`Port ${request.name}: ${open ? "waits for a person" : "done"}`, Math.floor(wallClockMs() / 1000));
    await finish(session, [{ ref, old: old?.id ?? null, next: ported.tip }, update]);
    return portDocument(request.name, ref, port, ported);
  });
}

/** What was recorded earlier, or null: most ports need none of it, nor what reads it. */
async function stateOf(session: Session): Promise<PatchState | null> {
  return (await session.pool.find("refs/notes/unfork")) === undefined ? null : await openState(session);
}

async function openState({ pool }: Session): Promise<PatchState> {
  const { openPatchState } = await import("../state/patch-state.js");
  return await openPatchState(pool);
}
