/** Owns small repositories to be spoilt, and what is asked of them: how a command ends, and whether a ref moved. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

import { UnforkError } from "../../../src/support/errors.js";
import { exitCodeOf } from "../../../src/cli/exit-codes.js";
import { portAlone } from "../../../src/patches/alone/port-alone.js";
import type { PatchPort } from "../../../src/model/patch.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type StackRepository, stackRepository } from "../stack/stack-repository.js";

export function lines(change: Record<number, string> = {}): string {
  return Array.from({ length: 40 }, (_, at) => `${change[at] ?? `line ${at}`}\n`).join("");
}

/**
 * Branches `old`, `new` and `tip`: upstream takes three commits, one of which moves a file; the stack has four patches, the last in
 * conflict with upstream's first commit when `conflict` is asked for.
 */
export function world({ conflict = false } = {}): StackRepository {
  const old = { "a.c": lines(), "b.c": lines(), "lib/x.c": lines(), "c.c": lines() };
  const made = stackRepository({
    old,
    new: { ...old, "c.c": lines({ 20: "upstream c" }) },
    stack: [
      { ...old, "a.c": lines({ 30: "ours a" }) },
      { ...old, "a.c": lines({ 30: "ours a" }), "b.c": lines({ 35: "ours b" }) },
      { ...old, "a.c": lines({ 30: "ours a" }), "b.c": lines({ 35: "ours b" }), "lib/x.c": lines({ 30: "ours x" }) },
      {
        "a.c": lines({ 30: "ours a" }),
        "b.c": lines({ 35: "ours b" }),
        "lib/x.c": lines({ 30: "ours x" }),
        "c.c": conflict ? lines({ 20: "ours c" }) : lines({ 5: "ours c" }),
      },
    ],
  });
  const { commit, git } = made;
  const second = commit(
    { ...old, "c.c": lines({ 20: "upstream c" }), "a.c": lines({ 3: "upstream a" }) },
    git("rev-parse", "new").trim(),
    "upstream's second",
  );
  const files = { "a.c": lines({ 3: "upstream a" }), "b.c": lines(), "c.c": lines({ 20: "upstream c" }), "lib/z.c": lines({ 2: "up z" }) };
  git("update-ref", "refs/heads/new", commit(files, second, "upstream's third moves a file"));
  return made;
}

/** A copy of a repository that may be spoilt. */
export function copyOf(path: string): string {
  const copy = join(temporaryFolder(), "copy");
  cpSync(path, copy, { recursive: true });
  return copy;
}

export function gitIn(path: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: path, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Files of refs as they stand, whatever git says of them. */
export function refsOf(path: string): string {
  const listed = spawnSync("git", ["for-each-ref", "refs/heads", "refs/unfork", "refs/notes"], { cwd: path, encoding: "utf8" });
  return listed.stdout + (listed.status === 0 ? "" : listed.stderr);
}

/** Where the loose object of a name lies. */
export function looseFile(path: string, name: string): string {
  const id = gitIn(path, "rev-parse", name).trim();
  return join(path, gitIn(path, "rev-parse", "--git-dir").trim(), "objects", id.slice(0, 2), id.slice(2));
}

export function removeObject(path: string, name: string): void {
  rmSync(looseFile(path, name));
}

export function port(repo: string, change: Partial<Parameters<typeof portAlone>[0]> = {}): Promise<PatchPort> {
  return portAlone({ repo, series: "old..tip", onto: "new", name: "port", dryRun: false, ...change });
}

export interface Refusal {
  readonly message: string;
  readonly hint: string;
  readonly exit: number;
  /** No ref moved. */
  readonly untouched: boolean;
}

/** How a command that must fail ended. */
export async function refusal(path: string, command: () => Promise<unknown>): Promise<Refusal> {
  const before = refsOf(path);
  const error: unknown = await command().then(
    () => new Error("nothing was refused"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnforkError)) throw error;
  return { message: error.message, hint: error.hint ?? "", exit: exitCodeOf(error), untouched: refsOf(path) === before };
}

/** The tree of `git rebase` of the same series, in a copy. */
export function rebasedTree(path: string): string {
  const copy = copyOf(path);
  gitIn(copy, "checkout", "-q", "-f", "--detach", "tip");
  gitIn(
    copy,
    "-c",
    "user.name=T",
    "-c",
    "user.email=t@e",
    "-c",
    "advice.graftFileDeprecated=false",
    "rebase",
    "-q",
    "--onto",
    "new",
    "old",
  );
  return gitIn(copy, "rev-parse", "HEAD^{tree}").trim();
}
