/** Owns the question which paths a git diff is about: out of its head, with or without the prefixes `a/` and `b/`. */
import type { GitHead } from "./git-head.js";
import { unquoteName } from "./quoted-name.js";
import { stripFolders } from "./raw-name.js";

export interface Names {
  readonly oldPath: string | null;
  readonly newPath: string | null;
}

/** The paths, or the sentence that says why they cannot be told. `strip` undefined: found out from the head itself. */
export function gitNames(head: GitHead, strip: number | undefined): Names | string {
  if (head.kind === "rename" || head.kind === "copy") return movedNames(head, Math.max((strip ?? 1) - 1, 0));
  const pair = contradicts(head) ? undefined : namePair(head, strip);
  if (pair === undefined) return "the head does not tell which file it is about";
  const folders = strip ?? prefixOf(pair) ?? titlePrefix(head);
  if (folders === undefined) return "the names of both sides differ, and no rename is told";
  const [old, fresh] = pair.map((name) => stripFolders(name, folders));
  if (old === undefined || fresh === undefined) return `a name has not ${folders} leading folder${folders === 1 ? "" : "s"} to leave out`;
  const path = old === fresh ? old : titlePath(head, folders, [old, fresh]);
  return path === undefined ? "the names of both sides differ, and no rename is told" : sides(head, path);
}

/** `rename from` has no prefix: one folder less to leave out. */
function movedNames({ from, to }: GitHead, folders: number): Names | string {
  if (from === undefined || to === undefined) return "a rename or copy lacks its `from` or its `to`";
  const [oldPath, newPath] = [stripFolders(from, folders), stripFolders(to, folders)];
  return oldPath === undefined || newPath === undefined ? "a name has not as many leading folders to leave out" : { oldPath, newPath };
}

/** A name that both halves of the title tell and one of the two lines: the other line was edited by hand. */
function titlePath(head: GitHead, folders: number, told: readonly string[]): string | undefined {
  const pairs = titlePairs(head.title).map((pair) => pair.map((name) => stripFolders(name, folders)));
  const [path] = pairs.find(([old, fresh]) => old !== undefined && old === fresh) ?? [];
  return path !== undefined && told.includes(path) ? path : undefined;
}

function titlePrefix(head: GitHead): number | undefined {
  return titlePairs(head.title)
    .map(prefixOf)
    .find((folders) => folders !== undefined);
}

function sides(head: GitHead, path: string): Names {
  const added = head.kind === "new" || head.oldName === null;
  const removed = head.kind === "deleted" || head.newName === null;
  return { oldPath: added ? null : path, newPath: removed ? null : path };
}

/** A new file with an old name, a removed one with a new name, or no file on both sides. */
function contradicts({ kind, oldName, newName }: GitHead): boolean {
  const [noOld, noNew] = [kind === "new" || oldName === null, kind === "deleted" || newName === null];
  return (noOld && noNew) || (noOld && typeof oldName === "string") || (noNew && typeof newName === "string");
}

/** The names of both sides, with prefixes: of the title where one of them is missing or is /dev/null. */
function namePair(head: GitHead, strip: number | undefined): readonly [string, string] | undefined {
  if (typeof head.oldName === "string" && typeof head.newName === "string") return [head.oldName, head.newName];
  const known = head.oldName ?? head.newName ?? undefined;
  const all = titlePairs(head.title);
  const pairs = all.filter(([old, fresh]) => known === undefined || known === old || known === fresh);
  if (pairs.length === 0 && all.some((pair) => prefixOf(pair) !== undefined)) return undefined;
  if (strip !== undefined) return pairs.find(([old, fresh]) => stripFolders(old, strip) === stripFolders(fresh, strip)) ?? same(known);
  return pairs.find((pair) => prefixOf(pair) !== undefined) ?? same(known);
}

function same(name: string | undefined): readonly [string, string] | undefined {
  return name === undefined ? undefined : [name, name];
}

/** How many leading folders are prefixes: none when both names are the same, one when they are the same but for the first folder. */
export function prefixOf([old, fresh]: readonly [string, string]): number | undefined {
  if (old === fresh) return 0;
  const rest = stripFolders(old, 1);
  return rest !== undefined && rest === stripFolders(fresh, 1) ? 1 : undefined;
}

/** Two paths of the most bytes that systems allow, each byte escaped. */
const LONGEST_TITLE = 2 * 4 * 4096;

/** All ways to take a title apart; names hold spaces, and only odd ones are quoted. */
function titlePairs(title: string): (readonly [string, string])[] {
  if (title.length > LONGEST_TITLE) return [];
  const quoted = title.startsWith('"') ? unquoteName(title) : undefined;
  if (quoted !== undefined) return [[quoted.name, secondName(quoted.rest.trimStart())]];
  const pairs: (readonly [string, string])[] = [];
  for (let space = title.search(/[ \t]/); space !== -1; space = nextSpace(title, space))
    pairs.push([title.slice(0, space), secondName(title.slice(space + 1))]);
  return pairs;
}

function nextSpace(title: string, space: number): number {
  const found = title.slice(space + 1).search(/[ \t]/);
  return found === -1 ? -1 : space + 1 + found;
}

function secondName(rest: string): string {
  return (rest.startsWith('"') ? unquoteName(rest)?.name : undefined) ?? rest;
}
