/** Owns the recording of a resolution: an ed script in the feature's folder and an entry in its feature.yaml. */
import { basename, join } from "node:path";

import { type Document, isMap, isSeq } from "yaml";

import { diffBlobs } from "../git/diff.js";
import type { ObjectStore } from "../git/objects.js";
import { writeFileAtomic } from "../support/fs.js";
import { sha1 } from "../support/hash.js";
import { applyEdScript } from "./ed-apply.js";
import { edScriptOf } from "./ed-from-diff.js";
import { type EdScript, formatEdScript, parseEdScript } from "./ed-script.js";
import { editFeatureFile, readFeatureFile } from "./edit-feature-file.js";
import { type ConflictKey, type LoadedFeature, type LoadedResolution, NO_FILE, sameKey } from "./feature.js";

export interface NewResolution {
  readonly key: ConflictKey;
  /** The whole file as it shall be; null: it goes. */
  readonly content: Buffer | null;
  readonly release: string;
  /** Why lines of the feature are left out, where some are. */
  readonly why: string | null;
}

/** Writes script and entry (script first, so that a kill leaves no entry without its script) and gives the resolution. */
export async function recordResolution(objects: ObjectStore, loaded: LoadedFeature, resolution: NewResolution): Promise<LoadedResolution> {
  const { key, content, release } = resolution;
  const why = resolution.why === null ? {} : { why: resolution.why };
  if (content === null) {
    await addEntry(loaded.folder, key, { script: null, ...why });
    return { ...key, script: "", edits: null, ...why };
  }
  const script = scriptName(entriesOf(await readFeatureFile(loaded.folder)), key, release);
  const path = join(loaded.folder, script);
  const edits = await scriptFor(objects, key, content, path);
  await writeFileAtomic(path, formatEdScript(edits));
  await addEntry(loaded.folder, key, { script, ...why });
  return { ...key, script: path, edits, ...why };
}

type Entry = ConflictKey & { readonly script?: string | null };

function entriesOf(document: Document): Entry[] {
  const list = document.get("resolutions");
  return isSeq(list) ? list.items.filter(isMap).map((item) => item.toJSON() as Entry) : [];
}

/** That of the conflict's own entry, or a new one; never one that another entry has. */
function scriptName(entries: readonly Entry[], key: ConflictKey, release: string): string {
  const others = new Set(entries.filter((entry) => !sameKey(entry, key)).map(({ script }) => script));
  const own = entries.find((entry) => sameKey(entry, key))?.script ?? null;
  if (own !== null && !others.has(own)) return own;
  const { path, base, ours, theirs } = key;
  const place = sha1(`${path}\0${base}`).slice(0, 8);
  const start = `resolutions/${release}/${basename(path)}.${ours.slice(0, 8)}-${theirs.slice(0, 8)}-${place}`;
  for (let number = 1; ; number++) {
    const script = `${start}${number === 1 ? "" : `-${number}`}.ed`;
    if (!others.has(script)) return script;
  }
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

interface Answer {
  readonly script: string | null;
  readonly why?: string;
}

/** Puts the entry into feature.yaml, in the place of one for the same contents; comments and order stay. */
async function addEntry(folder: string, key: ConflictKey, answer: Answer): Promise<void> {
  const entry = { path: key.path, base: key.base, ours: key.ours, theirs: key.theirs, ...answer };
  await editFeatureFile(folder, (document) => {
    const list = document.get("resolutions");
    if (!isSeq(list)) return document.set("resolutions", document.createNode([entry]));
    const at = list.items.findIndex((item) => isMap(item) && sameKey(item.toJSON() as ConflictKey, key));
    if (at < 0) return document.addIn(["resolutions"], document.createNode(entry));
    document.setIn(["resolutions", at], document.createNode(entry));
  });
}
