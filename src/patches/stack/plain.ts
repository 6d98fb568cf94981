/** Owns the question whether a plain `git apply` of a patch would have given the same. */
import type { ByteString } from "../../git/bytes.js";
import { patchTexts } from "../../git/patch-texts.js";
import type { DraftChanges } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import { applyFileDiff } from "../text/apply-file.js";
import { type FileDiff, pathOf } from "../text/file-diff.js";
import { parseDiff } from "../text/parse-diff.js";
import { isFile } from "./content-merge.js";
import type { PortContext } from "./port-context.js";
import type { StackPatch } from "./stack-patch.js";

/** A patch that was placed by a merge. */
export interface PlacedByMerge {
  readonly patch: StackPatch;
  /** What stood at the patch's own paths before. */
  readonly heads: ReadonlyMap<ByteString, TreeEntry | undefined>;
  readonly changes: DraftChanges;
  /** Its contents are known to be what a plain apply gives. */
  readonly plain: boolean;
}

/** Commits among these that a plain apply would have placed in the same way. `known`: their diffs, as far as they are there. */
export async function plainOnes(
  { pool }: Pick<PortContext, "pool">,
  placed: readonly PlacedByMerge[],
  known: ReadonlyMap<string, ByteString> = new Map(),
): Promise<Set<string>> {
  const candidates = placed.filter(isSameWithoutContents);
  const plain = new Set(candidates.filter((one) => one.plain).map(({ patch }) => patch.commit));
  const open = candidates.filter((one) => !one.plain);
  const unknown = open.map(({ patch }) => patch.commit).filter((commit) => !known.has(commit));
  const texts = new Map([...known, ...(await patchTexts(pool.repository, unknown))]);
  for (const one of open) {
    const diffs = parseDiff(Buffer.from(texts.get(one.patch.commit) ?? "", "latin1"), one.patch.commit);
    if (await everyFileIsPlain(pool, one, new Map(diffs.map((diff) => [pathOf(diff), diff])))) plain.add(one.patch.commit);
  }
  return plain;
}

/** Whether paths and kinds agree: additions in free places, removals of the very file, changes of files that are there. */
function isSameWithoutContents({ patch, heads, changes }: PlacedByMerge): boolean {
  const own = new Set(patch.changes.map(({ path }) => path));
  if ([...changes.keys()].some((path) => !own.has(path))) return false;
  return patch.changes.every(({ path, before, after }) => {
    const head = heads.get(path) ?? null;
    if (before === null) return head === null && isSame(changes.get(path), after);
    if (after === null) return head?.id === before.id && changes.get(path) === null;
    return head !== null && (head.id === before.id || (isFile(before) && isFile(head) && isFile(after)));
  });
}

function isSame(a: TreeEntry | null | undefined, b: TreeEntry | null): boolean {
  return a !== undefined && a?.id === b?.id && a?.mode === b?.mode;
}

async function everyFileIsPlain(
  pool: PortContext["pool"],
  { patch, heads, changes }: PlacedByMerge,
  diffs: ReadonlyMap<ByteString, FileDiff>,
): Promise<boolean> {
  for (const { path, before, after } of patch.changes) {
    const head = heads.get(path);
    if (before === null || after === null || head === undefined) continue;
    const result = changes.get(path) ?? head;
    if (head.id === before.id) {
      if (result.id !== after.id) return false;
      continue;
    }
    const diff = diffs.get(path);
    if (diff === undefined || diff.binary !== null) return false;
    const applied = applyFileDiff(await pool.read(head.id, "blob"), diff);
    if (applied.status !== "applied" || !applied.content?.equals(await pool.read(result.id, "blob"))) return false;
  }
  return true;
}
