import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { releaseSchema } from "../../src/model/source.js";
import { fetchRelease, toldDay } from "../../src/sources/fetch-release.js";
import { temporaryFolder } from "../helpers/temp.js";
import { refusalOf } from "./helpers/workbench.js";

let third = "";
let thirdCommit = "";
let upstream = "";
let firstCommit = "";

function git(folder: string, ...args: string[]): string {
  const settings = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.org",
    "-c",
    "init.defaultBranch=main",
    "-c",
    "commit.gpgSign=false",
  ];
  return execFileSync("git", [...settings, "-C", folder, ...args], { encoding: "utf8" }).trim();
}

function commitFiles(folder: string, files: Readonly<Record<string, string>>, message: string): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", message);
  return git(folder, "rev-parse", "HEAD");
}

function repository(filters: boolean): string {
  const folder = temporaryFolder();
  git(folder, "init", "-q");
  if (filters) git(folder, "config", "uploadpack.allowFilter", "true");
  return folder;
}

beforeAll(() => {
  third = repository(true);
  thirdCommit = commitFiles(third, { "webrtc/README": "not the real one\n", "abseil/absl.h": "// absl\n", "unwanted/x.c": "x\n" }, "One");
  commitFiles(third, { "abseil/absl.h": "// newer\n" }, "Two");
  upstream = repository(true);
  const deps = `vars = {'host': 'file://${dirname(third)}'}\ndeps = {'src/third_party': Var('host') + '/${third.split("/").at(-1) ?? ""}' + '@' + '${thirdCommit}'}\n`;
  mkdirSync(join(upstream, "api"));
  writeFileSync(join(upstream, "api/run.sh"), "#!/bin/sh\n");
  chmodSync(join(upstream, "api/run.sh"), 0o755);
  symlinkSync("../modules/a.c", join(upstream, "api/link"));
  firstCommit = commitFiles(
    upstream,
    {
      DEPS: deps,
      "modules/a.c": "int a;\n",
      ".gitattributes": "*.c text eol=crlf export-subst\nmodules/b.c export-ignore\n",
      "modules/b.c": "/* $Format:%H$ */\n",
    },
    "One",
  );
  git(upstream, "tag", "-a", "v1", "-m", "v1");
  git(upstream, "update-ref", "refs/branch-heads/6099", firstCommit);
  commitFiles(upstream, { "modules/a.c": "int a = 2;\n" }, "Two");
});

function options() {
  const folder = temporaryFolder();
  return { cache: join(folder, "cache"), baseFolder: folder };
}

function release(more: object, keep: string[] = []) {
  return releaseSchema.parse({ id: "R", keep, sources: [{ kind: "git", url: `file://${upstream}`, ref: "v1", ...more }] });
}

