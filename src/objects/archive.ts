/**
 * Owns the walk over an `ar` archive's members: GNU and BSD long names, thin archives. Symbol indexes are
 * passed over: members alone say what is there, so an absent or wrong index changes nothing.
 * Format: 8 bytes of magic, then per member a header of 60 bytes of text and the data, padded to even (ar(5)).
 */
import { type OpenFile, readRange } from "./file.js";
import { type Place, refuse } from "./view.js";

export interface ArchiveMember {
  readonly name: string;
  /** Where the data starts in the archive; for a thin archive's member, in the file of that name. */
  readonly offset: number;
  readonly size: number;
  /** The data lies in a file of its own, whose path is `name`, relative to the archive's folder. */
  readonly outside: boolean;
}

const HEADER = 60;
const INDEXES = new Set(["/", "/SYM64/", "__.SYMDEF", "__.SYMDEF SORTED", "__.SYMDEF_64", "__.SYMDEF_64 SORTED"]);

interface Header {
  readonly rawName: string;
  readonly at: number;
  readonly size: number;
}

/** The members that are no index and no name table, in order. */
export function* membersOf(file: OpenFile, thin: boolean): Generator<ArchiveMember> {
  let longNames = "";
  for (let at = 8; at < file.size;) {
    const header = readHeader(file, at);
    if (header.rawName === "//") {
      longNames = data(file, header).toString("latin1");
      at = next(header, header.size);
      continue;
    }
    const member = INDEXES.has(header.rawName) ? undefined : memberOf(file, header, longNames, thin);
    if (member === undefined || !member.outside) checkData(file, header);
    if (member !== undefined && !INDEXES.has(member.name)) yield member;
    at = next(header, member?.outside === true ? 0 : header.size);
  }
}

function next(header: Header, size: number): number {
  const end = header.at + HEADER + size;
  return end + (end % 2);
}

function readHeader(file: OpenFile, at: number): Header {
  const place = archivePlace(file);
  const text = readRange(file, place, at, HEADER, "member header").toString("latin1");
  if (text.slice(58) !== "`\n") refuse(place, "end of member header", at + 58, "the two bytes that end every header are missing");
  const digits = text.slice(48, 58).trimEnd();
  if (!/^\d+$/.test(digits)) refuse(place, "member size", at + 48, `${JSON.stringify(digits)} is no number`);
  return { rawName: text.slice(0, 16).trimEnd(), at, size: Number(digits) };
}

function memberOf(file: OpenFile, header: Header, longNames: string, thin: boolean): ArchiveMember {
  const start = header.at + HEADER;
  const bsd = /^#1\/(\d+)$/.exec(header.rawName);
  if (bsd !== null) return bsdMember(file, header, Number(bsd[1]));
  const long = /^\/(\d+)(?::(\d+))?$/.exec(header.rawName);
  const name = long === null ? header.rawName.replace(/\/$/, "") : longName(file, header, longNames, Number(long[1]));
  if (!thin) return { name, offset: start, size: header.size, outside: false };
  return { name, offset: long?.[2] === undefined ? 0 : Number(long[2]) + HEADER, size: header.size, outside: true };
}

function bsdMember(file: OpenFile, header: Header, length: number): ArchiveMember {
  const place = archivePlace(file);
  const start = header.at + HEADER;
  if (length > header.size) refuse(place, "length of member name", header.at, `${length} is more than the member's ${header.size} bytes`);
  const name = readRange(file, place, start, length, "member name").toString("utf8").replace(/\0+$/, "");
  return { name, offset: start + length, size: header.size - length, outside: false };
}

function longName(file: OpenFile, header: Header, longNames: string, index: number): string {
  const end = longNames.indexOf("\n", index);
  if (index >= longNames.length || end < 0) {
    refuse(archivePlace(file), "member name", header.at, `index ${index} lies outside the table of ${longNames.length} bytes`);
  }
  return Buffer.from(longNames.slice(index, end).replace(/\/$/, ""), "latin1").toString("utf8");
}

function data(file: OpenFile, header: Header): Buffer {
  return readRange(file, archivePlace(file), header.at + HEADER, header.size, "table of long names");
}

function checkData(file: OpenFile, header: Header): void {
  const start = header.at + HEADER;
  if (start + header.size > file.size) {
    refuse(archivePlace(file), "member data", start, `${header.size} bytes are announced, but the file ends at ${file.size}`);
  }
}

function archivePlace(file: OpenFile): Place {
  return { file: file.path, member: null };
}
