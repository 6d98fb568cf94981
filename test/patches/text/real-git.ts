/** Owns the real git of these tests: in empty folders, with fixed names and dates, without the user's configuration. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { quoteName } from "../../../src/patches/text/quoted-name.js";
import { temporaryFolder } from "../../helpers/temp.js";

const ENVIRONMENT = {
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CEILING_DIRECTORIES: "/",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "C",
  GIT_COMMITTER_EMAIL: "c@example.org",
  GIT_COMMITTER_DATE: "1700000000 +0000",
  LC_ALL: "C",
};

export interface GitRun {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export function runGit(folder: string, args: readonly string[], input?: string): GitRun {
  const stdin = input === undefined ? {} : { input: Buffer.from(input, "latin1") };
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: folder, env: ENVIRONMENT, maxBuffer: 2 ** 28, ...stdin });
  return { code: status, stdout, stderr: stderr.toString("latin1") };
}

/** Output as latin1; throws with git's words when it fails. */
export function gitText(folder: string, args: readonly string[], input?: string): string {
  const run = runGit(folder, args, input);
  if (run.code !== 0) throw new Error(`git ${args.join(" ")}: ${run.stderr}`);
  return run.stdout.toString("latin1");
}

export function newRepository(): string {
  const folder = temporaryFolder();
  gitText(folder, ["init", "-q", "-b", "main"]);
  return folder;
}

/** What `git apply` makes of a file named `f`, or undefined when it refuses. */
export function applyByGit(folder: string, content: string, patch: string, args: readonly string[] = []): string | undefined {
  writeFileSync(join(folder, "f"), content, "latin1");
  const run = runGit(folder, ["apply", ...args], patch);
  return run.code === 0 ? readFileSync(join(folder, "f"), "latin1") : undefined;
}

/** Path to mode and content (latin1); of a submodule (160000) the content is the commit's id. */
export type GitTree = Readonly<Record<string, { readonly mode: string; readonly text: string }>>;

/** A root commit on a branch for each tree. */
export function commitTrees(repository: string, trees: Readonly<Record<string, GitTree>>): void {
  const commits = Object.entries(trees).map(([branch, tree]) => {
    const files = Object.entries(tree).map(([path, { mode, text }]) => fileCommand(path, mode, text));
    return `commit refs/heads/${branch}\ncommitter C <c@example.org> 1700000000 +0000\ndata 0\n${files.join("")}\n`;
  });
  gitText(repository, ["fast-import", "--quiet", "--force"], commits.join(""));
}

export function fileCommand(path: string, mode: string, text: string): string {
  const name = quoteName(path);
  return mode === "160000" ? `M 160000 ${text} ${name}\n` : `M ${mode} inline ${name}\ndata ${text.length}\n${text}\n`;
}
