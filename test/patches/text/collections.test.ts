/** Collections of patches are told apart and read in their order; what is missing or left over is told. */
import { describe, expect, it } from "vitest";

import { applyFileDiff } from "../../../src/patches/text/apply-file.js";
import { readCollection } from "../../../src/patches/text/collections/read-collection.js";
import { UnforkError } from "../../../src/support/errors.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type TreeTable, writeTree } from "../../helpers/tree.js";

const DIFF = "--- a/src/f.c\n+++ b/src/f.c\n@@ -1 +1 @@\n-a\n+b\n";
const FLAT = "--- f.c\n+++ f.c\n@@ -1 +1 @@\n-a\n+b\n";

function mail(subject: string): string {
  return `From: A U Thor <a@example.org>\nDate: Tue, 14 Nov 2023 23:13:20 +0100\nSubject: ${subject}\n\nwhy\n---\n f.c | 2 +-\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n`;
}

function folder(table: TreeTable): string {
  const path = temporaryFolder();
  writeTree(path, table);
  return path;
}

async function fault(path: string): Promise<UnforkError> {
  const error = await readCollection(path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UnforkError) return error;
  throw new Error(`no error of ours: ${String(error)}`);
}

describe("a quilt series", () => {
  it("is read by its list, with -p, -R and comments; a file that it does not name is told", async () => {
    const series = "# all of ours\nfix-f.patch\n\nsub/flat.diff -p0 # flat\nundo.patch -p1 -R\n";
    const path = folder({
      series,
      "fix-f.patch": DIFF,
      "sub/flat.diff": FLAT,
      "undo.patch": `words first\n${DIFF}`,
      "old.patch": DIFF,
      README: "x",
    });
    const { kind, patches, unlisted } = await readCollection(path);
    expect(kind).toBe("quilt");
    expect(patches.map(({ name, subject, diffs }) => [name, subject, diffs[0]?.newPath])).toEqual([
      ["fix-f.patch", "fix-f", "src/f.c"],
      ["sub/flat.diff", "flat", "f.c"],
      ["undo.patch", "words first", "src/f.c"],
    ]);
    expect(unlisted).toEqual(["old.patch"]);
    const undo = patches[2]?.diffs[0];
    expect(undo === undefined ? undefined : applyFileDiff(Buffer.from("b\n"), undo)).toMatchObject({ content: Buffer.from("a\n") });
  });

  it("is found below a project's folder", async () => {
    const path = folder({ "debian/patches/series": "a.patch\n", "debian/patches/a.patch": DIFF, "debian/control": "x" });
    expect((await readCollection(path)).patches.map(({ name }) => name)).toEqual(["a.patch"]);
  });

  it("that names a missing patch, or an option that is not known, is refused by line", async () => {
    const error = await fault(folder({ series: "a.patch\nb.patch\n", "a.patch": DIFF }));
    expect(error.code).toBe("input-missing");
    expect(error.message).toMatch(/series:2: there is no patch b\.patch$/);
    expect((await fault(folder({ series: "a.patch -q\n", "a.patch": DIFF }))).message).toMatch(
      /series:1: the option -q is not known here$/,
    );
  });

  it("has Debian's fields in the heads of its patches", async () => {
    const head =
      'Description: do not round\n The sum was rounded.\n .\n  indented\nAuthor: J\xc3\xb6 "J" <j@example.org>\nOrigin: upstream, commit 12\nForwarded: https://example.org/1\nBug-Debian: 7\nLast-Update: 2026-01-02\n\nMore words.\n---\nThis header follows DEP-3\n';
    const { patches } = await readCollection(folder({ series: "a.patch\n", "a.patch": head + DIFF }));
    expect(patches[0]).toMatchObject({
      subject: "do not round",
      body: "The sum was rounded.\n\n indented\n\nMore words.",
      author: { name: 'J\u00f6 "J"', email: "j@example.org" },
      date: "2026-01-02",
    });
    expect([...(patches[0]?.headers ?? [])]).toEqual([
      ["Origin", ["upstream, commit 12"]],
      ["Forwarded", ["https://example.org/1"]],
      ["Bug-Debian", ["7"]],
      ["Last-Update", ["2026-01-02"]],
    ]);
  });

  it("reads the marked comments of dpatch's time", async () => {
    const head = "#! /bin/sh -e\n## DP: Description: round down\n## DP: Author: J <j@example.org>\n\n";
    const { patches } = await readCollection(folder({ series: "a.dpatch\n", "a.dpatch": head + DIFF }));
    expect(patches[0]).toMatchObject({ subject: "round down", author: { name: "J" } });
  });
});

