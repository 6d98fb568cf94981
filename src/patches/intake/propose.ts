/** Owns the splitting of the difference into proposed features: the fork's own commits first, what they do not explain by files. */
import type { ByteString } from "../../git/bytes.js";
import type { PatchIntake, ProposedFeature } from "../../model/patch-intake.js";
import { forkPathOf } from "./base/layout.js";
import type { SettledBase } from "./base/settle-base.js";
import type { ChangedFile } from "./difference.js";
import { clusterFiles } from "./features/cluster-files.js";
import { backportsFeature, featureFromCommits, intakeCommit } from "./features/from-commits.js";
import { featuresFromFiles } from "./features/from-files.js";
import { groupCommits } from "./features/group-commits.js";
import { uniqueNames } from "./features/kebab-name.js";
import { onlyNewIn } from "./features/only-new.js";
import type { OwnCommit } from "./features/own-commit.js";
import { type UpstreamAhead, settleCommits } from "./features/settle-commits.js";
import type { JoinedRepository } from "./joined-repository.js";

export interface Proposal {
  readonly features: readonly ProposedFeature[];
  readonly cancelled: PatchIntake["cancelled"];
  /** Changed files that no commit of the fork's own explains. */
  readonly unexplained: readonly ChangedFile[];
}

export interface ProposalRequest {
  readonly joined: JoinedRepository;
  readonly base: SettledBase;
  readonly changed: readonly ChangedFile[];
  readonly own: readonly OwnCommit[];
  readonly ahead: UpstreamAhead;
}

export async function propose({ joined, base, changed, own, ahead }: ProposalRequest): Promise<Proposal> {
  const { undone, backports, kept, reverts } = settleCommits(own, ahead);
  const standing = new Map(changed.map((file) => [file.after?.path ?? forkPathOf(file.path, base.placed.rules), file]));
  const nameOf = uniqueNames();
  const cancelled: PatchIntake["cancelled"] = undone.map((pair) => ({
    because: "the second reverts the first",
    commits: pair.map(intakeCommit),
  }));
  const features: ProposedFeature[] = [];
  for (const group of groupCommits({ kept, reverts })) {
    const feature = featureFromCommits(group, standing, nameOf);
    if (feature !== undefined) features.push(feature);
    else cancelled.push({ because: "none of their files differs any more, but for noise", commits: group.commits.map(intakeCommit) });
  }
  const early = backportsFeature(backports, standing, nameOf);
  if (early !== undefined) features.push(early);
  else if (backports.length > 0) cancelled.push({ because: "the base holds what they took over", commits: backports.map(intakeCommit) });
  const explained = pathsOf([...kept, ...backports]);
  const unexplained = [...standing].filter(([path]) => !explained.has(path)).map(([, file]) => file);
  const clusters = await clusterFiles({
    changed: unexplained,
    baseFolders: foldersOf(base.files.map(({ path }) => path)),
    onlyNew: onlyNewIn(joined.objects, base.files),
  });
  return { features: [...features, ...featuresFromFiles(clusters, nameOf)], cancelled, unexplained };
}

function pathsOf(commits: readonly OwnCommit[]): Set<ByteString> {
  return new Set(commits.flatMap(({ files }) => files.map(({ path }) => path)));
}

function foldersOf(paths: readonly ByteString[]): Set<ByteString> {
  const folders = new Set<ByteString>();
  for (const path of paths) {
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) folders.add(path.slice(0, slash + 1));
  }
  return folders;
}
