/** What a commit changes, as bags of lines: the same patch has the same `+` and `-` lines, wherever they stand. */
import { git } from "./git.mjs";

/** Per commit its paths, its `+` and `-` lines, sorted. Merges and roots are not asked about. */
export function linesOf(repo, commits) {
  const found = new Map(commits.map((commit) => [commit, { paths: [], lines: [] }]));
  if (commits.length === 0) return found;
  const args = ["diff-tree", "--stdin", "-p", "-U0", "--no-renames", "--no-ext-diff", "--no-textconv", "--full-index", "--binary"];
  let one;
  let inHunks = false;
  for (const line of git(repo, args, { input: `${commits.join("\n")}\n` }).split("\n")) {
    if (/^[0-9a-f]{40}$/.test(line) && found.has(line)) [one, inHunks] = [found.get(line), false];
    else if (line.startsWith("diff --git ")) {
      inHunks = false;
      one?.paths.push(/ b\/(.*)$/.exec(line)?.[1] ?? line);
    } else if (line.startsWith("@@ ")) inHunks = true;
    else if (line.startsWith("index ") && !inHunks) one.index = line;
    else if (line === "GIT binary patch") one?.lines.push(`binary ${one.index}`);
    else if (inHunks && (line.startsWith("+") || line.startsWith("-"))) one?.lines.push(line);
  }
  for (const each of found.values()) each.lines.sort();
  return found;
}

/** Lines of one bag that the other has not, both ways. */
export function difference(a, b) {
  const rest = new Map();
  for (const line of b) rest.set(line, (rest.get(line) ?? 0) + 1);
  const onlyA = [];
  for (const line of a) {
    const count = rest.get(line) ?? 0;
    if (count > 0) rest.set(line, count - 1);
    else onlyA.push(line);
  }
  const onlyB = [...rest].flatMap(([line, count]) => Array.from({ length: count }, () => line));
  return { onlyA, onlyB };
}

/** Share of the lines that both have, of all that either has. */
export function likeness(a, b) {
  const { onlyA, onlyB } = difference(a, b);
  const common = a.length - onlyA.length;
  return a.length + b.length === 0 ? 1 : common / (common + onlyA.length + onlyB.length);
}
