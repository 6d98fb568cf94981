/**
 * Owns the reading of objects straight from a repository's files, without a process: packs, loose objects, alternates. What it
 * does not find or cannot read is left to git, which knows of packs that came meanwhile, of promised objects and what is broken.
 */
import { readFileSync, readdirSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";

import type { GitObject } from "../objects.js";
import { readLoose } from "./loose-file.js";
import { type PackFile, type StoredObject, openPackFile } from "./pack-file.js";
import { type PackIndex, openPackIndex } from "./pack-index.js";

export interface ObjectFiles {
  /** An object by its whole id. */
  readonly get: (id: string) => GitObject | undefined;
  readonly close: () => void;
}

interface Pack {
  readonly index: PackIndex;
  readonly file: () => PackFile;
  readonly close: () => void;
}

/** `folders`: folders of objects, the likeliest first; their alternates are looked into behind them. */
export function openObjectFiles(folders: readonly string[]): ObjectFiles {
  let packs: Pack[] | undefined;
  let all: readonly string[] | undefined;

  function get(id: string): GitObject | undefined {
    const found = stored(id, Buffer.from(id, "hex"));
    return found === undefined ? undefined : { id, ...found };
  }

  function stored(id: string, bytes: Buffer): StoredObject | undefined {
    all ??= withAlternates(folders);
    packs ??= all.flatMap((folder) => openPacks(join(folder, "pack"), byId));
    for (const [at, pack] of packs.entries()) {
      const offset = pack.index.offsetOf(bytes);
      if (offset === undefined) continue;
      // The next one asked for is likely to be in the same.
      if (at > 0) packs = [pack, ...packs.filter((other) => other !== pack)];
      return tried(() => pack.file().objectAt(offset));
    }
    for (const folder of all) {
      const loose = readLoose(folder, id);
      if (loose !== undefined) return loose;
    }
    return undefined;
  }

  function byId(id: Buffer): StoredObject | undefined {
    return stored(id.toString("hex"), id);
  }

  return { get, close: () => packs?.splice(0).forEach((pack) => pack.close()) };
}

function openPacks(folder: string, byId: (id: Buffer) => StoredObject | undefined): Pack[] {
  const names = namesIn(folder).filter((name) => name.endsWith(".idx"));
  return names.flatMap((name) => {
    const path = join(folder, name);
    const index = tried(() => openPackIndex(path));
    return index === undefined ? [] : [packOf(`${path.slice(0, -".idx".length)}.pack`, index, byId)];
  });
}

function packOf(path: string, index: PackIndex, byId: (id: Buffer) => StoredObject | undefined): Pack {
  let file: PackFile | undefined;
  return {
    index,
    file: () => (file ??= tried(() => openPackFile(path, byId)) ?? NOTHING),
    close: () => {
      index.close();
      file?.close();
    },
  };
}

const NOTHING: PackFile = { objectAt: () => undefined, close: () => undefined };

/** See gitrepository-layout(5), "objects/info/alternates"; those of alternates count, too. */
function withAlternates(folders: readonly string[]): readonly string[] {
  const all = [...folders];
  for (let at = 0; at < all.length && all.length < MOST_ALTERNATES; at++) {
    const folder = all[at] ?? "";
    const text = tried(() => readFileSync(join(folder, "info", "alternates"), "utf8")) ?? "";
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith('"'));
    for (const line of lines) {
      const other = isAbsolute(line) ? line : resolve(folder, line);
      if (!all.includes(other)) all.push(other);
    }
  }
  return all;
}

const MOST_ALTERNATES = 64;

function namesIn(folder: string): string[] {
  return tried(() => readdirSync(folder)) ?? [];
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
