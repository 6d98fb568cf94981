/** Series of quilt patches: Debian's own over an upstream archive, or in a folder of somebody's repository. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { commitTree, git, openIndex, treeOfFolder } from "./git.mjs";
import { debianPart, upstreamTree } from "./sources.mjs";

/** Two builds of a Debian source package. */
export async function buildDebian(repo, { title, name, sides }) {
  const built = [];
  for (const { version, suites, pool, sha256 } of sides) {
    const upstream = await upstreamTree({ name, version, suites });
    const debian = await debianPart({ pool, sha256 });
    const folder = join(debian.path, "debian", "patches");
    const read = (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "latin1") : undefined);
    built.push(putOn(repo, treeOfFolder(repo, upstream.path), read, pool.slice(pool.lastIndexOf("/") + 1).replace(".debian.tar.xz", "")));
  }
  return both(title, built);
}

/** Two commits of a clone that holds upstream's tree and, in debian/patches, a series over it. */
export function buildInTree(repo, { title, sides }) {
  const built = sides.map((commit) => {
    const read = (path) => {
      try {
        return git(repo, ["cat-file", "blob", `${commit}:debian/patches/${path}`]);
      } catch {
        return undefined;
      }
    };
    return putOn(repo, treeWithout(repo, commit, "debian"), read, commit);
  });
  return both(title, built);
}

function both(title, [old, fresh]) {
  return {
    title,
    base: old.base,
    tip: old.tip,
    onto: fresh.base,
    people: fresh.commits,
    keysOf: (message) => [message.split("\n", 1)[0].replace(/(^|\/)\d+[-_]/, "$1")],
    notes: [...old.notes, ...fresh.notes],
  };
}

function treeWithout(repo, commit, folder) {
  const entries = git(repo, ["ls-tree", "-z", `${commit}^{tree}`])
    .split("\0")
    .filter((entry) => entry !== "" && !entry.endsWith(`\t${folder}`));
  return git(repo, ["mktree", "-z"], { input: Buffer.from(entries.map((entry) => `${entry}\0`).join(""), "latin1") }).trim();
}

/** Each patch of the series as a commit; one that neither `git apply` nor `patch` takes is named, and its series goes on without it. */
function putOn(repo, tree, read, label) {
  const base = commitTree(repo, tree, [], `${label} without its series\n`);
  const index = openIndex(repo, tree);
  const commits = [];
  const notes = [];
  let tip = base;
  const names = seriesOf(read("series") ?? "");
  for (const { name, args } of names) {
    const text = read(name);
    const why = text === undefined ? "the series names it, the folder lacks it" : putOne(index, text, args);
    if (why !== undefined) {
      notes.push(`  ${label}: ${name} does not go on: ${why.split("\n").slice(0, 2).join("; ")}`);
      continue;
    }
    tip = commitTree(repo, index.write(), [tip], `${name}\n\n${descriptionOf(text)}`);
    commits.push({ commit: tip, name });
  }
  return { base, tip, commits, notes: [`${label}: ${names.length} patches, ${commits.length} of them on`, ...notes] };
}

function putOne(index, text, args) {
  return index.apply(text, args) === undefined ? undefined : index.applyByPatch(text, args);
}

function seriesOf(text) {
  const lines = text.split("\n").map((line) => line.replace(/(^|\s)#.*$/, "").trim());
  return lines.filter(Boolean).map((line) => {
    const [name, ...args] = line.split(/\s+/);
    return { name, args };
  });
}

function descriptionOf(text) {
  const at = text.search(/^(---|diff|Index:) /m);
  return at > 0 ? text.slice(0, at) : "";
}
