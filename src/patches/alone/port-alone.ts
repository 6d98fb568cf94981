/** Owns `patch port` on any repository: names resolved, the stack ported, one ref moved at the end. */
import type { PatchPort } from "../../model/patch.js";
import { parseRange } from "../stack/stack-patch.js";
import { type PortState, openPatchState } from "../state/patch-state.js";
import type { Resolver } from "../resolve/resolve-port.js";
import type { Verify } from "../resolve/verify.js";
import { learn } from "../state/learned.js";
import { type PortRun, type RunResult, isOpen, portDocument, runPort } from "./run-port.js";
import { type Session, commitOf, finishPort, refNow, refOf, withRepository } from "./session.js";

export interface AloneRequest {
  readonly repo: string;
  /** `OLD_BASE..TIP`. */
  readonly series: string;
  readonly onto: string;
  /** The ref is `refs/unfork/<name>`. */
  readonly name: string;
  readonly dryRun: boolean;
  /** Settles conflicts by a command. */
  readonly resolver?: Resolver;
  /** Build and tests of patches. */
  readonly verify?: Verify;
  /** Run them also for what is merged without anybody. */
  readonly verifyAuto?: boolean;
  /** Whether patches that upstream has already are looked for and left out; default true. */
  readonly upstreamed?: boolean;
  /** Upstream's head beyond the new base: what it takes back until there is told. */
  readonly upstream?: string;
}

/**
 * Ports a series onto a new base and moves `refs/unfork/<name>` there. How it was asked for and answered stands in
 * `refs/notes/unfork`; nothing else in the repository changes.
 */
export async function portAlone(request: AloneRequest): Promise<PatchPort> {
  const run = await withRepository(request.repo, (session) => portOnce(session, request), request.dryRun ? "tell" : "recover");
  return portDocument(request.name, request.dryRun ? null : refOf(request.name), run.port, run.ported);
}

async function portOnce(session: Session, request: AloneRequest) {
  const range = parseRange(request.series);
  refOf(request.name);
  const [base, tip, onto] = await Promise.all([range.base, range.tip, request.onto].map((name) => commitOf(session, name)));
  const [was, state, head] = await Promise.all([
    refNow(session, request.name),
    openPatchState(session.pool),
    request.upstream === undefined ? null : commitOf(session, request.upstream),
  ]);
  const known = await state.port(request.name);
  const before = known?.waiting === true ? known.before : was;
  const upstreamed = request.upstreamed === false ? null : { head: head?.id ?? null };
  const asked = { base: base?.id ?? "", tip: tip?.id ?? "", onto: onto?.id ?? "", before, skipped: [], upstreamed, waiting: false };
  const run = { session, state, port: asked, answer: nobody };
  const answer =
    request.resolver === undefined ? nobody : await (await import("../resolve/resolve-port.js")).resolvePort(run, request.resolver);
  const auto = request.verifyAuto === true && request.verify !== undefined ? { verifyAuto: request.verify } : {};
  return await portAndKeep({ ...run, answer }, { name: request.name, dryRun: request.dryRun, was, ...auto });
}

/** Leaves every conflict to a person. */
export function nobody(): Promise<undefined> {
  return Promise.resolve(undefined);
}

export interface Keeping {
  readonly name: string;
  /** Where the port's ref stood when the work began. */
  readonly was: string | null;
  readonly dryRun: boolean;
  /** Looks at what came out before anything is stored; throws when it must not be. */
  readonly check?: (ported: RunResult) => Promise<void>;
  /** Build and tests of the patches that are merged without anybody; what does not pass says so. */
  readonly verifyAuto?: Verify;
}

/** Ports, and stores the outcome unless it is a dry run. */
export async function portAndKeep(run: PortRun, { name, was, dryRun, check, verifyAuto }: Keeping) {
  const placed = await runPort(run);
  const ported = verifyAuto === undefined ? placed : await (await import("../resolve/verify-auto.js")).withFaults(run, placed, verifyAuto);
  await check?.(ported);
  const waiting = ported.patches.some(isOpen);
  const port: PortState = { ...run.port, waiting };
  if (!dryRun) {
    await learn(run, ported, name);
    await run.state.setPort(name, port);
    await finishPort(run.session, run.state, {
      name,
      was,
      next: ported.tip,
      subject: `Port ${name}: ${waiting ? "waits for a person" : "done"}`,
    });
  }
  return { port, ported };
}
