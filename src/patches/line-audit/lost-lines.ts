/** Owns the question which lines of ported patches were lost without a reason. */
import type { ObjectPool } from "../../git/object-pool.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import { treeReader } from "../../git/tree-draft.js";
import type { PatchOutcome } from "../../model/patch.js";
import { auditSeries } from "./audit-series.js";

/** `<patch> <file>: +<line>` each. `onto`: commit of the new base. */
export async function lostLines(pool: ObjectPool, onto: string, outcomes: readonly PatchOutcome[]): Promise<string[]> {
  const { tree } = parseRawCommit(await pool.read(onto, "commit"));
  const patches = outcomes.map(({ patch, subject, commit }) => ({ patch, subject, commit, waits: false, explanation: null }));
  const audited = await auditSeries({ pool, readTree: treeReader(pool), onto: tree, patches });
  return audited.flatMap(({ patch, findings }) =>
    findings.filter(({ fate }) => fate === "lost").map(({ file, sign, line }) => `${patch.slice(0, 10)} ${file}: ${sign}${line}`),
  );
}
