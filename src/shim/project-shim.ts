/** Owns the folder of a project's shim: made anew by every run, so nothing in it is edited; what is written by hand lies elsewhere. */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { snapshotText } from "../api/snapshot-file.js";
import type { ShimManifest } from "../model/shim-manifest.js";
import { makeFolder, replaceFolder } from "../support/fs.js";
import { handFile } from "./emit/unit.js";
import type { GeneratedFile } from "./generate.js";
import { coverageMarkdown } from "./manifest/coverage-markdown.js";
import { handMarks } from "./manifest/hand-written.js";
import { SIDES } from "./plan/model.js";
import { folderFiles, type ShimInputs, shimManifest } from "./shim-folder.js";
import { COVERAGE_FILE, MANIFEST_FILE, manifestText } from "./write-shim.js";

export interface ProjectShim {
  readonly manifest: ShimManifest;
  /** Files that the surface wants and that are not in the folder of what is by hand; each has a stub in `stubs/`. */
  readonly missing: readonly string[];
}

export const STUBS = "stubs";

/** Writes the folder whole or not at all. `byHand`: where the project keeps what it writes by hand. */
export async function writeProjectShim(folder: string, inputs: ShimInputs, byHand: string): Promise<ProjectShim> {
  const files = folderFiles(inputs);
  const stubs = files.filter(({ once }) => once === true).map(({ path, text }) => ({ path: handPath(path), text }));
  const manifest = shimManifest(inputs, files, await handMarks(byHand, stubs));
  const [legacy, latest] = inputs.plan.flavors;
  const written: GeneratedFile[] = [
    ...files.filter(({ once }) => once !== true),
    ...stubs.map(({ path, text }) => ({ path: `${STUBS}/${path}`, text })),
    { path: COVERAGE_FILE, text: coverageMarkdown(manifest) },
    { path: MANIFEST_FILE, text: manifestText(manifest) },
    { path: `${legacy.name}.api.json`, text: snapshotText(inputs.snapshots[0]) },
    { path: `${latest.name}.api.json`, text: snapshotText(inputs.snapshots[1]) },
  ];
  await replaceFolder(folder, async (fresh) => {
    for (const { path, text } of written) {
      await makeFolder(dirname(join(fresh, path)));
      await writeFile(join(fresh, path), text);
    }
  });
  return { manifest, missing: missingBodies(inputs, byHand) };
}

/** As an `#include` names it: `src/lab_shim_by_hand_old.h` → `lab_shim_by_hand_old.h`, `include/lab_shim/…` → `lab_shim/…`. */
function handPath(path: string): string {
  return path.startsWith("include/") ? path.slice("include/".length) : basename(path);
}

function missingBodies({ plan }: ShimInputs, byHand: string): string[] {
  if (plan.hand.length === 0) return [];
  return SIDES.map((side) => handFile(plan, side)).filter((file) => !existsSync(join(byHand, file)));
}
