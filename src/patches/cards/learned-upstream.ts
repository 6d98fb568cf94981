/** Owns what ports taught of a feature: that upstream has all of it, and by which commit. */
import type { PatchState } from "../state/patch-state.js";
import type { FeatureOn } from "./features-on.js";

/** Upstream's commit of the last patch, when every patch on the newest release that has the feature was found upstream. */
export async function learnedUpstream(state: PatchState, on: FeatureOn | undefined): Promise<string | undefined> {
  if (on === undefined || on.commits.length === 0) return undefined;
  const found = await Promise.all(on.commits.map((commit) => state.files.read(`learned/${commit}.json`)));
  const commits = found.map((content) => (content === undefined ? undefined : upstreamIn(content)));
  return commits.includes(undefined) ? undefined : commits.at(-1);
}

function upstreamIn(content: Buffer): string | undefined {
  try {
    const { upstream } = JSON.parse(content.toString("utf8")) as { readonly upstream?: unknown };
    return typeof upstream === "string" ? upstream : undefined;
  } catch {
    return undefined;
  }
}
