/** Owns the sizes of other ways to build the same program, each measured by a configuration of its own. */
import { join } from "node:path";

import type { RunReport } from "../model/report.js";
import { composedReport } from "./last-report.js";
import { type Project, openProject } from "./project.js";

export interface SizeVariants {
  readonly sizes: RunReport["sizeVariants"];
  /** Variants whose configuration has not been run, each as a sentence with the command that does. */
  readonly notRun: readonly string[];
}

/** The dual program's size of every variant that has a report. */
export async function sizeVariants(project: Project): Promise<SizeVariants> {
  const sizes: RunReport["sizeVariants"] = [];
  const notRun: string[] = [];
  for (const { name, config } of project.config.sizeVariants) {
    const report = await composedReport(await openProject(join(project.root, config), project.root));
    const dual = report?.sizes.find((size) => size.mode === "dual");
    if (dual === undefined) notRun.push(`the size of the variant "${name}" (measure it: unfork upgrade --config ${config})`);
    else sizes.push({ name, mode: "dual", raw: dual.raw, gzip: dual.gzip, how: `measured by ${config}` });
  }
  return { sizes, notRun };
}
