/** Owns where a feature starts on a release: the base, or the features it builds on, merged when there are several. */
import { treeOf, writeCommit } from "../git/commit.js";
import { mergeCommits } from "../git/merge.js";
import type { BaseRelease, Context } from "./context.js";
import type { LoadedFeature } from "./feature.js";
import type { StartPoint } from "./feature-commit.js";
import { settle } from "./settle.js";
import type { Open } from "./settling.js";

/** On each release, the commit that stands for a feature: its own, or its start when upstream has it. */
export type Tips = ReadonlyMap<string, string>;

export type Start = { readonly status: "ready"; readonly start: StartPoint } | Open;

/** Throws nothing of its own; two dependencies that conflict are data, and the dependent feature may hold the resolution. */
export async function startPoint(context: Context, loaded: LoadedFeature, release: BaseRelease, tips: Tips): Promise<Start> {
  const { feature } = loaded;
  const needed = feature.dependsOn.toSorted().map((name) => tips.get(name) ?? release.commit);
  const commits = [...new Set(needed)].filter((commit) => commit !== release.commit);
  let commit = commits[0] ?? release.commit;
  for (const next of commits.slice(1)) {
    const merge = await mergeCommits(context.objects, commit, next);
    const sides = {
      release: release.id,
      ours: `what ${feature.name} builds on`,
      base: release.id,
      theirs: `${feature.name}'s next dependency`,
    };
    const settled = await settle(context, loaded, merge, sides, { patch: next, onto: commit });
    if (settled.status === "conflict") return settled;
    const subject = `What ${feature.name} builds on`;
    commit = await writeCommit(context.objects, {
      tree: settled.tree,
      parents: [commit, next],
      subject,
      trailers: { Release: release.id },
    });
  }
  return { status: "ready", start: { release: release.id, commit, tree: await treeOf(context.objects, commit) } };
}
