/** Owns where an experiment stands on its ramp: its phases, what waits for a signature, and why it was held or stopped. */
import { z } from "zod";

import { RAMP_STATES, experimentIdSchema } from "./experiment.js";

/** A time in which the ranges of the arms did not change. */
export const phaseSchema = z.strictObject({
  /** 1, 2, …; told in the seed and in every event. */
  phase: z.number().int().min(1),
  /** Index of the stage. */
  stage: z.number().int().min(0),
  percent: z.number(),
  /** ISO 8601, UTC. */
  began: z.string(),
  ended: z.string().optional(),
});
export type Phase = Readonly<z.infer<typeof phaseSchema>>;

/** Who did something, when and why: `by` is a person's name or "unfork". */
export const stepSchema = z.strictObject({ at: z.string(), by: z.string().min(1), reason: z.string().min(1) });
export type Step = Readonly<z.infer<typeof stepSchema>>;

export const rampSchema = z.strictObject({
  experiment: experimentIdSchema,
  state: z.enum(RAMP_STATES),
  phases: z.array(phaseSchema),
  /** A raise that was decided and waits for a signed seed: only a signer may raise. */
  pending: z.strictObject({ stage: z.number().int().min(0), ...stepSchema.shape, override: z.boolean().default(false) }).optional(),
  /** Why it is held, halted or rolled back. */
  stopped: stepSchema.optional(),
  /** Keys of the reasons that it is held for, and of those that a person accepted by resuming. */
  heldFor: z.array(z.string()).optional(),
  accepted: z.array(z.string()).optional(),
  /** When exposures were seen to have fallen after a halt. */
  confirmed: z.string().optional(),
});
export type Ramp = Readonly<z.infer<typeof rampSchema>>;
