/** Owns the grouping of the fork's own commits into features: by the area or tag of their subject, else by folder. */
import { disjointSets } from "../../../support/disjoint-sets.js";
import { byText } from "../../../support/order.js";
import { commonFolder } from "./cluster-files.js";
import { kebab } from "./kebab-name.js";
import type { OwnCommit } from "./own-commit.js";
import type { SettledCommits } from "./settle-commits.js";
import { type SubjectParts, fixedSubject, subjectParts } from "./subject-parts.js";

export interface CommitGroup {
  /** What the commits have in common, to be named after. */
  readonly key: string;
  readonly by: "area" | "tag" | "folder" | "commit";
  /** Oldest first. */
  readonly commits: readonly OwnCommit[];
  /** Commits that mend another one of the group. */
  readonly joined: number;
}

/** A group of this size and share is split by what its subjects say next. */
const MOST_COMMITS = 12;
const MOST_SHARE = 0.3;

interface Unit {
  readonly commits: readonly OwnCommit[];
  readonly parts: SubjectParts;
}

/** In the order of their first commits. */
export function groupCommits({ kept, reverts }: Pick<SettledCommits, "kept" | "reverts">): CommitGroup[] {
  const units = unitsOf(kept, reverts);
  const keyed = byKey(units, (unit) => firstKey(unit, units)).flatMap(({ key, units: some }) => split(key, some, kept.length));
  return joinNamesakes(keyed).map(({ key, units: some }) => groupOf(key, some));
}

/** `boot: zephyr: …` in subjects and the folder `boot/zephyr/` mean the same. */
function joinNamesakes(groups: readonly Keyed[]): Keyed[] {
  const byName = new Map<string, Keyed>();
  for (const { key, units } of groups) {
    const name = kebab(key.text) ?? key.text;
    const before = byName.get(name);
    byName.set(name, before === undefined ? { key, units } : { key: before.key, units: [...before.units, ...units] });
  }
  return [...byName.values()];
}

/** Commits joined with what they fix or revert in part; each unit has the subject of its first commit. */
function unitsOf(kept: readonly OwnCommit[], reverts: ReadonlyMap<number, number>): Unit[] {
  const sets = disjointSets(kept.length);
  for (const [from, to] of reverts) sets.join(from, to);
  for (const [at, { subject, message }] of kept.entries()) {
    const target = fixTarget(kept.slice(0, at), subject, message);
    if (target >= 0) sets.join(at, target);
  }
  return sets.sets().map((set) => {
    const commits = set.map((at) => kept[at]).filter((commit) => commit !== undefined);
    return { commits, parts: subjectParts(commits[0]?.subject ?? "") };
  });
}

function fixTarget(earlier: readonly OwnCommit[], subject: string, message: string): number {
  const wanted = fixedSubject(subject);
  if (wanted !== undefined) return earlier.findLastIndex((one) => one.subject === wanted || one.id.startsWith(wanted));
  const fixed = [...message.matchAll(/^Fixes: ([0-9a-f]{7,40})\b/gm)].map(([, id]) => id ?? "");
  return earlier.findLastIndex(({ id }) => fixed.some((start) => id.startsWith(start)));
}

interface Key {
  readonly by: CommitGroup["by"];
  readonly text: string;
}

function firstKey({ parts, commits }: Unit, all: readonly Unit[]): Key {
  const [area] = parts.areas;
  if (area !== undefined) return { by: "area", text: areaKey(area) };
  const tag = parts.tags.find((one) => !isStatus(one, all));
  return tag === undefined ? folderKey(commits) : { by: "tag", text: tag.toLowerCase() };
}

/** `zephyr/Kconfig` and `zephyr` are one area, `boot, docs` is `boot`. */
function areaKey(area: string): string {
  return (area.split(/[ ,&/]+/)[0] ?? area).toLowerCase();
}

/** A tag that stands before several areas says how far a commit is, not what it is for. */
function isStatus(tag: string, all: readonly Unit[]): boolean {
  const areas = new Set(all.filter(({ parts }) => parts.tags.includes(tag)).flatMap(({ parts }) => parts.areas.slice(0, 1).map(areaKey)));
  return areas.size > 1;
}

function folderKey(commits: readonly OwnCommit[]): Key {
  const paths = commits.flatMap(({ files }) => files.map(({ path }) => path));
  const names = (mainFolder(paths) || "top/").split("/").slice(0, -1);
  return { by: "folder", text: names.slice(0, 3).join("/") };
}

/** The folder of all paths; where they have none, that of the most. */
function mainFolder(paths: readonly string[]): string {
  const common = commonFolder(paths);
  if (common !== "" || paths.length === 0) return common;
  const counts = new Map<string, number>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, x], [b, y]) => y - x || byText(a, b))[0]?.[0] ?? "";
}

interface Keyed {
  readonly key: Key;
  readonly units: readonly Unit[];
}

function byKey(units: readonly Unit[], keyOf: (unit: Unit) => Key): Keyed[] {
  const groups = new Map<string, { key: Key; units: Unit[] }>();
  for (const unit of units) {
    const key = keyOf(unit);
    const id = `${key.by} ${key.text}`;
    const group = groups.get(id) ?? { key, units: [] };
    group.units.push(unit);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** What is too big to be one feature is split by the second area, or by folder where subjects say no more. */
function split(key: Key, units: readonly Unit[], total: number): Keyed[] {
  const count = units.reduce((sum, { commits }) => sum + commits.length, 0);
  if (key.by === "folder" || count <= MOST_COMMITS || count < total * MOST_SHARE) return [{ key, units }];
  return byKey(units, ({ parts, commits }) => {
    const [, second] = parts.areas;
    if (key.by !== "area" || second === undefined) return folderKey(commits);
    return { by: "area", text: `${key.text} ${areaKey(second)}` };
  });
}

function groupOf({ by, text }: Key, units: readonly Unit[]): CommitGroup {
  const commits = units.flatMap((unit) => unit.commits);
  const joined = commits.length - units.length;
  return { key: text, by: units.length === 1 ? "commit" : by, commits, joined };
}
