/** Owns whether a file belongs to the API, and its path in the snapshot: relative to the first root that holds it. */
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

import type { SnapshotRoot } from "./model.js";

export interface ApiFiles {
  /** The path in the snapshot, or undefined for a file that is outside of the roots. */
  readonly pathOf: (file: string) => string | undefined;
  /** All that were asked for and lie below the roots, sorted. */
  readonly met: () => string[];
}

/** `unit`: the generated file, which is nobody's. */
export function apiFiles(roots: readonly SnapshotRoot[], directory: string, unit: string): ApiFiles {
  const known = new Map<string, string | undefined>([[unit, undefined]]);
  return {
    pathOf: (file) => {
      if (!known.has(file)) known.set(file, isNoFile(file) ? undefined : pathBelow(roots, resolve(directory, file)));
      return known.get(file);
    },
    met: () => [...new Set([...known.values()].filter((path) => path !== undefined))].toSorted(),
  };
}

/** `<built-in>` and its like. */
function isNoFile(file: string): boolean {
  return file === "" || file.startsWith("<");
}

function pathBelow(roots: readonly SnapshotRoot[], file: string): string | undefined {
  for (const { path, isFile } of roots) {
    if (isFile ? path === file : isBelow(path, file)) return relative(isFile ? dirname(path) : path, file).replaceAll("\\", "/");
  }
  return undefined;
}

export function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== "" && !path.startsWith("..") && !isAbsolute(path);
}

/** The generated unit has a name that no file has. */
export function unitPath({ language }: { readonly language: "c" | "c++" }, directory: string): string {
  return join(directory, language === "c" ? ".unfork-api.c" : ".unfork-api.cc");
}
