/** Owns upstream's history as a list: every commit that its refs reach, parents first. */
import { UnforkError } from "../../../support/errors.js";
import { type Repository, gitOk } from "../../../git/git.js";

export interface UpstreamRef {
  readonly name: string;
  /** The commit it stands for. */
  readonly commit: string;
}

export interface UpstreamCommit {
  readonly id: string;
  readonly parents: readonly string[];
  /** Seconds since 1970. */
  readonly time: number;
}

/** Refs that hold no releases or branches of upstream's own: notes, reviews, what tools keep. */
const NOT_UPSTREAM = /^refs\/(?:notes|stash|replace|pull|merge-requests|changes|keep-around|pipelines|original|bisect|unfork)(?:\/|$)/;

/** Upstream's branches and tags; `wanted` names some of them. Throws `input-invalid` for one that is not there, or when there is none. */
export async function upstreamRefs(upstream: Repository, wanted: readonly string[]): Promise<UpstreamRef[]> {
  if (wanted.length > 0) return await Promise.all(wanted.map((name) => namedRef(upstream, name)));
  const format = "%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)";
  const lines = (await gitOk(upstream, ["for-each-ref", `--format=${format}`])).toString("utf8").split("\n");
  const refs = lines.flatMap((line) => {
    const match = /^(?:commit (?<plain>\S+)  |tag \S+ commit (?<tagged>\S+)) ?(?<name>refs\/.*)$/.exec(line)?.groups;
    const commit = match?.["plain"] ?? match?.["tagged"];
    const name = match?.["name"] ?? "";
    return commit === undefined || NOT_UPSTREAM.test(name) ? [] : [{ name, commit }];
  });
  if (refs.length > 0) return refs;
  throw new UnforkError("input-invalid", `${upstream.path} has no branch and no tag`, { hint: "fetch upstream's history into it first" });
}

async function namedRef(upstream: Repository, name: string): Promise<UpstreamRef> {
  try {
    const id = await gitOk(upstream, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
    return { name, commit: id.toString("latin1").trim() };
  } catch (error) {
    throw new UnforkError("input-invalid", `there is no commit ${name} in ${upstream.path}`, {
      hint: "check the name given with --ref, or fetch it first",
      context: { ref: name },
      cause: error,
    });
  }
}

/** All commits of some refs, parents before their children. */
export async function listCommits(repository: Repository, refs: readonly UpstreamRef[]): Promise<UpstreamCommit[]> {
  const input = `${[...new Set(refs.map(({ commit }) => commit))].join("\n")}\n`;
  const args = ["rev-list", "--topo-order", "--reverse", "--parents", "--timestamp", "--stdin"];
  const lines = (await gitOk(repository, args, { input })).toString("latin1").trimEnd().split("\n");
  return lines.map((line) => {
    const [time = "0", id = "", ...parents] = line.split(" ");
    return { id, parents, time: Number(time) };
  });
}
