/** Owns the patches of a tree's changes: one per file, as `git diff` writes it, so that a person can move each to another feature. */
import type { ByteString } from "../../git/bytes.js";
import { gitOk } from "../../git/git.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import { openDraft } from "../../git/tree-draft.js";
import type { TreeEntry } from "../../git/tree.js";
import type { ChangedFile } from "./difference.js";
import type { Sides } from "./opened.js";

export interface FilePatch {
  /** Upstream's path. */
  readonly path: ByteString;
  /** Name of the patch's file. */
  readonly name: string;
  readonly text: Buffer;
}

const ARGUMENTS = ["diff-tree", "-r", "--binary", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"];
const MOST_NAME = 120;

/** In the order of the files. A moved file's patch takes it away at its old place and adds it at the new one. */
export async function filePatches(sides: Sides, base: string, changed: readonly ChangedFile[]): Promise<FilePatch[]> {
  const texts = await textsByPath(sides, base, changed);
  const used = new Set<string>();
  return changed.map(({ path, from }) => {
    const parts = [...(from === null ? [] : [from]), path].map((one) => texts.get(one) ?? "");
    return { path, name: fileName(path, used), text: Buffer.from(parts.join(""), "latin1") };
  });
}

/** Git's differences between the base and the base with these files, by path. */
async function textsByPath({ joined, readTree }: Sides, base: string, changed: readonly ChangedFile[]): Promise<Map<ByteString, string>> {
  const { tree } = parseRawCommit(await joined.objects.read(base, "commit"));
  const draft = openDraft({ readTree, add: (_type, content) => joined.addTree(Buffer.from(content)) }, tree);
  const changes = new Map<ByteString, TreeEntry | null>();
  for (const { from } of changed) if (from !== null) changes.set(from, null);
  for (const { path, after } of changed) changes.set(path, after === null ? null : { mode: after.mode, id: after.id });
  await draft.apply(changes);
  const next = draft.write();
  const [raw, text] = await Promise.all([
    gitOk(joined.repository, [...ARGUMENTS, "--raw", "-z", tree, next]),
    gitOk(joined.repository, [...ARGUMENTS, "-p", tree, next]),
  ]);
  const fields = raw.toString("latin1").split("\0");
  const parts = text.toString("latin1").split(/^(?=diff --git )/m);
  const texts = new Map<ByteString, string>();
  for (let at = 0; at + 1 < fields.length; at += 2) {
    // A file that becomes a link is written as two differences.
    const count = fields[at]?.endsWith("T") === true ? 2 : 1;
    texts.set(fields[at + 1] ?? "", parts.splice(0, count).join(""));
  }
  return texts;
}

/** `modules-agc-gate.cc.patch`: the path in letters that every system takes, each name once. */
function fileName(path: ByteString, used: Set<string>): string {
  const plain = path
    .replaceAll("/", "-")
    .replaceAll(/[^\w.+-]/g, "_")
    .replace(/^[.-]+/, "")
    .slice(-MOST_NAME);
  let name = `${plain}.patch`;
  for (let number = 2; used.has(name.toLowerCase()); number++) name = `${plain}-${number}.patch`;
  used.add(name.toLowerCase());
  return name;
}
