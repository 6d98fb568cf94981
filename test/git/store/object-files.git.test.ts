/** Objects and names read from a repository's files are those that git reads. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { nameFinder } from "../../../src/git/store/name-finder.js";
import { openObjectFiles } from "../../../src/git/store/object-files.js";
import { openRefFiles } from "../../../src/git/store/ref-files.js";
import { gitEnvironment } from "../../../src/git/git.js";
import { temporaryFolder } from "../../helpers/temp.js";

const WHO = { GIT_AUTHOR_NAME: "A", GIT_AUTHOR_EMAIL: "a@example.org", GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@example.org" };

function repositoryWithHistory(commits = 12) {
  const path = join(temporaryFolder(), "repository");
  const git = (...args: string[]) =>
    execFileSync("git", args, {
      cwd: path,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, ...gitEnvironment(), ...WHO },
    });
  mkdirSync(path, { recursive: true });
  git("init", "-q", "--initial-branch=main");
  for (const name of ["inner0", "inner1", "inner2"]) mkdirSync(join(path, "folder", name), { recursive: true });
  for (let round = 0; round < commits; round++) {
    for (let file = 0; file < 6; file++) {
      const lines = Array.from({ length: 80 }, (_, line) => `line ${line} of ${file}${line <= round * 5 ? ` since round ${line}` : ""}`);
      writeFileSync(join(path, "folder", `inner${file % 3}`, `file${file}.txt`), `${lines.join("\n")}\n`);
    }
    writeFileSync(join(path, "large.bin"), Buffer.alloc(200_000, round));
    git("add", "-A");
    git("commit", "-q", "-m", `round ${round}`);
  }
  git("tag", "-a", "-m", "a tag", "annotated");
  return { path, git, objects: join(path, ".git", "objects") };
}

/** Every object of the repository, by git: `<id> <type> <size>\n<content>\n` each. */
function allObjects(path: string): { id: string; type: string; content: Buffer }[] {
  const bytes = execFileSync("git", ["cat-file", "--batch-all-objects", "--batch"], { cwd: path, maxBuffer: 1e8 });
  const objects = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    const [id = "", type = "", size = ""] = bytes.toString("latin1", at, end).split(" ");
    objects.push({ id, type, content: bytes.subarray(end + 1, end + 1 + Number(size)) });
    at = end + 2 + Number(size);
  }
  return objects;
}

function expectAll(repository: ReturnType<typeof repositoryWithHistory>, folders: readonly string[]): number {
  const files = openObjectFiles(folders);
  const all = allObjects(repository.path);
  for (const { id, type, content } of all) {
    const object = files.get(id);
    expect({ id, type: object?.type, isSame: object?.content.equals(content) }).toEqual({ id, type, isSame: true });
  }
  files.close();
  return all.length;
}

describe("every object of a repository", () => {
  it("is read from loose files", () => {
    const repository = repositoryWithHistory(4);
    expect(expectAll(repository, [repository.objects])).toBeGreaterThan(20);
  });

  it("is read from packs with deltas by offset, and with deltas by id", () => {
    for (const byOffset of [true, false]) {
      const repository = repositoryWithHistory();
      repository.git("config", "repack.useDeltaBaseOffset", String(byOffset));
      repository.git("repack", "-q", "-a", "-d", "-f", "--depth=50");
      const packs = readdirSync(join(repository.objects, "pack")).filter((name) => name.endsWith(".pack"));
      expect(packs).toHaveLength(1);
      expect(repository.git("verify-pack", "-s", join(repository.objects, "pack", packs[0] ?? ""))).toContain("chain length = 2");
      expectAll(repository, [repository.objects]);
    }
  });

  it("is read from several packs, loose files and a multi-pack index together", () => {
    const repository = repositoryWithHistory(3);
    repository.git("repack", "-q", "-d");
    writeFileSync(join(repository.path, "more"), "more\n");
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "more");
    repository.git("repack", "-q", "-d");
    repository.git("multi-pack-index", "write");
    writeFileSync(join(repository.path, "loose"), "loose\n");
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "loose");
    expectAll(repository, [repository.objects]);
  });

  it("is read through alternates, of alternates too", () => {
    const repository = repositoryWithHistory(2);
    const [first, second] = ["first", "second"].map((name) => join(temporaryFolder(), name, "objects"));
    if (first === undefined || second === undefined) throw new Error("no folder");
    mkdirSync(join(first, "info"), { recursive: true });
    mkdirSync(join(second, "info"), { recursive: true });
    writeFileSync(join(first, "info", "alternates"), `# a comment\n${second}\n`);
    writeFileSync(join(second, "info", "alternates"), `${repository.objects}\n${first}\n`);
    expectAll(repository, [first]);
  });
});

