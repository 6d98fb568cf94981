/** Owns the isolation of a tree where it stands, so that a kill at any moment loses nothing. */
import { makeFolder } from "../support/fs.js";
import { join, resolve } from "node:path";

import type { IsolationResult } from "../model/isolation.js";
import { takeLock } from "../support/lock.js";
import { checkFlavor, refuseMarked } from "./check-request.js";
import { createFiles } from "./engine/create-files.js";
import { endProgress } from "./engine/progress.js";
import type { TreeFile } from "./engine/tree-files.js";
import { symlink, writeFile } from "node:fs/promises";
import { accountOf, exposedBy, type IsolateRequest, journalOf } from "./isolate-tree.js";
import { clearWork, commitWork, finishWork, IN_PLACE_LOCK, isCommitted, openWork, WORK_FOLDER } from "./journal/in-place.js";
import type { Place } from "./journal/places.js";
import { markerText } from "./marker.js";
import { openParts } from "./open-parts.js";
import { prepare, type Prepared, rewriteRequest } from "./prepare.js";
import { type Rewritten, rewriteParts } from "./rewrite-parts.js";

export type InPlaceRequest = Omit<IsolateRequest, "target" | "dryRun">;

/**
 * Isolates the tree itself. A run that was killed is finished first if it had come to replace files. Throws what
 * `isolateTree` throws, `locked` when another run works on the tree, `state-invalid` when a file changed meanwhile.
 */
export async function isolateInPlace(request: InPlaceRequest): Promise<IsolationResult> {
  checkFlavor(request.flavor);
  const release = await takeLock(join(request.source, IN_PLACE_LOCK), "unfork isolate --in-place");
  try {
    if (await isCommitted(request.source)) await finishWork(request.source);
    else await clearWork(request.source);
    await refuseMarked(request.source, request.flavor);
    return await isolateLocked(request);
  } finally {
    await release();
  }
}

async function isolateLocked(request: InPlaceRequest): Promise<IsolationResult> {
  const prepared = await prepare(request);
  const parts = openParts({ ...request, plan: prepared.effective.plan }, prepared.listing);
  try {
    const folder = await openWork(request.source);
    await makeFolder(folder);
    createFiles({ source: resolve(request.source), folder, folders: prepared.listing.folders, files: [], regular: false });
    const output = { folder, earlier: undefined, created: false, changedOnly: true };
    const rewritten = await rewriteParts(rewriteRequest(request, prepared), parts, output, Promise.resolve());
    await replaceFiles(request, prepared, rewritten);
    return accountOf({ ...request, target: request.source }, prepared, rewritten);
  } catch (error) {
    if (!(await isCommitted(request.source))) await clearWork(request.source);
    throw error;
  } finally {
    await Promise.all(parts.map((part) => part.close()));
    endProgress();
  }
}

/** A second run that changes nothing leaves journal and marker as they are. */
async function replaceFiles(request: InPlaceRequest, prepared: Prepared, rewritten: Rewritten): Promise<void> {
  const { files } = prepared.listing;
  const written = rewritten.results.flatMap((result) =>
    result.files.filter(({ undo, index }) => undo !== undefined || files[index]?.to !== undefined),
  );
  const links = files.filter(({ link, to, linkTo }) => link !== undefined && (to ?? linkTo) !== undefined);
  const changed = [...written.map(({ index }) => files[index] as TreeFile), ...links];
  if (changed.length === 0 && prepared.prior !== undefined && prepared.wasMarked) return clearWork(request.source);
  for (const { path, to, link, linkTo } of links)
    await symlink(linkTo ?? (link as string), join(request.source, WORK_FOLDER, "new", to ?? path));
  const added = exposedBy(request, prepared, rewritten).files;
  for (const [path, text] of added) await writeFile(join(request.source, WORK_FOLDER, "new", path), text);
  const marker = markerText(request.flavor, request.release, request.plan);
  await commitWork(
    request.source,
    [...changed.map(placeIn), ...added.map(([path]) => path)],
    journalOf(request, prepared, rewritten),
    marker,
  );
  await finishWork(request.source);
}

function placeIn({ path, to, link }: TreeFile): Place {
  return to === undefined && link === undefined ? path : { from: path, to: to ?? path, link: link !== undefined };
}
