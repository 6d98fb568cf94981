/** Owns the recording of a resolution: an ed script in the feature's folder and an entry in its feature.yaml. */
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { type Document, isSeq, parseDocument } from "yaml";

import { diffBlobs } from "../git/diff.js";
import type { ObjectStore } from "../git/objects.js";
import { fileError } from "../support/errors.js";
import { writeFileAtomic } from "../support/fs.js";
import { applyEdScript } from "./ed-apply.js";
import { edScriptOf } from "./ed-from-diff.js";
import { type EdScript, formatEdScript, parseEdScript } from "./ed-script.js";
import { type ConflictKey, FEATURE_FILE, type LoadedFeature, type LoadedResolution, NO_FILE } from "./feature.js";

export interface NewResolution {
  readonly key: ConflictKey;
  /** The whole file as it shall be; null: it goes. */
  readonly content: Buffer | null;
  readonly release: string;
}

/** Writes script and entry (script first, so that a kill leaves no entry without its script) and gives the resolution. */
export async function recordResolution(objects: ObjectStore, loaded: LoadedFeature, resolution: NewResolution): Promise<LoadedResolution> {
  const { key, content, release } = resolution;
  if (content === null) {
    await addEntry(loaded.folder, key, null);
    return { ...key, script: "", edits: null };
  }
  const script = `resolutions/${release}/${basename(key.path)}.${key.ours.slice(0, 8)}-${key.theirs.slice(0, 8)}.ed`;
  const path = join(loaded.folder, script);
  const edits = await scriptFor(objects, key, content, path);
  await writeFileAtomic(path, formatEdScript(edits));
  await addEntry(loaded.folder, key, script);
  return { ...key, script: path, edits };
}

/** The script from upstream's file to the wanted one; proven by applying what will be read back. */
async function scriptFor(objects: ObjectStore, key: ConflictKey, content: Buffer, path: string): Promise<EdScript> {
  const ours = key.ours === NO_FILE ? Buffer.alloc(0) : await objects.read(key.ours, "blob");
  const hunks = await diffBlobs(objects.repository, await objects.write("blob", ours), await objects.write("blob", content));
  const edits = parseEdScript(formatEdScript(edScriptOf(hunks)), path);
  if (!applyEdScript(ours, edits, { script: path, path: key.path }).equals(content))
    throw new Error(`the script for ${key.path} does not give the edited file`);
  return edits;
}

/** Adds the entry to feature.yaml; its comments and order stay. */
async function addEntry(folder: string, key: ConflictKey, script: string | null): Promise<void> {
  const file = join(folder, FEATURE_FILE);
  const text = await readFile(file, "utf8").catch((error: unknown) => Promise.reject(fileError("read", file, error)));
  const document = parseDocument(text);
  const entry = { path: key.path, base: key.base, ours: key.ours, theirs: key.theirs, script };
  if (isSeq(document.get("resolutions"))) document.addIn(["resolutions"], document.createNode(entry));
  else document.set("resolutions", document.createNode([entry]));
  await writeFileAtomic(file, textOf(document));
}

function textOf(document: Document.Parsed): string {
  return document.toString({ lineWidth: 0 });
}
