/** Owns the choice of sub-trees: which part of one source serves a release, and where its paths go. */

/** Sub-trees wanted of one source, relative to that source's own root; "all" is the whole source. */
export type Wanted = "all" | readonly string[];

/**
 * What a source whose root lies at `into` contributes to a release that keeps `keep`.
 * An empty list as answer: nothing of it is wanted.
 */
export function wantedOf(keep: readonly string[], into: string): Wanted {
  const root = normalFolder(into);
  if (keep.length === 0) return "all";
  const wanted: string[] = [];
  for (const path of keep.map(normalFolder)) {
    if (path === "" || isWithin(root, path)) return "all";
    if (root === "") wanted.push(path);
    else if (isWithin(path, root)) wanted.push(path.slice(root.length + 1));
  }
  return wanted;
}

/** Whether `path` is `folder` or lies below it; "" is the root. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || (path.length > folder.length && path.startsWith(folder) && path[folder.length] === "/");
}

/** A relative folder without ".", doubled and trailing slashes; the root is "". */
export function normalFolder(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** Joins relative paths of a tree; "" is the root. */
export function joinTree(folder: string, path: string): string {
  if (folder === "") return path;
  return path === "" ? folder : `${folder}/${path}`;
}

/** The kept sub-trees below which none of the paths lies. */
export function missingOf(keep: readonly string[], paths: Iterable<string>): string[] {
  const missing = new Set(keep.map(normalFolder));
  for (const path of paths) {
    if (missing.size === 0) break;
    for (const folder of missing) if (isWithin(path, folder)) missing.delete(folder);
  }
  return [...missing];
}
