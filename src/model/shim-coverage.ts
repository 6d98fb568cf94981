/** Owns what a run's report says of its shim: the figures, and every item that is not generated. */
import { z } from "zod";

import { shimItemSchema } from "./shim-manifest.js";

const amount = z.number().int();

export const shimCoverageSchema = z.strictObject({
  /** `webrtc_shim`. */
  namespace: z.string(),
  classes: amount,
  structs: amount,
  enums: amount,
  /** Methods, constructors, fields, enumerators, constants, functions, typedefs, macros and converters. */
  generated: amount,
  handWritten: amount,
  unsupported: amount,
  /** By hand or left, each with its reason. */
  left: z.array(shimItemSchema),
});
export type ShimCoverageReport = z.infer<typeof shimCoverageSchema>;
