/** Owns the opening of a repository that is somebody's own: its git directory, and what kind of repository it is. */
import { existsSync, lstatSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { UnforkError } from "../support/errors.js";
import { run } from "../support/exec.js";
import { gitFailure } from "./errors.js";
import { type Repository, userEnvironment } from "./git.js";
import { isPlainRepository } from "./store/plain-repository.js";

/** A repository with or without work trees. */
export interface ExistingRepository {
  readonly repository: Repository;
  /** Its git directory that all its work trees share. */
  readonly common: string;
  /** Folder of its objects, there. */
  readonly objects: string;
  /** Its history is cut off somewhere (`git clone --depth`). */
  readonly shallow: boolean;
  /** It was cloned without some of its objects (`git clone --filter`), which its remote promised. */
  readonly partial: boolean;
}

/**
 * Finds the repository that `path` lies in; nothing in it is touched.
 * Throws `input-missing` for no such folder, `input-invalid` for no repository or one of SHA-256.
 */
export async function openExisting(path: string): Promise<ExistingRepository> {
  const plain = plainRepository(path) ?? plainRepository(join(path, ".git"));
  if (plain !== undefined) return plain;
  if (!existsSync(path))
    throw new UnforkError("input-missing", `there is no folder ${path}`, { hint: "name a git repository with --repo" });
  const questions = ["--absolute-git-dir", "--path-format=absolute", "--git-common-dir", "--is-shallow-repository", "--show-object-format"];
  // The user's own settings count for the question whether this repository may be read (safe.directory).
  const command = { command: "git", args: ["-C", path, "rev-parse", ...questions], env: userEnvironment() };
  const result = await run(command);
  if (result.code !== 0) throw notARepository(path, gitFailure(command, result));
  const [gitFolder = "", common = "", shallow = "", format = ""] = result.stdout.toString("utf8").trimEnd().split("\n");
  if (format !== "sha1") {
    throw new UnforkError("input-invalid", `${path} is a repository of ${format} objects; only sha1 is known here`, {
      hint: "use a clone with sha1 objects",
    });
  }
  return {
    repository: { path: gitFolder, replaces: true },
    common,
    objects: join(common, "objects"),
    shallow: shallow === "true",
    partial: isPartial(common),
  };
}

/** A git directory of the usual form, without asking git. */
function plainRepository(path: string): ExistingRepository | undefined {
  if (!isPlainRepository(path)) return undefined;
  const folder = realpathSync(path);
  if (![folder, path, ...(basename(path) === ".git" ? [dirname(path)] : [])].every(isOurs)) return undefined;
  const [objects, shallow] = [join(folder, "objects"), existsSync(join(folder, "shallow"))];
  return { repository: { path: folder, replaces: true }, common: folder, objects, shallow, partial: isPartial(folder) };
}

function isPartial(common: string): boolean {
  return /^\s*promisor\b|partialclone/im.test(readFileSync(join(common, "config"), "latin1"));
}

/** What belongs to somebody else is for git to judge (safe.directory in git-config(1)). */
function isOurs(path: string): boolean {
  return process.geteuid === undefined || lstatSync(path).uid === process.geteuid();
}

function notARepository(path: string, cause: UnforkError): UnforkError {
  const refused = (what: string, hint: string) => new UnforkError("input-invalid", `${path} ${what}`, { hint, cause, context: { path } });
  if (/dubious ownership|safe\.directory/.test(cause.message))
    return refused("belongs to another user", `git config --global --add safe.directory ${resolve(path)}`);
  if (/repo(?:sitory)? (?:version|extension)/.test(cause.message))
    return refused(`is of a form that this git does not know (${lastWords(cause)})`, "use a newer git");
  if (/not a git repository: (?!\(or any)/.test(cause.message))
    return refused(
      `leads to a git directory that is not there (${lastWords(cause)})`,
      "git worktree repair, or name the repository itself",
    );
  if (/not a git repository/.test(cause.message)) return refused("is not a git repository", "name a git repository with --repo");
  return refused(`cannot be read by git (${lastWords(cause)})`, "correct it, until `git status` works there");
}

function lastWords({ message }: UnforkError): string {
  const [, words = ""] = /^(?:fatal|error): (.*(?:\n\t.*)*)/m.exec(message) ?? [];
  return words.replaceAll(/\s+/g, " ");
}
