/** Owns where an include line of a component leads: to a file of its own, to the library, elsewhere in the application, to the system. */
import { statSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";

import type { IncludeLine, InjectRequest } from "./model.js";

export type IncludeTarget =
  | { readonly kind: "own"; readonly path: string }
  | { readonly kind: "library"; readonly flavor: string }
  | { readonly kind: "application"; readonly file: string }
  | { readonly kind: "system" };

export function resolveInclude(
  from: string,
  { spelling, angled }: IncludeLine,
  own: ReadonlySet<string>,
  request: InjectRequest,
): IncludeTarget {
  const prefix = `${basename(request.folder)}/`;
  const beside = posix.normalize(posix.join(posix.dirname(from), spelling));
  const inside = [
    ...(angled ? [] : [beside]),
    posix.normalize(spelling),
    ...(spelling.startsWith(prefix) ? [spelling.slice(prefix.length)] : []),
  ];
  for (const path of [...inside, `include/${spelling}`]) if (own.has(path)) return { kind: "own", path };
  for (const { name, includes } of request.flavors)
    if (includes.some((dir) => isFile(join(dir, spelling)))) return { kind: "library", flavor: name };
  for (const dir of [...(angled ? [] : [dirname(join(request.folder, from))]), ...request.includes, dirname(request.folder)])
    if (isFile(join(dir, spelling))) return { kind: "application", file: join(dir, spelling) };
  return { kind: "system" };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
