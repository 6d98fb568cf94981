/** Owns the writing of a shim's folder: what it holds now, merged with what was edited in it, or why that cannot be. */
import { relative, resolve } from "node:path";

import type { ShimManifest } from "../model/shim-manifest.js";
import { sha256File } from "../support/hash.js";
import type { UnmetUse } from "./app-names/unmet-uses.js";
import type { LoadedShim, ShimRequest } from "./load-shim.js";
import { coverageMarkdown } from "./manifest/coverage-markdown.js";
import { handMarks } from "./manifest/hand-written.js";
import { planRegeneration, type Regeneration, writeOrphans, writeRegeneration } from "./regenerate/regenerate.js";
import { folderFiles, shimManifest } from "./shim-folder.js";

export interface WrittenShim {
  readonly manifest: ShimManifest;
  readonly regeneration: Regeneration;
  /** Reports of regions without a place, relative to the folder. */
  readonly orphans: readonly string[];
}

export const MANIFEST_FILE = "shim.json";
export const COVERAGE_FILE = "coverage.md";

/** Nothing is written under `dryRun`, nor where there are problems: those are told in the result. */
export async function writeShim(folder: string, shim: LoadedShim, request: ShimRequest, dryRun: boolean): Promise<WrittenShim> {
  const files = folderFiles(shim);
  const regeneration = await planRegeneration(folder, files);
  const marks = await handMarks(folder, files);
  const manifest: ShimManifest = { ...shimManifest(shim, files, marks), inputs: await inputsOf(folder, request) };
  if (dryRun) return { manifest, regeneration, orphans: [] };
  if (regeneration.problems.length > 0) return { manifest, regeneration, orphans: await writeOrphans(folder, regeneration) };
  await writeRegeneration(folder, regeneration, files, [
    { path: COVERAGE_FILE, text: coverageMarkdown(manifest, unmetBelow(folder, shim)) },
    { path: MANIFEST_FILE, text: manifestText(manifest) },
  ]);
  return { manifest, regeneration, orphans: [] };
}

/** Places as they are seen from the folder. */
function unmetBelow(folder: string, { unmet }: LoadedShim): UnmetUse[] {
  return unmet.map((one) => ({ ...one, place: relative(folder, resolve(one.place)).replaceAll("\\", "/") }));
}

/** Lists stand one entry on each line, so that two manifests compare line by line. */
export function manifestText(manifest: ShimManifest): string {
  const entries = Object.entries(manifest).map(([key, value]) => {
    const text =
      Array.isArray(value) && value.length > 0 ? `[\n${value.map((one) => JSON.stringify(one)).join(",\n")}\n]` : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${entries.join(",\n")}\n}\n`;
}

async function inputsOf(folder: string, { flavors, surface, library, apps }: ShimRequest): Promise<NonNullable<ShimManifest["inputs"]>> {
  const from = (path: string): string => relative(folder, resolve(path)).replaceAll("\\", "/");
  const file = async (path: string): Promise<{ file: string; digest: string }> => ({ file: from(path), digest: await sha256File(path) });
  return {
    snapshots: [await file(flavors[0].file), await file(flavors[1].file)],
    surface: surface === undefined ? null : await file(surface),
    library: library ?? null,
    apps: apps.map(from),
    archives: [(flavors[0].archives ?? []).map(from), (flavors[1].archives ?? []).map(from)],
  };
}
