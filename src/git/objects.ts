/**
 * Owns git objects by id: read from the repository's files, and what is not found there through one long-lived
 * `cat-file --batch`, which starts when it is first needed; written as loose objects by ourselves.
 */
import { dirname, join } from "node:path";

import { UnforkError } from "../support/errors.js";
import { start } from "../support/exec.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitCommand } from "./git.js";
import { writeLooseObject } from "./loose-object.js";
import { openObjectFiles } from "./store/object-files.js";
import { nameFinder } from "./store/name-finder.js";
import { replacesObjects } from "./store/plain-repository.js";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly content: Buffer;
}

/** The objects of a repository; `close` ends the reading process. */
export interface ObjectStore {
  readonly repository: Repository;
  /** Throws `state-invalid` when the object is missing. */
  readonly read: (id: string, type: ObjectType) => Promise<Buffer>;
  /** The object that a name (ref, `REF^{commit}`, short id, …; see gitrevisions(7)) stands for, or undefined. */
  readonly find: (name: string) => Promise<GitObject | undefined>;
  /** Stores an object and gives its id. */
  readonly write: (type: ObjectType, content: Uint8Array) => Promise<string>;
  readonly close: () => Promise<void>;
}

interface Reader {
  readonly read: (name: string) => Promise<GitObject | undefined>;
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export function openObjects(repository: Repository): ObjectStore {
  const { quarantine } = repository;
  const own = join(repository.path, "objects");
  const folders = quarantine === undefined ? [own] : [quarantine.folder, quarantine.objects];
  const isReplaced = repository.replaces === true && replacesObjects(dirname(folders.at(-1) ?? own));
  const files = openObjectFiles(isReplaced ? [] : folders);
  const findHere = nameFinder(repository.path, files.get);
  let reader: Reader | undefined;
  const ask = (name: string) => (reader ??= openReader(repository)).read(name);
  async function find(name: string): Promise<GitObject | undefined> {
    const here = findHere(name);
    if (here !== undefined) return here ?? undefined;
    return /[\n\0]/.test(name) ? undefined : await ask(name);
  }
  return {
    repository,
    read: async (id, type) => expectObject(repository, id, type, files.get(id) ?? (await ask(id))),
    find,
    write: (type, content) => writeLooseObject(own, type, content),
    close: async () => {
      files.close();
      await reader?.close();
    },
  };
}

function expectObject(repository: Repository, id: string, type: ObjectType, object: GitObject | undefined): Buffer {
  if (object?.type === type) return object.content;
  const what = object === undefined ? "is missing" : `is a ${object.type}, not a ${type}`;
  throw new UnforkError("state-invalid", `git object ${id} ${what} in ${repository.path}`, {
    hint: "remove the repository: it is made again from the fetched releases and the features",
    context: { git: "missing-object", object: id, repository: repository.path },
  });
}

/** Speaks the protocol of git-cat-file(1), "BATCH OUTPUT": `<id> <type> <size>\n<content>\n`, or `<id> missing\n`. */
function openReader(repository: Repository): Reader {
  const command = gitCommand(repository, ["cat-file", "--batch"]);
  const child = start(command);
  const queue: Waiting[] = [];
  const inbox = new Inbox();
  let asked = "";
  let ended: unknown;
  child.stdout.on("data", (chunk: Buffer) => {
    inbox.push(chunk);
    for (let reply = inbox.take(); reply !== undefined; reply = inbox.take()) queue.shift()?.resolve(reply.object);
  });
  const done = child.done.then(
    (end) => failAll(gitFailure(command, { ...end, stderr: child.stderr() })),
    (error: unknown) => failAll(error),
  );
  function failAll(error: unknown): void {
    ended = error;
    for (const waiting of queue.splice(0)) waiting.reject(error);
  }
  function read(id: string): Promise<GitObject | undefined> {
    if (ended !== undefined) return Promise.reject(ended instanceof Error ? ended : new Error("cat-file ended"));
    return new Promise((resolve, reject) => {
      queue.push({ id, resolve, reject });
      if (asked === "") queueMicrotask(ask);
      asked += `${id}\n`;
    });
  }
  /** What is asked for at once goes out as one. */
  function ask(): void {
    child.stdin.write(asked);
    asked = "";
  }
  async function close(): Promise<void> {
    child.stdin.end();
    await done;
  }
  return { read, close };
}

/** Bytes that came in and are not yet a whole reply; joined only when enough are there. */
class Inbox {
  private chunks: Buffer[] = [];
  private size = 0;
  private wanted = 1;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  take(): { readonly object: GitObject | undefined } | undefined {
    if (this.size < this.wanted) return undefined;
    const bytes = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    if (bytes === undefined) return undefined;
    this.chunks = [bytes];
    const end = bytes.indexOf(0x0a);
    if (end < 0) return this.waitFor(bytes.length + 1);
    const head = bytes.toString("latin1", 0, end);
    const [, id, type, size] = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(head) ?? [];
    if (id === undefined) return this.give(bytes, end + 1, undefined);
    const from = end + 1;
    const to = from + Number(size);
    if (bytes.length < to + 1) return this.waitFor(to + 1);
    return this.give(bytes, to + 1, { id, type: type as ObjectType, content: bytes.subarray(from, to) });
  }

  private waitFor(size: number): undefined {
    this.wanted = size;
    return undefined;
  }

  private give(bytes: Buffer, used: number, object: GitObject | undefined) {
    const rest = bytes.subarray(used);
    this.chunks = rest.length === 0 ? [] : [rest];
    this.size = rest.length;
    this.wanted = 1;
    return { object };
  }
}
