/** Owns the way from the paths that a user gives to the files that are read: folders give their archives and objects. */
import { closeSync, openSync, readSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve, sep } from "node:path";

import { type Format, formatOf } from "../objects/identify.js";
import { UnforkError, fileError } from "../support/errors.js";
import { byText } from "../support/order.js";

/** Files by absolute path, each once: a file as it is, a folder by all object files and archives in it. Throws `input-missing`, `input-invalid`. */
export function inputFiles(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap((path) => filesAt(resolve(path))))];
}

function filesAt(path: string): string[] {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined)
    throw new UnforkError("input-missing", `there is no file or folder ${path}`, { hint: "check the path", context: { file: path } });
  if (!status.isDirectory()) return [path];
  const found = objectFilesIn(path);
  if (found.length > 0) return found;
  throw new UnforkError("input-invalid", `${path} holds no object file and no archive`, {
    hint: "give the folder that the build writes to",
    context: { file: path },
  });
}

function objectFilesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const pathsOf = (list: typeof entries): string[] => list.map((entry) => join(entry.parentPath, entry.name)).toSorted(byText);
  const files = pathsOf(entries.filter((entry) => entry.isFile()));
  const links = leadingOut(pathsOf(entries.filter((entry) => entry.isSymbolicLink())), folder);
  return [...files, ...links].filter((file) => READ.has(formatAt(file))).toSorted(byText);
}

/** Links to files outside of the folder, one per file; what lies within is met by itself. */
function leadingOut(links: readonly string[], folder: string): Iterable<string> {
  const inside = `${realpathSync(folder)}${sep}`;
  const found = new Map<string, string>();
  for (const link of links) {
    const file = realFile(link);
    if (file !== undefined && !file.startsWith(inside) && !found.has(file)) found.set(file, link);
  }
  return found.values();
}

/** The file that a link leads to in the end; undefined for a folder, or nothing. */
function realFile(link: string): string | undefined {
  try {
    return statSync(link).isFile() ? realpathSync(link) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a folder holds archives or objects and no C or C++ source: a build's output. */
export function holdsObjects(folder: string): boolean {
  const isSource = readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) =>
    /\.(?:c|cc|cpp|cxx|h|hh|hpp)$/i.test(entry.name),
  );
  return !isSource && objectFilesIn(folder).length > 0;
}

/** Archives, then all else, each in their order: where a folder holds both, a program is linked with the archive. */
export function archivesFirst(files: readonly string[]): string[] {
  if (files.length < 2) return [...files];
  const archives = new Set(files.filter((file) => formatAt(file).endsWith("archive")));
  return [...archives, ...files.filter((file) => !archives.has(file))];
}

/** Bitcode is among them, so that it is refused with what to do, not passed over. */
const READ: ReadonlySet<Format> = new Set<Format>(["elf", "archive", "thin-archive", "bitcode", "mach-o", "universal", "coff"]);

function formatAt(path: string): Format {
  try {
    const file = openSync(path, "r");
    try {
      const head = Buffer.alloc(8);
      return formatOf(head.subarray(0, readSync(file, head, 0, 8, 0)));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileError("read", path, error);
  }
}