describe("a git source", () => {
  it("gives exactly the committed bytes, modes and links, whatever the attributes say", async () => {
    const tree = await fetchRelease(release({}), options());
    expect(tree).toMatchObject({ kind: "git", checksum: firstCommit, origin: `v1 of file://${upstream} at ${firstCommit}`, files: 6 });
    expect(readFileSync(join(tree.path, "modules/a.c"), "utf8")).toBe("int a;\n");
    expect(readFileSync(join(tree.path, "modules/b.c"), "utf8")).toBe("/* $Format:%H$ */\n");
    expect(readFileSync(join(tree.path, "api/link"), "utf8")).toBe("int a;\n");
    expect(execFileSync("stat", ["-c", "%a", join(tree.path, "api/run.sh")], { encoding: "utf8" })).toBe("555\n");
  });

  it.each(["v1", "main", "branch-heads/6099", "a commit id"])("takes %s as ref", async (name) => {
    const ref = name === "a commit id" ? firstCommit : name;
    const tree = await fetchRelease(release({ ref }, ["modules"]), options());
    expect(readFileSync(join(tree.path, "modules/a.c"), "utf8")).toBe(name === "main" ? "int a = 2;\n" : "int a;\n");
  });

  it("brings only blobs of the kept sub-trees", async () => {
    const where = options();
    await fetchRelease(release({}, ["api"]), where);
    const store = join(where.cache, "git", readdirSync(join(where.cache, "git"))[0] ?? "");
    const objects = git(store, "cat-file", "--batch-check", "--batch-all-objects");
    expect(objects.split("\n").filter((line) => line.includes(" blob "))).toHaveLength(2);
  });

  it("serves from a repository that knows no filters", async () => {
    const plain = repository(false);
    commitFiles(plain, { "lib/a.c": "a\n" }, "One");
    expect((await fetchRelease(release({ url: plain, ref: "main" }, ["lib"]), options())).files).toBe(1);
  });

  it("joins the repositories its DEPS pins, each at its place", async () => {
    const deps = [{ path: "src/third_party", into: "third_party" }];
    const keep = ["third_party/webrtc/modules", "third_party/abseil"];
    const tree = await fetchRelease(release({ into: "third_party/webrtc", deps }, keep), options());
    expect(readFileSync(join(tree.path, "third_party/abseil/absl.h"), "utf8")).toBe("// absl\n");
    expect(readdirSync(join(tree.path, "third_party/webrtc"))).toEqual(["modules"]);
    expect(tree.files).toBe(3);
  });

  it("needs its repository no more when the tree is cached", async () => {
    const where = options();
    const own = repository(true);
    commitFiles(own, { "lib/a.c": "a\n" }, "One");
    const asked = release({ url: `file://${own}`, ref: "main" }, ["lib"]);
    const first = await fetchRelease(asked, where);
    execFileSync("mv", [own, `${own}.gone`]);
    expect(await fetchRelease(asked, where)).toEqual(first);
  });

  it("works although a killed fetch left the store locked", async () => {
    const where = options();
    await fetchRelease(release({}, ["api"]), where);
    const store = join(where.cache, "git", readdirSync(join(where.cache, "git"))[0] ?? "");
    writeFileSync(join(store, "shallow.lock"), "");
    expect((await fetchRelease(release({ ref: "main" }, ["modules"]), where)).files).toBe(2);
  });
});

describe("a git source is refused", () => {
  it.each([
    ["a ref that does not exist", { ref: "v9" }, "input-invalid", /couldn't find remote ref v9/],
    ["a repository that does not exist", { url: "file:///nowhere/to/be.git" }, "input-missing", /nowhere\/to\/be\.git/],
    [
      "a DEPS key that does not exist",
      { deps: [{ path: "src/none", into: "x" }] },
      "input-invalid",
      /"src\/none" is not in the DEPS file \(it has src\/third_party\)/,
    ],
  ])("for %s", async (_what, more, code, message) => {
    const error = await refusalOf(fetchRelease(release(more), options()));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it("for a kept sub-tree it has not", async () => {
    const error = await refusalOf(fetchRelease(release({}, ["nowhere"]), options()));
    expect(error).toMatchObject({ code: "input-invalid", message: expect.stringContaining("has no nowhere") as string });
  });

  it.each(["http", "git"])("at once when nobody listens at its %s address", async (scheme) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const begun = performance.now();
    const error = await refusalOf(fetchRelease(release({ url: `${scheme}://127.0.0.1:${port}/x.git` }), options()));
    expect(error).toMatchObject({ code: "network", message: expect.stringContaining("ECONNREFUSED") as string });
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});

it("a release without a date of its own has the day of its commit, as long as it is in the cache; one with a date is not asked for", async () => {
  const dated = repository(true);
  commitFiles(dated, { "a.c": "a\n" }, "One");
  execFileSync("git", ["-C", dated, "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "--amend", "--no-edit"], {
    env: { ...process.env, GIT_COMMITTER_DATE: "2024-02-29T23:30:00-0200" },
  });
  const commit = git(dated, "rev-parse", "HEAD");
  const undated = releaseSchema.parse({ id: "R", sources: [{ kind: "git", url: dated, ref: "main" }] });
  const asked = { cache: temporaryFolder(), baseFolder: "/" };
  expect(await toldDay(undated, asked)).toBeUndefined();
  await fetchRelease(undated, asked);
  expect(await toldDay(undated, asked)).toEqual({ day: "2024-03-01", from: `commit ${commit.slice(0, 12)}` });
  const other = { ...asked, cache: temporaryFolder() };
  await fetchRelease({ ...undated, date: "2024-02-28" }, other);
  expect(await toldDay(undated, other)).toBeUndefined();
});
