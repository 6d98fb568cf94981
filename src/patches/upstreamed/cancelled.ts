/** Owns patches that the stack itself takes back later: the stack is the same without both. */
import type { ByteString } from "../../git/bytes.js";
import { messageText } from "../../git/raw-commit.js";
import { groupBy } from "../../support/group-by.js";
import { openDraft } from "../../git/tree-draft.js";
import { placeStack } from "../stack/place-stack.js";
import type { PortContext } from "../stack/port-context.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { sameEntry } from "./may-have.js";
import { revertedCommits, revertedSubject } from "./message-ids.js";
import { plainSubject } from "./plain-subject.js";

export interface CancelledPair {
  readonly first: StackPatch;
  /** Its revert. */
  readonly second: StackPatch;
}

/**
 * Pairs that may be left out; each is proven by placing what lies between without them. `never`: patches that upstream may
 * have: to take them back changes what upstream gives. */
export async function cancelledPairs(
  context: PortContext,
  patches: readonly StackPatch[],
  never: (patch: StackPatch) => boolean,
): Promise<CancelledPair[]> {
  const pairs: CancelledPair[] = [];
  const open = patches.filter((patch) => patch.changes.length > 0);
  const byFiles = groupBy(open, filesKey);
  for (const second of open) {
    const sameFiles = byFiles.get(filesKey(second)) ?? [];
    const taken = new Set(pairs.flatMap(bothOf));
    const before = sameFiles.slice(0, sameFiles.indexOf(second)).filter((patch) => !taken.has(patch) && !never(patch));
    const first = takenBack(second, before);
    if (first === undefined) continue;
    const between = patches.slice(patches.indexOf(first) + 1, patches.indexOf(second));
    const inside = new Set(pairs.filter((pair) => bothOf(pair).every((patch) => between.includes(patch))).flatMap(bothOf));
    const rest = between.filter((patch) => !inside.has(patch));
    if (await cancels(context, { first, second }, rest)) pairs.push({ first, second });
  }
  return pairs;
}

function bothOf({ first, second }: CancelledPair): StackPatch[] {
  return [first, second];
}

/** The newest patch before that a revert names, by id or by subject, or whose change it turns round. */
function takenBack(second: StackPatch, before: readonly StackPatch[]): StackPatch | undefined {
  if (before.length === 0) return undefined;
  const ids = revertedCommits(messageText(second.raw));
  const subject = revertedSubject(second.subject);
  return before.findLast(
    (patch) =>
      ids.some((id) => patch.commit.startsWith(id)) ||
      (subject !== undefined && plainSubject(subject) === plainSubject(patch.subject)) ||
      turnsRound(patch, second),
  );
}

function turnsRound(first: StackPatch, second: StackPatch): boolean {
  return first.changes.every(({ before, after }, at) => {
    const back = second.changes[at];
    return back !== undefined && sameEntry(before, back.after) && sameEntry(after, back.before);
  });
}

function filesKey({ changes }: StackPatch): string {
  return changes.map(({ path }) => path).join("\0");
}

/** Whether what lies between the two makes the same files without them. */
async function cancels(context: PortContext, { first, second }: CancelledPair, between: readonly StackPatch[]): Promise<boolean> {
  const paths = new Set<ByteString>(first.changes.map(({ path }) => path));
  const touching = between.filter(({ changes }) => changes.some(({ path }) => paths.has(path)));
  if (first.parentTree === null) return false;
  const draft = openDraft({ readTree: context.readTree, add: context.pool.addScratch }, first.parentTree);
  for (const placement of touching.length === 0 ? [] : await placeStack(context, touching, first.parentTree)) {
    if (placement.status === "conflict") return false;
    await draft.apply(placement.changes);
  }
  for (const { path, after } of second.changes) if (!sameEntry((await draft.entry(path)) ?? null, after)) return false;
  return true;
}
