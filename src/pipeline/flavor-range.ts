/** Owns what lies between the flavors of a project: upstream's commits, from its history, and the features that differ. */
import type { CommitRange, FeatureDifference, FlavorRange } from "../model/flavor-range.js";
import type { Release } from "../model/source.js";
import { historyBetween, sharedHistory } from "../sources/git-history.js";
import { messageOf } from "../support/errors.js";
import type { Project } from "./project.js";
import { projectFeatures } from "./project-features.js";

export interface RangeRequest {
  readonly project: Project;
  readonly configFile: string | undefined;
  readonly from: Release;
  readonly to: Release;
}

/** What is not at hand is said, not thrown: a plan is made without it as well. */
export async function flavorRange({ project, configFile, from, to }: RangeRequest): Promise<FlavorRange> {
  const unknown: string[] = [];
  const range = await commitRange(project, from, to).catch(
    (error: unknown) => void unknown.push(`upstream's history: ${messageOf(error)}`),
  );
  const features = await featureDifferences(project, configFile, to.id).catch((error: unknown) => {
    unknown.push(`features: ${messageOf(error)}`);
    return [];
  });
  if (range === undefined && unknown.length === 0) unknown.push("upstream's history: both releases do not come from one git repository");
  return { ...(range === undefined ? {} : { range }), features, unknown };
}

async function commitRange({ cache, root }: Project, from: Release, to: Release): Promise<CommitRange | undefined> {
  const place = sharedHistory(from, to);
  if (place === undefined) return undefined;
  const history = await historyBetween(place.url, place, { cache, baseFolder: root });
  return {
    repository: place.url,
    from: { release: from.id, commit: history.from },
    to: { release: to.id, commit: history.to },
    commits: history.steps.length,
  };
}

async function featureDifferences({ config, root }: Project, configFile: string | undefined, to: string): Promise<FeatureDifference[]> {
  if (config.features === undefined) return [];
  const { folder = [] } = (await projectFeatures(configFile, root)) ?? {};
  return folder.flatMap(({ name, dropped, upstreamed, settled }): FeatureDifference[] => {
    if (upstreamed.includes(to)) return [{ feature: name, differs: "upstream's own in the new release" }];
    if (dropped.includes(to)) return [{ feature: name, differs: "dropped in the new release" }];
    return settled.length > 0 ? [{ feature: name, differs: "conflicts settled in its port" }] : [];
  });
}
