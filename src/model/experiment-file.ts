/** Owns the file that an experiment is analyzed from without a server: its plan, and where it stands if that is known. */
import { z } from "zod";

import { gateLookSchema } from "./decision.js";
import { experimentSchema } from "./experiment.js";
import { rampSchema } from "./ramp.js";

export const experimentFileSchema = z.strictObject({
  experiment: experimentSchema,
  ramp: rampSchema.optional(),
  looks: z.array(gateLookSchema).default([]),
});
export type ExperimentFile = Readonly<z.infer<typeof experimentFileSchema>>;
