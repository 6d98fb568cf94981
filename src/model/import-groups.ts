/** Owns the file that groups patches for an import: what an intake writes, or less, by hand. */
import { z } from "zod";

import { ownerSchema, purposeSchema } from "./feature-card.js";
import { featureNameSchema } from "./feature.js";

export const importGroupsSchema = z.strictObject({
  version: z.literal(1).optional(),
  /** What an intake found; an import is told its own base. */
  base: z.string().nullish(),
  tip: z.string().nullish(),
  /** Features of which patches need one another may be joined at the import, which tells. */
  mayJoin: z.boolean().optional(),
  /** A feature without `patches` gives purpose and owner to the one of that name which --group finds. */
  features: z
    .array(
      z.strictObject({
        name: featureNameSchema,
        purpose: purposeSchema.nullish(),
        owner: ownerSchema.nullish(),
        /** Patches by their name in the collection, or commits. */
        patches: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .min(1),
});
export type ImportGroups = z.infer<typeof importGroupsSchema>;
