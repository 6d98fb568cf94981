/** Imported patches become branches: authors, dates and words as they were, all features or none. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

import { type ImportRequest, importAlone } from "../../../src/patches/import/import-alone.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type FileTexts, type StackRepository, stackRepository } from "../stack/stack-repository.js";

const LINES = Array.from({ length: 40 }, (_, at) => `line ${at}`);

function text(change: Record<number, string> = {}): string {
  return LINES.map((line, at) => `${change[at] ?? line}\n`).join("");
}

const OLD: FileTexts = { "a.c": text(), "b.c": text(), "lib/c.c": text(), "lib/d.c": text() };
const STACK: readonly FileTexts[] = [
  { ...OLD, "a.c": text({ 5: "five" }) },
  { ...OLD, "a.c": text({ 5: "five" }), "b.c": text({ 20: "twenty" }), "new/n.c": "new\n" },
  { ...OLD, "a.c": text({ 5: "five", 6: "six" }), "b.c": text({ 20: "twenty" }), "new/n.c": "new\n" },
];

/** `old` with the stack on it, and `base/M1` at `old`. */
function made(parts: Partial<Parameters<typeof stackRepository>[0]> = {}): StackRepository {
  const repository = stackRepository({ old: OLD, new: OLD, stack: STACK, ...parts });
  repository.git("branch", "base/M1", "old");
  return repository;
}

function formatPatch({ git }: StackRepository, ...args: string[]): string {
  const folder = join(temporaryFolder(), "patches");
  git("format-patch", "-q", "--full-index", "-o", folder, ...args, "old..tip");
  return folder;
}

function written(files: FileTexts): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, "latin1");
  }
  return folder;
}

function request({ path }: StackRepository, source: string, more: Partial<ImportRequest> = {}): ImportRequest {
  const feature = { feature: "wide-counter", purpose: "Counts that no longer fit go on.", owner: "Counters <counters@example.org>" };
  return {
    repo: path,
    source,
    ...(more.group !== undefined || more.groups !== undefined ? {} : feature),
    keepGoing: false,
    replace: false,
    dryRun: false,
    ...more,
  };
}

function statuses({ features }: Awaited<ReturnType<typeof importAlone>>): string[] {
  return features.flatMap(({ patches }) => patches.map(({ status }) => status));
}

describe("an imported feature", () => {
  it("has the tree of git am, its authors, dates and words, and says on its tip what it is for", async () => {
    const repository = made();
    const { git } = repository;
    await importAlone(request(repository, formatPatch(repository)));
    expect(git("rev-parse", "wide-counter/M1^{tree}")).toBe(git("rev-parse", "tip^{tree}"));
    expect(git("log", "--format=%an <%ae> %at %s", "base/M1..wide-counter/M1")).toBe(git("log", "--format=%an <%ae> %at %s", "old..tip"));
    expect(git("log", "-1", "--format=%(trailers)", "wide-counter/M1").trim()).toBe(
      "Feature: wide-counter\nPurpose: Counts that no longer fit go on.\nOwner: Counters <counters@example.org>",
    );
  });

  it("of commits of the repository keeps each commit but for its parent and the trailers", async () => {
    const repository = made();
    const { git } = repository;
    const result = await importAlone(request(repository, "old..tip"));
    expect([result.kind, statuses(result)]).toEqual(["range", ["clean", "clean", "clean"]]);
    expect(git("rev-parse", "wide-counter/M1^{tree}")).toBe(git("rev-parse", "tip^{tree}"));
    expect(git("log", "--format=%an %at %cn %ct %s", "base/M1..wide-counter/M1")).toBe(
      git("log", "--format=%an %at %cn %ct %s", "old..tip"),
    );
  });

  it("imported once more is the same commit, and a message never has its trailers twice", async () => {
    const repository = made();
    const { git } = repository;
    const first = await importAlone(request(repository, "old..tip"));
    const again = await importAlone(request(repository, "base/M1..wide-counter/M1"));
    expect(again.features[0]?.commit).toBe(first.features[0]?.commit);
    expect(git("log", "-1", "--format=%B", "wide-counter/M1").match(/^Owner: /gm)).toHaveLength(1);
  });

  it("is refused with file, hunk and the line that is another, and nothing is written", async () => {
    const repository = made({ new: { ...OLD, "a.c": text({ 5: "cinq" }) } });
    const { git } = repository;
    git("branch", "-f", "base/M1", "new");
    const folder = formatPatch(repository, "--zero-commit");
    const refs = git("for-each-ref");
    const result = await importAlone(request(repository, folder));
    expect([result.written, statuses(result), git("for-each-ref")]).toEqual([false, ["refused", "clean", "refused"], refs]);
    expect(result.features[0]?.patches[0]?.refusals[0]).toMatchObject({ file: "a.c", hunk: 1 });
    expect(result.features[0]?.patches[0]?.refusals[0]?.why).toContain("line 6 is 'cinq' and the patch wants 'line 5'");
    expect(result.features[0]?.patches[0]?.refusals[0]?.why).toContain("merged three ways it is in conflict");
  });
});

/** A base that went on, of which `old` is no longer the tip: what the patches were made for is still in the repository. */
function moved(upstream: FileTexts): StackRepository {
  const repository = made({ new: upstream });
  repository.git("branch", "-f", "base/M1", "new");
  return repository;
}

