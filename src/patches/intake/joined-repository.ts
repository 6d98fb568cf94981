/** Owns a repository for one run that sees the objects of several: the fork's and upstream's, both only read. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Repository } from "../../git/git.js";
import { objectId } from "../../git/loose-object.js";
import { type ObjectStore, openObjects } from "../../git/objects.js";
import type { ExistingRepository } from "../../git/open-existing.js";
import { type NewObject, writePackAside } from "../../git/pack.js";
import { promisorSettings } from "../../git/promised.js";
import { removeTemporary, temporaryBeside } from "../../support/temporary-folders.js";

export interface JoinedRepository {
  readonly repository: Repository;
  readonly objects: ObjectStore;
  /** Shows git blobs that only this run has, and gives their ids. */
  readonly addBlobs: (contents: readonly Buffer[]) => string[];
  readonly addTree: (content: Buffer) => string;
  readonly close: () => Promise<void>;
}

/** Joins repositories in a folder of its own; see gitrepository-layout(5) on `objects/info/alternates` and `shallow`. */
export async function joinRepositories(parts: readonly ExistingRepository[]): Promise<JoinedRepository> {
  const folder = await temporaryBeside(join(tmpdir(), "unfork-joined"));
  for (const name of ["objects/info", "objects/pack", "refs"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "HEAD"), "ref: refs/heads/main\n");
  const promised = await Promise.all(
    parts.map(({ repository, partial }, at) => (partial ? promisorSettings(repository, `part-${at}`) : "")),
  );
  writeFileSync(join(folder, "config"), `[core]\n\trepositoryformatversion = 0\n\tbare = true\n${promised.join("")}`);
  writeFileSync(join(folder, "objects/info/alternates"), parts.map(({ objects }) => `${alternate(objects)}\n`).join(""));
  const shallow = parts.map(shallowOf).join("");
  if (shallow !== "") writeFileSync(join(folder, "shallow"), shallow);
  const repository = { path: folder };
  const objects = openObjects(repository);
  function add(type: "blob" | "tree", contents: readonly Buffer[]): string[] {
    const made = contents.map((content): NewObject => ({ id: objectId(type, content), type, content }));
    const different = new Map(made.map((object) => [object.id, object]));
    if (different.size > 0) writePackAside(join(folder, "objects"), [...different.values()]);
    return made.map(({ id }) => id);
  }
  return {
    repository,
    objects,
    addBlobs: (contents) => add("blob", contents),
    addTree: (content) => add("tree", [content])[0] ?? "",
    close: async () => {
      await objects.close();
      await removeTemporary(folder);
    },
  };
}

/** A path that begins with `#` or `"` would be read as a comment or a quoted path. */
function alternate(path: string): string {
  return /^["#]|\n/.test(path) ? `"${path.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"` : path;
}

/** Where histories are cut off, so that git does not look for what lies before. */
function shallowOf({ objects }: ExistingRepository): string {
  const file = join(dirname(objects), "shallow");
  return existsSync(file) ? readFileSync(file, "latin1") : "";
}
