/** Owns what `unfork/client` exports: the client of seeds, and of events, for programs on Node. */
export { openClient } from "./open-client.js";
export { openEvents } from "./events/open-events.js";
export type { EventLog, EventOptions } from "./events/open-events.js";
export type { MetricOptions } from "./events/run-log.js";
export type { EventFields, SeedClient } from "./assigner.js";
export type { ClientOptions } from "./options.js";
export type { Refreshed } from "./seed-keeper.js";
export type { Assignment, AssignmentReason, Units } from "../assignment/assign.js";
export type { Arm, SeedFlavor, TrustedKey, UnitKind } from "../../model/seed.js";
