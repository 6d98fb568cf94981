/** Owns the digest of a tree: equal paths, modes and contents give equal digests, whatever the source. */
import { createHash } from "node:crypto";
import { type Stats, lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { sha256 } from "../support/hash.js";
import { byText } from "../support/order.js";

export interface TreeEntry {
  readonly path: string;
  /** As git has it: 100644, 100755 or 120000. */
  readonly mode: "100644" | "100755" | "120000";
  /** Of the content; of the target's text for a symbolic link. */
  readonly sha256: string;
  /** Bytes of content; 0 for a symbolic link. */
  readonly size: number;
}

export interface TreeSummary {
  readonly digest: string;
  /** Files and symbolic links. */
  readonly files: number;
  readonly bytes: number;
}

/** SHA-256 over one line "path NUL mode NUL sha256 LF" for each entry, in order of paths. */
export function digestOf(entries: readonly TreeEntry[]): TreeSummary {
  const sorted = entries.toSorted((a, b) => byText(a.path, b.path));
  const hash = createHash("sha256");
  for (const entry of sorted) hash.update(`${entry.path}\0${entry.mode}\0${entry.sha256}\n`);
  const bytes = sorted.reduce((sum, entry) => sum + entry.size, 0);
  return { digest: hash.digest("hex"), files: sorted.length, bytes };
}

/** Every file and symbolic link below `root` with its content's hash; reads all bytes. Devices, pipes and sockets are passed over. */
export function readTree(root: string, wanted: (path: string) => boolean = () => true): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const { path, stat } of walkTree(root)) {
    if (!wanted(path)) continue;
    const full = join(root, path);
    if (stat.isSymbolicLink()) entries.push({ path, mode: "120000", sha256: sha256(readlinkSync(full)), size: 0 });
    else entries.push({ path, mode: (stat.mode & 0o100) === 0 ? "100644" : "100755", sha256: sha256(readFileSync(full)), size: stat.size });
  }
  return entries;
}

/** Files and symbolic links below `root`, without following any link. */
export function* walkTree(root: string, folder = ""): Generator<{ path: string; stat: Stats }> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* walkTree(root, path);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      const stat = lstatSync(join(root, path));
      if (stat !== undefined) yield { path, stat };
    }
  }
}
