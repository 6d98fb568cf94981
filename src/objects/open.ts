/** Owns the way from a path to its objects: an archive's members one by one, or the one object that the file is. */
import { dirname, isAbsolute, join } from "node:path";

import { type ArchiveMember, membersOf } from "./archive.js";
import { readElf } from "./elf.js";
import { type OpenFile, closeFile, openFile, readRange } from "./file.js";
import { formatOf } from "./identify.js";
import type { ObjectFile } from "./model.js";
import { type Place, viewOf } from "./view.js";

/**
 * The objects of an archive in its order, or the object itself. Only one is in memory at a time.
 *
 * @param wanted leaves out objects by their ordinal in the file, unread; default: none
 */
export function* objectsOf(path: string, wanted: (ordinal: number) => boolean = () => true): Generator<ObjectFile> {
  const file = openFile(path);
  try {
    const format = formatOf(readRange(file, { file: path, member: null }, 0, Math.min(8, file.size), "magic"));
    if (format === "archive" || format === "thin-archive") yield* archiveObjects(file, format === "thin-archive", wanted);
    else if (wanted(0)) yield readObject(file, { file: path, member: null }, 0, file.size);
  } finally {
    closeFile(file);
  }
}

function* archiveObjects(file: OpenFile, thin: boolean, wanted: (ordinal: number) => boolean): Generator<ObjectFile> {
  let ordinal = 0;
  for (const member of membersOf(file, thin)) {
    if (wanted(ordinal++)) yield memberObject(file, member);
  }
}

function memberObject(file: OpenFile, member: ArchiveMember): ObjectFile {
  const place = { file: file.path, member: member.name };
  if (!member.outside) return readObject(file, place, member.offset, member.size);
  const own = openFile(isAbsolute(member.name) ? member.name : join(dirname(file.path), member.name));
  try {
    return readObject(own, place, member.offset, member.size);
  } finally {
    closeFile(own);
  }
}

function readObject(file: OpenFile, place: Place, offset: number, size: number): ObjectFile {
  return readElf(viewOf(readRange(file, place, offset, size, "object"), place));
}
