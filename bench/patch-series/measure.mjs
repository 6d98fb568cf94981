/** Ports a built series by the command, holds each result against people's patch, and runs it again with their answers. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { openPool } from "../../dist/git/object-pool.js";
import { portStack } from "../../dist/patches/stack/port-stack.js";
import { portByMergeTree } from "./check.mjs";
import { git } from "./git.mjs";
import { difference, linesOf } from "./lines.mjs";
import { matchPeople } from "./match.mjs";

const UNFORK = join(import.meta.dirname, "..", "..", "bin", "unfork.js");

/** Rows per patch, and the counts of the plain run and of the run that goes on with people's answers. */
export async function measureSeries(repo, built) {
  const { patches: ported, tree, ms } = portByCommand(repo, built);
  const series = described(
    repo,
    built,
    ported.map(({ patch }) => ({ commit: patch })),
  ).filter(({ paths }) => paths.length > 0);
  const people = described(repo, built, built.people);
  const pairs = matchPeople(series, people, built.inBase);
  const dropped = new Set(ported.filter(({ status }) => status === "upstreamed").map(({ patch }) => patch));
  const outcome = new Map(ported.map((one) => [one.patch, one]));
  const plain = rowsOf(repo, series, pairs, outcome);
  const helped = rowsOf(repo, series, pairs, await portWithAnswers(repo, built, series, pairs));
  return { plain, helped, people, ms, asGit: tree === portByMergeTree(repo, built, dropped).tree };
}

function portByCommand(repo, { base, tip, onto }) {
  const since = performance.now();
  const args = ["patch", "port", "--repo", repo, "--series", `${base}..${tip}`, "--onto", onto, "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [UNFORK, ...args], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0 && status !== 1) throw new Error(`patch port ended with ${status}: ${stderr}`);
  const { patches, tree } = JSON.parse(stdout);
  return { patches, tree, ms: performance.now() - since };
}

/** Commits with keys, paths and lines. */
function described(repo, { keysOf }, commits) {
  const lines = linesOf(
    repo,
    commits.map(({ commit }) => commit),
  );
  return commits.map(({ commit, name }) => {
    const message = git(repo, ["log", "-1", "--format=%B", commit]);
    return { commit, name, subject: message.split("\n", 1)[0], keys: keysOf(message), ...lines.get(commit) };
  });
}

/** Per patch: what became of it, whose patch it is held against, what only one of the two has. */
function rowsOf(repo, series, pairs, outcome) {
  const made = [...outcome.values()].map(({ commit }) => commit).filter((commit) => commit !== null && commit !== undefined);
  const lines = linesOf(repo, made);
  return series.map((patch) => {
    const { status, commit, files, evidence, root, by } = outcome.get(patch.commit);
    const pair = pairs.get(patch);
    const row = { patch, status, files, evidence, root, commit, by, pair };
    if (commit === null || commit === undefined || pair === undefined || pair.by === "base") return row;
    const { onlyA, onlyB } = difference(lines.get(commit).lines, pair.other.lines);
    return { ...row, equal: onlyA.length + onlyB.length === 0, ours: onlyA, theirs: onlyB };
  });
}

/** One patch after the other; where one is in conflict, people's version takes its place, if it fits. */
async function portWithAnswers(repo, { onto }, series, pairs) {
  const pool = await openPool({ path: repo });
  const found = new Map();
  try {
    let tip = { commit: onto, tree: git(repo, ["rev-parse", `${onto}^{tree}`]).trim() };
    const put = async (commit) => {
      const ported = await portStack({ pool, commits: [commit], onto: tip });
      tip = { commit: ported.tip, tree: ported.tree };
      return ported.patches[0];
    };
    for (const patch of series) {
      const outcome = await put(patch.commit);
      found.set(patch.commit, outcome);
      if (outcome.commit !== null || outcome.status === "empty" || outcome.status === "upstreamed") continue;
      const other = pairs.get(patch)?.other;
      const answer = other?.commit === undefined ? undefined : await put(other.commit);
      found.set(patch.commit, { ...outcome, by: answer?.commit === null || answer === undefined ? "left out" : "people's" });
    }
    await pool.store();
    return found;
  } finally {
    await pool.close();
  }
}
