/** Owns the way from a folder of objects, or an archive, to units by name. */
import { readFileSync } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { formatOf } from "../../objects/identify.js";
import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import { UnforkError, fileError } from "../../support/errors.js";
import { foreignReason, HEAD, isLibtoolScript } from "./foreign-objects.js";

export interface ObjectUnit {
  /** Path in the folder, or member of the archive. */
  readonly unit: string;
  readonly load: () => ObjectFile;
  /** Why the proof cannot compare it; null: it can. */
  readonly foreign: string | null;
  /** All of the object. */
  readonly bytes: () => Buffer;
}

const ENDINGS = /\.(o|obj|lo|a|lo\.o)$/;

/** Units sorted by name: a member that comes several times gets `#2` and so on. Throws `object-invalid` when the file is no object. */
export async function objectUnits(path: string): Promise<ObjectUnit[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw fileError("read", path, error);
    },
  );
  const files = isFolder ? await objectFiles(path) : [""];
  const lists = await Promise.all(files.map((file) => unitsOf(file === "" ? path : join(path, file), file)));
  return numbered(lists.flat()).toSorted((a, b) => (a.unit < b.unit ? -1 : 1));
}

async function objectFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw fileError("read", folder, error);
  });
  return entries
    .filter((entry) => entry.isFile() && ENDINGS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\/+/, ""));
}

async function unitsOf(path: string, name: string): Promise<ObjectUnit[]> {
  const head = await headOf(path);
  const unit = name === "" ? basename(path) : name;
  if (isLibtoolScript(path, head)) return [];
  if (formatOf(head).endsWith("archive")) return membersOf(path, name);
  return [{ unit, load: () => firstOf(path), foreign: foreignReason(head), bytes: () => readFileSync(path) }];
}

/** An archive with a member that is not read at all is one foreign object in a folder; alone it is refused. */
function membersOf(path: string, name: string): ObjectUnit[] {
  try {
    return [...objectsOf(path)].map((object) => ({
      unit: name === "" ? (object.place.member ?? "") : `${name}(${object.place.member ?? ""})`,
      load: () => object,
      foreign: foreignReason(object.view.bytes),
      bytes: () => object.view.bytes,
    }));
  } catch (error) {
    if (name === "" || !(error instanceof UnforkError) || error.code !== "object-invalid") throw error;
    return [{ unit: name, load: () => firstOf(path), foreign: error.message, bytes: () => readFileSync(path) }];
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw fileError("read", path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function firstOf(path: string): ObjectFile {
  const [object] = objectsOf(path);
  if (object === undefined) throw new Error(`${path} holds no object`);
  return object;
}

function numbered(units: readonly ObjectUnit[]): ObjectUnit[] {
  const seen = new Map<string, number>();
  return units.map((one) => {
    const nth = (seen.get(one.unit) ?? 0) + 1;
    seen.set(one.unit, nth);
    return nth === 1 ? one : { ...one, unit: `${one.unit}#${nth}` };
  });
}
