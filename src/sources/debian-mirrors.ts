/** Owns where Debian's mirrors are: as this machine's apt is configured, never a constant. */
import { UnforkError } from "../support/errors.js";
import { runOk } from "../support/exec.js";

/** The distinct repository addresses of apt's configuration, each ending in "/". Throws `tool-missing`, `input-missing`. */
export async function debianMirrors(): Promise<string[]> {
  const { stdout } = await runOk({ command: "apt-get", args: ["indextargets", "--format", "$(REPO_URI)"] }).catch((error: unknown) => {
    if (!(error instanceof UnforkError) || error.code !== "tool-missing") throw error;
    throw new UnforkError("tool-missing", "cannot ask for Debian's mirrors: apt-get is not installed", {
      hint: "a Debian source serves only on a machine with apt; give the release a git or archive source as well",
      cause: error,
    });
  });
  const mirrors = distinctMirrors(stdout.toString("utf8"));
  if (mirrors.length > 0) return mirrors;
  throw new UnforkError("input-missing", "apt's configuration names no http, https or file repository", {
    hint: "add Debian's repository to /etc/apt/sources.list.d, or give the release another source",
  });
}

/** Addresses one per line, without doubles, in order. */
export function distinctMirrors(lines: string): string[] {
  const all = lines.split("\n").map((line) => line.trim());
  const usable = all.filter((line) => /^(https?|file):\//.test(line)).map((line) => (line.endsWith("/") ? line : `${line}/`));
  return [...new Set(usable)];
}
