/** Owns the words for what is wrong in a configuration: the key, the value, the nearest valid one. */
import { z } from "zod";

import { nearest } from "./nearest.js";

type Issue = z.core.$ZodIssue;
type PathPart = PropertyKey;

/** One line per problem, sorted by key. `input` is the value that was checked, `schema` what it was checked against. */
export function explainIssues(issues: readonly Issue[], input: unknown, schema: z.ZodType): string[] {
  return issues.flatMap((issue) => explainIssue(issue, input, schema)).toSorted();
}

function explainIssue(issue: Issue, input: unknown, schema: z.ZodType): string[] {
  const at = keyPath(issue.path);
  const value = valueAt(input, issue.path);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(at, key, keysAt(schema, issue.path, input)));
  if (issue.code === "invalid_union") return explainUnion(issue, at, input, schema);
  if (issue.code === "invalid_value")
    return [`${at}: ${show(value)} is not one of ${list(issue.values)}${meant(String(value), issue.values.map(String))}`];
  if (issue.code === "invalid_type")
    return [`${at}: ${value === undefined ? "is missing" : `${show(value)} is not what is wanted`}: ${article(issue.expected)}`];
  if (issue.code === "custom") return [`${at}: ${issue.message}${meantFromParams(issue, value)}`];
  return [`${at}: ${show(value)}: ${issue.message}`];
}

function explainUnion(issue: Extract<Issue, { code: "invalid_union" }>, at: string, input: unknown, schema: z.ZodType): string[] {
  const discriminator = "discriminator" in issue && typeof issue.discriminator === "string" ? issue.discriminator : undefined;
  if (discriminator === undefined) return explainClosest(issue, at, input, schema);
  const path = issue.path.at(-1) === discriminator ? issue.path : [...issue.path, discriminator];
  const value = valueAt(input, path);
  const options = discriminatorValues(schemaAt(schema, path.slice(0, -1), input), discriminator);
  const wanted = options.length === 0 ? "" : ` is not one of ${list(options)}${meant(String(value), options)}`;
  return [`${keyPath(path)}: ${value === undefined ? `is missing: one of ${list(options)}` : `${show(value)}${wanted}`}`];
}

/** Of an undiscriminated union the option of the value's own type is explained: a text as a text, an object as an object. */
function explainClosest(issue: Extract<Issue, { code: "invalid_union" }>, at: string, input: unknown, schema: z.ZodType): string[] {
  const closest = issue.errors.find((found) => !found.some(({ code, path }) => path.length === 0 && code === "invalid_type"));
  if (closest === undefined) return [`${at}: ${show(valueAt(input, issue.path))} is not what is wanted`];
  return closest.flatMap((found) => explainIssue({ ...found, path: [...issue.path, ...found.path] }, input, schema));
}

function unknownKey(at: string, key: string, valid: readonly string[]): string {
  const name = at === "(top level)" ? key : `${at}.${key}`;
  return `${name}: is not a known key${meant(key, valid)}${valid.length === 0 ? "" : `; known here: ${[...valid].toSorted().join(", ")}`}`;
}

function meantFromParams(issue: Issue, value: unknown): string {
  const known: unknown = "params" in issue ? issue.params?.["known"] : undefined;
  return Array.isArray(known) ? meant(String(value), known.map(String)) : "";
}

function meant(given: string, valid: readonly string[]): string {
  const name = nearest(given, valid);
  return name === undefined ? "" : ` (did you mean '${name}'?)`;
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    string: "a string",
    number: "a number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    int: "a whole number",
  };
  return `${words[expected] ?? expected} is wanted`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function list(values: readonly unknown[]): string {
  return values.map((value) => `'${String(value)}'`).join(", ");
}

/** `upstream.releases[0].sources[1].kind`. */
export function keyPath(path: readonly PathPart[]): string {
  if (path.length === 0) return "(top level)";
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`)).join("");
}

function valueAt(input: unknown, path: readonly PathPart[]): unknown {
  let value = input;
  for (const part of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Record<PathPart, unknown>)[part];
  }
  return value;
}

function keysAt(schema: z.ZodType, path: readonly PathPart[], input: unknown): string[] {
  const found = schemaAt(schema, path, input);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/** The schema that a path leads to; at a union the option whose discriminator fits the input. */
function schemaAt(schema: z.ZodType, path: readonly PathPart[], input: unknown): z.ZodType | undefined {
  let current: z.ZodType | undefined = unwrap(schema, input);
  let value = input;
  for (const part of path) {
    current = step(current, part);
    value = valueAt(value, [part]);
    current = current === undefined ? undefined : unwrap(current, value);
  }
  return current;
}

function step(schema: z.ZodType | undefined, part: PathPart): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)] as z.ZodType | undefined;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return undefined;
}

function unwrap(schema: z.ZodType, value: unknown): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return unwrap(schema.unwrap() as z.ZodType, value);
  if (schema instanceof z.ZodDiscriminatedUnion) return matchingOption(schema, value) ?? schema;
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType, value);
  if (schema instanceof z.ZodUnion) return optionOf(schema, value) ?? schema;
  return schema;
}

/** The option of a union that takes objects, or lists, when the value is one. */
function optionOf(union: z.ZodUnion, value: unknown): z.ZodType | undefined {
  const wanted = Array.isArray(value) ? z.ZodArray : z.ZodObject;
  return (union.options as z.ZodType[]).map((option) => unwrap(option, value)).find((option) => option instanceof wanted);
}

function matchingOption(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodType | undefined {
  const key = union.def.discriminator;
  const wanted = valueAt(value, [key]);
  return (union.options as z.ZodType[]).map((option) => unwrap(option, value)).find((option) => optionValue(option, key) === wanted);
}

function optionValue(option: z.ZodType, key: string): unknown {
  const field = option instanceof z.ZodObject ? option.shape[key] : undefined;
  return field instanceof z.ZodLiteral ? field.value : undefined;
}

function discriminatorValues(schema: z.ZodType | undefined, key: string): string[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return (schema.options as z.ZodType[]).map((option) => String(optionValue(unwrap(option, undefined), key)));
}
