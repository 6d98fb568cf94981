/** Owns the reading of one feature.yaml: every problem with its key, unknown keys with the nearest valid one. */
import { parseDocument } from "yaml";
import type { z } from "zod";

import { type Feature, featureFileSchema, featureSchema, resolutionSchema } from "../model/feature.js";
import { UnforkError } from "../support/errors.js";
import { nearest } from "../support/nearest.js";

const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(featureSchema.shape),
  files: Object.keys(featureFileSchema.shape),
  resolutions: Object.keys(resolutionSchema.shape),
};

/** Throws `config-invalid` with one line `file:key: what` for each problem. */
export function parseFeatureFile(bytes: Buffer, file: string): Feature {
  const parsed = featureSchema.safeParse(parseYaml(bytes.toString("utf8"), file));
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap((issue) => problemsOf(issue, file)));
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

function problemsOf(issue: z.core.$ZodIssue, file: string): string[] {
  const key = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [`${file}:${key === "" ? "top" : key}: ${issue.message}`];
  const valid = KEYS[String(issue.path[0] ?? "")] ?? [];
  return issue.keys.map((name) => {
    const near = nearest(name, valid);
    return `${file}:${[...issue.path, name].join(".")}: unknown key${near === undefined ? `; valid: ${valid.join(", ")}` : `; did you mean '${near}'?`}`;
  });
}

function invalid(problems: readonly string[]): UnforkError {
  return new UnforkError("config-invalid", problems.join("\n"), { hint: "a feature needs name, purpose, owner, base and files" });
}
