/** Owns which files a compilation read, as the compiler wrote them down. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** Absolute paths out of a dependency file; none where there is no file. */
export function filesRead(file: string, directory: string): string[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, "utf8").replaceAll(/\\\r?\n/g, " ");
  const paths = text.slice(text.indexOf(": ") + 2).match(/(?:\\.|[^\s\\])+/g) ?? [];
  return paths.map((path) => resolve(directory, path.replaceAll(/\\(.)/g, "$1")));
}
