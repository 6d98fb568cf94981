/** Owns the applying of a binary patch: only to the very content it was made for, and its result is held against its id. */
import { createHash } from "node:crypto";

import { applyDelta } from "./apply-delta.js";
import type { ApplyOptions, ApplyResult } from "./apply-hunks.js";
import type { FileDiff } from "./file-diff.js";

/** The content after a binary patch, with the checks of `git apply`: full ids of both sides, and both hold. */
export function applyBinary(content: Buffer, diff: FileDiff, { shortIds = false }: ApplyOptions = {}): ApplyResult {
  const { oldId, newId } = diff;
  if (diff.binary === null) return refused("the patch is not binary");
  if (!isId(oldId, shortIds) || !isId(newId, shortIds))
    return refused("a binary patch needs the full ids of both contents on its `index` line");
  const wrongOld = diff.oldPath === null ? content.length > 0 : !isIdOf(oldId, content);
  if (wrongOld) return refused("the content is not the one that this binary patch was made for");
  if (/^0+$/.test(newId)) return applied(Buffer.alloc(0));
  const part = diff.binary.forward;
  if (part === null) return refused("the patch says that binary files differ, but does not hold the new content");
  const fresh = part.method === "literal" ? part.data : applyDelta(content, part.data);
  if (fresh === undefined || !isIdOf(newId, fresh)) return refused("the binary patch does not give the content that its id tells");
  return applied(fresh);
}

function isId(id: string | null, short: boolean): id is string {
  return id !== null && (id.length === 40 || id.length === 64 || (short && id.length >= 7));
}

/** Git's id of a content, SHA-1 or, for longer ids, SHA-256. */
function isIdOf(id: string, content: Buffer): boolean {
  const digest = createHash(id.length > 40 ? "sha256" : "sha1")
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest("hex");
  return digest.startsWith(id);
}

function applied(content: Buffer): ApplyResult {
  return { status: "applied", content, offsets: [] };
}

function refused(why: string): ApplyResult {
  return { status: "refused", hunk: 0, why };
}
