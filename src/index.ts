/** Owns the public API of the package. */
export { defineConfig, defineUseCase } from "./config/define-config.js";
export { openProject, type Project } from "./pipeline/project.js";
export { runUpgrade, type UpgradeOptions, type UpgradeResult } from "./pipeline/upgrade.js";
export type { UnforkConfig, UnforkConfigInput } from "./model/config.js";
export type { UseCase, UseCaseInput } from "./model/use-case.js";
export type { RunReport } from "./model/report.js";
export { UnforkError, type ErrorCode } from "./support/errors.js";
