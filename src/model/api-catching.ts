/** Owns what a hunt on a shim's functions finds: which of them were called, why others were not, and on which arguments the flavors differ. */
import { z } from "zod";

import { caughtSchema } from "./catching.js";

const namedSchema = z.strictObject({ name: z.string(), why: z.string() });

export const apiHuntSchema = z.strictObject({
  seed: z.number().int(),
  /** Functions that were called. */
  taken: z.array(z.string()),
  /** How many of them come first, because something about them changed. */
  changed: z.number().int(),
  /** Functions of the shim that cannot be called with generated arguments, and why. */
  left: z.array(namedSchema),
  /** Functions that were called and given up. */
  givenUp: z.array(namedSchema),
  cases: z.number().int(),
  seconds: z.number(),
  /** Cases that differ, also by causes that have a label already. */
  differing: z.number().int(),
  caught: z.array(caughtSchema),
});
export type ApiHunt = z.infer<typeof apiHuntSchema>;
