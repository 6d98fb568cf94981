/** Owns the patches that are to be imported: a collection of files, or commits `A..B` of the repository itself. */
import { existsSync } from "node:fs";

import { gitOk } from "../../git/git.js";
import { patchTexts } from "../../git/patch-texts.js";
import { messageText } from "../../git/raw-commit.js";
import { treeReader } from "../../git/tree-draft.js";
import { type Session, commitOf } from "../alone/session.js";
import { type StackPatch, listStack, parseRange, readStack } from "../stack/stack-patch.js";
import { readCollection } from "../text/collections/read-collection.js";
import { splitMessage } from "../text/message.js";
import { parseDiff } from "../text/parse-diff.js";
import type { TextPatch } from "../text/text-patch.js";

export interface SourcePatch {
  readonly text: TextPatch;
  /** A commit of the repository, which is taken as it is; null for a patch of a file. */
  readonly commit: StackPatch | null;
}

export interface PatchSource {
  readonly kind: string;
  readonly patches: readonly SourcePatch[];
  readonly markers: readonly TextPatch[];
  /** Sentences on what was not read. */
  readonly notes: readonly string[];
}

/** `source`: a path, or `A..B`. */
export async function readSource(session: Session, source: string, strip: number | undefined): Promise<PatchSource> {
  if (!existsSync(source) && /[^.]\.\.[^./]/.test(source)) return await readRange(session, source);
  const { kind, patches, unlisted } = await readCollection(source, strip === undefined ? {} : { strip });
  const notes =
    unlisted.length === 0 ? [] : [`not in the list, and so not read: ${unlisted.slice(0, 8).join(", ")}${more(unlisted.length - 8)}`];
  return {
    kind,
    patches: patches.filter(({ noOp }) => !noOp).map((text) => ({ text, commit: null })),
    markers: patches.filter(({ noOp }) => noOp),
    notes,
  };
}

function more(count: number): string {
  return count > 0 ? ` and ${count} more` : "";
}

async function readRange(session: Session, source: string): Promise<PatchSource> {
  const names = parseRange(source);
  const [base, tip] = await Promise.all([commitOf(session, names.base), commitOf(session, names.tip)]);
  const { pool } = session;
  const range = { base: base.id, tip: tip.id };
  const commits = await listStack(pool, range);
  const [stack, texts] = await Promise.all([readStack(pool, treeReader(pool), commits), patchTexts(pool.repository, commits)]);
  const merges = Number(await gitOk(pool.repository, ["rev-list", "--count", "--merges", `${base.id}..${tip.id}`, "--"]));
  return {
    kind: "range",
    patches: stack.map((commit) => ({ text: asText(commit, texts.get(commit.commit) ?? ""), commit })),
    markers: [],
    notes: merges === 0 ? [] : [`${merges} merge${merges === 1 ? "" : "s"} of the range left out, as git rebase does`],
  };
}

/** What grouping and reports look at; the commit itself is what is imported. */
function asText(patch: StackPatch, diff: string): TextPatch {
  const name = patch.commit.slice(0, 10);
  return {
    name,
    ...splitMessage(messageText(patch.raw).trim()),
    author: null,
    date: null,
    trailers: new Map(),
    headers: new Map(),
    diffs: parseDiff(diff, name, { strip: 1 }),
    source: { file: name, line: 1 },
    noOp: false,
  };
}
