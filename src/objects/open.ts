/**
 * Owns the way from a path to its objects: an archive's members one by one, a universal file's slices, or the one object that
 * the file is.
 */
import { dirname, isAbsolute, join } from "node:path";

import { type ArchiveMember, membersOf } from "./archive.js";
import { type OpenSource, type Source, openFile, rangeSource, viewIn } from "./file.js";
import { type Format, formatOf } from "./identify.js";
import type { ObjectFile } from "./model.js";
import { readObject } from "./read-object.js";
import { slicesOf } from "./universal.js";
import { UnforkError } from "../support/errors.js";
import { type Place, refuse } from "./view.js";

export interface Opening {
  /** The one slice of universal files that counts, as `lipo` names it; default: each is an object of its own. */
  readonly architecture?: string | undefined;
  /** Each object is done with before the next one is asked for: its bytes are read as far as needed, and last until then. */
  readonly inPassing?: boolean;
}

/**
 * The objects of an archive in its order, or the object itself. Members without bytes are no objects.
 *
 * @param wanted leaves out objects by their ordinal in the file, unread; default: none
 */
export function* objectsOf(
  path: string,
  wanted: (ordinal: number) => boolean = () => true,
  { architecture, inPassing = false }: Opening = {},
): Generator<ObjectFile> {
  const source = openFile(path, inPassing);
  try {
    yield* objectsIn(source, { wanted, architecture, inPassing, open: (own) => openFile(own, inPassing) });
  } finally {
    source.close();
  }
}

export interface Walk {
  readonly wanted: (ordinal: number) => boolean;
  readonly architecture?: string | undefined;
  readonly inPassing?: boolean;
  /** Opens the files that thin archives name. */
  readonly open: OpenSource;
}

/** The same for a source that is open. */
export function objectsIn(source: Source, walk: Walk): Generator<ObjectFile> {
  return walkFile(source, null, { ...walk, ordinal: 0 }, 0);
}

interface State extends Walk {
  ordinal: number;
}

/** Archives that name each other. */
const DEEPEST = 8;

function* walkFile(source: Source, member: string | null, state: State, depth: number): Generator<ObjectFile> {
  const place = { file: source.path, member };
  const format = headOf(source, place);
  if (format === "universal") yield* walkSlices(source, place, state, true);
  else if (format === "archive" || format === "thin-archive") {
    if (depth > DEEPEST) refuse(place, "magic", 0, "archives name each other", "build the archive again");
    yield* walkArchive(source, place, format === "thin-archive", state, depth);
  } else yield* oneObject(source, place, 0, source.size, state);
}

function headOf(source: Source, place: Place): Format {
  return formatOf(source.pass(place, 0, Math.min(8, source.size), "magic"));
}

function* oneObject(source: Source, place: Place, offset: number, size: number, state: State): Generator<ObjectFile> {
  if (state.wanted(state.ordinal++)) yield readObject(viewIn(source, place, offset, size, state.inPassing ?? false));
}

function* walkArchive(source: Source, place: Place, thin: boolean, state: State, depth: number): Generator<ObjectFile> {
  for (const member of membersOf(source, place, thin)) {
    if (member.size === 0) continue;
    if (member.outside) yield* walkOutside(source, place, member, state, depth);
    else yield* walkMember(source, place, member, state);
  }
}

function* walkMember(source: Source, place: Place, { name, offset, size }: ArchiveMember, state: State): Generator<ObjectFile> {
  const own = { file: place.file, member: place.member === null ? name : `${name}(${place.member})` };
  if (formatOf(source.pass(own, offset, Math.min(8, size), "magic")) !== "universal") yield* oneObject(source, own, offset, size, state);
  else yield* walkSlices(rangeSource(source, offset, size), own, state, false);
}

/** A thin archive's member: a file, a range in an archive, or with Microsoft's and LLVM's tools an archive as a whole. */
function* walkOutside(source: Source, place: Place, member: ArchiveMember, state: State, depth: number): Generator<ObjectFile> {
  const own = openOutside(source, place, member, state);
  try {
    const ownPlace = { file: place.file, member: member.name };
    const format = member.offset === 0 ? headOf(own, ownPlace) : "elf";
    if (!format.endsWith("archive")) yield* walkMember(own, place, member, state);
    else for (const object of walkFile(own, null, state, depth + 1)) yield object;
  } finally {
    own.close();
  }
}

/** The file of a thin archive's member; where it is missing, the archive is told, too. */
function openOutside(source: Source, place: Place, { name }: ArchiveMember, state: State): Source {
  const path = isAbsolute(name) ? name : join(dirname(source.path), name);
  try {
    return state.open(path);
  } catch (error) {
    if (!(error instanceof UnforkError) || error.code !== "input-missing") throw error;
    throw new UnforkError("input-missing", `${place.file} is a thin archive and names ${path}, which does not exist`, {
      hint: "thin archives only name their objects: read it where it was built, or make a full one (`ar rcs`, without T)",
      context: { file: place.file, member: name },
    });
  }
}

/** Slices are objects; those of a whole file may be archives. */
function* walkSlices(source: Source, place: Place, state: State, archives: boolean): Generator<ObjectFile> {
  for (const { architecture, offset, size } of slicesOf(source, place, state.architecture)) {
    const own = { file: place.file, member: place.member === null ? architecture : `${place.member}(${architecture})` };
    const range = rangeSource(source, offset, size);
    if (archives && headOf(range, own) === "archive") yield* walkArchive(range, own, false, state, 0);
    else yield* oneObject(range, own, 0, size, state);
  }
}
