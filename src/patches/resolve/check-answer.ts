/** Owns the reading of a resolver's answer, and what is looked at before it is tried. */
import { type BatchConflict } from "../../git/merge-batch.js";
import { shownBytes } from "../../git/bytes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { type ResolverAnswer, resolverAnswerSchema } from "../../model/conflict-packet.js";
import { messageOf } from "../../support/errors.js";
import { hasMarkers } from "../conflict-markers.js";
import type { Resolution } from "../state/resolutions.js";
import { bracketFault } from "./brackets.js";
import type { Refused } from "./record-try.js";

export type CheckedAnswer = { readonly status: "taken"; readonly files: ReadonlyMap<string, Resolution> } | Refused;

/** Every conflict answered once, no marker left, brackets as sound as on the sides. Keys are paths as byte strings. */
export async function checkAnswer(pool: ObjectPool, conflicts: readonly BatchConflict[], stdout: Buffer): Promise<CheckedAnswer> {
  const answer = parseAnswer(stdout);
  if ("why" in answer) return answer;
  const files = new Map<string, Resolution>();
  for (const conflict of conflicts) {
    const path = shownBytes(conflict.path);
    const found = answer.files.filter((file) => file.path === path);
    const [file] = found;
    if (file === undefined || found.length > 1)
      return { status: "refused", why: `the answer must name ${path} once; it does ${found.length} times` };
    const content = contentOf(file);
    const fault = content === null ? undefined : await faultOf(pool, conflict, content);
    if (fault !== undefined) return { status: "refused", why: `${path}: ${fault}` };
    files.set(conflict.path, { content, why: answer.explain ?? null });
  }
  const extra = answer.files.find((file) => !conflicts.some(({ path }) => shownBytes(path) === file.path));
  if (extra !== undefined) return { status: "refused", why: `${extra.path} is not in conflict` };
  return { status: "taken", files };
}

function parseAnswer(stdout: Buffer): ResolverAnswer | Refused {
  try {
    const parsed = resolverAnswerSchema.safeParse(JSON.parse(stdout.toString("utf8")));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return { status: "refused", why: `the answer is not of the wanted form: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}` };
  } catch (error) {
    const kept = "the answer is no JSON document";
    return { status: "refused", why: `${kept}: ${messageOf(error)}`, kept };
  }
}

function contentOf(file: ResolverAnswer["files"][number]): Buffer | null {
  if ("text" in file) return Buffer.from(file.text, "utf8");
  return "base64" in file ? Buffer.from(file.base64, "base64") : null;
}

async function faultOf(pool: ObjectPool, conflict: BatchConflict, content: Buffer): Promise<string | undefined> {
  const entries = [conflict.base, conflict.ours, conflict.theirs].filter((entry) => entry !== null);
  const sides = await Promise.all(entries.map(({ id }) => pool.read(id, "blob")));
  if (hasMarkers(content, sides)) return "conflict markers are left";
  return bracketFault(conflict.path, content, sides);
}
