/** Owns small trees of tests: written from a table, read back into one. */
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Path to content (latin1); a value with `link` is a symbolic link, with `mode` a file of these permission bits. */
export type TreeTable = Readonly<Record<string, string | { readonly link: string } | { readonly text: string; readonly mode: number }>>;

export function writeTree(root: string, table: TreeTable): void {
  mkdirSync(root, { recursive: true });
  for (const [path, entry] of Object.entries(table)) {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof entry === "string") writeFileSync(target, entry, "latin1");
    else if ("link" in entry) symlinkSync(entry.link, target);
    else {
      writeFileSync(target, entry.text, "latin1");
      chmodSync(target, entry.mode);
    }
  }
}

/** Every entry below a folder: files by mode and bytes, links by target, folders by name. */
export function readTree(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted()) {
    const stat = lstatSync(join(root, path));
    if (stat.isDirectory()) found[`${path}/`] = "";
    else if (stat.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(root, path))}`;
    else found[path] = stat.isFile() ? `${(stat.mode & 0o777).toString(8)} ${readFileSync(join(root, path), "latin1")}` : "special";
  }
  return found;
}
