/** What is exported comes back: equal trees, authors and words in another repository on the same base. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { exportAlone } from "../../../src/patches/export/export-alone.js";
import { importAlone } from "../../../src/patches/import/import-alone.js";
import { EXPORT_FORMATS, type ExportFormat } from "../../../src/patches/text/export-formats/export-input.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type StackRepository, stackRepository } from "../stack/stack-repository.js";

const LINES = Array.from({ length: 30 }, (_, at) => `line ${at}\n`);
const OLD = { "a.c": LINES.join(""), "gone.c": "gone\n", "data.bin": "\0\u0001old" };

function lines(change: Record<number, string>): string {
  return LINES.map((line, at) => change[at] ?? line).join("");
}

const SIGNS = { purpose: "Counts that no longer fit go on.", owner: "Counters <counters@example.org>" };

/** A feature of three commits, one with a message of several paragraphs and trailers of its own. */
async function withFeature(): Promise<StackRepository> {
  const made = stackRepository({ old: OLD, new: OLD, stack: [] });
  const { git, commit, path } = made;
  git("branch", "base/M1", "old");
  const one = commit(
    { ...OLD, "a.c": lines({ 3: "three\n" }) },
    git("rev-parse", "old").trim(),
    "Count to three\n\nWhy: größer.\n\nTwo paragraphs.\n\nReviewed-by: R <r@example.org>",
  );
  const { "gone.c": _gone, ...rest } = OLD;
  const two = commit(
    { ...rest, "a.c": lines({ 3: "three\n" }), "data.bin": "\0\u0002new", "new dir/n.c": "no newline" },
    one,
    "Add and remove",
  );
  git(
    "update-ref",
    "refs/heads/tip",
    commit(
      { ...rest, "a.c": lines({ 3: "three\n", 4: "four\n" }), "data.bin": "\0\u0002new", "new dir/n.c": "no newline" },
      two,
      "Count to four",
    ),
  );
  await importAlone({ repo: path, source: "old..tip", feature: "wide-counter", ...SIGNS, keepGoing: false, replace: false, dryRun: false });
  return made;
}

async function there(format: ExportFormat) {
  const from = await withFeature();
  const out = join(temporaryFolder(), "out");
  const result = await exportAlone({ repo: from.path, feature: "wide-counter", release: "M1", format, out, replace: false });
  const other = join(mkdtempSync(join(temporaryFolder(), "other-")), "clone");
  execFileSync("git", ["clone", "-q", "--bare", "--single-branch", "-b", "base/M1", from.path, other]);
  const git = (...args: string[]) => execFileSync("git", args, { cwd: other, encoding: "utf8" });
  const source = result.files.length === 1 ? join(out, result.files[0] ?? "") : out;
  await importAlone({ repo: other, source, feature: "wide-counter", ...SIGNS, keepGoing: false, replace: false, dryRun: false });
  return { from, git };
}

const LOG = ["log", "--format=%an <%ae> %at%n%B", "base/M1..wide-counter/M1"];

describe("an export", () => {
  it.each(["mbox", "electron", "mozilla"] as const)("for %s comes back with the same tree, authors, days and words", async (format) => {
    const { from, git } = await there(format);
    expect(git("rev-parse", "wide-counter/M1^{tree}")).toBe(from.git("rev-parse", "wide-counter/M1^{tree}"));
    expect(git(...LOG)).toBe(from.git(...LOG));
  });

  it("for quilt comes back but for the time of the day", async () => {
    const { from, git } = await there("quilt");
    expect(git("rev-parse", "wide-counter/M1^{tree}")).toBe(from.git("rev-parse", "wide-counter/M1^{tree}"));
    const log = ["log", "--format=%an <%ae> %as%n%B", "base/M1..wide-counter/M1"];
    expect(git(...log)).toBe(from.git(...log));
  });

  it.each(["github", "gerrit"] as const)("for %s is one change with the purpose as its text and the whole difference", async (format) => {
    const { from, git } = await there(format);
    expect(git("rev-parse", "wide-counter/M1^{tree}")).toBe(from.git("rev-parse", "wide-counter/M1^{tree}"));
    expect(git("log", "--format=%s", "base/M1..wide-counter/M1").trim()).toBe("Counts that no longer fit go on");
  });

  it("holds none of unfork's own trailers", async () => {
    const { path } = await withFeature();
    for (const format of EXPORT_FORMATS) {
      const out = join(temporaryFolder(), "out");
      await exportAlone({ repo: path, feature: "wide-counter", release: "M1", format, out, replace: false });
      const text = execFileSync("cat", execFileSync("find", [out, "-type", "f"], { encoding: "utf8" }).trim().split("\n"), {
        encoding: "latin1",
      });
      expect(text).not.toMatch(/^(?:Feature|Purpose|Owner): /m);
    }
  });

  it("of a feature that is not on the release names those that are, and writes nothing", async () => {
    const { path } = await withFeature();
    const out = join(temporaryFolder(), "out");
    await expect(exportAlone({ repo: path, feature: "wide", release: "M1", format: "mbox", out, replace: false })).rejects.toThrow(
      "there is no branch wide/M1",
    );
    await expect(exportAlone({ repo: path, feature: "wide-counter", release: "M2", format: "mbox", out, replace: false })).rejects.toThrow(
      "there is no branch wide-counter/M2",
    );
  });
});
