/** Owns the pairs of runs that were made: one line of JSON each, known by what was run, so that a killed bisection goes on. */
import { appendFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

import { makeFolder, readTextIfThere } from "../../support/fs.js";
import type { Sample } from "./probe.js";

const figureSchema = z.union([z.number(), z.null(), z.string()]);
const lineSchema = z.strictObject({ key: z.string(), reference: figureSchema, candidate: figureSchema });

export interface SampleLog {
  /** Pairs of this key, in the order they were made. */
  readonly of: (key: string) => readonly Sample[];
  readonly add: (key: string, sample: Sample) => Promise<void>;
}

/** Lines that are none of ours are passed by; a last line that a kill cut short is dropped. */
export async function openSampleLog(file: string): Promise<SampleLog> {
  const text = (await readTextIfThere(file)) ?? "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  const samples = new Map<string, Sample[]>();
  for (const line of whole.split("\n")) {
    const parsed = lineSchema.safeParse(jsonOf(line)).data;
    if (parsed !== undefined) remember(samples, parsed.key, { reference: parsed.reference, candidate: parsed.candidate });
  }
  await makeFolder(dirname(file));
  return {
    of: (key) => samples.get(key) ?? [],
    async add(key, sample) {
      remember(samples, key, sample);
      await appendFile(file, `${JSON.stringify({ key, ...sample })}\n`);
    },
  };
}

function remember(samples: Map<string, Sample[]>, key: string, sample: Sample): void {
  samples.set(key, [...(samples.get(key) ?? []), sample]);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
