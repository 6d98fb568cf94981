/** Every export format: its files, its heads, what it refuses. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { changeId, exportFiles } from "../../../src/patches/text/export-formats/export-files.js";
import type { ExportFormat, ExportInput, ExportPatch, FeatureCard } from "../../../src/patches/text/export-formats/export-input.js";
import { writeExport } from "../../../src/patches/text/export-formats/write-export.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { UnforkError } from "../../../src/support/errors.js";
import { temporaryFolder } from "../../helpers/temp.js";

const card: FeatureCard = {
  name: "louder-limiter",
  purpose: "Keep speech audible. Without it the limiter cuts too early.",
  owner: "audio team",
  upstream: { state: "never" },
};

function patch(subject: string, file: string, more: Partial<ExportPatch> = {}): ExportPatch {
  const diffs = parseDiff(`diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-a\n+b\n`, "p");
  return {
    subject,
    body: "why",
    author: { name: "A U Thor", email: "a@example.org" },
    date: "2023-11-14T23:13:20+01:00",
    trailers: new Map(),
    diffs,
    ...more,
  };
}

const input: ExportInput = {
  card,
  patches: [
    patch("[audio] Raise it: part 1", "f.c"),
    patch("Raise it", "g.c", {
      author: { name: "B", email: "b@example.org" },
      trailers: new Map([["Signed-off-by", ["B <b@example.org>"]]]),
    }),
  ],
};

function texts(format: ExportFormat, value = input): Record<string, string> {
  return Object.fromEntries(exportFiles(format, value).map(({ name, content }) => [name, content.toString("utf8")]));
}

function fault(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof UnforkError && error.code === "input-invalid" && error.hint !== undefined) return error.message;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("an export", () => {
  it("for quilt has Debian's fields, and a list", () => {
    const sent = { ...input, card: { ...card, upstream: { state: "sent", where: "https://example.org/7" } as const } };
    const landed = { ...input, card: { ...card, upstream: { state: "in-upstream", commit: "0123abc" } as const } };
    expect(Object.keys(texts("quilt"))).toEqual(["series", "audio-raise-it-part-1.patch", "raise-it.patch"]);
    expect(texts("quilt")["series"]).toBe("audio-raise-it-part-1.patch\nraise-it.patch\n");
    expect(texts("quilt")["raise-it.patch"]).toBe(
      "Description: Raise it\n why\n .\n Signed-off-by: B <b@example.org>\nAuthor: B <b@example.org>\nForwarded: no\nLast-Update: 2023-11-14\n---\n\ndiff --git a/g.c b/g.c\n--- a/g.c\n+++ b/g.c\n@@ -1 +1 @@\n-a\n+b\n",
    );
    expect(texts("quilt", sent)["raise-it.patch"]).toContain("\nForwarded: https://example.org/7\n");
    expect(texts("quilt", landed)["raise-it.patch"]).toContain("\nForwarded: yes\nApplied-Upstream: 0123abc\n");
  });

  it("for git am numbers its mails and keeps the subject's own tag", () => {
    const box = texts("mbox")["louder-limiter.mbox"] ?? "";
    expect(box.match(/^Subject: .*$/gm)).toEqual(["Subject: [PATCH 1/2] [audio] Raise it: part 1", "Subject: [PATCH 2/2] Raise it"]);
    expect(box.match(/^Date: .*$/gm)).toEqual(["Date: Tue, 14 Nov 2023 23:13:20 +0100", "Date: Tue, 14 Nov 2023 23:13:20 +0100"]);
  });

  it("for Electron names its mails by their subjects, each once", () => {
    const same = { ...input, patches: [patch("Fix it", "f.c"), patch("fix: it", "g.c")] };
    expect(texts("electron", same)[".patches"]).toBe("fix_it.patch\nfix_it_2.patch\n");
  });

  it("for Mozilla numbers its files, and writes the markers of upstream commits that change nothing", () => {
    const files = texts("mozilla", { ...input, patches: [...input.patches, patch("We have it", "x", { diffs: [], noOpFor: "0a1b2c3d" })] });
    expect(Object.keys(files)).toEqual(["0001.patch", "0002.patch", "0a1b2c3d.no-op-cherry-pick-msg"]);
    expect(files["0001.patch"]).toMatch(/^From: A U Thor <a@example\.org>\n/);
    expect(files["0a1b2c3d.no-op-cherry-pick-msg"]).toBe("We have it\n\nwhy\n");
  });

  it("for a review is one mail with the feature's purpose", () => {
    const mail = texts("github")["louder-limiter.patch"] ?? "";
    expect(mail).toContain(
      "\nSubject: [PATCH] Keep speech audible\n\nKeep speech audible. Without it the limiter cuts too early.\n\n- [audio] Raise it: part 1\n- Raise it\n\nCo-authored-by: B <b@example.org>\nSigned-off-by: B <b@example.org>\n---\n",
    );
    expect(parseDiff(mail, "m").map(({ newPath }) => newPath)).toEqual(["f.c", "g.c"]);
  });

  it("for Gerrit has the same Change-Id for the same feature, whatever its patches are", () => {
    const one = texts("gerrit")["louder-limiter.patch"] ?? "";
    const two = texts("gerrit", { ...input, patches: input.patches.slice(1) })["louder-limiter.patch"] ?? "";
    const id = /^Change-Id: I[0-9a-f]{40}$/m;
    expect(one.match(id)?.[0]).toBe(`Change-Id: ${changeId("louder-limiter")}`);
    expect(two.match(id)).toHaveProperty("0", one.match(id)?.[0]);
    expect(changeId("other")).not.toBe(changeId("louder-limiter"));
  });

  it("as one patch needs the whole difference when two patches change one file", () => {
    const twice = { ...input, patches: [patch("one", "f.c"), patch("two", "f.c")] };
    expect(fault(() => texts("github", twice))).toBe('f.c is changed by two patches, "one" and "two"');
    expect(texts("github", { ...twice, squashed: patch("x", "f.c").diffs })["louder-limiter.patch"]).toContain("+++ b/f.c");
  });

  it("of nothing, or of a patch that changes nothing, is refused", () => {
    expect(fault(() => texts("mbox", { card, patches: [] }))).toBe("feature louder-limiter has no patches");
    const empty = { card, patches: [patch("empty", "f", { diffs: [] })] };
    expect(fault(() => texts("quilt", empty))).toBe('feature louder-limiter has a patch that changes nothing: "empty"');
    expect(Object.keys(texts("mbox", empty))).toEqual(["louder-limiter.mbox"]);
  });

  it("of patches without an author is signed by the owner", () => {
    const mail = texts("github", { ...input, patches: [patch("one", "f.c", { author: null, date: null })] })["louder-limiter.patch"] ?? "";
    expect(mail).toMatch(/^From 0{40} .*\nFrom: audio team <audio-team>\nSubject: /);
    const quilt = texts("quilt", { ...input, patches: [patch("one", "f.c", { author: null })] })["one.patch"] ?? "";
    expect(quilt).toContain("\nAuthor: audio team\n");
  });
});

describe("the folder of an export", () => {
  it("is there whole, and replaces no other", async () => {
    const folder = join(temporaryFolder(), "out");
    expect(await writeExport(folder, "quilt", input)).toEqual(["series", "audio-raise-it-part-1.patch", "raise-it.patch"]);
    expect(readdirSync(folder).toSorted()).toEqual(["audio-raise-it-part-1.patch", "raise-it.patch", "series"]);
    await expect(writeExport(folder, "mbox", input)).rejects.toThrow("is not empty");
    expect(existsSync(join(folder, "series"))).toBe(true);
    writeFileSync(join(folder, "more"), "x");
    await writeExport(folder, "mbox", input, { replace: true });
    expect(readdirSync(folder)).toEqual(["louder-limiter.mbox"]);
    expect(readFileSync(join(folder, "louder-limiter.mbox"), "utf8")).toContain("[PATCH 2/2] Raise it");
  });
});
