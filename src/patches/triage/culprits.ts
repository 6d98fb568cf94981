/** Owns the culprits: for each file that a patch has in conflict by its own doing, the commit of upstream that brought it. */
import { parseRawCommit, dayOf, messageText, subjectOf } from "../../git/raw-commit.js";
import { type ByteString, shownBytes } from "../../git/bytes.js";
import type { Culprit } from "../../model/patch.js";
import type { PortContext } from "../stack/port-context.js";
import { type FirstFailure, type Prober, firstFailures } from "./bisect.js";
import { type FileVersion, versionsOf } from "./file-versions.js";
import type { JudgedFile } from "./own-files.js";
import type { SlotMerger } from "./slot-merge.js";
import { type Meeting, meet } from "./stuck-file.js";
import { type LineRange, movesIn, onlyMergedCommit, readLine } from "./upstream-line.js";

export interface FoundCulprit {
  readonly file: JudgedFile;
  /** Null where there is none; `failure` tells why. */
  readonly culprit: Culprit | null;
  readonly failure: FirstFailure;
  /** Where upstream undid it and brought it again: that commit. */
  readonly again: string | null;
  /** Where the culprit is a merge: the one commit of the merged line that changed the file, if it is one. */
  readonly merges: string | null;
  /** Where upstream no longer has the file: to which path the culprit moved it, if it did. */
  readonly movedTo: ByteString | null;
  /** Upstream's history is cut off in a shallow clone, so that it may be one of the commits that are not here. */
  readonly cut: boolean;
}

/** `cut-off`: it is not in this shallow clone. */
export type NoHistory = "no-history" | "cut-off";

/** None at all, with the reason, where upstream has no history between the bases. */
export async function findCulprits(
  context: PortContext,
  slots: SlotMerger,
  files: readonly JudgedFile[],
  range: LineRange,
): Promise<FoundCulprit[] | NoHistory> {
  const { repository } = context.pool;
  const line = await readLine(context.pool, range);
  if (line.commits.length === 0) return line.cut ? "cut-off" : "no-history";
  const followed = files.map(({ oldPath, newPath, onOldBase }) => ({ from: oldPath, to: newPath, onOldBase }));
  const versions = await versionsOf(repository, line, range, followed);
  const failures = await firstFailures(
    proberOf(slots, files, versions),
    versions.map((each) => each.length),
  );
  return await Promise.all(
    files.map(async (file, at): Promise<FoundCulprit> => {
      const failure = failures[at];
      if (failure === undefined) throw new Error("a search got no answer");
      const commitAt = (version: number | null) => (version === null ? null : (versions[at]?.[version]?.commit ?? null));
      const commit = commitAt(failure.at);
      const culprit = commit === null ? null : await culpritOf(context, file.oldPath, commit);
      const merges = commit === null ? null : await mergedCommit(context, commit, file.newPath);
      const goes = commit !== null && file.conflict.ours === null && file.conflict.base !== null;
      const movedTo = goes ? ((await movesIn(repository, commit)).get(file.oldPath) ?? null) : null;
      return { file, culprit, failure, again: commitAt(failure.again), merges, movedTo, cut: line.cut };
    }),
  );
}

/** With the stack below as far as the patch needs it; a file that is in another place on one side counts once it is gone. */
function proberOf(slots: SlotMerger, files: readonly JudgedFile[], versions: readonly (readonly FileVersion[])[]): Prober {
  return async (probes) => {
    const asked = probes.flatMap(({ search, at }): Meeting[] => {
      const file = files[search];
      if (file === undefined) return [];
      return [{ file, stack: file.leans ? file.conflict.base : file.apart, upstream: versions[search]?.[at]?.entry ?? null }];
    });
    const inConflict = await meet(slots, asked);
    return asked.map(({ file, upstream }, at) => {
      const gone = file.misplaced && upstream === null;
      // Moved by both: what is in the file does not count.
      const lines = !file.misplaced || file.conflict.ours !== null || file.conflict.theirs !== null;
      return gone || (lines && inConflict[at] === true);
    });
  };
}

async function mergedCommit({ pool }: PortContext, commit: string, path: ByteString): Promise<string | null> {
  const { parents } = parseRawCommit(await pool.read(commit, "commit"));
  return parents.length < 2 ? null : await onlyMergedCommit(pool.repository, commit, path);
}

async function culpritOf({ pool }: PortContext, path: ByteString, commit: string): Promise<Culprit> {
  const raw = parseRawCommit(await pool.read(commit, "commit"));
  return { file: shownBytes(path), upstreamCommit: commit, subject: subjectOf(messageText(raw)), date: dayOf(raw.committer) };
}
