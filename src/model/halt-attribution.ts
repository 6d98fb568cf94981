/** Owns what is known of a halt's cause: what lies between the flavors, and what labs found. */
import { z } from "zod";

import { experimentIdSchema } from "./experiment.js";
import { flavorRangeSchema } from "./flavor-range.js";

/** Written with the halt itself. */
export const haltAttributionSchema = z.strictObject({
  kind: z.literal("halt"),
  experiment: experimentIdSchema,
  useCase: z.string(),
  /** Metrics whose harm was proven; none where it stopped with another. */
  metrics: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  between: flavorRangeSchema,
  /** What narrows it, where a lab can reproduce the harm. */
  bisect: z.array(z.string()),
});
export type HaltAttribution = Readonly<z.infer<typeof haltAttributionSchema>>;

/** What a lab's job came to; `document` is what its command printed as JSON. */
export const labAttributionSchema = z.strictObject({
  kind: z.enum(["compare", "bisect"]),
  job: z.string(),
  worker: z.string(),
  document: z.unknown(),
});
export type LabAttribution = Readonly<z.infer<typeof labAttributionSchema>>;

export const storedAttributionSchema = z.union([haltAttributionSchema, labAttributionSchema]);
export type StoredAttribution = Readonly<z.infer<typeof storedAttributionSchema>>;
