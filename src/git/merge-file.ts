/** Owns the text of a conflicted file: git's own markers around the three sides, with names people know. */
import { run } from "../support/exec.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitCommand } from "./git.js";

export interface ThreeFiles {
  /** Paths on disk. */
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
  /** Labels of the three sides, for the markers. */
  readonly labels: { readonly ours: string; readonly base: string; readonly theirs: string };
}

/** The merge with markers (zdiff3 style), or undefined for binary content, which has no lines to mark. */
export async function mergeFileText(repository: Repository, files: ThreeFiles): Promise<Buffer | undefined> {
  const { labels } = files;
  const names = [labels.ours, labels.base, labels.theirs].flatMap((label) => ["-L", label]);
  const command = gitCommand(repository, ["merge-file", "-p", "--zdiff3", ...names, files.ours, files.base, files.theirs]);
  const result = await run(command);
  if (result.code !== null && result.code < 128) return result.stdout;
  if (/binary/i.test(result.stderr)) return undefined;
  throw gitFailure(command, result);
}
