/** Git as the measurement uses it: a bare repository, trees made of folders, patches put on by `git apply` in an index apart. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const SIGNED = {
  GIT_AUTHOR_NAME: "Bench",
  GIT_AUTHOR_EMAIL: "bench@example.org",
  GIT_AUTHOR_DATE: "1700000000 +0000",
  GIT_COMMITTER_NAME: "Bench",
  GIT_COMMITTER_EMAIL: "bench@example.org",
  GIT_COMMITTER_DATE: "1700000000 +0000",
};
const QUIET = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };

/** A fresh bare repository whose files are taken byte for byte, whatever a tree's own .gitattributes say. */
export function makeRepository(path, borrowed) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  git(path, ["init", "--quiet", "--bare", "--template=", "."]);
  mkdirSync(join(path, "info"), { recursive: true });
  mkdirSync(join(path, "objects", "info"), { recursive: true });
  writeFileSync(join(path, "info", "attributes"), "* -text -ident -filter -eol -working-tree-encoding\n");
  if (borrowed !== undefined) writeFileSync(join(path, "objects", "info", "alternates"), `${borrowed}\n`);
  return path;
}

/** Standard output, or an error with what git said. */
export function git(repo, args, options = {}) {
  const { status, stdout, stderr } = tryGit(repo, args, options);
  if (status !== 0) throw new Error(`git ${args.slice(0, 3).join(" ")} ended with ${status}: ${stderr.slice(0, 400)}`);
  return stdout;
}

export function tryGit(repo, args, { input, env = {}, cwd = repo } = {}) {
  const { status, stdout, stderr, error } = spawnSync("git", args, {
    cwd,
    input,
    encoding: "latin1",
    maxBuffer: 1 << 30,
    env: { ...process.env, ...QUIET, ...SIGNED, GIT_DIR: repo, ...env },
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Tree of all files below a folder that `leftOut` does not match. */
export function treeOfFolder(repo, folder, leftOut = () => false) {
  const env = { GIT_INDEX_FILE: join(repo, "unfork-bench-import"), GIT_WORK_TREE: folder };
  git(repo, ["add", "--all", "--force", "."], { env, cwd: folder });
  const gone = git(repo, ["ls-files", "-z"], { env, cwd: folder }).split("\0").filter(Boolean).filter(leftOut);
  if (gone.length > 0)
    git(repo, ["update-index", "-z", "--force-remove", "--stdin"], {
      env,
      cwd: folder,
      input: Buffer.from(`${gone.join("\0")}\0`, "latin1"),
    });
  return git(repo, ["write-tree"], { env, cwd: folder }).trim();
}

function stripped(name, args) {
  const folders = Number(/^-p(\d+)$/.exec(args[0] ?? "-p1")?.[1] ?? 1);
  return name.split("/").slice(folders).join("/") || name;
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

export function commitTree(repo, tree, parents, message) {
  const args = ["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent])];
  return git(repo, args, { input: Buffer.from(message, "latin1") }).trim();
}

/** An index on a tree to put patches on, one after the other. */
export function openIndex(repo, tree) {
  const env = { GIT_INDEX_FILE: join(repo, "unfork-bench-index") };
  git(repo, ["read-tree", tree], { env });
  return {
    /** Undefined when the patch goes in, else what git says. */
    apply(patch, args = []) {
      const result = tryGit(repo, ["apply", "--cached", "--whitespace=nowarn", ...args], { env, input: Buffer.from(patch, "latin1") });
      return result.status === 0 ? undefined : result.stderr.trim();
    },
    /** The same by GNU patch, as dpkg-source calls it: it knows nothing of binary patches and looks for the file by its names. */
    applyByPatch(patch, args = []) {
      const work = mkdtempSync(join(repo, "unfork-bench-patch-"));
      try {
        const names = [...patch.matchAll(/^(?:---|\+\+\+) (\S+)/gm)].map(([, name]) => stripped(name, args));
        const known = git(repo, ["ls-files", "-z", "--", ...names.map((name) => `:(literal)${name}`)], { env })
          .split("\0")
          .filter(Boolean);
        git(repo, ["checkout-index", "--force", "-z", "--stdin", `--prefix=${work}/`], {
          env: { ...env, GIT_WORK_TREE: work },
          input: known.map((name) => `${name}\0`).join(""),
        });
        const given = ["-t", "-F", "0", "-N", "-u", "-V", "never", "-E", "--no-backup-if-mismatch", ...(args.length > 0 ? args : ["-p1"])];
        const { status, stdout, stderr } = spawnSync("patch", given, {
          cwd: work,
          input: Buffer.from(patch, "latin1"),
          encoding: "latin1",
        });
        if (status !== 0) return `${stdout}${stderr}`.trim();
        const now = { env: { ...env, GIT_WORK_TREE: work }, cwd: work };
        git(repo, ["update-index", "-z", "--add", "--remove", "--stdin"], {
          ...now,
          input: [...new Set([...known, ...filesBelow(work)])].map((name) => `${name}\0`).join(""),
        });
        return undefined;
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    },
    paths: () => new Set(git(repo, ["ls-files", "-z"], { env }).split("\0").filter(Boolean)),
    write: () => git(repo, ["write-tree"], { env }).trim(),
    reset: (to) => void git(repo, ["read-tree", to], { env }),
  };
}
