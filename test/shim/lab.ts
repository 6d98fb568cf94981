/** Owns the test library `lab` in two releases, and the shim that is generated over them. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { takeSnapshot } from "../../src/api/snapshot/take-snapshot.js";
import type { ApiSnapshot } from "../../src/model/api-snapshot.js";
import { shimSurfaceSchema } from "../../src/model/shim-surface.js";
import { shimFiles } from "../../src/shim/generate.js";
import type { ShimPlan } from "../../src/shim/plan/model.js";
import { planShim } from "../../src/shim/plan/plan-shim.js";

export const LAB = fileURLToPath(new URL("../fixtures/shim/lab", import.meta.url));
export const RUNTIME_INCLUDE = fileURLToPath(new URL("../../runtime/include", import.meta.url));

/** Snapshots of both releases of a fixture by the same headers. */
export function snapshotOf(folder: string, header: string, language: "c" | "c++" = "c++"): Promise<ApiSnapshot> {
  return takeSnapshot({
    headers: [header],
    roots: [folder],
    includes: [],
    flags: [],
    language,
    standard: language === "c" ? "c11" : "c++17",
    compileCommands: undefined,
    keepGoing: false,
  });
}

export async function labPlan(surface: Readonly<Record<string, unknown>> = {}): Promise<ShimPlan> {
  const [legacy, latest] = await Promise.all(["legacy", "latest"].map((name) => snapshotOf(join(LAB, name), "lab.h")));
  return planShim(
    { name: "legacy", release: "1", snapshot: legacy as ApiSnapshot },
    { name: "latest", release: "2", snapshot: latest as ApiSnapshot },
    shimSurfaceSchema.parse({ library: "lab", ...surface }),
  );
}

/** Writes all files below the folder. */
export async function writeShim(plan: ShimPlan, folder: string): Promise<void> {
  for (const { path, text } of shimFiles(plan)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
