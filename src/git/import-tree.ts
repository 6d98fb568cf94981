/** Owns the import of a folder as a git tree: streamed into one `git fast-import`, nothing written beside the repository. */
import { lstat, readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";

import { emit } from "../support/bus.js";
import { UnforkError, fileError } from "../support/errors.js";
import { start } from "../support/exec.js";
import { SIGNATURE } from "./commit.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitCommand, gitOk } from "./git.js";
import { byText } from "../support/order.js";

/** A file or symbolic link below a folder, by git's mode. */
export interface FolderEntry {
  readonly path: string;
  readonly mode: "100644" | "100755" | "120000";
}

export interface ImportInto {
  readonly ref: string;
  /** Name of the progress, as in "import M120". */
  readonly label: string;
}

/** Files read at once; more only takes memory. */
const BATCH = 64;

/**
 * Imports every file and link below `folder` as a commit on `ref` (which is only a place to hold the objects) and
 * gives the id of its tree. Throws `input-invalid` for a name that is not UTF-8.
 */
export async function importTree(repository: Repository, folder: string, { ref, label }: ImportInto): Promise<string> {
  const entries = await listFolder(folder);
  const command = gitCommand(repository, ["fast-import", "--quiet", "--done", "--force", "--depth=0"]);
  const child = start(command);
  const tell = (done: number) => emit({ type: "progress", label, done, total: entries.length, unit: "files" });
  const feeding = feed(child.stdin, folder, entries, { ref, tell }).finally(() => child.stdin.end());
  const [fed, end] = await Promise.allSettled([feeding, child.done]);
  emit({ type: "progress:end", label });
  if (end.status === "rejected") throw end.reason;
  if (fed.status === "rejected") throw fed.reason;
  if (end.value.code !== 0) throw gitFailure(command, { ...end.value, stderr: child.stderr() });
  return (await gitOk(repository, ["rev-parse", `${ref}^{tree}`])).toString("latin1").trim();
}

/** Files and links below a folder, in byte order of their paths. */
export async function listFolder(folder: string): Promise<FolderEntry[]> {
  const found: FolderEntry[] = [];
  await walk(folder, "", found);
  return found.toSorted((a, b) => byText(a.path, b.path));
}

async function walk(root: string, prefix: string, found: FolderEntry[]): Promise<void> {
  const folder = join(root, prefix);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) =>
    Promise.reject(fileError("read", folder, error)),
  );
  await Promise.all(
    entries.map(async (entry) => {
      const path = prefix === "" ? entry.name : `${prefix}/${entry.name}`;
      wantUtf8(path);
      if (entry.isDirectory()) await walk(root, path, found);
      else if (entry.isSymbolicLink()) found.push({ path, mode: "120000" });
      else if (entry.isFile()) found.push({ path, mode: (await isExecutable(join(root, path))) ? "100755" : "100644" });
    }),
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return ((await lstat(path)).mode & 0o100) !== 0;
}

function wantUtf8(path: string): void {
  if (!path.includes("\uFFFD")) return;
  throw new UnforkError("input-invalid", `the name of the file ${JSON.stringify(path)} is not UTF-8`, {
    hint: "leave this sub-tree out of `keep`, or rename the file",
    context: { path },
  });
}

interface Import {
  readonly ref: string;
  /** Hears how many files have been read. */
  readonly tell: (done: number) => void;
}

/** Format of git-fast-import(1): blobs with marks, then one commit whose tree names them. */
async function feed(stdin: Writable, folder: string, entries: readonly FolderEntry[], into: Import): Promise<void> {
  for (let at = 0; at < entries.length; at += BATCH) {
    into.tell(at);
    const contents = await Promise.all(entries.slice(at, at + BATCH).map((entry) => contentOf(folder, entry)));
    for (const [index, content] of contents.entries()) {
      await send(
        stdin,
        Buffer.concat([Buffer.from(`blob\nmark :${at + index + 1}\ndata ${content.length}\n`), content, Buffer.from("\n")]),
      );
    }
  }
  const files = entries.map((entry, index) => `M ${entry.mode} :${index + 1} ${quotePath(entry.path)}\n`);
  await send(stdin, Buffer.from(`commit ${into.ref}\ncommitter ${SIGNATURE}\ndata 0\ndeleteall\n${files.join("")}done\n`));
}

async function contentOf(folder: string, entry: FolderEntry): Promise<Buffer> {
  const path = join(folder, entry.path);
  try {
    return entry.mode === "120000" ? await readlink(path, { encoding: "buffer" }) : await readFile(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Waits when the pipe is full; gives up waiting when git is gone (its exit tells why). */
function send(stdin: Writable, bytes: Buffer): Promise<void> {
  if (stdin.destroyed || stdin.write(bytes)) return Promise.resolve();
  return new Promise((resolve) => {
    function go(): void {
      stdin.off("drain", go);
      stdin.off("close", go);
      resolve();
    }
    stdin.on("drain", go);
    stdin.on("close", go);
  });
}

/** C-style quotes, as fast-import wants them for names with quotes, backslashes or control bytes. */
export function quotePath(path: string): string {
  if (!/["\\\n\r\t]/.test(path)) return path;
  const escaped = path
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}
