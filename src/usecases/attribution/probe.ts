/** Owns what is looked at in a run: a figure of its JSON line, instructions under callgrind, an output, whether it crashes at all. */
import { makeFolder } from "../../support/fs.js";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Tolerance } from "../../model/tolerance.js";
import { commonNames } from "../callgrind/compare-profiles.js";
import { type Profile, parseProfile } from "../callgrind/parse-profile.js";
import { compareOutput } from "../outputs/compare-output.js";
import { valueAt } from "../values.js";
import type { Arm } from "./arm.js";

/** What a run gave: a number, null for none, or how it crashed. */
export type Figure = number | null | string;

/** A pair of runs. */
export interface Sample {
  readonly reference: Figure;
  readonly candidate: Figure;
}

export type Probe =
  | { readonly kind: "figure"; readonly path: string }
  | { readonly kind: "callgrind"; readonly function: string | undefined }
  /** 1 where the candidate's file lies beyond the tolerance from the reference's. */
  | { readonly kind: "output"; readonly file: string; readonly tolerance: Tolerance; readonly root: string; readonly seconds: number };

export interface PairPlace {
  /** Is emptied for each pair. */
  readonly folder: string;
  readonly cpu: number | undefined;
  /** The reference runs first in even pairs. */
  readonly index: number;
  /** The reference is not run again. */
  readonly candidateOnly?: boolean;
}

const SIDES = ["reference", "candidate"] as const;
type Side = (typeof SIDES)[number];

export async function samplePair(probe: Probe, arms: Readonly<Record<Side, Arm>>, place: PairPlace): Promise<Sample> {
  await rm(place.folder, { recursive: true, force: true });
  const figures: Record<Side, Figure> = { reference: null, candidate: null };
  const both = place.index % 2 === 0 ? SIDES : SIDES.toReversed();
  const turns = place.candidateOnly === true ? (["candidate"] as const) : both;
  for (const side of turns) figures[side] = await figureOf(probe, arms[side], join(place.folder, side), place.cpu);
  return probe.kind === "output" && place.candidateOnly !== true ? await comparedOutputs(probe, figures, place.folder) : figures;
}

async function figureOf(probe: Probe, arm: Arm, out: string, cpu: number | undefined): Promise<Figure> {
  if (probe.kind === "callgrind") {
    const profile = await profileOf(arm, out, cpu);
    return typeof profile === "string" ? profile : instructionsIn(profile, probe.function);
  }
  const outcome = await arm.run({ out, cpu, wrap: [] });
  if (outcome.status === "crashed") return outcome.how;
  return probe.kind === "output" ? 0 : (valueAt(outcome.line, probe.path) ?? null);
}

/** A run under callgrind, or how it crashed. */
export async function profileOf(arm: Arm, out: string, cpu: number | undefined): Promise<Profile | string> {
  await makeFolder(out);
  const file = join(out, "callgrind.profile");
  await rm(file, { force: true });
  const wrap = ["valgrind", "--tool=callgrind", "--quiet", `--callgrind-out-file=${file}`, "--"];
  const outcome = await arm.run({ out, cpu, wrap });
  return outcome.status === "crashed" ? outcome.how : parseProfile(await readFile(file, "utf8"), file);
}

/** Of the whole run, or of one function's own code: `name` is its name as a profile has it, or that without its arguments. */
export function instructionsIn(profile: Profile, name: string | undefined): number {
  if (name === undefined) return profile.total;
  const own = [...commonNames(profile)].filter(([each]) => each === name || each.startsWith(`${name}(`));
  return own.reduce((sum, [, cost]) => sum + cost, 0);
}

async function comparedOutputs(probe: Probe & { kind: "output" }, figures: Record<Side, Figure>, folder: string): Promise<Sample> {
  if (typeof figures.reference === "string" || typeof figures.candidate === "string") return figures;
  const { file, root, seconds: timeoutSeconds, tolerance } = probe;
  const pair = { legacy: join(folder, "reference"), latest: join(folder, "candidate"), root, timeoutSeconds, file };
  const { status } = await compareOutput(pair, tolerance);
  return { reference: 0, candidate: status === "equal" || status === "within" ? 0 : 1 };
}
