/** Owns what must hold before and after: a sane request, a tree of no other flavor, new names that nothing else bears. */
import { join, resolve, sep } from "node:path";

import { UnforkError } from "../support/errors.js";
import type { IsolateRequest } from "./isolate-tree.js";
import { MARKER_FILE, readMarker } from "./marker.js";
import type { PartAnswer, PartResult } from "./engine/part-model.js";

/** Throws `input-invalid` when the request cannot be fulfilled. */
export async function checkRequest({ flavor, source, target }: IsolateRequest): Promise<void> {
  if (!/^\w+$/.test(flavor)) throw invalid(`the flavor '${flavor}' cannot end a C++ name`, "use letters, digits and underscores");
  if (isInside(target, source))
    throw invalid(`the output ${target} lies inside the input ${source}`, "choose a folder outside of the tree");
  if (isInside(source, target)) {
    throw invalid(`the input ${source} lies inside the output ${target}, which is replaced as a whole`, "choose another output folder");
  }
  const marker = await readMarker(source);
  if (marker !== undefined && marker.flavor !== flavor) {
    throw invalid(
      `${source} is already isolated as flavor '${marker.flavor}' (release ${marker.release})`,
      `isolate the original tree, or ask for flavor '${marker.flavor}'`,
      { path: join(source, MARKER_FILE) },
    );
  }
}

/** Throws `input-invalid` when a name became one that the tree already used: two names would have become one. */
export function checkFresh(results: readonly PartResult[], answers: readonly PartAnswer[], flavor: string): void {
  const taken = new Set(answers.flatMap((answer) => answer.taken));
  for (const [name] of results.flatMap((result) => result.counts)) {
    if (!taken.has(name)) continue;
    throw invalid(
      `the tree already uses the name '${name}_${flavor}', which '${name}' would become`,
      "keep this name as it is by the plan's `keep`",
      { name: `${name}_${flavor}` },
    );
  }
}

function isInside(path: string, folder: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

function invalid(message: string, hint: string, context: Record<string, string> = {}): UnforkError {
  return new UnforkError("input-invalid", message, { hint, context });
}
