/** Owns the sentences about a conflict: what the patch wants of a file, and what upstream did to it. */
import { type ByteString, shownBytes } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import { plainPath } from "./favoured.js";

/** Kinds that git tells by more than the sides of one file; its own sentence says it best. */
const BY_GIT = /^CONFLICT \((?!content|add\/add|modify\/delete|binary|submodule)/;

/** One sentence per file in conflict, or git's own; no names of commits that exist only for a merge. */
export function conflictWords(conflicts: readonly BatchConflict[], messages: readonly ByteString[], need: string | null): string[] {
  const paths = conflicts.map(({ path }) => plainPath(path));
  const told = messages.filter((message) => BY_GIT.test(message) && paths.some((path) => message.includes(path)));
  if (told.length > 0 && need === null) return told.map((message) => shownBytes(ownWords(message)));
  return [...new Set(conflicts.map((conflict) => `${shownBytes(plainPath(conflict.path))}: ${need ?? sidesOf(conflict)}`))];
}

function ownWords(message: ByteString): ByteString {
  const [, way, side] = /: directory in the way of (.*) from (upstream|the patch); moving it to/.exec(message) ?? [];
  if (way !== undefined)
    return `${way}: ${side === "upstream" ? "upstream has a file where the patch has" : "the patch has a file where upstream has"} a folder`;
  return message.replace(/^CONFLICT \(([^)]*)\): /, "$1: ").replaceAll(/~(?:[0-9a-f]{40}|upstream|the patch)(?:_\d+)?/g, "");
}

function sidesOf({ base, ours, theirs }: BatchConflict): string {
  if (ours === null) return "the patch changes it, and upstream no longer has it";
  if (theirs === null) return "the patch deletes it, and upstream changed it";
  if (base === null) return "the patch adds it, and upstream has one of its own";
  const modes = [base, ours, theirs].map(({ mode }) => mode);
  if (modes.includes("160000")) return "the patch and upstream move the submodule to different commits";
  if (base.id === ours.id || base.id === theirs.id) return "the patch and upstream change its mode";
  return "the patch and upstream change the same lines";
}
