/** Owns the public API of the package. */
export { defineConfig } from "./config/define-config.js";
export { openProject, type Project } from "./pipeline/project.js";
export { runUpgrade, type UpgradeOptions, type UpgradeResult } from "./pipeline/upgrade.js";
export type { UnforkConfig, UnforkConfigInput } from "./model/config.js";
export type { RunReport } from "./model/report.js";
export { UnforkError, type ErrorCode } from "./support/errors.js";
