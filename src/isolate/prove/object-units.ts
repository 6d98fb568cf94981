/** Owns the way from a folder of objects, or an archive, to units by name. */
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { formatOf } from "../../objects/identify.js";
import type { ObjectFile } from "../../objects/model.js";
import { objectsOf } from "../../objects/open.js";
import { fileError } from "../../support/errors.js";

export interface ObjectUnit {
  /** Path in the folder, or member of the archive. */
  readonly unit: string;
  readonly load: () => ObjectFile;
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
  if (!(await isArchive(path))) return [{ unit: name === "" ? basename(path) : name, load: () => firstOf(path) }];
  return [...objectsOf(path)].map((object) => ({
    unit: name === "" ? (object.place.member ?? "") : `${name}(${object.place.member ?? ""})`,
    load: () => object,
  }));
}

async function isArchive(path: string): Promise<boolean> {
  const file = await open(path).catch((error: unknown) => {
    throw fileError("read", path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return formatOf(buffer.subarray(0, bytesRead)).endsWith("archive");
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
