/** Owns whether a halt has reached the fleet: fewer units than before begin with the new flavor. */
import { z } from "zod";

import type { Analysis } from "../../model/arm-statistics.js";
import { isStopped } from "../../experiment/ramp/entry.js";
import { confirmStop } from "../../experiment/ramp/transitions.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Database } from "../../store/state/database.js";
import { confirmHaltsOf } from "../../store/state/decisions.js";
import { readSetting, writeSetting } from "../../store/state/settings.js";
import type { Core } from "./core.js";
import { type StoredEntry, storedEntries, writeRamp } from "./entries.js";
import type { Telemetry } from "./telemetry.js";

/** Units in the treatment at the last check, and how many came in an hour before the halt. */
const checkSchema = z.strictObject({ at: z.number(), units: z.number(), perHour: z.number() });

/** So many units would have come without the halt, before anything is said of those that did not. */
const ENOUGH = 5;

/** Confirmed when fewer than this part of them came. */
const FALLEN_TO = 0.1;

/** Checks the stopped experiments that nothing has confirmed yet; gives the ids of those that are confirmed now. */
export async function confirmHalts(core: Core, telemetry: Telemetry): Promise<readonly string[]> {
  const open = (await storedEntries(core.db, core.project)).filter(isOpen);
  if (open.length === 0) return [];
  const now = core.now();
  const analyses = await telemetry.analyse(
    open.map(({ experiment }) => experiment),
    now.getTime(),
  );
  const confirmed: string[] = [];
  for (const [index, entry] of open.entries()) {
    const analysis = analyses[index];
    if (analysis === undefined || !(await hasFallen(core, entry.experiment.id, analysis, now))) continue;
    await core.db.transaction((tx) => confirm(tx, core, entry, now));
    confirmed.push(entry.experiment.id);
  }
  return confirmed;
}

/** Stopped after it had a treatment, and not confirmed. */
function isOpen(entry: StoredEntry): boolean {
  return isStopped(entry) && entry.ramp.phases.length > 0 && entry.ramp.confirmed === undefined;
}

async function confirm(tx: Database, core: Core, entry: StoredEntry, now: Date): Promise<void> {
  const { id } = entry.experiment;
  await writeRamp(tx, entry, confirmStop(entry.ramp, now.toISOString()), now);
  await confirmHaltsOf(tx, core.project, id, now);
  await appendAudit(tx, { at: now.toISOString(), project: core.project, actor: "server", action: "halt.confirm", subject: id, detail: {} });
}

async function hasFallen(core: Core, id: string, analysis: Analysis, now: Date): Promise<boolean> {
  const key = `halt-check:${id}`;
  const last = checkSchema.safeParse(await readSetting(core.db, core.project, key)).data;
  const units = treated(analysis, "units");
  const check = last ?? { at: now.getTime(), units, perHour: treated(analysis, "unitsLastDay") / 24 };
  const expected = ((now.getTime() - check.at) / 3_600_000) * check.perHour;
  if (last === undefined) await writeSetting(core.db, core.project, key, check, now);
  // Nobody came before either: that nobody comes now says nothing, and there is nobody to go back.
  if (check.perHour === 0) return last !== undefined && units === check.units;
  if (expected < ENOUGH) return false;
  if (units - check.units < expected * FALLEN_TO) return true;
  await writeSetting(core.db, core.project, key, { ...check, at: now.getTime(), units }, now);
  return false;
}

function treated({ exposures }: Analysis, what: "units" | "unitsLastDay"): number {
  return exposures.filter(({ arm }) => arm === "treatment").reduce((sum, row) => sum + (row[what] ?? 0), 0);
}
