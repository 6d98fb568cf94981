/** Owns the audit of a whole series: each old patch beside its ported commit, and what the new base has of it. */
import { type ByteString, shownBytes } from "../../git/bytes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { patchTexts } from "../../git/patch-texts.js";
import { type TreeReader, openDraft } from "../../git/tree-draft.js";
import { FOLDER } from "../../git/tree.js";
import type { AuditedPatch } from "../../model/patch-audit.js";
import { type FileDiff, pathOf } from "../text/file-diff.js";
import { parseDiff } from "../text/parse-diff.js";
import { type AuditedLine, auditLines, keyOf, linesOf } from "./audit-lines.js";

/** A patch of the old series and what became of it. */
export interface PortedPatch {
  readonly patch: string;
  readonly subject: string;
  readonly commit: string | null;
  readonly waits: boolean;
  /** Why its lines may be missing; null: they may not. */
  readonly explanation: string | null;
}

export interface SeriesAudit {
  readonly pool: ObjectPool;
  readonly readTree: TreeReader;
  /** Tree of the new base. */
  readonly onto: string;
  readonly patches: readonly PortedPatch[];
}

export async function auditSeries({ pool, readTree, onto, patches }: SeriesAudit): Promise<AuditedPatch[]> {
  pool.show();
  const commits = patches.flatMap(({ patch, commit }) => (commit === null ? [patch] : [patch, commit]));
  const texts = await patchTexts(pool.repository, [...new Set(commits)]);
  const diffsOf = (commit: string | null) => (commit === null ? [] : parseDiff(Buffer.from(texts.get(commit) ?? "", "latin1"), commit));
  const draft = openDraft({ readTree, add: pool.addScratch }, onto);
  const elsewhere = linesElsewhere(patches.map((one) => [one.subject, diffsOf(one.commit)]));
  const audited: AuditedPatch[] = [];
  for (const ported of patches) {
    const [old, next] = [diffsOf(ported.patch), diffsOf(ported.commit)];
    const base = ported.waits ? new Set<ByteString>() : await baseLines(pool, draft, [...old, ...next]);
    const { explanation } = ported;
    audited.push(
      describe(ported, ported.waits ? [] : auditLines({ old, next, base, explanation, elsewhere: (key) => elsewhere.get(key) })),
    );
  }
  return audited;
}

/** By sign and line, the subject of the first ported patch that has it. */
function linesElsewhere(ported: readonly (readonly [string, readonly FileDiff[]])[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [subject, diffs] of ported) for (const line of linesOf(diffs)) if (!found.has(keyOf(line))) found.set(keyOf(line), subject);
  return found;
}

function describe({ patch, subject, commit, waits }: PortedPatch, fates: readonly AuditedLine[]): AuditedPatch {
  const count = (wanted: string) => fates.filter(({ fate }) => fate === wanted).length;
  const findings = fates.flatMap(({ file, sign, line, fate, reason }) =>
    fate === "explained" || fate === "lost" ? [{ file: shownBytes(file), sign, line: shownBytes(line), fate, reason }] : [],
  );
  const lines = { present: count("present"), upstreamed: count("upstreamed"), explained: count("explained"), lost: count("lost") };
  return { patch, subject, commit, waits, lines, findings };
}

/** All lines of the files on the new base that a patch names, before or after its port. */
async function baseLines(pool: ObjectPool, draft: ReturnType<typeof openDraft>, diffs: readonly FileDiff[]): Promise<Set<ByteString>> {
  const paths = new Set(diffs.flatMap((diff) => [pathOf(diff), diff.oldPath ?? pathOf(diff)]));
  const lines = new Set<ByteString>();
  for (const path of paths) {
    const entry = await draft.entry(path);
    if (entry === undefined || entry.mode === FOLDER || entry.mode === "160000") continue;
    for (const line of (await pool.read(entry.id, "blob")).toString("latin1").split("\n")) lines.add(line);
  }
  return lines;
}
