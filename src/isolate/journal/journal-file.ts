/** Owns the journal that an isolated tree carries in its root: what is needed, beside the tree itself, to get the original back. */
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";

import { UnforkError, fileError, systemCodeOf } from "../../support/errors.js";
import { canonicalJson } from "../../support/hash.js";
import { byText } from "../../support/order.js";
import { hasFields, isListOf, isText, isTexts } from "../../support/shape.js";
import { createSink, createSource, type Source } from "../byte-codec.js";
import { readFile } from "node:fs/promises";

export const JOURNAL_FILE = ".unfork-isolation.journal";

interface JournalHeader {
  readonly flavor: string;
  readonly release: string;
  /** Whether taking back leads to the original tree; false when the input was isolated already and had no journal. */
  readonly complete: boolean;
  /** Names that got the flavor, as they were. */
  readonly names: readonly string[];
  /** Files and folders that isolation renamed: original path, path in the result. */
  readonly moves: readonly (readonly [string, string])[];
  /** Symbolic links whose target isolation changed: path in the result, original target, new target. */
  readonly links: readonly (readonly [string, string, string])[];
  /** Files that isolation added, with the first 16 bytes of their SHA-256 in hex. */
  readonly added: readonly (readonly [string, string])[];
}

function isHeader(value: unknown): value is JournalHeader {
  return hasFields(value, {
    flavor: isText,
    release: isText,
    complete: (field) => typeof field === "boolean",
    names: isListOf(isText),
    moves: isListOf(isTexts(2)),
    links: isListOf(isTexts(3)),
    added: isListOf(isTexts(2)),
  });
}

/** What one run did to a file: the digest of its result, and the record that leads back (undo-record.ts), if it changed it. */
export interface JournalStep {
  /** First 16 bytes of the SHA-256 of the bytes after the step. */
  readonly sha256: Buffer;
  readonly undo: Buffer | undefined;
}

export interface JournalEntry {
  /** In the result. */
  readonly path: string;
  /** The last run first. */
  readonly steps: readonly JournalStep[];
}

export interface Journal extends JournalHeader {
  /** Every file of the tree, sorted by path. */
  readonly files: readonly JournalEntry[];
}

const MAGIC = Buffer.from("unfork-isolation-journal 1\n", "latin1");
export const DIGEST_BYTES = 16;

/** Magic, length of the packed part, the packed part (header, paths, records), digests. */
export function encodeJournal(journal: Journal): Buffer {
  const { files, ...header } = journal;
  const out = createSink();
  out.text(Buffer.from(canonicalJson(header), "utf8"));
  out.number(files.length);
  const digests: Buffer[] = [];
  let before = "";
  for (const { path, steps } of files.toSorted((a, b) => byText(a.path, b.path))) {
    const common = commonLength(before, path);
    out.number(common);
    out.text(Buffer.from(path.slice(common), "utf8"));
    out.number(steps.length);
    for (const { sha256, undo } of steps) {
      out.number(undo === undefined ? 0 : 1);
      if (undo !== undefined) out.text(undo);
      digests.push(sha256.subarray(0, DIGEST_BYTES));
    }
    before = path;
  }
  const packed = deflateRawSync(out.taken());
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(packed.length));
  return Buffer.concat([MAGIC, length, packed, ...digests]);
}

/** Characters, as paths are sliced by them; never inside a surrogate pair. */
function commonLength(a: string, b: string): number {
  const folder = a.lastIndexOf("/") + 1;
  let i = b.startsWith(a.slice(0, folder)) ? folder : 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return isHighSurrogate(a.charCodeAt(i - 1)) ? i - 1 : i;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** Undefined when the bytes are no journal, or not a whole one. */
export function decodeJournal(bytes: Buffer): Journal | undefined {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || bytes.length < MAGIC.length + 8) return undefined;
  const start = MAGIC.length + 8;
  const length = Number(bytes.readBigUInt64BE(MAGIC.length));
  try {
    const source = createSource(inflateRawSync(bytes.subarray(start, start + length)));
    const header: unknown = JSON.parse(source.text().toString("utf8"));
    if (!isHeader(header)) return undefined;
    const files = decodeFiles(source, bytes.subarray(start + length));
    return files === undefined ? undefined : { ...header, files };
  } catch {
    return undefined;
  }
}

function decodeFiles(source: Source, digests: Buffer): JournalEntry[] | undefined {
  const files: JournalEntry[] = [];
  let at = 0;
  let path = "";
  function step(): JournalStep {
    const undo = source.number() === 1 ? source.text() : undefined;
    at += DIGEST_BYTES;
    return { sha256: digests.subarray(at - DIGEST_BYTES, at), undo };
  }
  for (let left = source.number(); left > 0 && !source.isBroken(); left--) {
    path = path.slice(0, source.number()) + source.text().toString("utf8");
    files.push({ path, steps: Array.from({ length: Math.min(source.number(), 1 << 16) }, step) });
  }
  return source.isAtEnd() && at === digests.length ? files : undefined;
}

/** The journal of a tree, or undefined when it has none. Throws `state-invalid` for a damaged one, `disk`. */
export async function readJournal(root: string): Promise<Journal | undefined> {
  const path = join(root, JOURNAL_FILE);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT" || systemCodeOf(error) === "ENOTDIR") return undefined;
    throw fileError("read", path, error);
  }
  const journal = decodeJournal(bytes);
  if (journal !== undefined) return journal;
  throw new UnforkError("state-invalid", `${path} is not a journal of an isolated tree, or it is damaged`, {
    hint: "take it back from a copy; without it the original bytes cannot be given back exactly",
    context: { path },
  });
}
