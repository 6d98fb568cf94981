/** Owns `patch why`: what became of one patch in a port, what was said about it, and how it differs from what it was. */
import { gitOk } from "../../git/git.js";
import type { PatchWhy } from "../../model/patch-why.js";
import { UnforkError } from "../../support/errors.js";
import { nobody } from "../alone/port-alone.js";
import { runPort } from "../alone/run-port.js";
import { readRepository } from "../alone/session.js";
import { auditSeries } from "../line-audit/audit-series.js";
import { STATE_REF, openPatchState } from "../state/patch-state.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import { treeReader } from "../../git/tree-draft.js";

export interface WhyRequest {
  readonly repo: string;
  readonly name: string;
  /** How the id of the patch begins, in the old stack or the new one. */
  readonly patch: string;
}

export async function why({ repo, name, patch: wanted }: WhyRequest): Promise<PatchWhy> {
  return await readRepository(repo, async (session) => {
    const { pool } = session;
    const state = await openPatchState(pool);
    const port = await state.port(name);
    if (port === undefined) throw new UnforkError("usage", `there is no port named '${name}'`, { hint: "unfork patch port makes one" });
    const ported = await runPort({ session, port, state, answer: nobody });
    const found = ported.patches.filter(({ patch, commit }) => patch.startsWith(wanted) || commit?.startsWith(wanted) === true);
    const [outcome, ...others] = found;
    if (outcome === undefined || others.length > 0) {
      throw new UnforkError("usage", `${wanted} means ${found.length} patches of the port ${name}`, {
        hint: "unfork patch port --json lists all with their ids",
      });
    }
    pool.show();
    const onto = parseRawCommit(await pool.read(port.onto, "commit")).tree;
    const explanation = ported.explanations.get(outcome.patch) ?? null;
    const asked = { patch: outcome.patch, subject: outcome.subject, commit: outcome.commit, waits: false, explanation };
    const [audited] = await auditSeries({ pool, readTree: treeReader(pool), onto, patches: [asked] });
    return {
      port: name,
      outcome,
      explanation,
      lines: outcome.commit === null && outcome.status !== "upstreamed" ? [] : (audited?.findings ?? []),
      difference: outcome.commit === null ? null : await rangeDiff(session.pool.repository, outcome.patch, outcome.commit),
      history: await historyOf(pool.repository, name),
    };
  });
}

async function rangeDiff(repository: Parameters<typeof gitOk>[0], old: string, next: string): Promise<string> {
  const args = ["range-diff", "--no-color", "--creation-factor=999", `${old}^!`, `${next}^!`];
  return (await gitOk(repository, args)).toString("utf8").trimEnd();
}

/** Each time the port was run, oldest first. */
async function historyOf(repository: Parameters<typeof gitOk>[0], name: string): Promise<PatchWhy["history"]> {
  const args = ["log", "--reverse", "--format=%cI%x09%s", STATE_REF, "--", `ports/${name}.json`];
  const lines = (await gitOk(repository, args))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => ({ at: line.slice(0, line.indexOf("\t")), what: line.slice(line.indexOf("\t") + 1) }));
}
