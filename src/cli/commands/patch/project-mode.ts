/**
 * Owns the patch commands inside a project: there its own run, with its journal and its conflicts, ports all features to the
 * release and merges the candidate.
 */
import { availableParallelism } from "node:os";

import { type Project, openProject } from "../../../pipeline/project.js";
import { runUpgrade } from "../../../pipeline/upgrade.js";
import { UnforkError } from "../../../support/errors.js";
import type { GlobalOptions } from "../../command.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { abort, finish } from "../upgrade.js";

/** Runs the project's stages up to the features; `to` takes another release than the configuration's as the latest. */
export async function portProject(options: GlobalOptions, to: string | undefined, goOn: boolean): Promise<number> {
  const terminal = openTerminal(options);
  const project = withLatest(await openProject(options.config, process.cwd()), to);
  const stop = showProgress(terminal, options);
  try {
    const result = await runUpgrade(project, { jobs: availableParallelism(), until: "features", ...(goOn ? { continue: true } : {}) });
    stop();
    return await finish(project, result, options, terminal);
  } finally {
    stop();
  }
}

export async function abortProject(options: GlobalOptions): Promise<number> {
  return await abort(await openProject(options.config, process.cwd()), openTerminal(options));
}

/** Whether a command without --repo is meant for a project: there is one here or above. */
export async function isInProject(options: GlobalOptions): Promise<boolean> {
  try {
    await openProject(options.config, process.cwd());
    return true;
  } catch (error) {
    if (error instanceof UnforkError && error.code === "config-not-found" && options.config === undefined) return false;
    throw error;
  }
}

function withLatest(project: Project, to: string | undefined): Project {
  if (to === undefined) return project;
  const { config } = project;
  const known = config.upstream.releases.map(({ id }) => id);
  if (!known.includes(to)) {
    throw new UnforkError("usage", `there is no release '${to}' in ${project.configName}`, {
      hint: `upstream.releases lists ${known.join(", ")}`,
    });
  }
  return { ...project, config: { ...config, flavors: { ...config.flavors, latest: { ...config.flavors.latest, release: to } } } };
}
