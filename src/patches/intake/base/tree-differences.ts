/** Owns what sets a tree of git apart from a set of wanted files; each folder is looked at once, however many trees share it. */
import type { ByteString } from "../../../git/bytes.js";
import type { TreeReader } from "../../../git/tree-draft.js";
import { FOLDER } from "../../../git/tree.js";
import type { WantedFiles } from "./tree-scores.js";

export interface TreeDifferences {
  /** Wanted files that the tree has with another content. */
  readonly differing: readonly { readonly path: ByteString; readonly id: string }[];
  /** Wanted files that the tree has not. */
  readonly missing: readonly ByteString[];
}

/** A wanted folder: its files and folders by name. */
interface Folder {
  readonly files: Map<ByteString, { readonly path: ByteString; readonly ids: ReadonlySet<string> }>;
  readonly folders: Map<ByteString, Folder>;
}

/** Gives the function that compares a tree. */
export function treeComparer(readTree: TreeReader, wanted: WantedFiles): (tree: string) => Promise<TreeDifferences> {
  const root = nested(wanted);
  const known = new Map<Folder, Map<string, Promise<TreeDifferences>>>();
  return (tree) => compare(tree, root);

  function compare(tree: string, folder: Folder): Promise<TreeDifferences> {
    const answers = known.get(folder) ?? new Map<string, Promise<TreeDifferences>>();
    known.set(folder, answers);
    const before = answers.get(tree);
    if (before !== undefined) return before;
    const answer = look(tree, folder);
    answers.set(tree, answer);
    return answer;
  }

  async function look(tree: string, folder: Folder): Promise<TreeDifferences> {
    const entries = await readTree(tree);
    const differing = [];
    const missing = [];
    for (const [name, { path, ids }] of folder.files) {
      const entry = entries.get(name);
      if (entry === undefined || entry.mode === FOLDER) missing.push(path);
      else if (!ids.has(entry.id)) differing.push({ path, id: entry.id });
    }
    for (const [name, inner] of folder.folders) {
      const entry = entries.get(name);
      const below = entry?.mode === FOLDER ? await compare(entry.id, inner) : { differing: [], missing: allOf(inner) };
      differing.push(...below.differing);
      missing.push(...below.missing);
    }
    return { differing, missing };
  }
}

function nested(wanted: WantedFiles): Folder {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const [path, ids] of wanted) {
    const names = path.split("/");
    const name = names.pop() ?? "";
    let at = root;
    for (const folder of names) {
      const inner = at.folders.get(folder) ?? { files: new Map(), folders: new Map() };
      at.folders.set(folder, inner);
      at = inner;
    }
    at.files.set(name, { path, ids });
  }
  return root;
}

function allOf(folder: Folder): ByteString[] {
  return [...[...folder.files.values()].map(({ path }) => path), ...[...folder.folders.values()].flatMap(allOf)];
}
