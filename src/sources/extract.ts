/** Owns one archive's way from its first byte to a checked tree; the archive itself never lies on disk. */
import { createHash } from "node:crypto";

import { emit } from "../support/bus.js";
import { monotonicMs } from "../support/clock.js";
import { UnforkError } from "../support/errors.js";
import { createArchiveTree } from "./archive-tree.js";
import { decompressed } from "./decompress.js";
import { createTarReader } from "./tar-stream.js";
import type { WrittenTree } from "./tree-writer.js";

/** Bytes on their way; `size` is null when it is not known beforehand. */
export interface ByteStream {
  readonly size: number | null;
  readonly chunks: AsyncIterable<Buffer>;
}

export interface ArchiveJob {
  /** URL or path, for messages. */
  readonly name: string;
  /** What the progress line says. */
  readonly label: string;
  readonly open: () => Promise<ByteStream>;
  readonly sha256: string;
  readonly keep: readonly string[];
  readonly into: string;
  /** A folder for parts; whatever is in it is of no use after a failure. */
  readonly work: string;
  /** Where the tree is put. */
  readonly target: string;
}

interface Meter {
  bytes: number;
  whole: boolean;
  sha256: string;
}

/**
 * Streams, hashes, unpacks and checks. Throws `checksum` with both sums, `archive-invalid` for what is no whole
 * archive, `input-invalid` when a kept sub-tree is not in it, `disk`, `tool-missing`, `network`.
 */
export async function extractArchive(job: ArchiveJob): Promise<WrittenTree> {
  const tree = createArchiveTree(job.work, job.name, job.keep, job.into);
  const meter: Meter = { bytes: 0, whole: false, sha256: "" };
  try {
    const stream = await job.open();
    const reader = createTarReader(job.name, tree.take);
    for await (const chunk of decompressed(measured(stream, job.label, meter), job.name)) reader.push(chunk);
    reader.end();
  } catch (error) {
    tree.abandon();
    throw withChecksum(error, job, meter);
  } finally {
    emit({ type: "progress:end", label: job.label });
  }
  if (meter.sha256 !== job.sha256) throw wrongChecksum(job, meter);
  return tree.finish(job.target);
}

/** Passes the chunks on, hashes and counts them, and tells the progress ten times a second. */
export async function* measured(stream: ByteStream, label: string, meter: Meter): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let told = 0;
  for await (const chunk of stream.chunks) {
    hash.update(chunk);
    meter.bytes += chunk.length;
    const now = monotonicMs();
    if (now - told >= 100) {
      told = now;
      emit({ type: "progress", label, done: meter.bytes, total: stream.size, unit: "bytes" });
    }
    yield chunk;
  }
  emit({ type: "progress", label, done: meter.bytes, total: stream.size, unit: "bytes" });
  meter.sha256 = hash.digest("hex");
  meter.whole = true;
}

function wrongChecksum(job: ArchiveJob, meter: Meter): UnforkError {
  return new UnforkError("checksum", `${job.name} has SHA-256 ${meter.sha256}, expected ${job.sha256} (${meter.bytes} bytes read)`, {
    hint: "nothing of it was kept: find out why the file differs before you change the expected checksum",
    context: { archive: job.name, expected: job.sha256, got: meter.sha256 },
  });
}

/** When a broken archive was read to its end, its checksum says whether it is the expected file. */
function withChecksum(error: unknown, job: ArchiveJob, meter: Meter): unknown {
  if (!(error instanceof UnforkError) || error.code !== "archive-invalid" || !meter.whole) return error;
  const verdict =
    meter.sha256 === job.sha256 ? "its SHA-256 is the expected one" : `its SHA-256 is ${meter.sha256}, expected ${job.sha256}`;
  return new UnforkError(error.code, `${error.message} (${meter.bytes} bytes read; ${verdict})`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    context: { ...error.context, expected: job.sha256, got: meter.sha256 },
    cause: error,
  });
}
