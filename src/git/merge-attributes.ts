/**
 * Owns merges that attributes decide (`merge=union`, `-merge`, `binary`, a driver of somebody's own; text forms where `merge.renormalize`
 * is set): which paths they concern, and the merge of these as `git rebase` would make it, with the attributes of the tree below.
 */
import { join } from "node:path";

import { run } from "../support/exec.js";
import { type AttributeFiles, type EntryAt, attributeFiles, layOutAttributes, ownAttributes, ownSettings } from "./attribute-files.js";
import { maySpeakOfMerges } from "./attribute-patterns.js";
import type { ByteString } from "./bytes.js";
import { gitCommand, gitOk, userEnvironment } from "./git.js";
import { type BatchMerge, type MergePair, mergeOnce } from "./merge-batch.js";
import type { ObjectPool } from "./object-pool.js";

export interface WantedDrivers {
  /** The drivers that attributes name, by path: `binary` for what is not to be merged. */
  readonly byPath: ReadonlyMap<ByteString, string>;
  /** Of these, the drivers that no settings define: git merges as text. */
  readonly unknown: ReadonlySet<string>;
  /** The work tree of nothing but attributes. */
  readonly folder: string;
  readonly settings: readonly string[];
}

export interface MergeAttributes {
  /** No setting of the repository chooses how texts are compared, or merged where attributes say nothing. */
  readonly textsAreUsual: boolean;
  /** Of paths in a tree; undefined where all are merged as text. */
  readonly wanted: (entryAt: EntryAt, paths: readonly ByteString[]) => Promise<WantedDrivers | undefined>;
  /** Merges with these; the trees hold the files at their true paths. */
  readonly merge: (pair: MergePair, wanted: WantedDrivers) => Promise<BatchMerge>;
}

const BUILT_IN = new Set(["text", "binary", "union"]);
const FORMS = ["text", "eol", "crlf", "ident", "filter"] as const;

export function openMergeAttributes(pool: ObjectPool): MergeAttributes {
  const { quarantine } = pool.repository;
  if (quarantine === undefined) throw new Error("merges need a folder apart");
  const [own, settings] = [ownAttributes(quarantine.objects), ownSettings(quarantine.objects)];
  const texts = new Map<string, Promise<string>>();
  const laidOut = new Map<string, Promise<string>>();
  const known = new Map<string, Promise<ReadonlyMap<ByteString, string>>>();
  let normalizing: Promise<boolean> | undefined;
  let defined: Promise<ReadonlyMap<string, string>> | undefined;

  function normalizes(): Promise<boolean> {
    if (!/renormalize|\binclude/i.test(settings)) return Promise.resolve(false);
    return (normalizing ??= run(gitCommand(pool.repository, ["config", "--type=bool", "merge.renormalize"])).then(
      ({ stdout }) => stdout.toString("latin1").trim() === "true",
    ));
  }

  async function speaks(files: AttributeFiles, paths: readonly ByteString[]): Promise<boolean> {
    if (maySpeakOfMerges(own, paths)) return true;
    if (files.size === 0) return false;
    if (await normalizes()) return true;
    const read = await Promise.all([...files.values()].map(textOf));
    return read.some((text) => maySpeakOfMerges(text, paths));
  }

  function textOf(id: string): Promise<string> {
    const text = texts.get(id) ?? pool.read(id, "blob").then((content) => content.toString("latin1"));
    texts.set(id, text);
    return text;
  }

  function folderOf(files: AttributeFiles): Promise<string> {
    const key = keyOf(files);
    quarantine?.make?.();
    const folder = join(quarantine?.folder ?? "", `attributes-${laidOut.size}`);
    const made = laidOut.get(key) ?? layOutAttributes(pool, files, folder).then(() => folder);
    laidOut.set(key, made);
    return made;
  }

  async function wanted(entryAt: EntryAt, paths: readonly ByteString[]): Promise<WantedDrivers | undefined> {
    const files = await attributeFiles(entryAt, paths);
    if (!(await speaks(files, paths))) return undefined;
    const folder = await folderOf(files);
    const key = `${folder}\0${paths.join("\0")}`;
    const asked = known.get(key) ?? driversOf(pool, folder, paths, await normalizes());
    known.set(key, asked);
    const byPath = await asked;
    if (byPath.size === 0) return undefined;
    const others = [...new Set(byPath.values())].filter((name) => !BUILT_IN.has(name));
    if (others.length === 0) return { byPath, unknown: new Set(), folder, settings: [] };
    const drivers = await (defined ??= definedDrivers(pool));
    return {
      byPath,
      unknown: new Set(others.filter((name) => !drivers.has(name))),
      folder,
      settings: others.flatMap((name) => (drivers.has(name) ? [`merge.${name}.driver=${drivers.get(name) ?? ""}`] : [])),
    };
  }

  async function merge(pair: MergePair, { folder, settings: more }: WantedDrivers): Promise<BatchMerge> {
    const [found] = await mergeOnce(pool.repository, [pair], { workTree: folder, settings: more });
    if (found === undefined) throw new Error("a merge was asked for and none given");
    return found;
  }

  return { textsAreUsual: !/default|algorithm|renormalize|\binclude|worktreeconfig/i.test(settings), wanted, merge };
}

function keyOf(files: AttributeFiles): string {
  return [...files].map(([path, id]) => `${path}\0${id}`).join("\0");
}

/** What git itself makes of the attributes; paths without one are left out. See git-check-attr(1). */
async function driversOf(
  { repository }: ObjectPool,
  folder: string,
  paths: readonly ByteString[],
  normalizes: boolean,
): Promise<ReadonlyMap<ByteString, string>> {
  const args = [`--work-tree=${folder}`, "check-attr", "-z", "--stdin", "merge", ...(normalizes ? FORMS : [])];
  const input = Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1");
  const fields = (await gitOk(repository, args, { input, cwd: folder })).toString("latin1").split("\0");
  const drivers = new Map<ByteString, string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = "", attribute = "", value = ""] = fields.slice(at, at + 3);
    if (value === "unspecified") continue;
    if (attribute !== "merge") drivers.set(path, drivers.get(path) ?? "text");
    else drivers.set(path, value === "set" ? "text" : value === "unset" ? "binary" : value);
  }
  return drivers;
}

/** Drivers by name, of the repository and of whoever works in it: a tree that names one counts on it. */
async function definedDrivers({ repository }: ObjectPool): Promise<ReadonlyMap<string, string>> {
  const command = gitCommand(repository, ["config", "-z", "--get-regexp", "^merge\\..*\\.driver$"]);
  const { stdout } = await run({ ...command, env: { ...command.env, ...userEnvironment() } });
  const entries = stdout.toString("utf8").split("\0").filter(Boolean);
  return new Map(entries.map((entry) => /^merge\.(.*)\.driver\n([\s\S]*)$/.exec(entry)?.slice(1) as [string, string]));
}
