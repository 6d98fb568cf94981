/** Owns whether a halt has reached the fleet: the new flavor is hardly used any more. */
import { z } from "zod";

import { isUnconfirmed } from "../../experiment/ramp/entry.js";
import { confirmStop } from "../../experiment/ramp/transitions.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Database } from "../../store/state/database.js";
import { confirmHaltsOf } from "../../store/state/decisions.js";
import { firstVersionSince } from "../../store/state/seeds.js";
import { readSetting, writeSetting } from "../../store/state/settings.js";
import type { ExposureCounts } from "../../store/telemetry/analysis/count-exposures.js";
import type { Core } from "./core.js";
import { type StoredEntry, storedEntries, writeRamp } from "./entries.js";
import type { Telemetry } from "./telemetry.js";

const DAY_MS = 86_400_000;

/** So many exposures would have come without the halt, before anything is said of those that did not. */
const ENOUGH = 5;

/** So many exposures in all experiments, before the seeds that they name say how far the halt has come. */
const ENOUGH_SEEDS = 20;

/** Confirmed when fewer than this part came, or goes by an older seed. */
const FALLEN_TO = 0.1;

/** From when on exposures are looked at: the halt, or a later moment where they had not fallen yet. */
const checkSchema = z.object({ from: z.number() });

/** Checks the stopped experiments that nothing has confirmed yet, or `only` these; gives the ids of those that are confirmed now. */
export async function confirmHalts(core: Core, telemetry: Telemetry, only?: readonly string[]): Promise<readonly string[]> {
  const entries = await storedEntries(core.db, core.project);
  const open = entries.filter((entry) => isUnconfirmed(entry) && (only?.includes(entry.experiment.id) ?? true));
  const confirmed: string[] = [];
  for (const entry of open) {
    const now = core.now();
    if (!(await hasFallen(core, telemetry, entry, entries, now))) continue;
    await core.db.transaction((tx) => confirm(tx, core, entry, now));
    confirmed.push(entry.experiment.id);
  }
  return confirmed;
}

async function confirm(tx: Database, core: Core, entry: StoredEntry, now: Date): Promise<void> {
  const { id } = entry.experiment;
  await writeRamp(tx, entry, confirmStop(entry.ramp, now.toISOString()), now);
  await confirmHaltsOf(tx, core.project, id, now);
  await appendAudit(tx, { at: now.toISOString(), project: core.project, actor: "server", action: "halt.confirm", subject: id, detail: {} });
}

async function hasFallen(
  core: Core,
  telemetry: Telemetry,
  { experiment: { id }, ramp }: StoredEntry,
  entries: readonly StoredEntry[],
  now: Date,
): Promise<boolean> {
  const key = `halt-check:${id}`;
  const halted = Date.parse(ramp.stopped?.at ?? now.toISOString());
  const from = checkSchema.safeParse(await readSetting(core.db, core.project, key)).data?.from ?? halted;
  const to = Math.max(from, now.getTime());
  const daysBack = Math.max(1, Math.ceil((to - halted) / DAY_MS)) * DAY_MS;
  const seedFrom = await firstVersionSince(core.db, core.project, new Date(halted));
  const own = [id];
  const all = seedFrom === undefined ? [] : entries.map(({ experiment }) => experiment.id);
  const [since = NONE, before = NONE, sameHours = NONE, fleet = NONE, reached = NONE] = await telemetry.exposures([
    { experiments: own, from, to },
    { experiments: own, from: halted - DAY_MS, to: halted },
    { experiments: own, from: from - daysBack, to: to - daysBack },
    { experiments: all, from, to },
    { experiments: all, from, to, seedFrom },
  ]);
  const fallen = judge({ since, before, sameHours, fleet, reached });
  if (fallen === false) await writeSetting(core.db, core.project, key, { from: to }, now);
  // Nobody came before either: a day without anybody says enough.
  return fallen ?? (before.treatment === 0 && since.treatment === 0 && to - from >= DAY_MS);
}

const NONE: ExposureCounts = { treatment: 0, control: 0 };

interface Seen {
  /** Since the halt, or the last check. */
  readonly since: ExposureCounts;
  /** In the day before the halt. */
  readonly before: ExposureCounts;
  /** At the same hours, on the last day that ended before the halt. */
  readonly sameHours: ExposureCounts;
  /** Of all experiments, since then. */
  readonly fleet: ExposureCounts;
  /** Those of them by a seed that has the halt. */
  readonly reached: ExposureCounts;
}

/**
 * Whether exposures have fallen; undefined where too little was seen. The control goes on until a base drops the experiment, and tells it
 * at once; then the seeds that exposures of other experiments name do; else the same hours of an earlier day.
 */
function judge({ since, before, sameHours, fleet, reached }: Seen): boolean | undefined {
  const besideControl = before.control === 0 ? 0 : (since.control * before.treatment) / before.control;
  if (besideControl >= ENOUGH) return since.treatment < besideControl * FALLEN_TO;
  const [seen, ofHalt] = [fleet, reached].map(({ treatment, control }) => treatment + control) as [number, number];
  if (seen >= ENOUGH_SEEDS) return seen - ofHalt < seen * FALLEN_TO;
  return sameHours.treatment >= ENOUGH ? since.treatment < sameHours.treatment * FALLEN_TO : undefined;
}
