import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { array, check, nat, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";

import { objectsOf } from "../../src/objects/open.js";
import { placeName } from "../../src/objects/view.js";
import { UnforkError } from "../../src/support/errors.js";
import { temporaryFolder } from "../helpers/temp.js";
import { archiveMember, buildArchive } from "./archive-builder.js";
import { buildElf } from "./elf-builder.js";
import { symbolsOf } from "./read-all.js";

const folder = temporaryFolder();
const one = buildElf([{ name: "one", binding: 1, type: 2, section: 1 }]);
const two = buildElf([{ name: "two", binding: 1, type: 2, section: 1 }]);

function written(bytes: Buffer, name = "x.a"): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function contentOf(path: string): [string | null, string][] {
  return [...objectsOf(path)].map((object) => [object.place.member, symbolsOf(object)[0]?.name ?? ""]);
}

function refusalOf(bytes: Buffer): UnforkError {
  try {
    contentOf(written(bytes));
  } catch (error) {
    if (error instanceof UnforkError) return error;
    throw error;
  }
  throw new Error("the archive was accepted");
}

/** True when the archive is read or refused properly; any other exception passes through. */
function isReadOrRefused(path: string): boolean {
  try {
    contentOf(path);
  } catch (error) {
    if (!(error instanceof UnforkError)) throw error;
  }
  return true;
}

const LONG = "a-name-of-more-than-sixteen-characters.o";
const both: [string, string][] = [
  [LONG, "one"],
  ["two.o", "two"],
];

describe("the archive reader", () => {
  it("reads GNU long names", () => {
    const members = [archiveMember("//", Buffer.from(`${LONG}/\n`)), archiveMember("/0", one), archiveMember("two.o/", two)];
    expect(contentOf(written(buildArchive(members)))).toEqual(both);
  });

  it("reads BSD long names, and names padded with spaces", () => {
    const named = Buffer.concat([Buffer.from(`${LONG}\0\0`), one]);
    const members = [archiveMember(`#1/${LONG.length + 2}`, named), archiveMember("two.o", two)];
    expect(contentOf(written(buildArchive(members)))).toEqual(both);
  });

  it.each(["/", "/SYM64/", "__.SYMDEF", "__.SYMDEF SORTED"])("does not believe a wrong symbol index %j", (index) => {
    const members = [archiveMember(index, Buffer.from("nonsense!")), archiveMember("one.o/", one)];
    expect(contentOf(written(buildArchive(members)))).toEqual([["one.o", "one"]]);
  });

  it("passes over a symbol index with a BSD long name", () => {
    const index = archiveMember("#1/20", Buffer.concat([Buffer.from("__.SYMDEF SORTED\0\0\0\0"), Buffer.alloc(8)]));
    expect(contentOf(written(buildArchive([index, archiveMember("one.o/", one)])))).toEqual([["one.o", "one"]]);
  });

  it("keeps members of equal names apart", () => {
    const members = [archiveMember("x.o/", one), archiveMember("x.o/", two)];
    expect(contentOf(written(buildArchive(members))).map(([, symbol]) => symbol)).toEqual(["one", "two"]);
  });

  it("leaves out unread what is not wanted", () => {
    const members = [archiveMember("bad.o/", Buffer.from("no object")), archiveMember("one.o/", one)];
    const objects = [...objectsOf(written(buildArchive(members)), (ordinal) => ordinal === 1)];
    expect(objects.map((object) => placeName(object.place))).toEqual([`${join(folder, "x.a")}(one.o)`]);
  });

  it("reads an empty archive as no objects", () => {
    expect(contentOf(written(buildArchive([])))).toEqual([]);
  });

  it("reads a thin archive's members from their own files", () => {
    written(one, LONG);
    written(two, "two.o");
    const members = [archiveMember("//", Buffer.from(`${LONG}/\n`)), thin("/0", one), thin("two.o/", two)];
    expect(contentOf(written(buildArchive(members, "!<thin>\n")))).toEqual(both);
  });

  it("says which file of a thin archive is missing", () => {
    const error = refusalOf(buildArchive([thin("gone.o/", one)], "!<thin>\n"));
    expect(error).toMatchObject({ code: "input-missing", message: expect.stringContaining("gone.o") });
  });

  it.each([
    ["a header without its end", Buffer.concat([Buffer.from("!<arch>\n"), Buffer.alloc(60, "x")]), "end of member header"],
    ["a size that is no number", buildArchive([archiveMember("x.o/", one, "12a")]), "member size"],
    ["a member longer than the file", buildArchive([archiveMember("x.o/", one, "999999")]), "member data"],
    ["a cut header", buildArchive([archiveMember("x.o/", one)]).subarray(0, 40), "member header"],
    ["a long name outside the table", buildArchive([archiveMember("/7", one)]), "member name"],
    ["a BSD name longer than the member", buildArchive([archiveMember("#1/99999", one)]), "length of member name"],
  ])("refuses %s and names the field", (_, bytes, field) => {
    expect(refusalOf(bytes)).toMatchObject({ code: "object-invalid", context: { field } });
  });

  it("names archive, member and field of a broken object", () => {
    const error = refusalOf(buildArchive([archiveMember("one.o/", one), archiveMember("two.o/", two.subarray(0, 100))]));
    expect(error.context).toMatchObject({ member: "two.o", field: "section header 0" });
    expect(error.message).toContain("x.a(two.o)");
  });

  it("reads or refuses every truncation and any changed bytes", () => {
    const whole = buildArchive([archiveMember("//", Buffer.from(`${LONG}/\n`)), archiveMember("/0", one), archiveMember("#1/8", two)]);
    const change = tuple(nat(200), nat(255));
    const holds = property(nat(whole.length), array(change, { maxLength: 4 }), (length, changes) => {
      const bytes = Buffer.from(whole.subarray(0, length));
      for (const [at, value] of changes) if (at < length) bytes[at] = value;
      return isReadOrRefused(written(bytes));
    });
    expect(check(holds, { numRuns: 400 })).toMatchObject({ failed: false, counterexample: null, errorInstance: null });
  });
});

/** A thin member: the header announces the size, the data lies elsewhere. */
function thin(name: string, data: Buffer): Buffer {
  return archiveMember(name, Buffer.alloc(0), String(data.length));
}
