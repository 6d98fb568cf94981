/** Owns the listing of an input tree: files, symbolic links with their target, folders, and what cannot be copied. */
import { type Dirent, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { fileError, UnforkError } from "../../support/errors.js";
import { byText } from "../../support/order.js";

/** One entry of a tree, `/`-separated and relative to its root. */
export interface TreeFile {
  readonly path: string;
  /** Target of a symbolic link; links are kept, never followed. */
  readonly link?: string;
  /** Path in the output, where it is another. */
  readonly to?: string;
  /** Target in the output, where it is another. */
  readonly linkTo?: string;
}

export interface Tree {
  /** In byte order of their paths. */
  readonly files: readonly TreeFile[];
  /** All folders, parents before children. */
  readonly folders: readonly string[];
  /** Sockets, pipes and devices: nothing that a copy could hold. */
  readonly skipped: readonly { readonly path: string; readonly what: string }[];
}

/**
 * Lists a tree. Version-control folders are part of no release and are left out, as are isolation's own files, sockets, pipes and devices.
 * Throws `input-invalid` for a name that is not UTF-8, `input-missing` or `disk`.
 */
export function listTree(root: string): Tree {
  const found: Found = { files: [], links: new Map(), folders: [], skipped: [] };
  collect(root, "", found);
  // Sorted by the engine's own order of texts, which is ours: thousands of calls of a comparison would take longer.
  return {
    files: found.files.toSorted().map((path) => fileAt(path, found.links.get(path))),
    folders: found.folders.toSorted(),
    skipped: found.skipped.toSorted((a, b) => byText(a.path, b.path)),
  };
}

/** Marker, journal, lock and work folder of isolation, in the root of a tree. */
const OWN_FILES = ".unfork-isolation.";

interface Found {
  /** Paths of files and links. */
  readonly files: string[];
  /** Targets of the links by path. */
  readonly links: Map<string, string>;
  readonly folders: string[];
  readonly skipped: { path: string; what: string }[];
}

function fileAt(path: string, link: string | undefined): TreeFile {
  return link === undefined ? { path } : { path, link };
}

function collect(root: string, prefix: string, found: Found): void {
  try {
    for (const entry of readdirSync(join(root, prefix), { withFileTypes: true })) {
      const path = prefix + entry.name;
      if (path.startsWith(OWN_FILES)) continue;
      if (entry.name.includes("\uFFFD")) refuseBrokenName(root, prefix, entry.name);
      if (entry.isDirectory()) {
        if (entry.name === ".git") continue;
        found.folders.push(path);
        collect(root, `${path}/`, found);
      } else if (entry.isFile()) {
        found.files.push(path);
      } else if (entry.isSymbolicLink()) {
        found.files.push(path);
        found.links.set(path, readlinkSync(join(root, path)));
      } else found.skipped.push({ path, what: kindOf(entry) });
    }
  } catch (error) {
    throw error instanceof UnforkError ? error : fileError("read", join(root, prefix), error);
  }
}

function kindOf(entry: Dirent): string {
  if (entry.isFIFO()) return "named pipe";
  if (entry.isSocket()) return "socket";
  return entry.isBlockDevice() || entry.isCharacterDevice() ? "device" : "special file";
}

/** A name that lost bytes when it was read as UTF-8 would not be found again. */
function refuseBrokenName(root: string, prefix: string, shown: string): void {
  const broken = readdirSync(join(root, prefix), { encoding: "buffer" }).find((name) => !Buffer.from(name.toString("utf8")).equals(name));
  if (broken === undefined) return;
  throw new UnforkError("input-invalid", `a name in ${join(root, prefix)} is not UTF-8: '${shown}' (bytes ${broken.toString("hex")})`, {
    hint: "rename the file or leave it out: its name could not be written back",
    context: { folder: join(root, prefix) },
  });
}
