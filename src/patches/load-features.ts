/** Owns the reading of a project's features: one folder each, with feature.yaml and the scripts it names. */
import { readFile, readdir } from "node:fs/promises";
import { basename, join, normalize } from "node:path";

import type { Feature, Resolution } from "../model/feature.js";
import { UnforkError, fileError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { parseEdScript } from "./ed-script.js";
import { FEATURE_FILE, type FeatureChange, type LoadedFeature, type LoadedResolution } from "./feature.js";
import { parseFeatureFile } from "./feature-file.js";

/**
 * Loads every feature below `dir`, sorted by name. Throws `config-invalid` (file:key: what) for a description that does
 * not hold, `input-invalid` (file:line: what) for a script, `input-missing` for a file that is not there.
 */
export async function loadFeatures(dir: string): Promise<LoadedFeature[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => Promise.reject(fileError("read", dir, error)));
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map((entry) => entry.name);
  return Promise.all(names.toSorted().map((name) => loadFeature(join(dir, name))));
}

async function loadFeature(folder: string): Promise<LoadedFeature> {
  const file = join(folder, FEATURE_FILE);
  if (!(await exists(file))) {
    throw new UnforkError("config-invalid", `${folder} has no ${FEATURE_FILE}`, {
      hint: "every folder of the features folder is a feature",
      context: { folder },
    });
  }
  const feature = parseFeatureFile(await bytesOf(file), file);
  if (feature.name !== basename(folder)) {
    throw new UnforkError("config-invalid", `${file}:name: '${feature.name}' must be the folder's name '${basename(folder)}'`, {
      context: { file },
    });
  }
  return {
    feature,
    folder,
    changes: await Promise.all(feature.files.map((entry, index) => loadChange(folder, entry, `${file}:files.${index}`))),
    resolutions: await Promise.all(
      feature.resolutions.map((entry, index) => loadResolution(folder, entry, `${file}:resolutions.${index}`)),
    ),
  };
}

async function loadChange(folder: string, entry: Feature["files"][number], where: string): Promise<FeatureChange> {
  wantInside(entry.path, `${where}.path`);
  wantInside(entry.script, `${where}.script`);
  const script = join(folder, entry.script);
  const bytes = await bytesOf(script);
  if (entry.base === null) return { kind: "add", path: entry.path, script, content: bytes };
  const edits = parseEdScript(bytes, script);
  if (edits.edits.length === 0)
    throw new UnforkError("input-invalid", `${script}: the script is empty and changes nothing`, { context: { file: script } });
  return { kind: "edit", path: entry.path, script, base: entry.base, edits };
}

async function loadResolution(folder: string, entry: Resolution, where: string): Promise<LoadedResolution> {
  if (entry.script === null) return { ...entry, script: "", edits: null };
  wantInside(entry.script, `${where}.script`);
  const script = join(folder, entry.script);
  return { ...entry, script, edits: parseEdScript(await bytesOf(script), script) };
}

function wantInside(path: string, where: string): void {
  const clean = normalize(path);
  if (path !== "" && clean === path && !path.startsWith("/") && path.split("/")[0] !== "..") return;
  throw new UnforkError("config-invalid", `${where}: '${path}' must be a relative path without '..' and '.'`);
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
