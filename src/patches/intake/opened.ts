/** Owns the opening of both sides of an intake: the fork as a commit or a folder, upstream as a repository; both only read. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

import { toldOf } from "../../git/damage.js";
import { gitOk } from "../../git/git.js";
import { type ExistingRepository, openExisting } from "../../git/open-existing.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import { type TreeReader, treeReader } from "../../git/tree-draft.js";
import { gitVersion } from "../../git/version.js";
import { UnforkError, messageOf } from "../../support/errors.js";
import type { ForkFiles } from "./fork-file.js";
import { type JoinedRepository, joinRepositories } from "./joined-repository.js";
import { readCommitFiles } from "./read-commit.js";
import { readFolder } from "./read-folder.js";

export interface Sides {
  readonly upstream: ExistingRepository;
  readonly joined: JoinedRepository;
  readonly readTree: TreeReader;
  readonly fork: ForkFiles;
  /** The fork's commit; null for a folder. */
  readonly tip: string | null;
  /** The fork's history is cut off. */
  readonly shallowFork: boolean;
}

export interface SidesRequest {
  readonly fork: string;
  readonly upstream: string;
  /** What of a fork with a history is looked at. */
  readonly tip: string;
}

/** Opens both for as long as `work` takes. */
export async function withSides<T>(request: SidesRequest, work: (sides: Sides) => Promise<T>): Promise<T> {
  await gitVersion();
  const upstream = await openUpstream(request.upstream);
  const own = await openFork(request.fork);
  const tip = own === null ? null : await commitOf(own, request);
  const joined = await joinRepositories(own === null ? [upstream] : [own, upstream]);
  try {
    const readTree = treeReader(joined.objects);
    const fork = tip === null ? await readFolder(request.fork) : await filesOf(joined, readTree, tip);
    return await work({ upstream, joined, readTree, fork, tip, shallowFork: own?.shallow === true });
  } catch (error) {
    throw toldOf(own !== null && isAbout(own, upstream, error) ? own : upstream, error);
  } finally {
    await joined.close();
  }
}

/** Whose fault it is, where an object is missing or damaged: both are read as one. */
function isAbout(own: ExistingRepository, upstream: ExistingRepository, error: unknown): boolean {
  const words = messageOf(error);
  if (words.includes(own.objects) || words.includes(upstream.objects)) return words.includes(own.objects);
  return (own.shallow || own.partial) && !upstream.shallow && !upstream.partial;
}

async function filesOf(joined: JoinedRepository, readTree: TreeReader, tip: string): Promise<ForkFiles> {
  const fork = await readCommitFiles(joined.objects, readTree, parseRawCommit(await joined.objects.read(tip, "commit")).tree);
  if (fork.files.length > 0) return fork;
  throw new UnforkError("input-invalid", `the commit ${tip.slice(0, 10)} holds no file`, { hint: "name the fork's branch with --tip" });
}

async function openUpstream(path: string): Promise<ExistingRepository> {
  wantFolder(path, "--upstream");
  if (isRepository(path)) return await openExisting(path);
  throw new UnforkError("input-invalid", `${path} is not a git repository`, {
    hint: "name a clone of upstream with --upstream: git clone --bare URL upstream.git",
    context: { path },
  });
}

/** A folder inside somebody's work tree is taken as it lies there: only its own repository's history would be the fork's. */
async function openFork(path: string): Promise<ExistingRepository | null> {
  wantFolder(path, "the fork");
  return isRepository(path) ? await openExisting(path) : null;
}

function isRepository(path: string): boolean {
  return existsSync(join(path, ".git")) || ["HEAD", "objects", "refs"].every((name) => existsSync(join(path, name)));
}

function wantFolder(path: string, what: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new UnforkError("input-missing", `there is no folder ${path}`, { hint: `check the path of ${what}` });
  if (!stat.isDirectory())
    throw new UnforkError("input-invalid", `${path} is a file, not a folder`, { hint: "unpack it first, then name the folder" });
}

async function commitOf({ repository }: ExistingRepository, { fork, tip }: SidesRequest): Promise<string> {
  try {
    return (await gitOk(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${tip}^{commit}`])).toString("latin1").trim();
  } catch (error) {
    const empty = tip === "HEAD";
    throw new UnforkError("input-invalid", empty ? `${fork} has no commit checked out` : `there is no commit ${tip} in ${fork}`, {
      hint: "name the fork's branch with --tip",
      context: { ref: tip },
      cause: error,
    });
  }
}
