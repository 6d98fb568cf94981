/** Owns the step from the configuration, and from what one run is told besides, to how conflicts of features are settled. */
import { join } from "node:path";

import { listedVerify, shellVerify } from "../patches/resolve/verify.js";
import type { Settling, VerifyFeatures } from "../patches/settling.js";
import type { Project } from "./project.js";

/** What a run is told besides the configuration. */
export interface RunSettling {
  /** A shell's command line in the place of all that verifies; false: nothing is verified. */
  readonly verify?: string | false;
  /** Why lines of the features just edited are left out. */
  readonly explain?: string;
  /** A feature to be laid out again; on the new release, unless another is named. */
  readonly edit?: { readonly feature: string; readonly release: string | null };
}

export function settlingOf(project: Project, { verify, explain, edit }: RunSettling): Settling {
  const { config } = project;
  const { resolver, tries, resolverTimeout } = config.patches;
  return {
    resolver: resolver === undefined ? null : { command: resolver, tries, timeoutMs: resolverTimeout * 1000 },
    verify: verify === false ? null : verifyFeatures(project, verify),
    explain: explain ?? null,
    edit: edit === undefined ? null : { feature: edit.feature, release: edit.release ?? config.flavors.latest.release },
  };
}

function verifyFeatures({ config, configName, root, paths }: Project, command: string | undefined): VerifyFeatures {
  const { verify, verifyTimeout, verifyAuto } = config.patches;
  const timeoutMs = verifyTimeout * 1000;
  return {
    common: verify.length === 0 ? null : listedVerify(verify, `${configName}:patches.verify`, timeoutMs),
    instead: command === undefined ? null : shellVerify(command, timeoutMs),
    timeoutMs,
    auto: verifyAuto,
    root,
    logs: join(paths.output, "verify"),
  };
}
