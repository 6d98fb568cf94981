/** What is exported is read back equal, and `git am` makes the same commits of it. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readCollection } from "../../../src/patches/text/collections/read-collection.js";
import { exportFiles } from "../../../src/patches/text/export-formats/export-files.js";
import type { ExportFormat, ExportInput, ExportPatch, FeatureCard } from "../../../src/patches/text/export-formats/export-input.js";
import { isoDate } from "../../../src/patches/text/mail/dates.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import type { TextPatch } from "../../../src/patches/text/text-patch.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type Commit, commit, commitHistory } from "./arbitrary-history.js";
import { gitText, newRepository } from "./real-git.js";

const RUNS = Number(process.env["UNFORK_TEST_RUNS"] ?? 20);
const repository = newRepository();
const folder = temporaryFolder();
const card: FeatureCard = { name: "louder-limiter", purpose: "Keep speech audible.", owner: "audio team", upstream: { state: "never" } };

const BODIES = [
  "---",
  "diff --git a/f b/f",
  "From: x <x@example.org>",
  `From ${"a".repeat(40)} Mon Sep 17 00:00:00 2001\nSubject: s`,
  "Index: f",
];
const history = fc
  .array(fc.tuple(commit, fc.option(fc.constantFrom(...BODIES), { freq: 3 })), { minLength: 1, maxLength: 4 })
  .map((commits) => commits.map(([one, odd]) => (odd === null ? one : { ...one, body: odd })));

/** The patches of a history with a change in each. */
function patchesOf(commits: readonly Commit[]): ExportPatch[] {
  commitHistory(repository, "work", commits);
  return commits.map((one, at) => {
    const [from, to] = [`work~${commits.length - at}`, `work~${commits.length - at - 1}`];
    const diffs = parseDiff(gitText(repository, ["diff", "--binary", "--full-index", "--no-renames", from, to]), "p");
    const zone = (one.zone.startsWith("-") ? -1 : 1) * (Number(one.zone.slice(1, 3)) * 60 + Number(one.zone.slice(3)));
    return { subject: one.subject, body: one.body, author: one.author, date: isoDate(one.seconds, zone), trailers: new Map(), diffs };
  });
}

function write(format: ExportFormat, input: ExportInput): string[] {
  rmSync(join(folder, "out"), { recursive: true, force: true });
  mkdirSync(join(folder, "out"));
  return exportFiles(format, input).map(({ name, content }) => {
    writeFileSync(join(folder, "out", name), content);
    return join(folder, "out", name);
  });
}

/** A line that would end the message is moved by a space, which is all that may differ. */
function moved(body: string): string {
  return body
    .split("\n")
    .map((line) => (/^(?:---$|diff -|Index: |From [0-9a-f]{40} )/.test(line) ? ` ${line}` : line))
    .join("\n");
}

function expectSame(read: TextPatch | undefined, patch: ExportPatch, body: string, date: string | null): void {
  const diffs = patch.diffs.map((diff) => ({ ...diff, line: 0 }));
  expect({ ...read, diffs: read?.diffs.map((diff) => ({ ...diff, line: 0 })) }).toMatchObject({
    subject: patch.subject,
    body,
    author: patch.author,
    date,
    diffs,
  });
}

describe("an export of generated patches", () => {
  for (const format of ["mbox", "electron", "mozilla", "quilt"] as const)
    it(`as ${format} is read back`, async () => {
      await fc.assert(
        fc.asyncProperty(history, async (commits) => {
          const patches = patchesOf(commits).filter(({ diffs }) => diffs.length > 0);
          if (patches.length === 0) return;
          const [first = ""] = write(format, { card, patches });
          const { patches: read, unlisted } = await readCollection(format === "mbox" ? first : join(folder, "out"));
          expect([read.length, unlisted]).toEqual([patches.length, []]);
          for (const [at, patch] of patches.entries())
            if (format === "quilt") expectSame(read[at], patch, patch.body.replaceAll(/^\.$/gm, " ."), patch.date?.slice(0, 10) ?? null);
            else expectSame(read[at], patch, moved(patch.body), patch.date);
        }),
        { numRuns: RUNS },
      );
    });

  for (const format of ["mbox", "electron", "mozilla"] as const)
    it(`as ${format} makes git am commit the same`, () => {
      fc.assert(
        fc.property(history, (commits) => {
          const patches = patchesOf(commits).filter(({ diffs }) => diffs.length > 0);
          if (patches.length === 0) return;
          const files = write(format, { card, patches }).filter((file) => !file.endsWith(".patches"));
          const target = newRepository();
          gitText(target, ["commit", "-q", "--allow-empty", "-m", "base"]);
          gitText(target, ["am", "-q", "--keep-cr", "--keep-non-patch", ...files]);
          expect(gitText(target, ["rev-parse", "HEAD^{tree}"])).toBe(gitText(repository, ["rev-parse", "work^{tree}"]));
          const log = gitText(target, ["log", "--reverse", "--format=%an%x01%ae%x01%at%x01%s%x02", "HEAD~" + patches.length + ".."]);
          const theirs = Buffer.from(log, "latin1").toString("utf8").split("\x02\n").slice(0, -1);
          expect(theirs).toHaveLength(patches.length);
          for (const [at, patch] of patches.entries()) expect(theirs[at]).toBe(signOf(patch));
        }),
        { numRuns: RUNS / 4 },
      );
    });
});

/** Git takes the address for a name of more than 60 bytes, and leaves backslashes before quotes where the address has no `@`. */
function signOf({ author, date, subject }: ExportPatch): string {
  const name = author === null || Buffer.byteLength(author.name) > 60 ? author?.email : author.name;
  const shown = author?.email === "x" ? name?.replaceAll('"', '\\"') : name;
  return [shown, author?.email, Date.parse(date ?? "") / 1000, subject].join("\x01");
}
