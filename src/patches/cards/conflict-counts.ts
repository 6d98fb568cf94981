/** Owns how often a feature conflicted: files whose conflict somebody settled, and patches that somebody left out of a port. */
import { parseTree } from "../../git/tree.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { patchIds } from "../../git/patch-ids.js";
import { type PatchState, STATE_REF } from "../state/patch-state.js";

/** Per commit, over all ports that the notes ref remembers. */
export async function conflictCounts(pool: ObjectPool, state: PatchState, commits: readonly string[]): Promise<Map<string, number>> {
  const [settled, ports] = await Promise.all([entriesIn(pool, "resolutions"), entriesIn(pool, "ports")]);
  const counts = new Map<string, number>();
  const add = (commit: string, count: number) => counts.set(commit, (counts.get(commit) ?? 0) + count);
  for (const file of ports) {
    const port = await state.port(file.replace(/\.json$/, ""));
    for (const { patch } of port?.skipped ?? []) add(patch, 1);
  }
  const ids = settled.length === 0 ? new Map<string, string>() : await patchIds(pool.repository, commits);
  for (const [commit, id] of ids) {
    if (!settled.includes(id)) continue;
    const answers = new Set((await entriesIn(pool, `resolutions/${id}`)).map((name) => name.replace(/\.(?:gone|why)$/, "")));
    add(commit, answers.size);
  }
  return counts;
}

/** Names of what a folder of the notes ref holds. */
export async function entriesIn(pool: ObjectPool, folder: string): Promise<string[]> {
  const found = await pool.find(`${STATE_REF}:${folder}`);
  return found?.type === "tree" ? [...parseTree(found.content).keys()] : [];
}
