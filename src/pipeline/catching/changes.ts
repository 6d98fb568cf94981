/** Owns what changed between the flavors, for whoever writes tests about it: the diff, what its commits say, the functions it touches. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { byText } from "../../support/order.js";
import { type Project, releaseOf } from "../project.js";

export interface Changes {
  readonly intent: readonly string[];
  readonly diff: string;
  /** Names of functions with changed lines, as the diff's heads tell them. */
  readonly functions: readonly string[];
}

/** An author is not told more than this of a diff. */
const MOST_DIFF = 400_000;

/** Of a range in upstream's repository on this machine, else of both releases' trees as they were built. Undefined without either. */
export async function changesOf(
  project: Project | undefined,
  { diff: range, repo, from }: { readonly diff: string | undefined; readonly repo: string | undefined; readonly from: string },
): Promise<Changes | undefined> {
  if (range !== undefined) return await changesInRange(range, repositoryOf(project, repo, from));
  if (project === undefined) return undefined;
  const [legacy, latest] = (["legacy", "latest"] as const).map((flavor) =>
    join(project.paths.trees, project.config.flavors[flavor].release),
  );
  if (legacy === undefined || latest === undefined || !existsSync(legacy) || !existsSync(latest)) return undefined;
  const { stdout } = await run({ command: "git", args: ["diff", "--no-index", "--no-color", "--unified=0", legacy, latest] });
  return changesFrom(stdout.toString("utf8"), []);
}

async function changesInRange(range: string, repository: string): Promise<Changes> {
  const git = async (...args: string[]): Promise<string> => {
    const result = await run({ command: "git", args: ["-C", repository, ...args] });
    if (result.code === 0) return result.stdout.toString("utf8");
    throw new UnforkError("usage", `${repository} has no range '${range}'`, { hint: "a range of git's is wanted, as in v1..v2" });
  };
  const intent = (await git("log", "--format=%s%n%b%x00", range)).split("\0").map((text) => text.trim());
  return changesFrom(
    await git("diff", "--no-color", "--unified=0", range),
    intent.filter((text) => text !== ""),
  );
}

function repositoryOf(project: Project | undefined, repo: string | undefined, from: string): string {
  if (repo !== undefined) return resolve(from, repo);
  const sources = project === undefined ? [] : releaseOf(project.config, "latest").sources;
  for (const source of sources) {
    const path = source.kind === "git" && project !== undefined ? resolve(project.root, source.url) : "";
    if (path !== "" && existsSync(path)) return path;
  }
  throw new UnforkError("usage", "--diff needs upstream's repository on this machine", { hint: "name it: --repo DIR" });
}

function changesFrom(diff: string, intent: readonly string[]): Changes {
  return { diff: diff.slice(0, MOST_DIFF), intent, functions: functionsIn(diff) };
}

/** The names in a diff's heads: `@@ -1 +1 @@ float Level(const Frame& frame) {` is about Level. */
export function functionsIn(diff: string): string[] {
  const heads = [...diff.matchAll(/^@@ [^@]+ @@ (.*)$/gm)].map((match) => match[1] ?? "");
  const names = heads.flatMap((head) => /([A-Za-z_~][\w:~]*)\s*\(/.exec(head)?.[1] ?? []);
  return [...new Set(names)].toSorted(byText);
}
