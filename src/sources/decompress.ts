/** Owns decompression as a stream: the format is told by its first bytes, the work is done by xz, gzip, bzip2 or zstd. */
import { availableParallelism } from "node:os";
import type { Writable } from "node:stream";

import { UnforkError } from "../support/errors.js";
import { type Command, type RunningCommand, start } from "../support/exec.js";

interface Format {
  readonly magic: readonly number[];
  readonly command: string;
  readonly args: readonly string[];
  readonly debianPackage: string;
}

/** Magic bytes: xz file format 1.1.0 §2.1.1.1, RFC 1952 §2.3.1, bzip2 "BZh", RFC 8878 §3.1.1. */
const FORMATS: readonly Format[] = [
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], command: "xz", args: ["-dc", `-T${threads()}`], debianPackage: "xz-utils" },
  { magic: [0x1f, 0x8b], command: "gzip", args: ["-dc"], debianPackage: "gzip" },
  { magic: [0x42, 0x5a, 0x68], command: "bzip2", args: ["-dc"], debianPackage: "bzip2" },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], command: "zstd", args: ["-dcq"], debianPackage: "zstd" },
];

const LONGEST_MAGIC = 6;

/**
 * The plain bytes of a stream in any of the formats; what bears no known magic passes as it is.
 * Throws `tool-missing`, `archive-invalid` when the decompressor refuses, and whatever the source throws.
 */
export async function* decompressed(source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    const head = await readHead(chunks);
    const format = FORMATS.find(({ magic }) => magic.every((byte, index) => head[index] === byte));
    const all = prepend(head, chunks);
    yield* format === undefined ? all : throughChild(format, all, name);
  } finally {
    await chunks.return?.();
  }
}

function threads(): number {
  return Math.min(8, availableParallelism());
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const head: Buffer[] = [];
  let length = 0;
  while (length < LONGEST_MAGIC) {
    const next = await chunks.next();
    if (next.done === true) break;
    head.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(head);
}

async function* prepend(head: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
}

async function* throughChild(format: Format, source: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const command: Command = { command: format.command, args: format.args };
  const child = start(command);
  let sourceError: { error: unknown } | undefined;
  let over = false;
  const pumping = pump(source, child.stdin).catch((error: unknown) => {
    sourceError = { error };
    child.kill();
  });
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    const end = await ended(format, child, name);
    over = true;
    await pumping;
    if (sourceError !== undefined) throw sourceError.error;
    if (end.code !== 0) throw refused(child, name);
  } finally {
    if (!over) child.kill();
    await pumping;
  }
}

async function pump(source: AsyncIterable<Buffer>, into: Writable): Promise<void> {
  for await (const chunk of source) {
    if (into.destroyed) return;
    if (!into.write(chunk)) await writableAgain(into);
  }
  into.end();
}

function writableAgain(into: Writable): Promise<void> {
  return new Promise((resolve) => {
    function go(): void {
      into.off("drain", go);
      into.off("close", go);
      resolve();
    }
    into.once("drain", go);
    into.once("close", go);
    if (into.destroyed) go();
  });
}

async function ended(format: Format, child: RunningCommand, name: string): Promise<{ code: number | null }> {
  try {
    return await child.done;
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "tool-missing") throw error;
    throw new UnforkError("tool-missing", `cannot unpack ${name}: ${format.command} is not installed`, {
      hint: `install it (on Debian: apt-get install ${format.debianPackage}) and start again`,
      cause: error,
    });
  }
}

function refused(child: RunningCommand, name: string): UnforkError {
  const all = child
    .stderr()
    .split("\n")
    .map((line) => line.trim());
  const words = all
    .filter((line) => line !== "")
    .slice(0, 2)
    .join("; ");
  const truncated = /unexpected end|premature end|ends unexpectedly/i.test(words);
  return new UnforkError("archive-invalid", `${name} is ${truncated ? "truncated" : "damaged"}: ${words}`, {
    hint: "fetch it again or correct its address; a damaged file is never used",
    context: { archive: name },
  });
}
