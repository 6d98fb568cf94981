/** Owns which include of the library becomes which of the shim. */
import type { ShimNames } from "./shim-names.js";

/** `sure`: the path is the manifest's, or ends in it by whole folders; otherwise only the file's name is the same. */
export interface HeaderMatch {
  readonly to: string;
  readonly sure: boolean;
}

/** Finds the shim's header for an include, or undefined for one that is not the library's. */
export function headerMap({ manifest }: ShimNames): (path: string) => HeaderMatch | undefined {
  const exact = new Map(manifest.headers.map(({ from, to }) => [from, to]));
  const shims = new Set(manifest.headers.map(({ to }) => to));
  return (path) => {
    if (shims.has(path)) return undefined;
    const found = exact.get(path);
    if (found !== undefined) return { to: found, sure: true };
    for (const [from, to] of exact) if (path.endsWith(`/${from}`)) return { to, sure: from.includes("/") };
    return undefined;
  };
}
