/** Owns what is written into a feature.yaml: comments and order stay. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { type Document, parseDocument } from "yaml";

import { fileError } from "../support/errors.js";
import { writeFileAtomic } from "../support/fs.js";
import { FEATURE_FILE } from "./feature.js";

export async function editFeatureFile(folder: string, edit: (document: Document.Parsed) => void): Promise<void> {
  const document = await readFeatureFile(folder);
  edit(document);
  await writeFileAtomic(join(folder, FEATURE_FILE), document.toString({ lineWidth: 0 }));
}

export async function readFeatureFile(folder: string): Promise<Document.Parsed> {
  const file = join(folder, FEATURE_FILE);
  const text = await readFile(file, "utf8").catch((error: unknown) => Promise.reject(fileError("read", file, error)));
  return parseDocument(text);
}
