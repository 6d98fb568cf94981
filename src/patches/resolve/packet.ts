/** Owns the conflict packet: all that somebody needs to settle a conflict without the repository at hand. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type ByteString, shownBytes } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import { mergeFileText } from "../../git/merge-file.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { patchTexts } from "../../git/patch-texts.js";
import { messageText } from "../../git/raw-commit.js";
import type { TreeEntry } from "../../git/tree.js";
import type { ConflictPacket, PacketContent } from "../../model/conflict-packet.js";
import type { PatchOutcome } from "../../model/patch.js";
import { removeTemporary, temporaryNamed } from "../../support/temporary-folders.js";
import { wholeFileMarkers } from "../conflict-markers.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { goneBetween, goneIdentifiers } from "./gone-identifiers.js";

export interface PacketParts {
  readonly patch: Pick<StackPatch, "commit" | "subject" | "raw">;
  readonly conflicts: readonly BatchConflict[];
  /** Upstream's commits that brought the conflict; none where its history is not at hand. */
  readonly culprits: PatchOutcome["culprits"];
  /** What fails only because of this one. */
  readonly cascades: ConflictPacket["cascades"];
  readonly onto: string;
  readonly tries: readonly string[];
}

export async function conflictPacket(
  pool: ObjectPool,
  { patch, conflicts, culprits, cascades, onto, tries }: PacketParts,
): Promise<ConflictPacket> {
  const upstream = [...new Set(culprits.map(({ upstreamCommit }) => upstreamCommit))];
  const texts = await patchTexts(pool.repository, [patch.commit, ...upstream]);
  const textOf = (commit: string) => asText(texts.get(commit) ?? "");
  const diffs = upstream.map((commit) => texts.get(commit) ?? "");
  const paths = conflicts.map(({ path }) => path);
  return {
    version: 1,
    patch: {
      id: patch.commit,
      subject: patch.subject,
      message: messageText(patch.raw),
      author: shownBytes(patch.raw.author).replace(/ -?\d+ [+-]\d{4}$/, ""),
      diff: textOf(patch.commit),
    },
    onto,
    conflicts: await Promise.all(conflicts.map((conflict) => conflictPart(pool, conflict))),
    culprits: culprits.map((culprit) => ({ ...culprit, diff: textOf(culprit.upstreamCommit) })),
    gone: diffs.length > 0 ? goneIdentifiers(diffs, paths) : await goneFromSides(pool, conflicts),
    cascades: [...cascades],
    tries: [...tries],
  };
}

async function goneFromSides(pool: ObjectPool, conflicts: readonly BatchConflict[]): Promise<string[]> {
  const read = async (side: TreeEntry | null) => (side === null ? "" : (await pool.read(side.id, "blob")).toString("latin1"));
  return goneBetween(await Promise.all(conflicts.map(async ({ base, ours }) => ({ before: await read(base), after: await read(ours) }))));
}

async function conflictPart(pool: ObjectPool, conflict: BatchConflict): Promise<ConflictPacket["conflicts"][number]> {
  const read = async (side: TreeEntry | null) => (side === null ? null : await pool.read(side.id, "blob"));
  const [base, ours, theirs] = await Promise.all([read(conflict.base), read(conflict.ours), read(conflict.theirs)]);
  const marked = await markedText(pool, { base, ours, theirs });
  return {
    path: shownBytes(conflict.path),
    base: contentOf(base),
    ours: contentOf(ours),
    theirs: contentOf(theirs),
    marked: contentOf(marked),
  };
}

interface Contents {
  readonly base: Buffer | null;
  readonly ours: Buffer | null;
  readonly theirs: Buffer | null;
}

async function markedText(pool: ObjectPool, { base, ours, theirs }: Contents): Promise<Buffer | null> {
  if (ours === null || theirs === null) {
    const none = Buffer.alloc(0);
    return wholeFileMarkers({ label: "upstream", content: ours ?? none }, { label: "the patch", content: theirs ?? none });
  }
  const folder = await temporaryNamed("unfork-sides");
  try {
    const paths = { ours: join(folder, "ours"), base: join(folder, "base"), theirs: join(folder, "theirs") };
    await Promise.all([writeFile(paths.ours, ours), writeFile(paths.base, base ?? ""), writeFile(paths.theirs, theirs)]);
    const labels = { ours: "upstream", base: "the patch's base", theirs: "the patch" };
    return (await mergeFileText(pool.repository, { ...paths, labels })) ?? null;
  } finally {
    await removeTemporary(folder);
  }
}

function contentOf(content: Buffer | null): PacketContent {
  if (content === null) return null;
  const text = content.toString("utf8");
  return Buffer.from(text, "utf8").equals(content) ? { text } : { base64: content.toString("base64") };
}

/** Diffs are told as text; bytes that are not UTF-8 are shown as U+FFFD there. */
function asText(bytes: ByteString): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
