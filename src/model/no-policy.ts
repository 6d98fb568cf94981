/** Owns the plan of a run without a policy, ready made: the schemas that would make it take long to load. */
import type { IsolationPlan } from "./isolation.js";

/** What the schema makes of an empty policy. */
export const NO_POLICY: IsolationPlan = {
  namespaces: [],
  rename: [],
  keep: [],
  expose: [],
  share: [],
  files: [],
  exclude: [],
  strings: [],
  patch: [],
  settle: [],
  guards: "keep",
  paths: "keep",
  macros: "keep",
  trigraphs: "auto",
  java: [],
};
