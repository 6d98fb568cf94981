/** Owns the example of a difference between two outputs: the first frame, row and field, or byte, with what stands around. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { DifferenceExample } from "../../model/shadow.js";
import type { Tolerance } from "../../model/tolerance.js";
import { firstFrameBeyond, formDifference } from "./audio.js";
import type { OutputPair } from "./compare-output.js";
import { isNear } from "./numbers.js";
import { signalPlot } from "./plot.js";
import { type Sound, readWav } from "./wav.js";

/** Frames before and behind the first that differs. */
const AROUND = 400;
const FRAMES_SHOWN = 3;
const LINES_SHOWN = 2;
const BYTES_SHOWN = 16;
const MOST_LINE = 160;

/** Undefined where the tolerance finds them near enough, or the files are not to be read. */
export async function exampleOf(pair: OutputPair, tolerance: Tolerance): Promise<DifferenceExample | undefined> {
  const [legacy, latest] = await Promise.all(
    [pair.legacy, pair.latest].map((folder) => readFile(join(folder, pair.file)).catch(() => undefined)),
  );
  if (legacy === undefined || latest === undefined || legacy.equals(latest)) return undefined;
  const [one, other] = [readWav(legacy), readWav(latest)];
  if (one !== undefined && other !== undefined)
    return ofSounds(pair.file, one, other, tolerance.kind === "audio" ? tolerance.snrDb : Infinity);
  if (isText(legacy) && isText(latest)) return ofTexts(pair.file, legacy.toString("utf8"), latest.toString("utf8"), tolerance);
  return ofBytes(pair.file, legacy, latest);
}

function ofSounds(file: string, legacy: Sound, latest: Sound, snrDb: number): DifferenceExample | undefined {
  const form = formDifference(legacy, latest);
  const at = firstFrameBeyond(legacy, latest, snrDb) ?? (form === undefined ? undefined : 0);
  if (at === undefined) return undefined;
  const { channels, rate } = legacy;
  const [frame, channel] = [Math.floor(at / channels), at % channels];
  const valueOf = (sound: Sound, index: number) => sound.samples[index * channels + channel] ?? 0;
  const from = Math.max(0, frame - AROUND);
  const window = (of: (index: number) => number) => Array.from({ length: 2 * AROUND + 1 }, (_, index) => of(from + index));
  const rows = Array.from({ length: 2 * FRAMES_SHOWN + 1 }, (_, index) => frame - FRAMES_SHOWN + index).filter((index) => index >= 0);
  const svg = signalPlot(
    [
      { name: "legacy", values: window((index) => valueOf(legacy, index)) },
      { name: "latest", values: window((index) => valueOf(latest, index)) },
      { name: "difference", values: window((index) => valueOf(latest, index) - valueOf(legacy, index)) },
    ],
    frame - from,
    `${file}: frames ${from} to ${from + 2 * AROUND} at ${rate} Hz, channel ${channel + 1}`,
  );
  const where = `frame ${frame} (${(frame / rate).toFixed(3)} s), channel ${channel + 1}`;
  const context = rows.map((index) => `frame ${index}: ${valueOf(legacy, index).toFixed(6)} → ${valueOf(latest, index).toFixed(6)}`);
  return { file, where, context: form === undefined ? context : [`${form.where}: ${form.what}`, ...context], svg };
}

function ofTexts(file: string, legacy: string, latest: string, tolerance: Tolerance): DifferenceExample | undefined {
  const [ours, theirs] = [legacy.split("\n"), latest.split("\n")];
  const at = Array.from({ length: Math.max(ours.length, theirs.length) }).findIndex(
    (_, row) => fieldThatDiffers(ours[row], theirs[row], tolerance) !== undefined,
  );
  if (at === -1) return undefined;
  const field = fieldThatDiffers(ours[at], theirs[at], tolerance) ?? 0;
  const fields = fieldsOf(ours[at] ?? "");
  const name =
    at > 0 && fields.length > 1 && fieldsOf(ours[0] ?? "").length === fields.length ? ` (${fieldsOf(ours[0] ?? "")[field]?.trim()})` : "";
  const around = Array.from({ length: 2 * LINES_SHOWN + 1 }, (_, index) => at - LINES_SHOWN + index).filter(
    (row) => row >= 0 && (row < ours.length || row < theirs.length),
  );
  const context = around.flatMap((row) => rowsShown(row, ours[row], theirs[row]));
  return { file, where: `row ${at + 1}${fields.length > 1 ? `, field ${field + 1}${name}` : ""}`, context };
}

function rowsShown(row: number, ours: string | undefined, theirs: string | undefined): string[] {
  if (ours === theirs) return [`${row + 1}  ${cut(ours)}`];
  return [`${row + 1} legacy  ${cut(ours)}`, `${row + 1} latest  ${cut(theirs)}`];
}

function fieldThatDiffers(ours: string | undefined, theirs: string | undefined, tolerance: Tolerance): number | undefined {
  if (ours === theirs) return undefined;
  if (ours === undefined || theirs === undefined) return 0;
  const [one, other] = [fieldsOf(ours), fieldsOf(theirs)];
  const at = one.findIndex((text, index) => !isSame(text, other[index] ?? "", tolerance));
  return at === -1 && one.length === other.length ? undefined : Math.max(0, at);
}

function isSame(one: string, other: string, tolerance: Tolerance): boolean {
  if (one === other) return true;
  const numbers = [one, other].map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  return tolerance.kind === "numbers" && numbers.every(Number.isFinite) && isNear(numbers[0] ?? 0, numbers[1] ?? 0, tolerance);
}

/** Of a line of tab, comma, semicolon or blank separated values. */
function fieldsOf(line: string): string[] {
  const separator = ["\t", ",", ";", " "].find((each) => line.includes(each));
  return separator === undefined ? [line] : line.split(separator);
}

function ofBytes(file: string, legacy: Buffer, latest: Buffer): DifferenceExample {
  const common = Math.min(legacy.length, latest.length);
  const differing = legacy.subarray(0, common).findIndex((byte, index) => byte !== latest[index]);
  const at = differing === -1 ? common : differing;
  const from = Math.max(0, at - BYTES_SHOWN);
  const row = (bytes: Buffer) =>
    bytes
      .subarray(from, at + BYTES_SHOWN)
      .toString("hex")
      .replaceAll(/(..)(?=.)/g, "$1 ");
  return { file, where: `byte ${at}`, context: [`from byte ${from}`, `legacy  ${row(legacy)}`, `latest  ${row(latest)}`] };
}

function isText(bytes: Buffer): boolean {
  return !bytes.subarray(0, 65_536).includes(0);
}

function cut(line: string | undefined): string {
  if (line === undefined) return "(nothing)";
  return line.length > MOST_LINE ? `${line.slice(0, MOST_LINE)}…` : line;
}