describe("a patch that does not apply as it is", () => {
  it("is merged three ways by its blob ids, as git am -3 does", async () => {
    const repository = moved({ ...OLD, "a.c": text({ 3: "upstream's" }) });
    const { git } = repository;
    const result = await importAlone(request(repository, formatPatch(repository)));
    expect(statuses(result)).toEqual(["merged", "clean", "merged"]);
    git("checkout", "-q", "--detach", "base/M1");
    git("am", "-q", "-3", ...patchFiles(repository));
    expect(git("rev-parse", "wide-counter/M1^{tree}")).toBe(git("rev-parse", "HEAD^{tree}"));
  });

  it("follows a file that upstream moved", async () => {
    const { "a.c": _a, ...others } = OLD;
    const repository = moved({ ...others, "core/a.c": text({ 30: "upstream's" }) });
    const result = await importAlone(request(repository, formatPatch(repository)));
    expect(statuses(result)).toEqual(["merged", "clean", "merged"]);
    expect(repository.git("show", "wide-counter/M1:core/a.c")).toBe(text({ 5: "five", 6: "six", 30: "upstream's" }));
  });

  it("whose change the base has already is left out, and said to be", async () => {
    const repository = moved({ ...OLD, "a.c": text({ 5: "five" }) });
    const result = await importAlone(request(repository, formatPatch(repository)));
    expect([statuses(result), result.written]).toEqual([["present", "clean", "clean"], true]);
    expect(repository.git("rev-list", "--count", "base/M1..wide-counter/M1").trim()).toBe("2");
  });

  it("is left out with keepGoing, and the others are imported", async () => {
    const repository = moved({ ...OLD, "a.c": text({ 5: "cinq" }) });
    const result = await importAlone(request(repository, formatPatch(repository), { keepGoing: true }));
    expect([statuses(result), result.written]).toEqual([["refused", "clean", "refused"], true]);
    expect(repository.git("diff", "--name-only", "base/M1", "wide-counter/M1").trim().split("\n")).toEqual(["b.c", "new/n.c"]);
  });

  it("that only lacks its blobs says so, and names a file of that name elsewhere", async () => {
    const repository = made();
    const { "a.c": _a, ...others } = OLD;
    const other = stackRepository({ old: { ...others, "deep/er/a.c": text() }, new: OLD, stack: [] });
    other.git("branch", "base/M1", "old");
    const change = "--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,3 @@\n line 0\n-line 1\n+one\n line 2\n";
    const result = await importAlone(request({ ...repository, path: other.path }, join(written({ "p.diff": change }), "p.diff")));
    expect(result.features[0]?.patches[0]?.refusals[0]?.why).toBe(
      "the file to change is not there; there is deep/er/a.c; the patch has no `index` line to merge by",
    );
  });
});

function patchFiles(repository: StackRepository): string[] {
  const folder = formatPatch(repository);
  return ["0001-patch-1.patch", "0002-patch-2.patch", "0003-patch-3.patch"].map((name) => join(folder, name));
}

const NEW_FILE = "--- /dev/null\n+++ b/PATH\n@@ -0,0 +1 @@\n+x\n";

describe("an import refuses", () => {
  const cases: readonly [string, Partial<ImportRequest>, string][] = [
    ["a feature without a purpose", { purpose: "too short" }, "has no purpose"],
    ["a feature without an owner", { owner: " " }, "has no owner"],
    ["the name base", { feature: "base" }, "taken by the engine's own branches"],
    ["a name that reads as a candidate", { feature: "r150" }, "taken by the engine's own branches"],
    ["a name that is the candidate of a release", { feature: "rm1" }, "taken by the engine's own branches"],
    ["a name that is not kebab-case", { feature: "Wide_Counter" }, "cannot be a feature's name"],
    ["a commit as base without a release", { base: "tip" }, "there is no branch base/tip"],
    ["another base for a release that has one", { base: "tip", release: "M1" }, "base/M1 is"],
  ];
  it.each(cases)("%s, and writes nothing", async (_what, more, message) => {
    const repository = made();
    const refs = repository.git("for-each-ref");
    await expect(importAlone(request(repository, "old..tip", more))).rejects.toThrow(message);
    expect(repository.git("for-each-ref")).toBe(refs);
  });

  it("to choose among several bases", async () => {
    const repository = made();
    repository.git("branch", "base/M2", "new");
    await expect(importAlone(request(repository, "old..tip"))).rejects.toThrow("which base of");
  });

  it("a branch that holds something else, unless it is to be replaced", async () => {
    const repository = made();
    const { git } = repository;
    git("branch", "wide-counter/M1", "tip");
    await expect(importAlone(request(repository, "old..tip"))).rejects.toThrow("is there already, with something else");
    const replaced = await importAlone(request(repository, "old..tip", { replace: true }));
    expect(git("rev-parse", "wide-counter/M1").trim()).toBe(replaced.features[0]?.commit);
  });

  it.each(["../out.c", ".git/hooks/pre-commit", "a.c/x.c", "lib"])("a patch that writes to %s", async (path) => {
    const repository = made();
    const folder = written({ "p.diff": NEW_FILE.replace("PATH", path) });
    const importing = importAlone(request(repository, join(folder, "p.diff"), { strip: 1 }));
    const result = await importing.catch((error: unknown) => String(error));
    expect(typeof result === "string" || result.written === false).toBe(true);
    expect(repository.git("branch", "--list", "wide-counter/*")).toBe("");
  });
});

describe("an import onto any commit", () => {
  it("names the branch by the release given", async () => {
    const repository = made();
    const result = await importAlone(request(repository, "old..tip", { base: "new", release: "2026.1" }));
    expect(result.features[0]?.ref).toBe("refs/heads/wide-counter/2026.1");
    expect(repository.git("merge-base", "wide-counter/2026.1", "new")).toBe(repository.git("rev-parse", "new"));
  });

  it("of a dry run moves no ref", async () => {
    const repository = made();
    const refs = repository.git("for-each-ref");
    const result = await importAlone(request(repository, "old..tip", { dryRun: true }));
    expect([result.written, repository.git("for-each-ref")]).toEqual([false, refs]);
  });
});
