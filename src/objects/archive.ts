/**
 * Owns the walk over an `ar` archive's members: GNU, BSD and Microsoft's long names, thin archives. Symbol indexes are
 * passed over: members alone say what is there, so an absent or wrong index changes nothing.
 * Format: 8 bytes of magic, then per member a header of 60 bytes of text and the data, padded to even (ar(5); "PE Format").
 */
import type { Source } from "./file.js";
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

/** The members that are no index and no name table, in order. `place` names the archive. */
export function* membersOf(file: Source, place: Place, thin: boolean): Generator<ArchiveMember> {
  let longNames = "";
  for (let at = 8; !isEnd(file, place, at);) {
    const header = readHeader(file, place, at);
    if (header.rawName === "//") {
      longNames = file.read(place, header.at + HEADER, header.size, "table of long names").toString("latin1");
      at = header.at + HEADER + header.size;
      continue;
    }
    const member = isIndex(header.rawName) ? undefined : memberOf(file, place, header, longNames, thin);
    if (member === undefined || !member.outside) checkData(file, place, header);
    if (member !== undefined && !isIndex(member.name)) yield member;
    at = header.at + HEADER + (member?.outside === true ? 0 : header.size);
  }
}

/** Microsoft's further indexes are called `/<ECSYMBOLS>/` and the like. */
function isIndex(name: string): boolean {
  return INDEXES.has(name) || name.startsWith("/<");
}

/** Nothing but padding behind the last member is no member. */
function isEnd(file: Source, place: Place, at: number): boolean {
  if (at >= file.size) return true;
  if (at + HEADER <= file.size) return false;
  return file.pass(place, at, file.size - at, "member header").every((byte) => byte === 0x0a || byte === 0);
}

/** The header that starts at an even place at or behind `end`; some archivers do not pad. */
function readHeader(file: Source, place: Place, end: number): Header {
  const even = end + (end % 2);
  const at = even > end && !endsHeader(headerText(file, place, even)) && endsHeader(headerText(file, place, end)) ? end : even;
  const text = headerText(file, place, at);
  if (text.length < HEADER) refuse(place, "member header", at, `${HEADER} bytes are wanted, but the file ends at ${file.size}`);
  if (!endsHeader(text)) refuse(place, "end of member header", at + 58, "the two bytes that end every header are missing");
  const digits = text.slice(48, 58).trimEnd();
  const size = Number(digits);
  if (digits === "" || !(size >= 0) || /\D/.test(digits)) refuse(place, "member size", at + 48, `${JSON.stringify(digits)} is no number`);
  return { rawName: text.slice(0, 16).trimEnd(), at, size };
}

function headerText(file: Source, place: Place, at: number): string {
  return file.pass(place, at, Math.max(Math.min(HEADER, file.size - at), 0), "member header").toString("latin1");
}

function endsHeader(text: string): boolean {
  return text.endsWith("`\n") && text.length === HEADER;
}

function memberOf(file: Source, place: Place, header: Header, longNames: string, thin: boolean): ArchiveMember {
  const start = header.at + HEADER;
  const bsd = header.rawName.startsWith("#") ? /^#1\/(\d+)$/.exec(header.rawName) : null;
  if (bsd !== null) return bsdMember(file, place, header, Number(bsd[1]));
  const long = header.rawName.startsWith("/") ? /^\/(\d+)(?::(\d+))?$/.exec(header.rawName) : null;
  const name = long === null ? header.rawName.replace(/\/$/, "") : longName(place, header, longNames, Number(long[1]));
  if (!thin) return { name, offset: start, size: header.size, outside: false };
  return { name, offset: long?.[2] === undefined ? 0 : Number(long[2]) + HEADER, size: header.size, outside: true };
}

function bsdMember(file: Source, place: Place, header: Header, length: number): ArchiveMember {
  const start = header.at + HEADER;
  if (length > header.size) refuse(place, "length of member name", header.at, `${length} is more than the member's ${header.size} bytes`);
  const name = file.pass(place, start, length, "member name").toString("utf8").replace(/\0+$/, "");
  return { name, offset: start + length, size: header.size - length, outside: false };
}

/** GNU ends a name with `/` and a newline, Microsoft with a NUL. */
function longName(place: Place, header: Header, longNames: string, index: number): string {
  const ends = [longNames.indexOf("\n", index), longNames.indexOf("\0", index)].filter((end) => end >= 0);
  if (index >= longNames.length || ends.length === 0) {
    refuse(place, "member name", header.at, `index ${index} lies outside the table of ${longNames.length} bytes`);
  }
  return Buffer.from(longNames.slice(index, Math.min(...ends)).replace(/\/$/, ""), "latin1").toString("utf8");
}

function checkData(file: Source, place: Place, header: Header): void {
  const start = header.at + HEADER;
  if (start + header.size > file.size) {
    refuse(place, "member data", start, `${header.size} bytes are announced, but the file ends at ${file.size}`);
  }
}
