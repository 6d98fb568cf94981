/** Owns the streaming tar reader: chunks in, entries out; what the sink does not want costs nothing but its header. */
import { UnforkError } from "../support/errors.js";
import { TAR_BLOCK, type TarHeader, isZeroBlock, parseTarHeader } from "./tar-header.js";
import { parsePaxRecords } from "./tar-pax.js";

export interface TarEntry {
  /** Relative, without "." parts and trailing slash, never with "..". */
  readonly path: string;
  readonly type: "file" | "symlink" | "hardlink" | "other";
  readonly executable: boolean;
  readonly size: number;
  /** Target of a symbolic link, or the earlier entry's path of a hard link. */
  readonly linkPath: string;
  /** Written with holes, which only GNU tar reads. */
  readonly sparse: boolean;
}

/** Takes one entry's bytes; pieces share memory with the chunks that were pushed. */
export interface EntryWriter {
  write(piece: Buffer): void;
  end(): void;
}

/** Gives a writer for an entry whose bytes are wanted, undefined to skip it. */
export type TarSink = (entry: TarEntry) => EntryWriter | undefined;

export interface TarReader {
  /** Takes the next bytes; throws `archive-invalid`. */
  push(chunk: Buffer): void;
  /** To be called after the last byte; throws `archive-invalid` when the archive stops too early. */
  end(): void;
}

interface Overrides {
  path?: string;
  linkPath?: string;
  size?: number;
  sparse?: boolean;
}

const META_LIMIT = 1024 * 1024;
const META_FLAGS = "LKxgX";
const TYPES: Readonly<Record<string, TarEntry["type"]>> = {
  "0": "file",
  "\0": "file",
  "7": "file",
  "1": "hardlink",
  "2": "symlink",
  S: "file",
};

/** A reader of ustar, pax and GNU archives. `name` is the archive's, for messages. */
export function createTarReader(name: string, sink: TarSink): TarReader {
  const block = Buffer.alloc(TAR_BLOCK);
  let blockFill = 0;
  let left = 0;
  let padding = 0;
  let headers = 0;
  let ended = false;
  let writer: EntryWriter | undefined;
  let overrides: Overrides = {};

  function fail(what: string): never {
    throw new UnforkError("archive-invalid", `${name} ${what}`, {
      hint: "fetch it again or correct its address; a damaged file is never used",
      context: { archive: name, entry: headers },
    });
  }

  function beginData(size: number, to: EntryWriter | undefined): void {
    left = size;
    padding = (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
    writer = to;
    if (size === 0) endData();
  }

  function endData(): void {
    const done = writer;
    writer = undefined;
    done?.end();
  }

  function readHeader(bytes: Buffer): void {
    if (isZeroBlock(bytes)) {
      ended = true;
      return;
    }
    const header = parseTarHeader(bytes);
    if (header === undefined) fail(headers === 0 ? "is not a tar archive" : `is damaged: entry ${headers + 1} has a wrong header checksum`);
    headers++;
    if (META_FLAGS.includes(header.typeFlag)) return beginData(header.size, metaWriter(header));
    const entry = entryOf(header, overrides);
    overrides = {};
    if (!isSafe(entry.path)) fail(`holds a path that leaves its folder: ${entry.path}`);
    beginData(entry.size, sink(entry));
  }

  function metaWriter(header: TarHeader): EntryWriter | undefined {
    if (header.typeFlag === "g" || header.typeFlag === "X") return undefined;
    if (header.size > META_LIMIT) fail(`has a name record of ${header.size} bytes, which is more than ${META_LIMIT}`);
    const pieces: Buffer[] = [];
    return {
      write: (piece) => pieces.push(Buffer.from(piece)),
      end: () => {
        const found = readMeta(header.typeFlag, Buffer.concat(pieces));
        if (found === undefined) fail(`has a pax header that cannot be read (entry ${headers})`);
        overrides = { ...overrides, ...found };
      },
    };
  }

  function takeData(chunk: Buffer, at: number): number {
    const take = Math.min(left, chunk.length - at);
    writer?.write(chunk.subarray(at, at + take));
    left -= take;
    if (left === 0) endData();
    return at + take;
  }

  function takeHeader(chunk: Buffer, at: number): number {
    if (blockFill === 0 && chunk.length - at >= TAR_BLOCK) {
      readHeader(chunk.subarray(at, at + TAR_BLOCK));
      return at + TAR_BLOCK;
    }
    const take = Math.min(TAR_BLOCK - blockFill, chunk.length - at);
    chunk.copy(block, blockFill, at, at + take);
    blockFill += take;
    if (blockFill === TAR_BLOCK) {
      blockFill = 0;
      readHeader(block);
    }
    return at + take;
  }

  function push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (ended) return;
      if (left > 0) at = takeData(chunk, at);
      else if (padding > 0) {
        const take = Math.min(padding, chunk.length - at);
        padding -= take;
        at += take;
      } else at = takeHeader(chunk, at);
    }
  }

  function end(): void {
    if (ended) return;
    if (headers === 0 && blockFill < TAR_BLOCK) fail("is not a tar archive: it is shorter than one header");
    fail(`is truncated: it stops ${left > 0 || padding > 0 ? "inside" : "after"} entry ${headers} and has no end mark`);
  }

  return { push, end };
}

function readMeta(typeFlag: string, data: Buffer): Overrides | undefined {
  if (typeFlag === "L") return { path: withoutZeros(data) };
  if (typeFlag === "K") return { linkPath: withoutZeros(data) };
  const records = parsePaxRecords(data);
  if (records === undefined) return undefined;
  const path = records.get("path");
  const linkPath = records.get("linkpath");
  const size = records.get("size");
  if (size !== undefined && !/^\d{1,15}$/.test(size)) return undefined;
  return {
    ...(path === undefined ? {} : { path }),
    ...(linkPath === undefined ? {} : { linkPath }),
    ...(size === undefined ? {} : { size: Number(size) }),
    ...([...records.keys()].some((key) => key.startsWith("GNU.sparse.")) ? { sparse: true } : {}),
  };
}

function withoutZeros(data: Buffer): string {
  const zero = data.indexOf(0);
  return data.toString("utf8", 0, zero === -1 ? data.length : zero);
}

function entryOf(header: TarHeader, overrides: Overrides): TarEntry {
  const raw = overrides.path ?? header.path;
  const type = raw.endsWith("/") ? "other" : (TYPES[header.typeFlag] ?? "other");
  const hasData = !"123456".includes(header.typeFlag) || header.typeFlag === "\0";
  return {
    path: normalPath(raw),
    type,
    executable: (header.mode & 0o100) !== 0,
    size: hasData ? (overrides.size ?? header.size) : 0,
    linkPath: overrides.linkPath ?? header.linkPath,
    sparse: header.typeFlag === "S" || overrides.sparse === true,
  };
}

function normalPath(path: string): string {
  let normal = path;
  while (normal.startsWith("./")) normal = normal.slice(2);
  if (normal.endsWith("/")) normal = normal.replace(/\/+$/, "") || "/";
  return normal.includes("//") || normal.includes("/./") ? normal.replaceAll(/\/(\.?\/)+/g, "/") : normal;
}

function isSafe(path: string): boolean {
  return !path.startsWith("/") && (!path.includes("..") || !path.split("/").includes(".."));
}
