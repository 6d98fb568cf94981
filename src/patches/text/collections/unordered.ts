/** Owns folders of patches without an order: read as they are when no file is changed by two of them, as with one patch a file. */
import { UnforkError } from "../../../support/errors.js";
import { changedPaths } from "../group/changed-paths.js";
import { printable } from "../patch-lines.js";
import type { TextPatch } from "../text-patch.js";

/** Throws `input-invalid` when the order of the patches would matter. */
export function checkUnordered(folder: string, patches: readonly TextPatch[]): void {
  const owners = new Map<string, TextPatch>();
  for (const patch of patches)
    for (const path of changedPaths(patch)) {
      const owner = owners.get(path);
      if (owner !== undefined) throw noOrder(folder, path, owner.name, patch.name);
      owners.set(path, patch);
    }
}

function noOrder(folder: string, path: string, first: string, second: string): UnforkError {
  return new UnforkError(
    "input-invalid",
    `${folder}: nothing tells whether ${first} or ${second} comes first, which both change ${printable(path)}`,
    {
      hint: "list the patches in a file named `series`, one a line, or put numbers before their names",
      context: { path: folder },
    },
  );
}
