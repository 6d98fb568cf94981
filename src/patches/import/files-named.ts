/** Owns the search of a tree for files of a name, wherever they lie. */
import type { ByteString } from "../../git/bytes.js";
import { gitOk } from "../../git/git.js";
import type { ObjectPool } from "../../git/object-pool.js";

/** Paths with the last name of one of `paths`, in git's order. */
export async function filesNamed(pool: ObjectPool, tree: string, paths: readonly ByteString[]): Promise<ByteString[]> {
  const wanted = new Set(paths.map(lastName));
  pool.show();
  const all = (await gitOk(pool.repository, ["ls-tree", "-r", "-z", "--name-only", tree])).toString("latin1").split("\0");
  return all.filter((path) => wanted.has(lastName(path)));
}

function lastName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf("/") + 1);
}
