/** Owns what the lines of a run come to: which assignments were open, and how far its process was. */
import { z } from "zod";

import type { EventFields } from "../assigner.js";

/** `paused`: the system may end the process, and that is no crash. */
export const RUN_MARKS = ["running", "paused", "end"] as const;
export type RunMark = (typeof RUN_MARKS)[number];

export interface OpenAssignment {
  readonly fields: EventFields;
  /** In its run. */
  readonly number: number;
  /** ms since 1970. */
  readonly time: number;
}

export interface RunStory {
  /** The mark of its process, as `support/process-mark.ts` makes them. */
  readonly process: string | undefined;
  readonly open: readonly OpenAssignment[];
  readonly mark: RunMark | undefined;
  readonly wasRunning: boolean;
  /** Of the last line, 0 without one. */
  readonly lastMs: number;
}

const fieldsSchema = z.strictObject({
  experiment: z.string(),
  useCase: z.string(),
  phase: z.number(),
  arm: z.enum(["treatment", "control"]),
  unit: z.string(),
  flavor: z.enum(["legacy", "latest"]),
  seed: z.number(),
  pair: z.enum(["same", "mixed"]).optional(),
});

/** Of a file of a run; each line has its time. */
export const runLineSchema = z.union([
  z.strictObject({ time: z.number(), process: z.string() }),
  z.strictObject({ time: z.number(), assigned: fieldsSchema, number: z.number() }),
  z.strictObject({ time: z.number(), ended: z.number() }),
  z.strictObject({ time: z.number(), mark: z.enum(RUN_MARKS) }),
]);
export type RunLine = z.infer<typeof runLineSchema>;

/** Lines that cannot be read are left out; the last one may be a half. */
export function storyOf(text: string): RunStory {
  const open = new Map<number, OpenAssignment>();
  let process: string | undefined;
  let mark: RunMark | undefined;
  let wasRunning = false;
  let lastMs = 0;
  for (const one of text.split("\n").slice(0, -1)) {
    const line = parse(one);
    if (line === undefined) continue;
    lastMs = line.time;
    if ("process" in line) process = line.process;
    else if ("assigned" in line) open.set(line.number, { fields: line.assigned, number: line.number, time: line.time });
    else if ("ended" in line) open.delete(line.ended);
    else mark = line.mark;
    wasRunning ||= mark === "running";
  }
  return { process, open: [...open.values()], mark, wasRunning, lastMs };
}

function parse(text: string): RunLine | undefined {
  try {
    return runLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
