/** Owns gathering what the verdicts can be looked up in, out of what the runs left on the disk. */
import { readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";

import { FLAVORS } from "../../model/build.js";
import type { Evidence, SoundEvidence } from "../../model/evidence.js";
import type { UseCaseResult } from "../../model/use-case.js";
import { type Sound, readWav } from "../outputs/wav.js";
import { bandCentres, soundCurves } from "./sound-curves.js";

/** An hour of 16 bits at 16 kHz; a larger file is linked, not drawn. */
const MOST_BYTES = 128 * 2 ** 20;

/**
 * For each result that has outputs: the files, as seen from the folder of the report, and sounds of both flavors as curves.
 * `out` is where the runs wrote `<use case>/<flavor>/<file>`. A file that is gone is left out.
 */
export async function gatherEvidence(results: readonly UseCaseResult[], out: string, report: string): Promise<Evidence[]> {
  const gathered: Evidence[] = [];
  for (const { id, outputs } of results) {
    if (outputs.length === 0) continue;
    const files = outputs.map(({ flavor, file }) => ({ flavor, file, href: hrefOf(relative(report, join(out, id, flavor, file))) }));
    gathered.push({ id, files, sounds: await soundsOf([...new Set(outputs.map(({ file }) => file))], join(out, id)) });
  }
  return gathered;
}

function hrefOf(path: string): string {
  return path.split(/[\\/]/).map(encodeURIComponent).join("/");
}

async function soundsOf(files: readonly string[], folder: string): Promise<SoundEvidence[]> {
  const sounds: SoundEvidence[] = [];
  for (const file of files) {
    const [legacy, latest] = await Promise.all(FLAVORS.map((flavor) => soundAt(join(folder, flavor, file))));
    if (legacy === undefined || latest === undefined || !areAlike(legacy, latest)) continue;
    const seconds = legacy.samples.length / legacy.channels / legacy.rate;
    sounds.push({ file, seconds, hertz: bandCentres(legacy.rate), legacy: soundCurves(legacy), latest: soundCurves(latest) });
  }
  return sounds;
}

function areAlike(a: Sound, b: Sound): boolean {
  return a.rate > 0 && a.rate === b.rate && a.channels === b.channels && a.samples.length === b.samples.length && a.samples.length > 0;
}

async function soundAt(path: string): Promise<Sound | undefined> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined || !status.isFile() || status.size > MOST_BYTES) return undefined;
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined ? undefined : readWav(bytes);
}
