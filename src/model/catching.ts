/** Owns what a hunt for catching tests finds: inputs on which the flavors differ, by cause, each with its label. */
import { z } from "zod";

export const LABELS = ["intended", "regression"] as const;
export type Label = (typeof LABELS)[number];

export const caughtSchema = z.strictObject({
  useCase: z.string(),
  /** Names the cause: equal for inputs that show the same fault. */
  key: z.string(),
  kind: z.enum(["crash", "output", "metric"]),
  what: z.string(),
  /** How often it was seen in this hunt. */
  seen: z.number().int(),
  /** The try that showed it first, and what was done to the recorded input; empty where the recorded input shows it. */
  first: z.number().int(),
  how: z.array(z.string()),
  /** Files of the smallest input that shows it, with sizes before and after. */
  files: z.array(z.strictObject({ file: z.string(), recorded: z.number().int(), bytes: z.number().int() })),
  /** Folder that holds them. */
  folder: z.string(),
  label: z.enum(LABELS).nullable(),
  /** The use case that was written for it. */
  test: z.string().nullable(),
});
export type Caught = z.infer<typeof caughtSchema>;

export const huntSchema = z.strictObject({
  useCase: z.string(),
  seed: z.number().int(),
  tries: z.number().int(),
  /** Tries that differ, also by causes that have a label already. */
  differing: z.number().int(),
  caught: z.array(caughtSchema),
  /** Functions that the diff touches and a run reaches, where asked for. */
  reached: z.strictObject({ changed: z.array(z.string()), reached: z.array(z.string()) }).nullable(),
  /** What an external author gave, try by try. */
  author: z.array(z.strictObject({ try: z.number().int(), accepted: z.boolean(), why: z.string() })),
});
export type HuntResult = z.infer<typeof huntSchema>;

/** One line of `labels.jsonl`. */
export const labelSchema = z.strictObject({
  useCase: z.string(),
  key: z.string(),
  what: z.string(),
  label: z.enum(LABELS),
  who: z.string(),
  /** ISO 8601, UTC. */
  when: z.string(),
});
export type LabelLine = z.infer<typeof labelSchema>;
