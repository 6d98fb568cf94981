/** Owns the order of the stages. */
import type { Project } from "./project.js";
import type { AnyStage } from "./stage.js";
import { auditStage } from "./stages/audit.js";
import { buildStage } from "./stages/build.js";
import { featuresStage } from "./stages/features.js";
import { fetchStage } from "./stages/fetch.js";
import { isolateStage } from "./stages/isolate.js";
import { linkStage } from "./stages/link.js";
import { reportStage } from "./stages/report.js";
import { shimStage } from "./stages/shim.js";
import { useCasesStage } from "./stages/use-cases.js";

export const STAGES: readonly AnyStage[] = [
  fetchStage,
  featuresStage,
  isolateStage,
  buildStage,
  auditStage,
  shimStage,
  linkStage,
  useCasesStage,
  reportStage,
];

/** The stages that the project needs. */
export function stagesOf(project: Project): readonly AnyStage[] {
  return STAGES.filter((stage) => stage.skip?.(project) !== true);
}
