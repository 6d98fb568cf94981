/** Owns a variant of the project: one flavor built from some upstream tree with some of the features, kept by its content. */
import { chmod, copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import type { Flavor } from "../../model/build.js";
import type { Release } from "../../model/source.js";
import type { LoadedFeature } from "../../patches/feature.js";
import { fetchRelease } from "../../sources/fetch-release.js";
import { UnforkError } from "../../support/errors.js";
import { exists, readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { canonicalJson, sha256, sha256File } from "../../support/hash.js";
import { folderDigest } from "../../support/tree-digest.js";
import { toolVersion } from "../../support/version.js";
import { type Project, releaseOf } from "../project.js";
import { buildOf, isolationPlanOf } from "../shared-modules.js";
import { byHandFolder } from "../shim-places.js";
import { programFolders } from "../stages/link.js";
import { makeVariant } from "./make-variant.js";

export interface Variant {
  /** Which of the two trees is built: the older release's, or the one that stands for the newer. */
  readonly side: "from" | "to";
  /** Stands for the newer release. */
  readonly upstream: Release;
  readonly features: readonly LoadedFeature[];
  /** As which flavor it is built: the flavor's adapters, flags and names. */
  readonly recipe: Flavor;
}

/** A variant's program, or why there is none. */
export type Built =
  | { readonly status: "built"; readonly id: string; readonly program: string; readonly flavor: Flavor }
  | { readonly status: "failed"; readonly why: string };

export interface Workshop {
  readonly project: Project;
  /** Holds everything that bisections make. */
  readonly folder: string;
  readonly jobs: number;
  /** Put before each compile command, as in ["ccache"]. */
  readonly launcher: readonly string[];
  readonly counts: { made: number; kept: number; failed: number };
  readonly tell: (message: string) => void;
}

const recordSchema = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("built"), sha256: z.string() }),
  z.strictObject({ status: z.literal("failed"), why: z.string() }),
]);

/** What is asked for and cannot be had is no error here: a commit that does not build is passed by. */
const PASSED_BY: ReadonlySet<string> = new Set(["input-invalid", "input-missing", "tool-failed", "config-invalid"]);

/** The program of equal trees, flags and sources is built once, whatever commit or set of features they come from. */
export async function buildVariant(workshop: Workshop, variant: Variant, shown: string): Promise<Built> {
  try {
    return await builtOrKept(workshop, variant, shown);
  } catch (error) {
    if (!(error instanceof UnforkError) || !PASSED_BY.has(error.code)) throw error;
    workshop.counts.failed++;
    return { status: "failed", why: error.message.split("\n")[0] ?? error.message };
  }
}

async function builtOrKept(workshop: Workshop, variant: Variant, shown: string): Promise<Built> {
  const { project, folder, counts } = workshop;
  const options = { cache: project.cache, baseFolder: project.root };
  const from = await fetchRelease(releaseOf(project.config, "legacy"), options);
  const to = variant.side === "from" && variant.features.length === 0 ? from : await fetchRelease(variant.upstream, options);
  const id = await variantId(workshop, variant, [from.digest, variant.side === "from" ? "" : to.digest]);
  const place = join(folder, "programs", id);
  const kept = await keptProgram(place, variant.recipe, id);
  if (kept !== undefined) {
    counts.kept++;
    return kept;
  }
  workshop.tell(`build ${shown}`);
  counts.made++;
  const made = await makeVariant(workshop, variant, { from, to });
  if (made.status === "failed") {
    counts.failed++;
    await writeFileAtomic(join(place, "record.json"), canonicalJson(made));
    return made;
  }
  return await keep(place, made.executable, variant.recipe, id);
}

async function keep(place: string, executable: string, flavor: Flavor, id: string): Promise<Built> {
  const program = join(place, "program");
  await mkdir(place, { recursive: true });
  await rm(program, { force: true });
  await copyFile(executable, program);
  await chmod(program, 0o755);
  await writeFileAtomic(join(place, "record.json"), canonicalJson({ status: "built", sha256: await sha256File(program) }));
  return { status: "built", id, program, flavor };
}

async function keptProgram(place: string, flavor: Flavor, id: string): Promise<Built | undefined> {
  const text = await readTextIfThere(join(place, "record.json"));
  const record = text === undefined ? undefined : recordSchema.safeParse(JSON.parse(text)).data;
  if (record === undefined || record.status === "failed") return record;
  const program = join(place, "program");
  if (!(await exists(program)) || (await sha256File(program)) !== record.sha256) return undefined;
  return { status: "built", id, program, flavor };
}

/** Digest of all that decides the program's bytes. */
async function variantId({ project, launcher }: Workshop, variant: Variant, trees: readonly string[]): Promise<string> {
  const { config, root } = project;
  const { side, recipe, features } = variant;
  const own = await Promise.all(programFolders(project).map((folder) => folderDigest(join(root, folder))));
  const { shim } = config;
  return sha256(
    canonicalJson({
      tool: toolVersion(),
      trees,
      side,
      recipe,
      features: await Promise.all(features.map(async ({ feature, folder }) => [feature.name, await folderDigest(folder)])),
      build: { ...buildOf(config), launcher },
      plans: [isolationPlanOf(config, "legacy"), isolationPlanOf(config, "latest")],
      own,
      shim: shim === undefined ? null : [shim, await sha256File(join(root, shim.surface)), await folderDigest(byHandFolder(project, shim))],
    }),
  ).slice(0, 32);
}