describe("what cannot be read here is left to git", () => {
  it("a missing object, a damaged pack, a damaged loose file", () => {
    const repository = repositoryWithHistory(3);
    const [head, blob] = ["HEAD", "HEAD:large.bin"].map((name) => repository.git("rev-parse", name).trim());
    if (head === undefined || blob === undefined) throw new Error("no ids");
    expect(openObjectFiles([repository.objects]).get("f".repeat(40))).toBeUndefined();
    const loose = join(repository.objects, blob.slice(0, 2), blob.slice(2));
    chmodSync(loose, 0o644);
    writeFileSync(loose, readFileSync(loose).subarray(0, 30));
    expect(openObjectFiles([repository.objects]).get(blob)).toBeUndefined();
    const other = repositoryWithHistory(3);
    other.git("repack", "-q", "-a", "-d");
    const pack = readdirSync(join(other.objects, "pack")).find((name) => name.endsWith(".pack")) ?? "";
    const path = join(other.objects, "pack", pack);
    const bytes = readFileSync(path);
    chmodSync(path, 0o644);
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 12), Buffer.alloc(bytes.length - 12, 0xff)]));
    expect(openObjectFiles([other.objects]).get(other.git("rev-parse", "refs/heads/main").trim())).toBeUndefined();
  });
});

describe("a name", () => {
  it("is the commit that git takes it for, or git is asked", () => {
    const { path, git } = repositoryWithHistory(4);
    git("branch", "both", "HEAD~1");
    git("tag", "both", "HEAD~2");
    git("branch", "deep/er", "HEAD~3");
    git("branch", "packed", "HEAD~2");
    git("update-ref", "refs/remotes/origin/far", "HEAD~1");
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/far");
    git("update-ref", "refs/unfork/port", "HEAD~3");
    git("pack-refs", "--all");
    git("branch", "-f", "packed", "HEAD");
    git("update-ref", "ORIG_HEAD", "HEAD~1");
    const folder = join(path, ".git");
    const files = openObjectFiles([join(folder, "objects")]);
    const find = nameFinder(folder, files.get);
    const known = [
      "HEAD",
      "ORIG_HEAD",
      "main",
      "both",
      "heads/both",
      "tags/both",
      "deep/er",
      "packed",
      "annotated",
      "origin",
      "origin/far",
      "refs/unfork/port",
    ];
    for (const name of known) {
      const id = git("rev-parse", "--verify", "--quiet", `${name}^{commit}`).trim();
      expect({ name, id: find(`${name}^{commit}`)?.id }).toEqual({ name, id });
      expect({ name, id: find(name)?.id }).toEqual({ name, id: git("rev-parse", name).trim() });
    }
    const head = git("rev-parse", "HEAD").trim();
    expect(find(head)?.id).toBe(head);
    for (const name of ["HEAD~1", "main@{1}", head.slice(0, 10), "no/such", "config", "-x", "a..b", "main^{tree}"])
      expect(find(name)).toBeUndefined();
    for (const name of ["refs/heads/none", "refs/notes/unfork", "refs/heads"]) expect(find(name)).toBeNull();
  });

  it("is looked up anew when refs were packed meanwhile", () => {
    const { path, git } = repositoryWithHistory(3);
    const refs = openRefFiles(join(path, ".git"));
    git("branch", "moving", "HEAD~1");
    git("pack-refs", "--all");
    expect(refs.idOf("refs/heads/moving")).toBe(git("rev-parse", "HEAD~1").trim());
    git("branch", "-f", "moving", "HEAD~2");
    git("pack-refs", "--all");
    expect(refs.idOf("refs/heads/moving")).toBe(git("rev-parse", "HEAD~2").trim());
    git("branch", "-D", "moving");
    expect(refs.idOf("refs/heads/moving")).toBeNull();
  });
});
