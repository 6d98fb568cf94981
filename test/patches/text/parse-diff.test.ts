/** Diffs of every tool are read to the same value; what is broken is refused by file and line. */
import { describe, expect, it } from "vitest";

import { applyFileDiff } from "../../../src/patches/text/apply-file.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";
import { UnforkError } from "../../../src/support/errors.js";

const HUNK = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n";

function paths(text: string, strip?: number): string[] {
  return parseDiff(text, "p", strip === undefined ? {} : { strip }).map(({ oldPath, newPath }) => `${oldPath ?? "-"} > ${newPath ?? "-"}`);
}

function fault(text: string | Buffer): { message: string; hint: string | undefined } {
  try {
    parseDiff(text, "fix.patch");
  } catch (error) {
    if (error instanceof UnforkError && error.code === "input-invalid") return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("paths of a diff that git did not write", () => {
  it("lose a first folder in which both sides differ", () => {
    expect(paths(`--- a/src/f.c\n+++ b/src/f.c\n${HUNK}`)).toEqual(["src/f.c > src/f.c"]);
    expect(
      paths(`--- lib-1.0.orig/src/f.c\t2020-01-02 03:04:05.000000000 +0100\n+++ lib-1.0/src/f.c\t2020-01-02 03:04:06.0 +0100\n${HUNK}`),
    ).toEqual(["src/f.c > src/f.c"]);
  });

  it("keep all their folders where both sides are the same, but for `.orig` or `~`", () => {
    expect(paths(`--- src/f.c\t(revision 7)\n+++ src/f.c\t(working copy)\n${HUNK}`)).toEqual(["src/f.c > src/f.c"]);
    expect(paths(`--- src/f.c.orig\t2020-01-02 03:04:05 +0100\n+++ src/f.c\t2020-01-02 03:04:06 +0100\n${HUNK}`)).toEqual([
      "src/f.c > src/f.c",
    ]);
    expect(paths(`--- f.c~ 2020-01-02 03:04:05\n+++ f.c 2020-01-02 03:04:06\n${HUNK}`)).toEqual(["f.c > f.c"]);
  });

  it("are taken as told with -p", () => {
    expect(paths(`--- x/y/f.c\n+++ x/y/f.c\n${HUNK}`, 1)).toEqual(["y/f.c > y/f.c"]);
    expect(paths(`--- a/f.c\n+++ b/f.c\n${HUNK}`, 0)).toEqual(["b/f.c > b/f.c"]);
    expect(() => paths(`--- f.c\n+++ f.c\n${HUNK}`, 1)).toThrow("p:1: a name has not 1 leading folder to leave out");
  });

  it("hold spaces up to a tab or a time stamp", () => {
    expect(paths(`--- a/the file.c\t\n+++ b/the file.c\t\n${HUNK}`)).toEqual(["the file.c > the file.c"]);
    expect(paths(`--- the file.c 2020-01-02 03:04:05.123 -0500\n+++ the file.c 2020-01-02 03:04:05\n${HUNK}`)).toEqual([
      "the file.c > the file.c",
    ]);
  });

  it("say by /dev/null or by the epoch that a side is not there", () => {
    const added = "@@ -0,0 +1 @@\n+x\n";
    expect(paths(`--- /dev/null\n+++ b/new.c\n${added}`)).toEqual(["- > new.c"]);
    expect(paths(`--- lib.orig/new.c\t1970-01-01 01:00:00.000000000 +0100\n+++ lib/new.c\t2020-01-02 03:04:05 +0100\n${added}`)).toEqual([
      "- > new.c",
    ]);
    expect(paths(`--- lib.orig/old.c\t2020-01-02 03:04:05 +0100\n+++ lib/old.c\t1969-12-31 19:00:00 -0500\n@@ -1 +0,0 @@\n-x\n`)).toEqual([
      "old.c > -",
    ]);
  });

  it("of tarballs whose files are all of the epoch are changed files", () => {
    expect(paths(`--- l.orig/f\t1970-01-01 00:00:00 +0000\n+++ l/f\t1970-01-01 00:00:00 +0000\n${HUNK}`)).toEqual(["f > f"]);
  });

  it("follow an `Index:` line above, or the other files of the patch, where they do not tell themselves", () => {
    const added = "@@ -0,0 +1 @@\n+x\n";
    expect(
      paths(
        `Index: lib-2/src/n.c\n===================================================================\n--- /dev/null\n+++ lib-2/src/n.c\n${added}`,
      ),
    ).toEqual(["- > lib-2/src/n.c"]);
    expect(paths(`--- /dev/null\n+++ lib/src/n.c\n${added}--- lib.orig/f\n+++ lib/f\n${HUNK}`)).toEqual(["- > src/n.c", "f > f"]);
    expect(fault(`--- /dev/null\n+++ lib/src/n.c\n${added}`).message).toBe(
      "fix.patch:1: the head does not tell whether the first folder of the name is part of the path",
    );
  });
});

describe("a git diff", () => {
  it("of a mode, of an empty file, of a rename without change has no hunks", () => {
    const [mode, empty, gone, moved] = parseDiff(
      "diff --git a/run it b/run it\nold mode 100644\nnew mode 100755\n" +
        "diff --git a/e b/e\nnew file mode 100644\nindex 0000000..e69de29\n" +
        "diff --git a/g b/g\ndeleted file mode 100755\nindex e69de29..0000000\n" +
        "diff --git a/x/o b/y/n\nsimilarity index 100%\nrename from x/o\nrename to y/n\n",
      "p",
    );
    expect(mode).toMatchObject({ oldPath: "run it", newPath: "run it", oldMode: "100644", newMode: "100755", hunks: [], line: 1 });
    expect(empty).toMatchObject({ oldPath: null, newPath: "e", oldMode: null, newMode: "100644", newId: "e69de29", line: 4 });
    expect(gone).toMatchObject({ oldPath: "g", newPath: null, oldMode: "100755", newMode: null });
    expect(moved).toMatchObject({ oldPath: "x/o", newPath: "y/n", rename: true, similarity: 100 });
  });

  it("of a binary file without its content is told as such", () => {
    const [diff] = parseDiff(`diff --git a/i.png b/i.png\nindex 1234567..89abcde 100644\nBinary files a/i.png and b/i.png differ\n`, "p");
    expect(diff).toMatchObject({ oldPath: "i.png", binary: { forward: null, reverse: null }, hunks: [] });
    const result = diff === undefined ? undefined : applyFileDiff(Buffer.from("x"), diff);
    expect(result).toMatchObject({ status: "refused" });
  });

  it("keeps carriage returns of the content, not of its own lines", () => {
    const [diff] = parseDiff("diff --git a/f b/f\r\n--- a/f\r\n+++ b/f\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n", "p");
    expect(diff).toMatchObject({ oldPath: "f", newPath: "f", hunks: [{ lines: ["-a\r", "+b\r"] }] });
  });

  it("without anything below its title changes nothing", () => {
    expect(paths(`diff --git a/e b/e\ndiff --git a/f b/f\n--- a/f\n+++ b/f\n${HUNK}diff --git a/g b/g\n`)).toEqual(["f > f"]);
  });

  it("of which one name was edited by hand is about the file that the title and the other name tell", () => {
    expect(paths(`diff --git a/f.c b/f.c\n--- a/f\t2020-01-02 03:04:05 +0000\n+++ b/f.c\t2020-01-02 03:04:05 +0000\n${HUNK}`)).toEqual([
      "f.c > f.c",
    ]);
  });

  it("in a mail ends where its hunks end", () => {
    const diffs = parseDiff(`text\n---\n f | 2 +-\n\ndiff --git a/f b/f\n--- a/f\n+++ b/f\n${HUNK}-- \n2.39.5\n\n`, {
      file: "m",
      line: 11,
    });
    expect(diffs).toMatchObject([{ line: 15, hunks: [{ lines: [" a", "-b", "+c"] }] }]);
  });

  it("takes an empty line for an empty line of context", () => {
    expect(parseDiff("--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n\n-b\n+c\n", "p")[0]?.hunks[0]?.lines).toEqual([" ", "-b", "+c"]);
  });
});

describe("a broken patch is refused by file and line:", () => {
  const head = "--- a/f\n+++ b/f\n";
  it.each([
    [
      "a hunk that is cut",
      `${head}@@ -1,3 +1,3 @@\n a\n-b\n`,
      "fix.patch:6: the hunk ends too early: its head promises 1 more old and 2 more new lines",
    ],
    [
      "a wrapped line",
      `${head}@@ -1,2 +1,2 @@\n a very\nlong line\n`,
      "fix.patch:5: the hunk ends too early: its head promises 1 more old and 1 more new line",
    ],
    ["more lines than told", `${head}@@ -1 +1,2 @@\n a\n-b\n`, "fix.patch:5: the hunk has more old lines than its head says"],
    ["a text that ends within a line", `${head}@@ -1 +1 @@\n-a\n+b`, "fix.patch:5: the patch ends within a line"],
    [
      "a line behind the last one",
      `${head}@@ -1,2 +1,2 @@\n a\n\\ No newline at end of file\n-b\n+c\n`,
      "fix.patch:6: a line follows the last old one, which has no newline",
    ],
    ["a hunk that changes nothing", `${head}@@ -1 +1 @@\n a\n`, "fix.patch:3: this hunk changes nothing"],
    ["a hunk's head that cannot be read", `${head}${HUNK}@@ -9 @@\n a\n`, "fix.patch:7: this head of a hunk cannot be read"],
    ["a hunk without a file", HUNK, "fix.patch:1: a hunk without a file's head before it"],
    [
      "a head without change",
      "diff --git a/f b/f\nindex 1234567..1234567 100644\n",
      "fix.patch:1: this head of a file is followed by no change",
    ],
    [
      "a merge's combined diff",
      "diff --cc f\nindex 1,2..3\n",
      "fix.patch:1: the combined diff of a merge does not tell what to change in one file",
    ],
    [
      "a new file with an old name",
      `diff --git a/f b/f\nnew file mode 100644\n--- a/f\n+++ b/f\n${HUNK}`,
      "fix.patch:1: the head does not tell which file it is about",
    ],
    [
      "a name that the title does not tell",
      "diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ b/g\n@@ -0,0 +1 @@\n+x\n",
      "fix.patch:1: the head does not tell which file it is about",
    ],
    [
      "no file on both sides",
      "diff --git a/f b/f\nnew file mode 100644\n--- /dev/null\n+++ /dev/null\n",
      "fix.patch:1: the head does not tell which file it is about",
    ],
    ["a missing line of names", `diff --git a/f b/f\n+++ b/f\n${HUNK}`, "fix.patch:1: the `---` or the `+++` line is missing"],
    [
      "two names without a rename",
      `diff --git a/f b/g\n--- a/f\n+++ b/g\n${HUNK}`,
      "fix.patch:1: the names of both sides differ, and no rename is told",
    ],
    ["a new file with old lines", `--- /dev/null\n+++ b/f\n${HUNK}`, "fix.patch:1: a new file has old lines"],
    ["a mode that is none", "diff --git a/f b/f\nold mode rwx\n", "fix.patch:2: this mode of a file cannot be read"],
    [
      "two kinds at once",
      "diff --git a/f b/f\nnew file mode 100644\ndeleted file mode 100644\n",
      "fix.patch:3: the head says new and deleted of one file",
    ],
    [
      "a broken binary row",
      "diff --git a/f b/f\nGIT binary patch\nliteral 3\nKab\n\n",
      "fix.patch:4: this row of a binary patch cannot be read",
    ],
    [
      "a binary content of another length",
      "diff --git a/f b/f\nGIT binary patch\nliteral 7\nKc$`a2N(KM|O#vqW\n\n",
      "fix.patch:3: the binary content is not what its length says",
    ],
  ])("%s", (_what, text, message) => {
    const found = fault(text);
    expect(found.message).toBe(message);
    expect(found.hint).toMatch(/\w{3}/);
  });
});
