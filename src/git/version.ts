/** Owns the version of git on this machine, and what depends on it. */
import { UnforkError } from "../support/errors.js";
import { run } from "../support/exec.js";
import { gitEnvironment } from "./git.js";

export interface GitVersion {
  readonly major: number;
  readonly minor: number;
}

/** `merge-tree --write-tree` came with 2.38. */
const OLDEST: GitVersion = { major: 2, minor: 38 };

/** `merge-tree --stdin` answers each request at once since 2.49; before, it held its output back. */
const ANSWERS_AT_ONCE: GitVersion = { major: 2, minor: 49 };

let asked: Promise<GitVersion> | undefined;

/** Asked once. Throws `tool-missing` for a git that is too old, or for none. */
export function gitVersion(): Promise<GitVersion> {
  return (asked ??= ask());
}

async function ask(): Promise<GitVersion> {
  const result = await run({ command: "git", args: ["--version"], env: gitEnvironment() });
  const text = result.stdout.toString("utf8").trim();
  const match = /git version (\d+)\.(\d+)/.exec(text);
  const version = { major: Number(match?.[1]), minor: Number(match?.[2]) };
  if (isAtLeast(version, OLDEST)) return version;
  throw new UnforkError("tool-missing", `git ${OLDEST.major}.${OLDEST.minor} or newer is needed; this machine has '${text}'`, {
    hint: "install a newer git; `unfork doctor` gives the command",
  });
}

export async function mergeTreeStays(): Promise<boolean> {
  return isAtLeast(await gitVersion(), ANSWERS_AT_ONCE);
}

function isAtLeast(version: GitVersion, wanted: GitVersion): boolean {
  return version.major > wanted.major || (version.major === wanted.major && version.minor >= wanted.minor);
}
