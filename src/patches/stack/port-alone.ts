/** Owns `patch port` on any repository: names resolved, the stack ported, one ref moved at the end. */
import { parseRawCommit } from "../../git/raw-commit.js";
import { type ObjectPool, openPool } from "../../git/object-pool.js";
import { type ExistingRepository, openExisting } from "../../git/open-existing.js";
import { updateRefs } from "../../git/refs.js";
import { gitVersion } from "../../git/version.js";
import type { PatchOutcome, PatchPort } from "../../model/patch.js";
import { PATCH_STATUSES, type PatchStatus } from "../../model/patch-status.js";
import { UnforkError } from "../../support/errors.js";
import { portStack } from "./port-stack.js";
import { listStack, parseRange } from "./stack-patch.js";

export interface AloneRequest {
  readonly repo: string;
  /** `OLD_BASE..TIP`. */
  readonly series: string;
  readonly onto: string;
  /** The ref is `refs/unfork/<name>`. */
  readonly name: string;
  readonly dryRun: boolean;
}

/** Ports a series onto a new base and moves `refs/unfork/<name>` there. Nothing else in the repository changes. */
export async function portAlone(request: AloneRequest): Promise<PatchPort> {
  const range = parseRange(request.series);
  const ref = refOf(request.name);
  const [version, existing] = await Promise.all([gitVersion(), openExisting(request.repo)]);
  const pool = await openPool(existing.repository, existing.objects);
  try {
    const [base, tip, onto, old] = await Promise.all([
      commitOf(pool, existing, range.base),
      commitOf(pool, existing, range.tip),
      commitOf(pool, existing, request.onto),
      pool.find(ref),
    ]);
    const commits = await listStack(pool.repository, { base: base.id, tip: tip.id });
    const ported = await portStack({ pool, version, commits, onto: { commit: onto.id, tree: onto.tree } });
    if (!request.dryRun) {
      await pool.store();
      await updateRefs(existing.repository, [{ ref, old: old?.id ?? null, next: ported.tip }]);
    }
    return {
      name: request.name,
      ref: request.dryRun ? null : ref,
      series: { base: base.id, tip: tip.id },
      onto: onto.id,
      commit: ported.tip,
      tree: ported.tree,
      summary: summaryOf(ported.patches),
      patches: [...ported.patches],
    };
  } finally {
    await pool.close();
  }
}

/** See git-check-ref-format(1); one level only. */
function refOf(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !name.includes("..") && !/\.(lock)?$/.test(name)) return `refs/unfork/${name}`;
  throw new UnforkError("usage", `'${name}' cannot be the name of a port`, { hint: "letters, digits, '.', '_' and '-', as in m150-try-2" });
}

async function commitOf(pool: ObjectPool, existing: ExistingRepository, name: string): Promise<{ id: string; tree: string }> {
  const found = await pool.find(`${name}^{commit}`);
  if (found !== undefined) return { id: found.id, tree: parseRawCommit(found.content).tree };
  throw new UnforkError("input-invalid", `there is no commit ${name} in ${existing.repository.path}`, {
    hint: existing.shallow
      ? "this clone is shallow: git fetch --unshallow, or fetch the missing commits"
      : "check the name, or fetch it first",
    context: { ref: name },
  });
}

function summaryOf(patches: readonly PatchOutcome[]): Record<PatchStatus, number> {
  const count = (status: PatchStatus) => patches.filter((patch) => patch.status === status).length;
  return Object.fromEntries(PATCH_STATUSES.map((status) => [status, count(status)])) as Record<PatchStatus, number>;
}
