/** Owns generated histories for tests: an old base, a new base and a stack, in a real repository. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { seededRandom } from "../../../src/support/random.js";
import { temporaryFolder } from "../../helpers/temp.js";

type Mode = "100644" | "100755" | "120000" | "160000";

interface Entry {
  readonly mode: Mode;
  /** Content as latin1, or the commit of a submodule. */
  readonly data: string;
}

type Files = Map<string, Entry>;

export interface GeneratedHistory {
  /** A repository with a work tree. */
  readonly path: string;
  readonly git: (...args: string[]) => string;
}

/** Paths of all kinds: plain, with blanks and quotes, not UTF-8. */
const PATHS = [
  "src/a.cc",
  "src/b.cc",
  "src/deep/er/c.h",
  "lib/d.c",
  'lib/odd "name".h',
  "lib/caf\xe9.c",
  "top.txt",
  "gen/e.bin",
  "gen/f.bin",
];

/**
 * Branches `old`, `new` and `tip`; `tip` may hold merges and empty commits. `news`: how many commits upstream has between the
 * bases, some of them merges when there are several; now and then one takes back what the one before did. `merges`: whether the
 * stack may hold some.
 */
export function generateHistory(
  seed: number,
  { news = 1, merges = true }: { readonly news?: number; readonly merges?: boolean } = {},
): GeneratedHistory {
  const random = seededRandom(seed);
  const path = join(temporaryFolder(), "history");
  execFileSync("git", ["init", "-q", path]);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: path, encoding: "latin1" });
  const old = firstFiles(random);
  const commits: string[] = [];
  const mark = { next: 1 };
  const write = (branch: string, files: Files, parents: readonly number[], subject: string) => {
    const id = mark.next++;
    commits.push(commitText(branch, files, { id, parents, subject }));
    return id;
  };
  const base = write("old", old, [], "old base");
  if (news === 1) write("new", edit(random, old, "up", 4), [base], "new base");
  else writeLine(random, { news, old, base, write });
  let files = old;
  let tip = base;
  const length = 3 + Math.floor(random() * 6);
  for (let at = 0; at < length; at++) {
    const before = tip;
    if (random() < 0.9) files = edit(random, files, `p${at}`, 1);
    tip = write("tip", files, [before], `patch ${at}`);
    if (random() < 0.15 && merges) {
      const side = write("side", edit(random, files, `s${at}`, 1), [before], `side ${at}`);
      tip = write("tip", files, [tip, side], `merge ${at}`);
    }
  }
  execFileSync("git", ["fast-import", "--quiet"], { cwd: path, input: Buffer.from(commits.join(""), "latin1") });
  git("config", "user.name", "Somebody");
  git("config", "user.email", "somebody@example.org");
  return { path, git };
}

interface NewLine {
  readonly news: number;
  readonly old: Files;
  readonly base: number;
  readonly write: (branch: string, files: Files, parents: readonly number[], subject: string) => number;
}

function writeLine(random: () => number, { news, old, base, write }: NewLine): void {
  const states: Files[] = [old];
  let tip = base;
  for (let at = 0; at < news; at++) {
    const files = states.at(-1) ?? old;
    const next = random() < 0.15 ? (states.at(-2) ?? old) : edit(random, files, `up${at}`, 2);
    const merged = random() < 0.2 ? [write("topic", next, [tip], `topic ${at}`)] : [];
    tip = write("new", next, [tip, ...merged], `upstream ${at}`);
    states.push(next);
  }
}

function firstFiles(random: () => number): Files {
  const files: Files = new Map();
  for (const path of PATHS) {
    if (random() < 0.15) continue;
    files.set(path, { mode: random() < 0.2 ? "100755" : "100644", data: path.endsWith(".bin") ? binary(random) : text(random, path) });
  }
  files.set("link", { mode: "120000", data: "src/a.cc" });
  files.set("sub", { mode: "160000", data: "1".repeat(40) });
  return files;
}

