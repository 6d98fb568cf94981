/** Owns the marker that an isolated tree carries in its root: which flavor it is, of which release, by which plan. */
import { join } from "node:path";

import type { IsolationPlan } from "../model/isolation.js";
import { UnforkError } from "../support/errors.js";
import { readTextIfThere } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { hasFields, isText } from "../support/shape.js";

export const MARKER_FILE = ".unfork-isolation.json";

export interface Marker {
  readonly format: 1;
  readonly flavor: string;
  readonly release: string;
  /** Digest of the plan. */
  readonly plan: string;
}

/** The marker's text for a run. */
export function markerText(flavor: string, release: string, plan: IsolationPlan): string {
  const marker: Marker = { format: 1, flavor, release, plan: planDigest(plan) };
  return `${canonicalJson(marker, 2)}\n`;
}

/** Digest of a plan; the order of its lists does not count. */
export function planDigest(plan: IsolationPlan): string {
  const sorted = Object.fromEntries(
    Object.entries(plan).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...new Set(value.map((item) => canonicalJson(item)))].toSorted() : value,
    ]),
  );
  return sha256(canonicalJson(sorted));
}

/** The marker of a tree, or undefined when the tree is not isolated. Throws `state-invalid` when the file is not one of ours. */
export async function readMarker(root: string): Promise<Marker | undefined> {
  const text = await readTextIfThere(join(root, MARKER_FILE));
  if (text === undefined) return undefined;
  const marker = parseJson(text);
  if (isMarker(marker)) return marker;
  throw new UnforkError("state-invalid", `${join(root, MARKER_FILE)} is not a marker of an isolated tree`, {
    hint: "remove the file if the tree is an original one",
    context: { path: join(root, MARKER_FILE) },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Checked by hand: every run reads a marker, and the library of schemas takes longer to load than that run. */
function isMarker(value: unknown): value is Marker {
  return hasFields(value, { format: (field) => field === 1, flavor: isText, release: isText, plan: isText });
}
