/** Owns the list of all tables of the state. */
export { audit, settings, tokens } from "./access.js";
export { attributions, decisions, looks } from "./decisions.js";
export { experiments, phases, projects } from "./experiments.js";
export { leases } from "./jobs.js";
export { keys, seeds } from "./seeds.js";
