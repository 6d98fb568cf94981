/** Owns a fork that is a commit: the files of its tree, read out of git. */
import type { ByteString } from "../../git/bytes.js";
import type { ObjectStore } from "../../git/objects.js";
import type { TreeReader } from "../../git/tree-draft.js";
import { FOLDER } from "../../git/tree.js";
import { byText } from "../../support/order.js";
import type { ForkFile, ForkFiles } from "./fork-file.js";

const SUBMODULE = "160000";

/** Every file and link of a tree with its path, in byte order; submodules are left out, or told to `onSubmodule`. */
export async function listTree(readTree: TreeReader, tree: string, onSubmodule?: (path: ByteString) => void): Promise<ForkFile[]> {
  const files: ForkFile[] = [];
  await collect(tree, "");
  return files.toSorted((a, b) => byText(a.path, b.path));

  async function collect(id: string, folder: ByteString): Promise<void> {
    const entries = await readTree(id);
    await Promise.all(
      [...entries].map(async ([name, entry]) => {
        const path = folder === "" ? name : `${folder}/${name}`;
        if (entry.mode === FOLDER) await collect(entry.id, path);
        else if (entry.mode === SUBMODULE) onSubmodule?.(path);
        else files.push({ path, mode: entry.mode, id: entry.id });
      }),
    );
  }
}

export async function readCommitFiles(objects: ObjectStore, readTree: TreeReader, tree: string): Promise<ForkFiles> {
  return { files: await listTree(readTree, tree), read: (file) => objects.read(file.id, "blob"), passedOver: [] };
}
