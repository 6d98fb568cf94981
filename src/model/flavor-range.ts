/** Owns what lies between the two flavors of an experiment: upstream's commits, and features that the flavors carry differently. */
import { z } from "zod";

const pointSchema = z.strictObject({ release: z.string(), commit: z.string() });

export const commitRangeSchema = z.strictObject({
  /** Where upstream is: URL or path. */
  repository: z.string(),
  from: pointSchema,
  to: pointSchema,
  /** Places on the way from one to the other, along first parents. */
  commits: z.number().int().min(0),
});
export type CommitRange = Readonly<z.infer<typeof commitRangeSchema>>;

export const featureDifferenceSchema = z.strictObject({
  feature: z.string(),
  differs: z.enum(["dropped in the new release", "upstream's own in the new release", "conflicts settled in its port"]),
});
export type FeatureDifference = Readonly<z.infer<typeof featureDifferenceSchema>>;

export const flavorRangeSchema = z.strictObject({
  range: commitRangeSchema.optional(),
  features: z.array(featureDifferenceSchema),
  /** Why a part is missing, in sentences. */
  unknown: z.array(z.string()),
});
export type FlavorRange = Readonly<z.infer<typeof flavorRangeSchema>>;
