/** Owns what is kept of a part for the next run: what its files say, what became of them, by which stamps they are known again. */
import { lstatSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";

import { fileError } from "../../support/errors.js";
import { sha256 } from "../../support/hash.js";
import { namesOf } from "../../tokens/interner.js";
import { type FileStamp, NO_STAMP, settled, STAMP_NUMBERS, stampAt } from "./file-stamp.js";
import type { Outcome } from "./outcome.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { Decision, PartRequest, SavedPart } from "./part-model.js";

/** A code file without what the next run finds by itself. */
export type KeptFile = Omit<CodeFile, "file" | "content"> & { readonly index: number };

/** A part as it was when its files were read, and as it was written. */
export interface PartState {
  readonly request: PartRequest;
  readonly decision: Decision;
  /** Identifiers in the order of their ids, each followed by a newline. */
  readonly names: Buffer;
  /** Ids by file (file-index.ts). */
  readonly pool: Int32Array;
  /** The table that the files' include lines are in. */
  readonly includeLines: readonly string[];
  readonly files: readonly KeptFile[];
  /** By file of the request. */
  readonly outcomes: readonly Outcome[];
  /** Stamps of the input's files and of the output's, by file of the request. */
  readonly sources: Float64Array;
  readonly outputs: Float64Array;
}

/** What a part remembers of its first pass, before the tree's knowledge changes it. */
export interface FirstPass {
  readonly files: readonly CodeFile[];
  /** Number of identifiers. */
  readonly names: number;
}

/**
 * Writes the state of a written part to `path`. `folder` is the output in its place, `clock` the path
 * of any file there, whose time is the file system's. Undefined: the policy asks for more than a state can tell.
 */
export function savePart(
  part: LoadedPart,
  first: FirstPass,
  done: { readonly outcomes: readonly Outcome[]; readonly decision: Decision },
  place: { readonly folder: string; readonly path: string },
): SavedPart | undefined {
  if (done.decision.rules !== undefined) return undefined;
  try {
    writeFileSync(place.path, "");
    const now = lstatSync(place.path).ctimeMs;
    const files = part.request.files;
    const state: PartState = {
      request: part.request,
      decision: done.decision,
      names: namesOf(part.interner, first.names),
      pool: part.indexer.pool(),
      includeLines: part.includeLines.lines,
      files: first.files.map(({ file, content: _content, ...kept }) => ({ ...kept, index: file.index })),
      outcomes: done.outcomes,
      sources: stamps(files.length, (at) => settled(part.stamps.get(files[at]?.index as number) ?? NO_STAMP, part.startedAt)),
      outputs: stamps(files.length, (at) => settled(stampAt(`${place.folder}/${files[at]?.path}`), now)),
    };
    const bytes = serialize(state);
    writeFileSync(place.path, bytes);
    return { digest: sha256(bytes), request: { files }, sources: state.sources, outputs: state.outputs };
  } catch (error) {
    throw fileError("write", place.path, error);
  }
}

function stamps(count: number, at: (index: number) => FileStamp): Float64Array {
  const all = new Float64Array(count * STAMP_NUMBERS);
  for (let index = 0; index < count; index++) all.set(at(index), index * STAMP_NUMBERS);
  return all;
}

/** Reads a state; undefined when the bytes are not those that had the digest. */
export function readPartState(bytes: Buffer, digest: string): PartState | undefined {
  return sha256(bytes) === digest ? (deserialize(bytes) as PartState) : undefined;
}
