/** Owns the build and tests of one feature on a release. */
import { join } from "node:path";

import type { Context } from "./context.js";
import { verifyFault } from "./resolve/verify.js";
import { verifyOf } from "./settling.js";
import type { Trial } from "./trial.js";

/** The same for what was merged without a person, where that is asked for. */
export async function autoFault(context: Context, trial: Trial, tree: string): Promise<string | undefined> {
  return context.settling.verify?.auto === true ? await featureFault(context, trial, tree) : undefined;
}

/** A sentence when the feature's build and tests do not pass in this tree; undefined when they do, or there are none. */
export async function featureFault(context: Context, { loaded, folder }: Trial, tree: string): Promise<string | undefined> {
  const { verify: settings } = context.settling;
  const verify = verifyOf(context.settling, loaded);
  if (settings === null || verify === null) return undefined;
  const { name } = loaded.feature;
  const { release } = folder.sides;
  const log = join(settings.logs, name, `${release}.log`);
  return await verifyFault(verify, { repository: context.objects.repository, tree, feature: name, release, root: settings.root, log });
}
