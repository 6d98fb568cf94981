/** Owns small histories and folders for the tests of an intake; one `git fast-import` writes a whole history. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { temporaryFolder } from "../../helpers/temp.js";

/** Path to content; a Buffer for bytes; `submodule <commit>` in a history is a submodule. */
export type Files = Readonly<Record<string, string | Buffer>>;

export interface MadeCommit {
  /** All its files. */
  readonly files: Files;
  readonly message?: string;
  readonly author?: string;
  /** Places of its parents in the list; the commit before it by default. */
  readonly parents?: readonly number[];
  readonly tag?: string;
  /** A branch that ends here; the last commit ends `main`. */
  readonly branch?: string;
}

export interface MadeHistory {
  readonly path: string;
  readonly commits: readonly string[];
  readonly git: (...args: string[]) => string;
}

/** A bare repository of these commits; `into` goes on in one that is there. */
export function madeHistory(commits: readonly MadeCommit[], into?: string): MadeHistory {
  const path = into ?? join(temporaryFolder(), "history.git");
  if (into === undefined) execFileSync("git", ["init", "-q", "--bare", "--initial-branch=main", path]);
  const git = (...args: string[]) => execFileSync("git", ["--git-dir", path, ...args], { encoding: "utf8" }).trim();
  const marks = join(temporaryFolder(), "marks");
  const input = Buffer.concat([...commits.map(commitText), Buffer.from("done\n")]);
  execFileSync("git", ["--git-dir", path, "fast-import", "--quiet", "--done", `--export-marks=${marks}`], { input });
  const ids = commits.map((_, at) => git("rev-parse", `refs/made/${at}`));
  for (const [at, { tag, branch }] of commits.entries()) {
    if (tag !== undefined) git("tag", "-f", tag, ids[at] ?? "");
    if (branch !== undefined) git("update-ref", `refs/heads/${branch}`, ids[at] ?? "");
    git("update-ref", "-d", `refs/made/${at}`);
  }
  if (into === undefined) git("update-ref", "refs/heads/main", ids.at(-1) ?? "");
  return { path, commits: ids, git };
}

function commitText({ files, message = "a change", author, parents }: MadeCommit, at: number): Buffer {
  const who = author ?? "A U Thor <author@example.org>";
  const when = `${1_700_000_000 + at * 86_400} +0000`;
  const before = parents ?? (at === 0 ? [] : [at - 1]);
  const head = [
    `commit refs/made/${at}`,
    `mark :${at + 1}`,
    `author ${who} ${when}`,
    `committer ${who} ${when}`,
    `data ${Buffer.byteLength(message)}`,
    message,
    ...before.map((parent, index) => `${index === 0 ? "from" : "merge"} :${parent + 1}`),
    "deleteall",
    "",
  ];
  const parts = Object.entries(files).flatMap(([path, content]) => {
    const module = /^submodule ([0-9a-f]{40})$/.exec(String(content))?.[1];
    if (module !== undefined) return [Buffer.from(`M 160000 ${module} ${JSON.stringify(path)}\n`)];
    const bytes = Buffer.from(content);
    return [Buffer.from(`M 100644 inline ${JSON.stringify(path)}\ndata ${bytes.length}\n`), bytes, Buffer.from("\n")];
  });
  return Buffer.concat([Buffer.from(head.join("\n")), ...parts]);
}

/** A folder of these files; a content that begins with `-> ` is a link. */
export function madeFolder(files: Files, root = join(temporaryFolder(), "fork")): string {
  mkdirSync(root, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const place = join(root, path);
    mkdirSync(dirname(place), { recursive: true });
    if (typeof content === "string" && content.startsWith("-> ")) symlinkSync(content.slice(3), place);
    else writeFileSync(place, content);
  }
  return root;
}

/** A source file of some lines that is like no other; `change` replaces lines by number. */
export function source(name: string, change: Readonly<Record<number, string>> = {}): string {
  const lines = Array.from({ length: 12 }, (_, at) => change[at] ?? `int ${name.replaceAll(/\W/g, "_")}_line_${at};`);
  return `${lines.join("\n")}\n`;
}
