/** Owns folders of this machine as sources: a copy in the cache, so that later edits change no running work. */
import { createReadStream, readlinkSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

import type { FolderSource } from "../model/source.js";
import { UnforkError, fileError } from "../support/errors.js";
import { isWithin, joinTree, missingOf, normalFolder, wantedOf } from "./keep.js";
import type { Located, Provider, ProviderContext } from "./provider.js";
import { digestOf, readTree, type TreeEntry } from "./tree-digest.js";
import { createTreeWriter, type WrittenTree } from "./tree-writer.js";

export const folderProvider: Provider<FolderSource> = { describe, locate };

function describe(source: FolderSource): string {
  return `folder ${source.path}`;
}

/** The folder's own repository data (`.git`) is never part of the tree. */
function locate(source: FolderSource, context: ProviderContext): Promise<Located[]> {
  const root = resolve(context.baseFolder, source.path);
  const entries = entriesOf(root, source, context.keep);
  const { digest } = digestOf(entries);
  const located = {
    origin: `folder ${source.path}`,
    checksum: digest,
    identity: `folder ${digest}`,
    fill: (target: string) => copy(root, entries, normalFolder(source.into), target, digest),
  };
  return Promise.resolve([located]);
}

function entriesOf(root: string, source: FolderSource, keep: readonly string[]): TreeEntry[] {
  if (!isFolder(root)) throw new UnforkError("input-missing", `there is no folder ${root}`, { hint: "correct the source's 'path'" });
  const wanted = wantedOf(keep, source.into);
  const isWanted = (path: string) => !isWithin(path, ".git") && (wanted === "all" || wanted.some((folder) => isWithin(path, folder)));
  const entries = reading(root, () => readTree(root, isWanted));
  const missing =
    wanted === "all"
      ? []
      : missingOf(
          wanted,
          entries.map(({ path }) => path),
        );
  if (missing.length === 0 && entries.length > 0)
    return entries.map(({ path, mode, sha256, size }) => ({ path: joinTree(normalFolder(source.into), path), mode, sha256, size }));
  throw new UnforkError("input-invalid", `folder ${root} has no ${missing.length === 0 ? "files" : missing.join(", no ")}`, {
    hint: "check the release's 'keep' and the source's 'into' against what the folder holds",
  });
}

async function copy(root: string, entries: readonly TreeEntry[], into: string, target: string, digest: string): Promise<WrittenTree> {
  const writer = createTreeWriter(target, `folder ${root}`);
  try {
    for (const entry of entries) {
      const inner = into === "" ? entry.path : entry.path.slice(into.length + 1);
      if (entry.mode === "120000")
        writer.symlink(
          entry.path,
          reading(root, () => readlinkSync(join(root, inner))),
        );
      else await copyFile(join(root, inner), writer, entry);
    }
  } catch (error) {
    writer.abandon();
    throw error;
  }
  const written = writer.finish();
  if (written.digest === digest || written.leftOut.length > 0) return written;
  throw new UnforkError("input-invalid", `folder ${root} changed while it was copied`, { hint: "start again when nothing writes to it" });
}

async function copyFile(from: string, writer: ReturnType<typeof createTreeWriter>, entry: TreeEntry): Promise<void> {
  const file = writer.file(entry.path, entry.mode === "100755");
  try {
    for await (const chunk of createReadStream(from)) file.write(chunk as Buffer);
  } catch (error) {
    throw error instanceof UnforkError ? error : fileError("read", from, error);
  }
  file.end();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function reading<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw fileError("read", path, error);
  }
}
