/** Owns the file of a snapshot: one declaration on each line, so that two snapshots compare line by line. */
import { type ApiSnapshot, apiSnapshotSchema } from "../model/api-snapshot.js";
import { UnforkError, messageOf } from "../support/errors.js";
import { explainIssues } from "../support/explain-issues.js";
import { readText, writeFileAtomic } from "../support/fs.js";

const FORMAT = "unfork-api-snapshot";
const VERSION = 1;

/** The file's text; equal snapshots give equal bytes. */
export function snapshotText(snapshot: ApiSnapshot): string {
  const entries = Object.entries(snapshot).map(
    ([key, value]) => `${JSON.stringify(key)}: ${Array.isArray(value) ? listText(value) : JSON.stringify(value)}`,
  );
  return `{\n${entries.join(",\n")}\n}\n`;
}

function listText(values: readonly unknown[]): string {
  return values.length === 0 ? "[]" : `[\n${values.map((value) => JSON.stringify(value)).join(",\n")}\n]`;
}

/** Whole or not at all. */
export async function writeSnapshot(path: string, snapshot: ApiSnapshot): Promise<void> {
  await writeFileAtomic(path, snapshotText(snapshot));
}

/** Throws `input-missing` for no such file, `input-invalid` for one that is no snapshot, is cut off, or of a later version. */
export async function readSnapshot(path: string): Promise<ApiSnapshot> {
  return parseSnapshot(await readText(path), path);
}

export function parseSnapshot(text: string, path: string): ApiSnapshot {
  const value = jsonOf(text, path);
  wantFormat(value, path);
  const parsed = apiSnapshotSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = explainIssues(parsed.error.issues, value, apiSnapshotSchema).slice(0, 3);
  throw invalid(path, `the snapshot is damaged: ${problems.join("; ")}`, "take it again: unfork api snapshot");
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trimStart().startsWith("{") && text.includes(FORMAT) && !text.trimEnd().endsWith("}"))
      throw invalid(path, "the snapshot is cut off", "take it again: unfork api snapshot");
    throw invalid(path, `this is no snapshot of an API: ${messageOf(error)}`, "make one: unfork api snapshot --headers … --out FILE");
  }
}

function wantFormat(value: unknown, path: string): void {
  const { format, version } = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (format !== FORMAT) throw invalid(path, "this is no snapshot of an API", "make one: unfork api snapshot --headers … --out FILE");
  if (typeof version === "number" && version > VERSION)
    throw invalid(
      path,
      `the snapshot is of version ${version}, this unfork reads up to ${VERSION}`,
      "update unfork, or take the snapshot again with this one",
    );
}

function invalid(path: string, problem: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", `${path}: ${problem}`, { hint, context: { path } });
}
