/** Owns where the parts of a project's shim lie, for whoever compiles against it. */
import { dirname, join } from "node:path";

import type { ShimFiles } from "../build/requests.js";
import type { ShimConfig } from "../model/shim-config.js";
import { ownFile } from "../support/own-files.js";
import type { Project } from "./project.js";
import type { StageContext } from "./stage.js";

/** Absolute folder of what the project writes by hand. */
export function byHandFolder({ root }: Project, { byHand, surface }: ShimConfig): string {
  return join(root, byHand ?? dirname(surface));
}

/** What the program is built with, or undefined in a project without a shim. */
export function shimFilesOf({ project, output }: StageContext): ShimFiles | undefined {
  const { shim } = project.config;
  if (shim === undefined) return undefined;
  const { folder, units } = output("shim");
  return { folder, units, runtime: ownFile("../runtime/include"), byHand: byHandFolder(project, shim) };
}
