/** Owns the check before the first stage: what the configuration names in the project's own folder is there. */
import { join } from "node:path";
import { glob } from "tinyglobby";

import { UnforkError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import type { Project } from "./project.js";

/** Throws `config-invalid` naming every key whose file or folder is missing, so that no long stage runs in vain. */
export async function preflight(project: Project): Promise<void> {
  const missing = [...(await missingFolders(project)), ...(await missingSources(project))];
  if (missing.length === 0) return;
  throw new UnforkError(
    "config-invalid",
    `${project.configName} names what is not there:\n${missing.map((line) => `  ${line}`).join("\n")}`,
    {
      hint: "correct the paths, or make the files; they are relative to the configuration's folder",
    },
  );
}

async function missingFolders({ config, root }: Project): Promise<string[]> {
  const named: readonly (readonly [string, string | undefined])[] = [
    ["features", config.features],
    ["useCases.dir", config.useCases?.dir],
    ["shim.byHand", config.shim?.byHand],
  ];
  const missing: string[] = [];
  if (config.shim !== undefined && !(await exists(join(root, config.shim.surface))))
    missing.push(`shim.surface: there is no file ${config.shim.surface}`);
  for (const [key, path] of named)
    if (path !== undefined && !(await exists(join(root, path)))) missing.push(`${key}: there is no folder ${path}`);
  return missing;
}

async function missingSources({ config, root }: Project): Promise<string[]> {
  if (config.build.system === "commands") return [];
  const { sources, adapters } = config.build.program;
  const named = [
    ...sources.map((pattern, index) => [`build.program.sources[${index}]`, pattern] as const),
    ...adapters.legacy.map((pattern, index) => [`build.program.adapters.legacy[${index}]`, pattern] as const),
    ...adapters.latest.map((pattern, index) => [`build.program.adapters.latest[${index}]`, pattern] as const),
  ];
  const missing: string[] = [];
  for (const [key, pattern] of named)
    if ((await glob(pattern, { cwd: root })).length === 0) missing.push(`${key}: ${pattern} matches no file`);
  return missing;
}
