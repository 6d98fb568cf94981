/** Owns the words for what is wrong in a use-case file: line, key, value, nearest valid one. */
import type { z } from "zod";

import { bothSchema, declaredInputSchema, flavorsSchema, metricSchema, runLimitsSchema, useCaseSchema } from "../model/use-case.js";
import { nearest } from "../support/nearest.js";

/** One thing that is wrong; `path` leads to it in the file. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  /** Without the place: "'hgher' is not one of higher, lower, target (did you mean 'higher'?)". */
  readonly message: string;
}

/** What zod found, one problem per key, in our words. `input` is the value that was checked. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  return issues.flatMap((issue) => problemsOfIssue(issue, valueAtPath(input, issue.path)));
}

/** `metrics[2].direction`; empty for the whole file. */
export function keyText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`)).join("");
}

/** " (did you mean 'x'?)" when a valid name is near, else nothing. */
export function didYouMean(given: string, valid: readonly string[]): string {
  const name = nearest(given, valid);
  return name === undefined ? "" : ` (did you mean '${name}'?)`;
}

function problemsOfIssue(issue: z.core.$ZodIssue, value: unknown): Problem[] {
  if (issue.code === "unrecognized_keys") {
    const valid = keysAt(issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `is not a known key${didYouMean(key, valid)}; known here: ${valid.toSorted().join(", ")}`,
    }));
  }
  return [{ path: issue.path, message: messageOfIssue(issue, value) }];
}

function messageOfIssue(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "invalid_type" && value === undefined) return `is missing: a value of type ${issue.expected} is wanted`;
  if (issue.code === "invalid_type") return `${show(value)} is not of type ${issue.expected}`;
  if (issue.code === "invalid_value") {
    const valid = issue.values.map(String);
    return `${show(value)} is not one of ${valid.join(", ")}${didYouMean(String(value), valid)}`;
  }
  return `${show(value)}: ${issue.message}`;
}

/** The keys of each object of a use case, by its place. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(useCaseSchema.shape),
  metrics: Object.keys(metricSchema.shape),
  inputs: Object.keys(declaredInputSchema.shape),
  limits: Object.keys(runLimitsSchema.shape),
  flavors: Object.keys(flavorsSchema.shape),
  "flavors.legacy": Object.keys(flavorsSchema.shape.legacy.unwrap().shape),
  "flavors.latest": Object.keys(flavorsSchema.shape.latest.unwrap().shape),
  both: Object.keys(bothSchema.shape),
  "both.outputs": Object.keys(bothSchema.shape.outputs.element.shape),
};

function keysAt(path: readonly PropertyKey[]): readonly string[] {
  return KEYS[path.filter((part) => typeof part === "string").join(".")] ?? [];
}

function valueAtPath(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? `'${value}'` : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
