/** Owns where an include line of a tree leads: into the tree, out of it, or perhaps either. */
import { posix } from "node:path";

import { detectRoots } from "../macros/include-roots.js";
import type { IncludePlace } from "./include-places.js";
import type { PathIndex } from "./path-index.js";
import { isSystemHeader } from "./system-headers.js";

export type Target =
  /** Files of the tree; `beside`: found from the file's own folder. */
  | { readonly status: "inside"; readonly files: readonly string[]; readonly beside: boolean }
  | { readonly status: "outside" }
  /** A system header's name, which files of the tree bear as well; `sure`: no include root leads to these. */
  | { readonly status: "system"; readonly files: readonly string[]; readonly sure: boolean }
  | { readonly status: "either"; readonly files: readonly string[]; readonly why: string };

export type Resolve = (from: string, place: IncludePlace) => Target;

/** Endings of the templates that builds make headers from. */
const TEMPLATES = [".in", ".cmake", ".cmakein", ".meson", ".am", ".dist", ".gn.in", ".cmake.in"];
const CONFIGURATION = /^(?:auto)?config(?:uration)?\.h(?:pp)?$/;
const PUBLIC_FOLDERS = /^(?:\.|(?:.*\/)?(?:include|inc|public|headers?|api))$/;

/** `includes` are the places of every file that is read. */
export function createResolver(
  index: PathIndex,
  paths: readonly string[],
  includes: ReadonlyMap<string, readonly IncludePlace[]>,
): Resolve {
  const files = new Set(paths);
  const lines = [...includes].map(([path, places]) => ({ path, includes: places.map((place) => ({ ...place, line: 0 })) }));
  const roots = new Set(detectRoots(lines, files));
  const isMade = (path: string): boolean => CONFIGURATION.test(path) || TEMPLATES.some((end) => index.endingIn(path + end).length > 0);
  return (from, { path, angled, next }) => {
    const beside = index.at(posix.normalize(posix.join(posix.dirname(from), path.replaceAll("\\", "/"))));
    if (!angled && !next && beside !== undefined) return { status: "inside", files: [beside], beside: true };
    const found = index.endingIn(path).filter((file) => !next || file !== from);
    if (found.length === 0) return { status: "outside" };
    const isReached = found.some((file) => isRoot(file, path, roots));
    if (isSystemHeader(path, angled)) return { status: "system", files: found, sure: angled && !isReached };
    if (isMade(path)) {
      return { status: "either", files: found, why: `is ${found[0]}, or a header that the build makes` };
    }
    if (angled && !path.includes("/") && !isReached) {
      return { status: "either", files: found, why: `is ${found[0]}, or a header of the system or of another library` };
    }
    return { status: "inside", files: found, beside: false };
  };
}

/** Whether the tree itself asks for the folder as an include root, or names it like one. */
function isRoot(file: string, path: string, roots: ReadonlySet<string>): boolean {
  const folder = file === path ? "." : file.slice(0, -path.length - 1);
  return roots.has(folder) || PUBLIC_FOLDERS.test(folder);
}
