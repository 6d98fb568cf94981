/** Owns the kinds of units that an OFREP context may name. */
import type { UnitKind } from "../../model/seed.js";

export type { Units } from "../../experiment/assignment/assign.js";
export type { UnitKind } from "../../model/seed.js";

export const UNIT_KINDS: readonly UnitKind[] = ["device", "user", "call", "cluster"];
