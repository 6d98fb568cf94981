/** Owns the reading of a whole collection of patches, in its order. */
import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";

import { fileError, systemCodeOf } from "../../../support/errors.js";
import { listFiles } from "../../../support/fs.js";
import { byText } from "../../../support/order.js";
import type { ReadOptions } from "../parse-diff.js";
import { readPatchFile } from "../read-patch-file.js";
import { reverseDiffs } from "../reverse-diff.js";
import type { TextPatch } from "../text-patch.js";
import { type CollectionKind, MOZILLA_PATCH, NO_OP_MARKER, NUMBERED_PATCH, detectCollection } from "./detect-collection.js";
import { type Listed, missingPatch, parseDotPatches, parseSeries } from "./list-file.js";
import { readMarker } from "./no-op-marker.js";
import { checkUnordered } from "./unordered.js";

export interface TextCollection {
  readonly kind: CollectionKind;
  /** Folder or file. */
  readonly path: string;
  readonly patches: readonly TextPatch[];
  /** Files of the folder that look like patches and that its list does not name; they were not read. */
  readonly unlisted: readonly string[];
}

/** Reads what `path` holds. Throws `input-missing` and `input-invalid` by file and line. */
export async function readCollection(path: string, options: ReadOptions = {}): Promise<TextCollection> {
  const detected = await detectCollection(path);
  const { kind, path: place } = detected;
  if (kind === "quilt") return { ...detected, ...(await readListed(place, "series", parseSeries, options)) };
  if (kind === "electron") return { ...detected, ...(await readListed(place, ".patches", parseDotPatches, options)) };
  if (kind === "mozilla" || kind === "folder") return { ...detected, ...(await readNumbered(place, kind, options)) };
  return { ...detected, patches: await readOne(place, basename(place), place, options), unlisted: [] };
}

async function readListed(folder: string, list: string, parse: (text: string, file: string) => Listed[], options: ReadOptions) {
  const file = join(folder, list);
  const listed = parse((await readFile(file)).toString("utf8"), file);
  const patches: TextPatch[] = [];
  for (const entry of listed) {
    const strip = options.strip ?? (list === "series" ? entry.strip : undefined);
    const read = await readListedFile(folder, file, entry, { keptSubject: list === ".patches", ...(strip === undefined ? {} : { strip }) });
    patches.push(...(entry.reversed ? read.map((patch) => ({ ...patch, diffs: reverseDiffs(patch.diffs) })) : read));
  }
  return { patches, unlisted: await unlistedIn(folder, new Set(listed.map(({ name }) => name))) };
}

async function readListedFile(folder: string, list: string, entry: Listed, options: ReadOptions): Promise<TextPatch[]> {
  try {
    return await readOne(join(folder, entry.name), entry.name, join(folder, entry.name), options);
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "input-missing";
    throw missing ? missingPatch(list, entry, error) : error;
  }
}

async function unlistedIn(folder: string, names: ReadonlySet<string>): Promise<string[]> {
  const files = await listFiles(folder);
  return files.filter((name) => /\.(?:patch|diff|dpatch)$/.test(name) && !names.has(name));
}

async function readNumbered(folder: string, kind: "mozilla" | "folder", options: ReadOptions) {
  const names = (await readdir(folder)).toSorted(byText);
  const pattern = kind === "mozilla" ? MOZILLA_PATCH : NUMBERED_PATCH;
  const all = names.filter((name) => /\.(?:patch|diff|eml)$/.test(name));
  const ordered = kind === "mozilla" || all.every((name) => pattern.test(name));
  const taken = ordered ? all.filter((name) => pattern.test(name)).toSorted(byNumber) : all;
  const patches: TextPatch[] = [];
  for (const name of taken)
    patches.push(...(await readOne(join(folder, name), name, join(folder, name), { ...options, keptSubject: kind === "mozilla" })));
  if (!ordered) checkUnordered(folder, patches);
  for (const name of names.filter((other) => NO_OP_MARKER.test(other))) patches.push(await readMarker(folder, name));
  return { patches, unlisted: all.filter((name) => !taken.includes(name)) };
}

/** By the letters before the number, then by the number, then by the rest. */
function byNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => /^([a-z]*)(\d*)(.*)$/s.exec(name) ?? []);
  return byText(left?.[1] ?? "", right?.[1] ?? "") || Number(left?.[2]) - Number(right?.[2]) || byText(a, b);
}

async function readOne(path: string, name: string, file: string, options: ReadOptions): Promise<TextPatch[]> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    throw systemCodeOf(error) === undefined ? error : fileError("read", path, error);
  }
  return readPatchFile({ name, file, content }, options);
}
