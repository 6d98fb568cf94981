/** Owns the chain of a repository by itself: two work trees of our own, built and run by the user's commands. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { USUAL_LIMITS, type UseCase } from "../../model/use-case.js";
import type { History } from "../../sources/git-history.js";
import { run, runOk } from "../../support/exec.js";
import { exists, readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { shellLine } from "../../support/shell-line.js";
import { canonicalJson, sha256 } from "../../support/hash.js";
import type { Arm, RunPlace } from "../../usecases/attribution/arm.js";
import type { Site, SiteAt } from "../../usecases/attribution/site.js";
import { type RunOutcome, execute } from "../../usecases/execute.js";

export interface RepoWork {
  /** The user's repository; only read. */
  readonly repository: string;
  readonly folder: string;
  /** Shell command lines, run in the work tree. */
  readonly build: string;
  readonly run: string;
  readonly timeoutSeconds: number;
  readonly counts: { made: number; kept: number; failed: number };
  readonly tell: (message: string) => void;
}

export interface RepoTrees {
  readonly work: RepoWork;
  readonly reference: WorkTree;
  readonly candidate: WorkTree;
}

/** One for the good commit, one for all others. */
export function openTrees(work: RepoWork): RepoTrees {
  return { work, reference: openTree(work, "reference"), candidate: openTree(work, "candidate") };
}

/** Each place beside the good commit. Equal trees are built and run once, whatever commits they belong to. */
export function repoSites({ work, reference, candidate }: RepoTrees, good: string, history: History): SiteAt {
  const commitAt = (place: number): string => (place === 0 ? history.from : (history.steps[place - 1]?.tree ?? history.to));
  return async (place) => {
    const [beside, here] = [await siteOf(work, reference, good), await siteOf(work, candidate, commitAt(place))];
    if (beside.status === "none") return { ...beside, why: `the good commit ${beside.why}` };
    if (here.status === "none") return here;
    return { status: "ready", pair: async () => ({ reference: beside.arm, candidate: here.arm }) };
  };
}

interface WorkTree {
  readonly path: string;
  /** Checks a commit out and builds it, unless it is what stands there. */
  readonly at: (commit: string) => Promise<string | undefined>;
}

type Made = { readonly status: "ready"; readonly arm: Arm } | (Site & { readonly status: "none" });

async function siteOf(work: RepoWork, tree: WorkTree, commit: string): Promise<Made> {
  const id = sha256(canonicalJson([await treeOf(work, commit), work.build, work.run])).slice(0, 32);
  const record = join(work.folder, "builds", id);
  const known = await readTextIfThere(record);
  const why = known ?? (await tree.at(commit)) ?? "";
  if (known === undefined) await writeFileAtomic(record, why);
  else work.counts.kept++;
  return why === "" ? { status: "ready", arm: armOf(work, tree, { id, commit }) } : { status: "none", why };
}

async function treeOf({ repository }: RepoWork, commit: string): Promise<string> {
  const { stdout } = await runOk({ command: "git", args: ["-C", repository, "rev-parse", "--verify", `${commit}^{tree}`] });
  return stdout.toString("utf8").trim();
}

function armOf(work: RepoWork, tree: WorkTree, { id, commit }: { readonly id: string; readonly commit: string }): Arm {
  async function runIt({ out, cpu, wrap }: RunPlace): Promise<RunOutcome> {
    const why = await tree.at(commit);
    if (why !== undefined) return { status: "crashed", how: why, stack: [] };
    await mkdir(out, { recursive: true });
    const environment = { OUT: out };
    // A profiler has to stand before the program itself, not before the shell.
    const argv = ["sh", "-c", [...wrap.map((word) => shellLine([word])), work.run].join(" ")];
    const timeoutSeconds = work.timeoutSeconds * (wrap.length > 0 ? 120 : 1);
    return await execute({ argv, cwd: tree.path, environment, out, outputs: [], timeoutSeconds, limits: USUAL_LIMITS, cpu });
  }
  return { id, run: runIt };
}

/** A clone that shares the user's objects; files that two commits have in common keep their times, so that a build is short. */
function openTree(work: RepoWork, name: string): WorkTree {
  const path = join(work.folder, name);
  let there: string | undefined;
  async function at(commit: string): Promise<string | undefined> {
    if (there === commit) return undefined;
    there = undefined;
    if (!(await exists(join(path, ".git")))) {
      await mkdir(work.folder, { recursive: true });
      await runOk({ command: "git", args: ["clone", "--quiet", "--shared", "--no-checkout", work.repository, path] });
    }
    await runOk({ command: "git", args: ["-C", path, "checkout", "--quiet", "--force", "--detach", commit] });
    work.tell(`build ${commit.slice(0, 12)} (${name})`);
    work.counts.made++;
    const result = await run({ command: "sh", args: ["-c", work.build], cwd: path });
    if (result.code === 0) there = commit;
    else work.counts.failed++;
    return result.code === 0 ? undefined : `does not build: ${lastLine(result.stderr, result.code ?? result.signal)}`;
  }
  return { path, at };
}

function lastLine(text: string, code: number | string | null): string {
  return text.trim().split("\n").at(0)?.slice(0, 200) || `the command ended with ${code}`;
}

const ALIKE = { runs: true, environment: {}, arguments: [] };

/** The use case that the run command stands for. */
export function repoUseCase(id: string, { run: words, timeoutSeconds }: Pick<RepoWork, "run" | "timeoutSeconds">): UseCase {
  return {
    id,
    name: id,
    owner: "nobody",
    purpose: "The command given by --run.",
    prepare: [],
    inputs: [],
    run: ["sh", "-c", words],
    outputs: [],
    tolerance: {},
    metrics: [],
    environment: {},
    flavors: { legacy: ALIKE, latest: ALIKE },
    limits: USUAL_LIMITS,
    timeoutSeconds,
  };
}
