/** Owns what still stands in the way of deleting the legacy flavor for a use case. */
import { z } from "zod";

/** One line of an exposure log: a process used a flavor. A line without a use case counts for all of them. */
export const exposureSchema = z.object({
  at: z.iso.datetime({ offset: true }),
  flavor: z.string(),
  useCase: z.string().optional(),
  source: z.string().optional(),
});
export type Exposure = z.infer<typeof exposureSchema>;

export const obstacleSchema = z.strictObject({
  kind: z.enum(["reached", "configuration", "exposure", "stage", "not shown"]),
  /** What stands in the way. */
  what: z.string(),
  /** Where: a way of symbols, a file and line, a day. */
  where: z.array(z.string()),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

export const retirementSchema = z.strictObject({
  useCase: z.string(),
  allowed: z.boolean(),
  obstacles: z.array(obstacleSchema),
  /** What was looked at, in words. */
  shown: z.array(z.string()),
});
export type Retirement = z.infer<typeof retirementSchema>;
