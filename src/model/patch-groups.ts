/** Owns the file by which a person says which patches make which feature: written by an intake, edited, taken by an import. */
import { z } from "zod";

import { featureNameSchema } from "./feature.js";

export const patchGroupSchema = z.strictObject({
  name: featureNameSchema,
  /** Why this feature exists, in a sentence; null until somebody says it. */
  purpose: z.string().nullable(),
  owner: z.string().nullable(),
  /** Patches by their name in the series, or commits of the fork. */
  patches: z.array(z.string()).min(1),
});
export type PatchGroup = z.infer<typeof patchGroupSchema>;

export const patchGroupsSchema = z
  .strictObject({
    version: z.literal(1),
    /** Upstream's commit that the patches stand on. */
    base: z.string(),
    /** The fork's commit; null when the fork was a folder. */
    tip: z.string().nullable(),
    features: z.array(patchGroupSchema),
  })
  .superRefine(({ features }, context) => {
    const names = new Set<string>();
    const owners = new Map<string, string>();
    for (const [at, { name, patches }] of features.entries()) {
      if (names.has(name))
        context.addIssue({ code: "custom", path: ["features", at, "name"], message: `'${name}' is the name of two features` });
      names.add(name);
      for (const [index, patch] of patches.entries()) {
        const other = owners.get(patch);
        if (other !== undefined)
          context.addIssue({ code: "custom", path: ["features", at, "patches", index], message: `'${patch}' is in '${other}' already` });
        owners.set(patch, name);
      }
    }
  });
export type PatchGroups = z.infer<typeof patchGroupsSchema>;
