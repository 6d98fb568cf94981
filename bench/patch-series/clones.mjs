/** Series out of bare clones: commits on the upstream code that the fork copied or merged, without any archive. */
import { commitTree, git } from "./git.mjs";

/** `inside`: only this folder counts; the history is written again with it as the root, commit by commit. */
export function buildRange(repo, { title, base, tip, onto, people, inside }) {
  const ours = inside === undefined ? { base: idOf(repo, base), tip: idOf(repo, tip) } : cut(repo, base, tip, inside);
  const theirs = inside === undefined ? { base: idOf(repo, onto), tip: idOf(repo, people) } : cut(repo, onto, people, inside);
  const commits = git(repo, ["rev-list", "--reverse", "--topo-order", "--no-merges", `${theirs.base}..${theirs.tip}`])
    .split("\n")
    .filter(Boolean);
  return {
    title,
    base: ours.base,
    tip: ours.tip,
    onto: theirs.base,
    people: commits.map((commit) => ({ commit, name: commit.slice(0, 8) })),
    keysOf: subjectKeys,
    notes: [],
  };
}

function idOf(repo, name) {
  return git(repo, ["rev-parse", "--verify", `${name}^{commit}`]).trim();
}

/** The same commits, of which each has only the folder; what they come from outside of the range is made the base's past. */
function cut(repo, base, tip, inside) {
  const rows = git(repo, ["rev-list", "--reverse", "--topo-order", "--parents", `${base}..${tip}`])
    .split("\n")
    .filter(Boolean);
  const treeOf = (commit) => git(repo, ["rev-parse", `${commit}:${inside}`]).trim();
  const own = new Set(rows.map((row) => row.split(" ", 1)[0]));
  const outside = [...new Set(rows.flatMap((row) => row.split(" ").slice(1)))].filter(
    (commit) => !own.has(commit) && commit !== idOf(repo, base),
  );
  const made = new Map(outside.map((commit) => [commit, commitTree(repo, treeOf(commit), [], `${inside} of ${commit}\n`)]));
  made.set(idOf(repo, base), commitTree(repo, treeOf(base), [...made.values()], `${inside} of ${base}\n`));
  for (const row of rows) {
    const [commit, ...parents] = row.split(" ");
    const message = git(repo, ["log", "-1", "--format=%B", commit]);
    made.set(
      commit,
      commitTree(
        repo,
        treeOf(commit),
        parents.map((parent) => made.get(parent)),
        message,
      ),
    );
  }
  return { base: made.get(idOf(repo, base)), tip: made.get(idOf(repo, tip)) };
}

/** The subject without tags such as "Patch:" or "[nrf noup]". */
function subjectKeys(message) {
  const subject = message.split("\n", 1)[0].toLowerCase();
  return [
    subject
      .replace(/^(\[[^\]]*\]|patch(, c\+\+20)?:)\s*/, "")
      .replaceAll(/[^a-z0-9]+/g, " ")
      .trim(),
  ];
}