function binary(random: () => number): string {
  return `\0\x01${Array.from({ length: 60 }, () => String.fromCharCode(Math.floor(random() * 256))).join("")}`;
}

function text(random: () => number, path: string): string {
  const end = random() < 0.2 ? "\r\n" : "\n";
  const lines = Array.from({ length: 14 }, (_, line) => `${path} line ${line} ${line % 5 === 0 ? "caf\xe9" : ""}`);
  return lines.join(end) + (random() < 0.2 ? "" : end);
}

/** `count` random changes by somebody. */
function edit(random: () => number, files: Files, by: string, count: number): Files {
  const next = new Map(files);
  const pick = () => [...next.keys()][Math.floor(random() * next.size)] ?? "top.txt";
  for (let at = 0; at < count; at++) {
    const path = pick();
    const entry = next.get(path);
    const choice = random();
    if (entry === undefined || choice < 0.12)
      next.set(`${choice < 0.05 ? `fresh-${by}` : "src"}/new-${by}-${at}.h`, { mode: "100644", data: text(random, by) });
    else if (choice < 0.2) next.delete(path);
    else if (choice < 0.32) move(next, path, random() < 0.5 ? `moved/${path}` : `${path}.${by}`, entry);
    else if (choice < 0.36) moveFolder(next, "src", "source");
    else if (choice < 0.42 && entry.mode.startsWith("100"))
      next.set(path, { ...entry, mode: entry.mode === "100644" ? "100755" : "100644" });
    else if (choice < 0.46) {
      next.delete(path);
      next.set(`${path}/inside`, { mode: "100644", data: text(random, by) });
    } else next.set(path, changed(random, entry, by));
  }
  return next;
}

function move(files: Files, from: string, to: string, entry: Entry): void {
  files.delete(from);
  files.set(to, entry);
}

function moveFolder(files: Files, from: string, to: string): void {
  for (const [path, entry] of files) if (path.startsWith(`${from}/`)) move(files, path, `${to}/${path.slice(from.length + 1)}`, entry);
}

function changed(random: () => number, entry: Entry, by: string): Entry {
  if (entry.mode === "160000") return { ...entry, data: String(1 + Math.floor(random() * 9)).repeat(40) };
  if (entry.mode === "120000") return { ...entry, data: `lib/${by}` };
  if (entry.data.startsWith("\0")) return { ...entry, data: binary(random) };
  const lines = entry.data.split("\n");
  const at = Math.floor(random() * lines.length);
  const choice = random();
  if (choice < 0.2) lines.splice(at, 2);
  else if (choice < 0.5) lines.splice(at, 0, `put in by ${by}`, "twice");
  // What both sides change alike.
  else if (choice < 0.6) lines[at] = "the same on both sides";
  else lines[at] = `${lines[at] ?? ""} changed by ${by}`;
  return { ...entry, data: lines.join("\n") };
}

interface NewCommit {
  readonly id: number;
  readonly parents: readonly number[];
  readonly subject: string;
}

/** Format of git-fast-import(1). */
function commitText(branch: string, files: Files, { id, parents, subject }: NewCommit): string {
  const [first, ...others] = parents;
  const head = [
    `commit refs/heads/${branch}`,
    `mark :${id}`,
    `author A U Thor <author@example.org> ${1_700_000_000 + id * 60} +0100`,
    `committer C O Mitter <committer@example.org> ${1_700_000_000 + id * 60} +0100`,
    data(`${subject}\n\nBody of it.\n`),
    ...(first === undefined ? [] : [`from :${first}`]),
    ...others.map((parent) => `merge :${parent}`),
    "deleteall",
  ];
  const entries = [...files].map(([path, entry]) =>
    entry.mode === "160000" ? `M 160000 ${entry.data} ${quoted(path)}` : `M ${entry.mode} inline ${quoted(path)}\n${data(entry.data)}`,
  );
  return `${[...head, ...entries].join("\n")}\n\n`;
}

function data(content: string): string {
  return `data ${content.length}\n${content}`;
}

function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, "\\$&")}"`;
}
