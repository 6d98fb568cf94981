/** Whatever bytes come: patches, or an error that says where and what to do; never another error, never without end. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyHunks } from "../../../src/patches/text/apply-hunks.js";
import { readPatchFile } from "../../../src/patches/text/read-patch-file.js";
import { writeDiff } from "../../../src/patches/text/write-diff.js";
import { UnforkError } from "../../../src/support/errors.js";

const HEAD = "From: A U Thor <a@example.org>\nDate: Tue, 14 Nov 2023 23:13:20 +0100\nSubject: =?UTF-8?q?caf=C3=A9?=\n";
const TEXT =
  "diff --git a/f b/f\nindex 1234567..89abcde 100644\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@ x\n a\n-b\n+c\n\\ No newline at end of file\n";
const BINARY =
  "diff --git a/i b/i\nindex 1234567..89abcde 100644\nGIT binary patch\nliteral 3\nKc$`a2N(KM|O#vqW\n\ndelta 3\nKc$`a2N(KM|O#vqW\n\n";
const SAMPLES = [
  `From ${"a".repeat(40)} Mon Sep 17 00:00:00 2001\n${HEAD}Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nwords\n---\n${TEXT}--x--\n`,
  `${HEAD}Content-Transfer-Encoding: quoted-printable\n\nwords =3D\n---\n${TEXT.replaceAll("=", "=3D")}`,
  `Description: words\n more\n .\nForwarded: no\n---\nIndex: l/f\n====\n--- l.orig/f\t2020-01-02 03:04:05.0 +0100\n+++ l/f\n@@ -0,0 +1 @@\n+x\n`,
  `# HG changeset patch\n# User x <x@y>\n# Date 1 2\nwords\n\n${TEXT}${BINARY}`,
  `diff --git "a/\\303\\251" "b/\\303\\251"\nsimilarity index 90%\nrename from "\\303\\251"\nrename to e\n${TEXT}`,
];

const piece = fc.oneof(
  fc.constantFrom("\n", " ", "\t", '"', "@@ -1 +1 @@", "=?", "=", "\0", "\xff", "From ", "--x", "-", "+", "\\ "),
  fc.string({ maxLength: 5 }),
);
const cut = fc.record({ at: fc.nat(2000), length: fc.nat(30), piece, repeat: fc.constantFrom(0, 1, 1, 1, 300) });

function spoiled(sample: string, cuts: readonly { at: number; length: number; piece: string; repeat: number }[]): string {
  return cuts.reduce((text, { at, length, piece: inserted, repeat }) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + inserted.repeat(repeat) + text.slice(place + length);
  }, sample);
}

describe("spoiled patches", () => {
  it("are read, or refused by file and line", () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.array(cut, { maxLength: 4 }), (sample, cuts) => {
        try {
          const patches = readPatchFile({ name: "p", file: "p", content: Buffer.from(spoiled(sample, cuts), "latin1") });
          for (const { diffs } of patches) {
            expect(typeof writeDiff(diffs)).toBe("string");
            for (const { hunks } of diffs) expect(["applied", "refused"]).toContain(applyHunks(Buffer.from("a\nb\n"), hunks).status);
          }
          seen.read++;
        } catch (error) {
          if (!(error instanceof UnforkError)) throw error;
          expect([error.code, error.message]).toEqual(["input-invalid", expect.stringMatching(/^p:\d+: /)]);
          expect(error.hint).toMatch(/\w{3}/);
          seen.refused++;
        }
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(100);
  });

  it("with a line of a megabyte of spaces, quotes or brackets are through at once", () => {
    for (const unit of [" ", '"', "[", "<", "=?", "\t", "a ", "(", "=3D", "From "]) {
      const long = unit.repeat(2 ** 20 / unit.length);
      for (const text of [
        `From: ${long}\nDate: ${long}\nSubject: ${long}\n\n${long}\n${TEXT}`,
        `diff --git ${long}\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n`,
        `diff --git ${long.slice(0, 16_000)} ${long.slice(0, 16_000)}\nnew file mode 100644\n`,
        `--- a/${long}\n+++ b/${long}\n@@ -1 +1 @@\n-a\n+b\n`,
        `Description: ${long}\nAuthor: ${long}\n\n${TEXT}`,
      ]) {
        const since = process.cpuUsage();
        try {
          readPatchFile({ name: "p", file: "p", content: Buffer.from(text, "latin1") });
        } catch (error) {
          if (!(error instanceof UnforkError)) throw error;
        }
        const { user, system } = process.cpuUsage(since);
        expect([unit, user + system < 5e6]).toEqual([unit, true]);
      }
    }
  });
});
