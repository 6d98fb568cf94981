/** Owns the regeneration of a shim's folder: everything is decided first; then all is written, or nothing. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { readTextIfThere, removeLeftovers, writeFileAtomic, writeFilesAtomic } from "../../support/fs.js";
import { byText } from "../../support/order.js";
import type { GeneratedFile } from "../generate.js";
import { lastBytes, lastPath, lastPaths, readLast } from "./last-generated.js";
import { type FileOutcome, regenerateFile } from "./regenerate-file.js";

export interface FileChange {
  readonly path: string;
  readonly outcome: FileOutcome;
}

export interface Regeneration {
  /** In the order of their paths. */
  readonly changes: readonly FileChange[];
  readonly problems: readonly (FileChange & { readonly outcome: Extract<FileOutcome, { status: "problem" }> })[];
}

/** What writing the files would do; nothing is touched. */
export async function planRegeneration(folder: string, files: readonly GeneratedFile[]): Promise<Regeneration> {
  const changes: FileChange[] = [];
  for (const { path, text, once } of files) {
    const ours = await readTextIfThere(join(folder, path));
    const outcome: FileOutcome =
      once === true
        ? { status: ours === undefined ? "new" : "same", text: ours ?? text }
        : await regenerateFile({ ours, base: await readLast(folder, path), theirs: text });
    changes.push({ path, outcome });
  }
  const known = new Set(files.map(({ path }) => path));
  for (const path of await lastPaths(folder)) {
    if (known.has(path)) continue;
    const versions = { ours: await readTextIfThere(join(folder, path)), base: await readLast(folder, path), theirs: undefined };
    changes.push({ path, outcome: await regenerateFile(versions) });
  }
  const problems = changes.flatMap(({ path, outcome }) => (outcome.status === "problem" ? [{ path, outcome }] : []));
  return { changes: changes.toSorted((a, b) => byText(a.path, b.path)), problems };
}

/**
 * Writes what was decided; only without problems. A file comes before what is remembered of it, the manifest comes last: who ends
 * this in between only has to start it again.
 */
export async function writeRegeneration(
  folder: string,
  { changes }: Regeneration,
  files: readonly GeneratedFile[],
  last: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const at = ({ path, text }: { readonly path: string; readonly text: string }): { path: string; data: Uint8Array } => ({
    path: join(folder, path),
    data: Buffer.from(text),
  });
  const written = changes.flatMap(({ path, outcome }) =>
    "text" in outcome && outcome.status !== "same" ? [at({ path, text: outcome.text })] : [],
  );
  const remembered = files
    .filter(({ once }) => once !== true)
    .map(({ path, text }) => ({ path: join(folder, lastPath(path)), data: lastBytes(text) }));
  const manifest = last.map(at);
  for (const place of new Set([...written, ...remembered, ...manifest].map(({ path }) => dirname(path))))
    if (existsSync(place)) await removeLeftovers(place);
  await writeFilesAtomic([...written, ...remembered]);
  for (const { path, outcome } of changes)
    if (outcome.status === "removed") for (const one of [path, lastPath(path)]) await rm(join(folder, one), { force: true });
  await writeFilesAtomic(manifest);
}

/** What stands in regions that have no place any more, each beside its file. Gives the paths, relative to the folder. */
export async function writeOrphans(folder: string, { problems }: Regeneration): Promise<string[]> {
  const reports = problems.filter(({ outcome }) => outcome.orphans.length > 0);
  for (const { path, outcome } of reports) {
    const text = outcome.orphans
      .map(({ name, lines }) => [`unfork:begin-hand ${name}`, ...lines, "unfork:end-hand", ""].join("\n"))
      .join("\n");
    await writeFileAtomic(join(folder, `${path}.orphan`), text);
  }
  return reports.map(({ path }) => `${path}.orphan`);
}
