/** The same port by `git merge-tree` of whole trees alone, one patch after the other: what a rebase that skips conflicts gives. */
import { commitTree, git, tryGit } from "./git.mjs";

/** The final tree, and which patches were in conflict. `dropped`: patches that are known to be in upstream, and are not tried. */
export function portByMergeTree(repo, { base, tip, onto }, dropped) {
  const commits = git(repo, ["rev-list", "--topo-order", "--reverse", "--no-merges", `${base}..${tip}`])
    .split("\n")
    .filter(Boolean);
  const treeOf = (commit) => git(repo, ["rev-parse", `${commit}^{tree}`]).trim();
  const conflicts = new Set();
  let head = treeOf(onto);
  for (const commit of commits) {
    if (dropped.has(commit)) continue;
    const start = commitTree(repo, treeOf(`${commit}^`), [], "base\n");
    const ours = commitTree(repo, head, [start], "ours\n");
    const theirs = commitTree(repo, treeOf(commit), [start], "theirs\n");
    const { status, stdout } = tryGit(repo, ["merge-tree", "--write-tree", "--name-only", ours, theirs]);
    if (status === 0) head = stdout.split("\n", 1)[0];
    else conflicts.add(commit);
  }
  return { tree: head, conflicts };
}
