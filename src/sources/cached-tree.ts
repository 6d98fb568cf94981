/** Owns a tree at rest in the cache: its manifest, and the cheap check that nobody has touched it since. */
import { lstatSync } from "node:fs";
import { rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { readTextIfThere, writeFileAtomic } from "../support/fs.js";
import { canonicalJson } from "../support/hash.js";
import { parsedOrNull } from "./cache.js";
import { digestOf, readTree, type TreeSummary, walkTree } from "./tree-digest.js";

const manifestSchema = z.strictObject({
  format: z.literal(1),
  digest: z.string(),
  files: z.number().int(),
  bytes: z.number().int(),
});

/** Writes the manifest into `folder`, whose `tree/` must be complete: it is what makes the folder valid. */
export async function sealTree(folder: string, summary: TreeSummary): Promise<void> {
  const { digest, files, bytes } = summary;
  await writeFileAtomic(manifestOf(folder), `${canonicalJson({ format: 1, digest, files, bytes }, 2)}\n`, 0o444);
}

/**
 * The tree's figures, or undefined when there is none or it is damaged. Cheap: number of files, their sizes, and
 * no file newer than the manifest. Only when a time looks wrong are all bytes read and the digest compared.
 */
export async function readSealed(folder: string): Promise<TreeSummary | undefined> {
  const text = await readTextIfThere(manifestOf(folder));
  if (text === undefined) return undefined;
  const manifest = manifestSchema.safeParse(parsedOrNull(text)).data;
  if (manifest === undefined) return undefined;
  const seen = survey(folder);
  if (seen === undefined || seen.files !== manifest.files || seen.bytes !== manifest.bytes) return undefined;
  if (!seen.touched) return manifest;
  return (await isStillEqual(folder, manifest)) ? manifest : undefined;
}

/** Takes a damaged tree out of its place. */
export async function discardTree(folder: string, work: string): Promise<void> {
  const aside = join(work, "damaged");
  await rename(folder, aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
}

function survey(folder: string): { files: number; bytes: number; touched: boolean } | undefined {
  let files = 0;
  let bytes = 0;
  let newest = 0;
  try {
    for (const { stat } of walkTree(join(folder, "tree"))) {
      files++;
      if (stat.isFile()) bytes += Number(stat.size);
      newest = Math.max(newest, Number(stat.mtimeMs));
    }
    return { files, bytes, touched: newest > lstatSync(manifestOf(folder)).mtimeMs };
  } catch {
    return undefined;
  }
}

async function isStillEqual(folder: string, manifest: TreeSummary): Promise<boolean> {
  const now = digestOf(readTree(join(folder, "tree")));
  if (now.digest !== manifest.digest) return false;
  const time = new Date(Math.max(...[...walkTree(join(folder, "tree"))].map(({ stat }) => Number(stat.mtimeMs))) + 1);
  await utimes(manifestOf(folder), time, time).catch(() => undefined);
  return true;
}

function manifestOf(folder: string): string {
  return join(folder, "manifest.json");
}
