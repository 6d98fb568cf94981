/** Owns where a project's things lie. */
import { basename, join } from "node:path";

import { type LoadedConfig, loadConfig } from "../config/load-config.js";
import type { UnforkConfig } from "../model/config.js";
import type { Flavor } from "../model/build.js";
import type { Release } from "../model/source.js";
import { cacheFolder } from "../sources/cache.js";
import { UnforkError } from "../support/errors.js";

export interface Project {
  readonly config: UnforkConfig;
  /** Absolute folder of the config file. */
  readonly root: string;
  readonly configName: string;
  /** Absolute folder of the releases' cache, shared by all projects. */
  readonly cache: string;
  readonly paths: ProjectPaths;
}

/** Absolute paths below the config's `output`. */
export interface ProjectPaths {
  readonly output: string;
  readonly lock: string;
  readonly runs: string;
  readonly patches: string;
  readonly conflicts: string;
  readonly trees: string;
  readonly isolated: string;
  readonly build: string;
  readonly shim: string;
  readonly inputs: string;
  readonly useCases: string;
  readonly report: string;
}

/** Loads the project of `configFile`, or of the nearest config at or above `from`. */
export async function openProject(configFile: string | undefined, from: string): Promise<Project> {
  return projectOf(await loadConfig(configFile, from));
}

export function projectOf(loaded: LoadedConfig): Project {
  const output = join(loaded.root, loaded.config.output);
  return { config: loaded.config, root: loaded.root, configName: basename(loaded.file), cache: cacheFolder(), paths: pathsIn(output) };
}

function pathsIn(output: string): ProjectPaths {
  return {
    output,
    lock: join(output, "lock"),
    runs: join(output, "runs"),
    patches: join(output, "patches.git"),
    conflicts: join(output, "conflicts"),
    trees: join(output, "trees"),
    isolated: join(output, "isolated"),
    build: join(output, "build"),
    shim: join(output, "shim"),
    inputs: join(output, "inputs"),
    useCases: join(output, "use-cases"),
    report: join(output, "report"),
  };
}

/** The release that a flavor stands for. */
export function releaseOf(config: UnforkConfig, flavor: Flavor): Release {
  const id = config.flavors[flavor].release;
  const release = config.upstream.releases.find((candidate) => candidate.id === id);
  if (release === undefined)
    throw new UnforkError("config-invalid", `flavors.${flavor}.release names '${id}', which upstream.releases does not list`);
  return release;
}
