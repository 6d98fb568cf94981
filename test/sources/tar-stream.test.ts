import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type TarEntry, createTarReader } from "../../src/sources/tar-stream.js";
import { temporaryFolder } from "../helpers/temp.js";
import { makeEntry, makeTar, pax } from "./helpers/tar-builder.js";

interface Seen {
  readonly entry: TarEntry;
  readonly content: string;
}

/** Reads an archive in chunks of the given sizes, by turns. */
function readAll(archive: Buffer, sizes: readonly number[] = [archive.length], wanted: (path: string) => boolean = () => true): Seen[] {
  const seen: Seen[] = [];
  const reader = createTarReader("test.tar", (entry) => {
    if (!wanted(entry.path)) return undefined;
    const pieces: Buffer[] = [];
    return {
      write: (piece) => pieces.push(Buffer.from(piece)),
      end: () => seen.push({ entry, content: Buffer.concat(pieces).toString() }),
    };
  });
  for (let at = 0, turn = 0; at < archive.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    reader.push(archive.subarray(at, at + size));
    at += size;
  }
  reader.end();
  return seen;
}

function contents(seen: readonly Seen[]): Record<string, string> {
  return Object.fromEntries(seen.map(({ entry, content }) => [entry.path, content]));
}

const LONG = `${"folder-with-a-long-name/".repeat(12)}file.txt`;

describe("tar reader", () => {
  it("reads the same entries whatever the chunks", () => {
    const name = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,60}){0,4}$/);
    const entry = fc.record({ path: name, content: fc.string({ maxLength: 2000 }) });
    const entries = fc.uniqueArray(entry, { selector: ({ path }) => path, maxLength: 12 });
    const sizes = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(entries, sizes, fc.constantFrom("pax" as const, "gnu" as const), (made, chunks, long) => {
        const seen = readAll(makeTar(made, long), chunks);
        expect(contents(seen)).toEqual(Object.fromEntries(made.map(({ path, content }) => [path, content])));
      }),
      { numRuns: 60 },
    );
  });

  it("skips what is not wanted and still reads what follows", () => {
    const archive = makeTar([
      { path: "a", content: "x".repeat(5000) },
      { path: "b", content: "b" },
    ]);
    expect(contents(readAll(archive, [700], (path) => path === "b"))).toEqual({ b: "b" });
  });

  it.each(["pax", "gnu"] as const)("reads long paths and link targets written the %s way", (long) => {
    const archive = makeTar(
      [
        { path: LONG, content: "long" },
        { path: "link", type: "2", linkPath: LONG },
      ],
      long,
    );
    expect(readAll(archive, [100]).map(({ entry }) => [entry.path, entry.type, entry.linkPath])).toEqual([
      [LONG, "file", ""],
      ["link", "symlink", LONG],
    ]);
  });

  it("takes the size from a pax record", () => {
    const small = makeEntry({ path: "a", content: "12345" }, "pax");
    const lying = Buffer.from(small);
    lying.write("00000000000\0", 124);
    lying.write("        ", 148);
    const sum = lying.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    lying.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    expect(contents(readAll(Buffer.concat([pax("size", "5"), lying, Buffer.alloc(1024)])))).toEqual({ a: "12345" });
  });

  it.each(["ustar", "pax", "gnu", "v7"])("reads what tar writes as --format=%s", async (format) => {
    const folder = temporaryFolder();
    await mkdir(join(folder, "top/sub"), { recursive: true });
    await writeFile(join(folder, "top/sub/run.sh"), "#!/bin/sh\n");
    await chmod(join(folder, "top/sub/run.sh"), 0o755);
    await writeFile(join(folder, "top/empty"), "");
    await symlink("sub/run.sh", join(folder, "top/link"));
    const archive = execFileSync("tar", ["-c", `--format=${format}`, "--sort=name", "-C", folder, "./top"]);
    const seen = readAll(archive, [333]).filter(({ entry }) => entry.type !== "other");
    expect(seen.map(({ entry, content }) => [entry.path, entry.type, entry.executable, content, entry.linkPath])).toEqual([
      ["top/empty", "file", false, "", ""],
      ["top/link", "symlink", true, "", "sub/run.sh"],
      ["top/sub/run.sh", "file", true, "#!/bin/sh\n", ""],
    ]);
  });

  it.each(["/etc/passwd", "../outside", "a/../../outside", "a/.."])("refuses the path %s even when it is not wanted", (path) => {
    expect(() => readAll(makeTar([{ path }]), undefined, () => false)).toThrow(/leaves its folder/);
  });

  it("refuses bytes that are no tar archive", () => {
    expect(() => readAll(Buffer.alloc(2000, "x"))).toThrow(/test\.tar is not a tar archive/);
    expect(() => readAll(Buffer.from("short"))).toThrow(/is not a tar archive/);
    expect(() => readAll(Buffer.alloc(0))).toThrow(/is not a tar archive/);
  });

  it("finds a damaged header in the middle", () => {
    const archive = makeTar([
      { path: "a", content: "a" },
      { path: "b", content: "b" },
    ]);
    archive[1024 + 3] = 0x7a;
    expect(() => readAll(archive)).toThrow(/entry 2 has a wrong header checksum/);
  });

  it("finds an archive that stops too early, wherever that is", () => {
    const archive = makeTar([
      { path: "a", content: "x".repeat(1000) },
      { path: "b", content: "b" },
    ]).subarray(0, -1024);
    const length = fc.integer({ min: 512, max: archive.length });
    fc.assert(
      fc.property(length, (kept) => {
        expect(() => readAll(archive.subarray(0, kept))).toThrow(/is truncated/);
      }),
    );
  });
});
