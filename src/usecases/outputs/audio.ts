/** Owns the comparison of two sound files by the ratio of the signal to the difference. */
import type { Difference } from "./difference.js";
import type { Sound } from "./wav.js";

export interface SoundComparison {
  /** 10 log10 of the legacy signal's power over that of the difference; Infinity when equal. */
  readonly snrDb: number;
  /** The first frame in which they differ by more than the tolerance allows on average; undefined when none does. */
  readonly first: Difference | undefined;
}

/** A difference of form that makes sample by sample meaningless; undefined when there is none. */
export function formDifference(legacy: Sound, latest: Sound): Difference | undefined {
  if (legacy.rate !== latest.rate) return { where: "the head", what: `${legacy.rate} Hz → ${latest.rate} Hz` };
  if (legacy.channels !== latest.channels) return { where: "the head", what: `${legacy.channels} channels → ${latest.channels}` };
  if (legacy.samples.length === latest.samples.length) return undefined;
  return { where: "the end", what: `${frames(legacy)} frames → ${frames(latest)}` };
}

/** Both of one form. A sample that is no number in latest and is one in legacy makes the ratio −Infinity. */
export function compareSounds(legacy: Sound, latest: Sound, wantedDb: number): SoundComparison {
  let signal = 0;
  let difference = 0;
  for (const [index, value] of legacy.samples.entries()) {
    signal += value * value;
    difference += (value - (latest.samples[index] ?? 0)) ** 2;
  }
  const snrDb = ratioDb(signal, difference);
  return { snrDb, first: snrDb >= wantedDb ? undefined : firstBeyond(legacy, latest, wantedDb) };
}

/** Index of the first sample that differs by more than the tolerance allows on average; undefined when none does. */
export function firstFrameBeyond(legacy: Sound, latest: Sound, wantedDb: number): number | undefined {
  const signal = legacy.samples.reduce((sum, value) => sum + value * value, 0);
  const allowed = Math.sqrt(signal / Math.max(1, legacy.samples.length)) * 10 ** (-wantedDb / 20);
  const at = legacy.samples.findIndex((value, index) => !(Math.abs(value - (latest.samples[index] ?? 0)) <= allowed));
  return at === -1 ? undefined : at;
}

function ratioDb(signal: number, difference: number): number {
  if (difference === 0) return Infinity;
  return Number.isFinite(difference) && signal > 0 ? 10 * Math.log10(signal / difference) : -Infinity;
}

function firstBeyond(legacy: Sound, latest: Sound, wantedDb: number): Difference | undefined {
  const at = firstFrameBeyond(legacy, latest, wantedDb);
  if (at === undefined) return undefined;
  const frame = Math.floor(at / legacy.channels);
  const place = `frame ${frame} (${(frame / legacy.rate).toFixed(3)} s), channel ${(at % legacy.channels) + 1}`;
  return { where: place, what: `${shown(legacy.samples[at])} → ${shown(latest.samples[at])}` };
}

function shown(value: number | undefined): string {
  return value === undefined ? "nothing" : value.toFixed(6);
}

function frames({ samples, channels }: Sound): number {
  return samples.length / channels;
}