describe("other collections:", () => {
  it("Electron's folder in the order of `.patches`", async () => {
    const { kind, patches, unlisted } = await readCollection(
      folder({ ".patches": "two.patch\none.patch\n", "one.patch": mail("one"), "two.patch": mail("two"), "x.patch": DIFF }),
    );
    expect([kind, patches.map(({ subject }) => subject), unlisted]).toEqual(["electron", ["two", "one"], ["x.patch"]]);
    expect((await fault(folder({ ".patches": "gone.patch\n" }))).message).toMatch(/\.patches:1: there is no patch gone\.patch$/);
  });

  it("Mozilla's stack by its numbers, the markers behind", async () => {
    const { kind, patches } = await readCollection(
      folder({
        "0010.patch": mail("ten"),
        "0002.patch": mail("[audio] two"),
        "s0001.patch": mail("s"),
        "0a1b2c3d4e.no-op-cherry-pick-msg": "We have this one.\n\nSee bug 7.\n",
      }),
    );
    expect(kind).toBe("mozilla");
    expect(patches.map(({ name, subject, noOp }) => [name, subject, noOp])).toEqual([
      ["0002.patch", "[audio] two", false],
      ["0010.patch", "ten", false],
      ["s0001.patch", "s", false],
      ["0a1b2c3d4e.no-op-cherry-pick-msg", "We have this one.", true],
    ]);
    expect(patches[3]).toMatchObject({ body: "See bug 7.", diffs: [], headers: new Map([["Upstream-Commit", ["0a1b2c3d4e"]]]) });
  });

  it("numbered mails by number, also beyond four digits", async () => {
    const { kind, patches } = await readCollection(folder({ "10000-b.patch": mail("b"), "0002-a.patch": mail("a") }));
    expect([kind, patches.map(({ subject }) => subject)]).toEqual(["folder", ["a", "b"]]);
  });

  it("files without an order, when no two of them change one file", async () => {
    const { kind, patches } = await readCollection(folder({ "src-f.c.patch": DIFF, "0-flat.patch": FLAT }));
    expect([kind, patches.map(({ name }) => name)]).toEqual(["folder", ["0-flat.patch", "src-f.c.patch"]]);
  });

  it("one file: a mail, a mailbox, a plain diff, an export of Mercurial", async () => {
    const hg = `# HG changeset patch\n# User J\xc3\xb6 <j@example.org>\n# Date 1700000000 -3600\n#      Tue Nov 14 23:13:20 2023 +0100\n# Node ID 12\n# Parent  34\nBug 7 - subject\n\nbody\n\ndiff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n@@ -1 +1 @@\n-a\n+b\n`;
    const box = `From x@example.org Tue Nov 14 23:13:20 2023\n${mail("one")}\nFrom x@example.org Tue Nov 14 23:13:21 2023\n${mail("two")}`;
    const path = folder({ "a.patch": mail("one"), "a.mbox": box, "a.diff": DIFF, "a.hg": hg, "b.hg": hg + hg.replace("Bug 7", "Bug 8") });
    const read = await Promise.all(["a.patch", "a.mbox", "a.diff", "a.hg", "b.hg"].map((name) => readCollection(`${path}/${name}`)));
    expect(read.map(({ kind, patches }) => [kind, patches.map(({ subject }) => subject)])).toEqual([
      ["mail", ["one"]],
      ["mbox", ["one", "two"]],
      ["diff", ["a"]],
      ["hg", ["Bug 7 - subject"]],
      ["hg", ["Bug 7 - subject", "Bug 8 - subject"]],
    ]);
    expect(read[4]?.patches.map(({ name, source, diffs }) => [name, source.line, diffs[0]?.line])).toEqual([
      ["0001", 1, 11],
      ["0002", 17, 27],
    ]);
    expect(read[3]?.patches[0]).toMatchObject({
      author: { name: "J\u00f6", email: "j@example.org" },
      date: "2023-11-14T23:13:20+01:00",
      body: "body",
    });
  });
});

describe("a folder of collections", () => {
  it("is refused with the names of those in it", async () => {
    const error = await fault(folder({ "one/.patches": "", "two/series": "", "three/x": "", "config.json": "{}" }));
    expect(error.hint).toBe("name one of the folders in it: one, two");
  });
});

describe("what is no collection is refused:", () => {
  it.each([
    ["a folder without patches", { "f.c": "x" }, "", /no patches in this folder$/],
    [
      "a folder without an order",
      { "a.patch": DIFF, "b.patch": DIFF },
      "",
      /nothing tells whether a\.patch or b\.patch comes first, which both change src\/f\.c$/,
    ],
    ["a file without a diff", { "a.txt": "words\n" }, "/a.txt", /a\.txt: no patch in this file$/],
    [
      "a mail without a diff",
      { "a.patch": "From: x <x@y>\nDate: 2026-01-01\nSubject: s\n\n--- but no diff\n" },
      "/a.patch",
      /a\.patch:1: no unified diff in this file$/,
    ],
    [
      "a broken diff",
      { "a.patch": `${mail("s")}@@ -3,2 +3 @@\n a\n` },
      "/a.patch",
      /a\.patch:17: the hunk ends too early: its head promises 1 more old and 0 more new lines$/,
    ],
    ["nothing", {}, "/none", /none/],
  ] as const)("%s", async (_what, table, name, message) => {
    const error = await fault(folder(table) + name);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/\w{3}/);
  });
});
