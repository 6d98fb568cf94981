/** Owns the reading of one feature.yaml: every problem with its key, unknown keys with the nearest valid one. */
import { parseDocument } from "yaml";

import { type Feature, featureSchema } from "../model/feature.js";
import { UnforkError } from "../support/errors.js";
import { explainIssues } from "../support/explain-issues.js";

/** Throws `config-invalid` with one line `file:key: what` for each problem. */
export function parseFeatureFile(bytes: Buffer, file: string): Feature {
  const written = parseYaml(bytes.toString("utf8"), file);
  const parsed = featureSchema.safeParse(written);
  if (!parsed.success) throw invalid(explainIssues(parsed.error.issues, written, featureSchema).map((line) => `${file}:${line}`));
  const feature = parsed.data;
  const twice = feature.files.find((entry, index) => feature.files.findIndex((other) => other.path === entry.path) !== index);
  if (twice !== undefined) throw invalid([`${file}:files: lists '${twice.path}' twice`]);
  if (readsAsRelease(feature.name)) throw invalid([`${file}:name: '${feature.name}' is taken by the engine's own branches`]);
  return feature;
}

/** `base` and names that read as a candidate (`r…` before a release). */
export function readsAsRelease(name: string): boolean {
  return name === "base" || /^r\d/.test(name);
}

function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw invalid([`${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split("\n")[0] ?? "is not YAML"}`]);
  return document.toJS() ?? {};
}

function invalid(problems: readonly string[]): UnforkError {
  return new UnforkError("config-invalid", problems.join("\n"), { hint: "a feature needs name, purpose, owner, base and files" });
}
