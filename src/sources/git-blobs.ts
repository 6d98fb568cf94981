/** Owns the stream of `git cat-file --batch`: exact bytes of many blobs, without attributes or line-end conversion. */
import { UnforkError } from "../support/errors.js";
import { start } from "../support/exec.js";
import { gitCommand, gitFailure } from "./git-command.js";
import type { EntryWriter } from "./tar-stream.js";

/** Streams the blobs in order; `take` gives the writer for the blob at an index. Throws `tool-failed`. */
export async function readBlobs(store: string, ids: readonly string[], take: (index: number) => EntryWriter): Promise<void> {
  if (ids.length === 0) return;
  const command = gitCommand(store, ["cat-file", "--batch=%(objecttype) %(objectsize)"]);
  const child = start(command);
  const reader = createBatchReader(take);
  try {
    child.stdin.end(`${ids.join("\n")}\n`);
    for await (const chunk of child.stdout) reader.push(chunk as Buffer);
    const end = await child.done;
    if (end.code !== 0 || reader.count() !== ids.length) throw gitFailure(command, { ...end, stderr: child.stderr() });
  } catch (error) {
    child.kill();
    throw error;
  }
}

/** Reads "type SP size LF", that many bytes, LF, again and again (git-cat-file(1), BATCH OUTPUT). */
export function createBatchReader(take: (index: number) => EntryWriter): { push(chunk: Buffer): void; count(): number } {
  let head = "";
  let left = -1;
  let done = 0;
  let writer: EntryWriter | undefined;

  function begin(line: string): void {
    const match = /^blob (\d+)$/.exec(line);
    if (match === null)
      throw new UnforkError("tool-failed", `git cat-file gave no blob: ${line}`, {
        hint: "the repository in the cache is damaged: remove it and start again",
      });
    left = Number(match[1]);
    writer = take(done);
  }

  function takeHead(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(0x0a, at);
    head += chunk.toString("latin1", at, end === -1 ? chunk.length : end);
    if (end === -1) return chunk.length;
    begin(head);
    head = "";
    return end + 1;
  }

  /** The line feed after a blob's bytes ends it. */
  function takeEnd(at: number): number {
    writer?.end();
    writer = undefined;
    left = -1;
    done++;
    return at + 1;
  }

  function push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (left === -1) at = takeHead(chunk, at);
      else if (left === 0) at = takeEnd(at);
      else {
        const size = Math.min(left, chunk.length - at);
        writer?.write(chunk.subarray(at, at + size));
        left -= size;
        at += size;
      }
    }
  }

  return { push, count: () => done };
}
