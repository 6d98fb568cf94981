/** Owns the new name of a file: the flavor before its extension. */
import { posix } from "node:path";

/** Byte length of the part of a path before its extension. */
export function stemLength(path: string): number {
  return Buffer.byteLength(path) - posix.extname(path).length;
}

/** `api/view.h` becomes `api/view_latest.h`. */
export function flavoredPath(path: string, suffix: string): string {
  const extension = posix.extname(path);
  return path.slice(0, path.length - extension.length) + suffix + extension;
}

export function isFlavoredPath(path: string, suffix: string): boolean {
  return posix.basename(path, posix.extname(path)).endsWith(suffix);
}
