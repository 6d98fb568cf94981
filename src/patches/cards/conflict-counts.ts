/** Owns how often a feature conflicted: each conflict once, settled or open, and each patch that somebody left out of a port. */
import { parseTree } from "../../git/tree.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { patchIds } from "../../git/patch-ids.js";
import { type PatchState, STATE_REF } from "../state/patch-state.js";

export interface ConflictCount {
  readonly all: number;
  /** Of a port that waits for somebody. */
  readonly open: number;
}

/** Per commit, over all ports that the notes ref remembers. */
export async function conflictCounts(pool: ObjectPool, state: PatchState, commits: readonly string[]): Promise<Map<string, ConflictCount>> {
  const [settled = [], met = [], files = []] = await Promise.all(
    ["resolutions", "conflicts", "ports"].map((folder) => entriesIn(pool, folder)),
  );
  const ports = await Promise.all(
    files.map((file) => file.replace(/\.json$/, "")).map(async (name) => ({ name, port: await state.port(name) })),
  );
  const known = new Set([...settled, ...met]);
  const ids = known.size === 0 ? new Map<string, string>() : await patchIds(pool.repository, commits);
  const counts = commits.map(async (commit) => {
    const id = ids.get(commit);
    const { answered, unsettled } = id === undefined || !known.has(id) ? NONE : await conflictsOf(pool, state, id);
    const skipping = ports.filter(({ port }) => port?.skipped.some(({ patch }) => patch === commit)).map(({ name }) => name);
    const waiting = new Set(ports.filter(({ port }) => port?.waiting === true).map(({ name }) => name));
    // One that was left out because of its conflict is one, not two.
    const others = skipping.filter((name) => !unsettled.includes(name)).length;
    const open = unsettled.filter((name) => waiting.has(name) && !skipping.includes(name)).length;
    return [commit, { all: answered + unsettled.length + others, open }] as const;
  });
  return new Map(await Promise.all(counts));
}

const NONE = { answered: 0, unsettled: [] as readonly string[] };

/** How many were answered, and the ports that met the others. */
async function conflictsOf(pool: ObjectPool, state: PatchState, id: string) {
  const [answers, met] = await Promise.all([entriesIn(pool, `resolutions/${id}`), entriesIn(pool, `conflicts/${id}`)]);
  const answered = new Set(answers.map((name) => name.replace(/\.(?:gone|why)$/, "")));
  // Older versions told conflicts by their sides alone.
  const sides = new Set([...answered].flatMap((name) => [name, sidesOf(name)]));
  const isAnswered = (name: string) => answered.has(name) || (isOld(name) ? sides.has(name) : answered.has(sidesOf(name)));
  const unsettled = met.filter((name) => !isAnswered(name)).map((name) => state.files.read(`conflicts/${id}/${name}`));
  const names = (await Promise.all(unsettled)).map((text) => text?.toString("utf8").split(" ")[0] ?? "");
  return { answered: answered.size, unsettled: names };
}

const SIDES = "0-0-0".replaceAll("0", "0".repeat(40)).length;

function sidesOf(name: string): string {
  return name.slice(0, SIDES);
}

function isOld(name: string): boolean {
  return name.length === SIDES;
}

/** Names of what a folder of the notes ref holds. */
export async function entriesIn(pool: ObjectPool, folder: string): Promise<string[]> {
  const found = await pool.find(`${STATE_REF}:${folder}`);
  return found?.type === "tree" ? [...parseTree(found.content).keys()] : [];
}
