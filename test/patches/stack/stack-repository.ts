/** Owns small hand-made stacks for tests, in a real repository with a work tree. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { temporaryFolder } from "../../helpers/temp.js";

/** Path to content. */
export type FileTexts = Readonly<Record<string, string>>;

export interface StackRepository {
  readonly path: string;
  readonly git: (...args: string[]) => string;
  /** A commit of exactly these files. */
  readonly commit: (files: FileTexts, parent: string | null, message?: string) => string;
}

/** Branches `old`, `new` (a child of it) and `tip` (the stack on `old`); the work tree stands on `old`. */
export function stackRepository(parts: { old: FileTexts; new: FileTexts; stack: readonly FileTexts[] }): StackRepository {
  const path = join(temporaryFolder(), "repository");
  execFileSync("git", ["init", "-q", "--initial-branch=old", path]);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: path, encoding: "utf8", env: { ...process.env, ...WHO } });
  const commit = (files: FileTexts, parent: string | null, message = "a commit") => commitFiles(path, files, parent, message);
  const old = commit(parts.old, null, "old base");
  git("update-ref", "refs/heads/old", old);
  git("update-ref", "refs/heads/new", commit(parts.new, old, "upstream's change"));
  let tip = old;
  for (const [at, files] of parts.stack.entries()) tip = commit(files, tip, `patch ${at + 1}`);
  git("update-ref", "refs/heads/tip", tip);
  git("reset", "-q", "--hard");
  return { path, git, commit };
}

export const WHO = {
  GIT_AUTHOR_NAME: "A U Thor",
  GIT_AUTHOR_EMAIL: "author@example.org",
  GIT_AUTHOR_DATE: "1700000000 +0000",
  GIT_COMMITTER_NAME: "C O Mitter",
  GIT_COMMITTER_EMAIL: "committer@example.org",
  GIT_COMMITTER_DATE: "1700000000 +0000",
};

function commitFiles(path: string, files: FileTexts, parent: string | null, message: string): string {
  const env = { ...process.env, ...WHO, GIT_INDEX_FILE: join(path, ".git", "made-index") };
  const git = (args: string[], input?: string) =>
    execFileSync("git", args, { cwd: path, encoding: "utf8", env, ...(input === undefined ? {} : { input }) }).trim();
  git(["read-tree", "--empty"]);
  for (const [name, content] of Object.entries(files)) {
    git(["update-index", "--add", "--cacheinfo", `100644,${git(["hash-object", "-w", "--stdin"], content)},${name}`]);
  }
  return git(["commit-tree", git(["write-tree"]), ...(parent === null ? [] : ["-p", parent]), "-m", message]);
}
