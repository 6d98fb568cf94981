/** Owns the files of a patch that attributes of the tree say how to merge, and what is told of it. */
import { type ByteString, shownBytes } from "../../git/bytes.js";
import type { EntryAt } from "../../git/attribute-files.js";
import type { WantedDrivers } from "../../git/merge-attributes.js";
import { openDraft } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import type { ContentMerge, ThreeSides } from "./content-merge.js";
import { type Placement, unchanged } from "./placement.js";
import type { PortContext } from "./port-context.js";
import { mergeable } from "./scratch.js";

/** Merges the files at their true paths, with nothing else around them. */
export async function attributedPlacement(
  { pool, readTree, attributes }: PortContext,
  { files, settled }: ContentMerge,
  wanted: WantedDrivers,
): Promise<Placement> {
  const side = async (of: (file: ThreeSides) => TreeEntry) => {
    const draft = openDraft({ readTree, add: pool.addScratch }, pool.addScratch("tree", new Uint8Array()));
    await draft.apply(new Map(files.map((file) => [file.path, of(file)])));
    return draft.write();
  };
  const [base, ours, theirs] = [await side((file) => file.base), await side((file) => file.ours), await side((file) => file.theirs)];
  const pair = mergeable(pool, { base, ours, theirs });
  pool.show();
  const merge = await attributes.merge(pair, wanted);
  const merged = openDraft({ readTree, add: pool.addScratch }, merge.tree);
  const open = new Set(merge.conflicts.map(({ path }) => path));
  const changes = new Map<ByteString, TreeEntry | null>(settled);
  for (const file of files) {
    const entry = (await merged.entry(file.path)) ?? null;
    if (!open.has(file.path) && !unchanged(entry, file.ours)) changes.set(file.path, entry);
  }
  const told = toldOf(wanted);
  if (merge.clean) return { status: "placed", way: "merged", changes, moved: new Map(), told };
  const messages = merge.conflicts.map(({ path }) => `CONFLICT (content): Merge conflict in ${path}`);
  return { status: "conflict", way: "merged", conflicts: merge.conflicts, rest: changes, messages, told };
}

/** What attributes want of these paths, where it is not a merge as text. */
export async function wantedFor(
  { attributes }: PortContext,
  entryAt: EntryAt,
  paths: readonly ByteString[],
): Promise<WantedDrivers | undefined> {
  return paths.length === 0 ? undefined : await attributes.wanted(entryAt, paths);
}

/** One sentence per file. */
export function toldOf({ byPath, unknown }: WantedDrivers): string[] {
  return [...byPath].map(([path, driver]) => {
    const file = shownBytes(path);
    if (driver === "binary") return `${file}: its attributes say that it is not to be merged`;
    if (driver === "text") return `${file}: merged as text, as its attributes say`;
    if (!unknown.has(driver)) return `${file}: merged by the driver ${shownBytes(driver)}, as its attributes say`;
    return `${file}: its attributes name the merge driver ${shownBytes(driver)}, which no settings define: merged as text`;
  });
}
