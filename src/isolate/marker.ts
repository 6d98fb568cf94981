/** Owns the marker that an isolated tree carries in its root: which flavor it is, of which release, by which plan. */
import { join } from "node:path";

import { z } from "zod";

import type { IsolationPlan } from "../model/isolation.js";
import { UnforkError } from "../support/errors.js";
import { readTextIfThere } from "../support/fs.js";
import { canonicalJson, sha256 } from "../support/hash.js";

export const MARKER_FILE = ".unfork-isolation.json";

const markerSchema = z.strictObject({ format: z.literal(1), flavor: z.string(), release: z.string(), plan: z.string() });
export type Marker = z.infer<typeof markerSchema>;

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
  const parsed = markerSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
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
