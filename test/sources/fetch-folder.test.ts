import { chmodSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { releaseSchema } from "../../src/model/source.js";
import { describeSource } from "../../src/sources/describe-source.js";
import { fetchRelease } from "../../src/sources/fetch-release.js";
import { temporaryFolder } from "../helpers/temp.js";
import { refusalOf } from "./helpers/workbench.js";

function library(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "lib/src"), { recursive: true });
  mkdirSync(join(folder, "lib/.git"));
  writeFileSync(join(folder, "lib/.git/HEAD"), "x");
  writeFileSync(join(folder, "lib/src/a.c"), "int a;\n");
  writeFileSync(join(folder, "lib/src/run"), "#!/bin/sh\n");
  chmodSync(join(folder, "lib/src/run"), 0o755);
  symlinkSync("a.c", join(folder, "lib/src/link"));
  writeFileSync(join(folder, "lib/README"), "read me\n");
  return folder;
}

function release(keep: string[] = [], more: object = {}) {
  return releaseSchema.parse({ id: "R", keep, sources: [{ kind: "folder", path: "lib", ...more }] });
}

it("a folder is copied, without its repository, and later edits do not reach the copy", async () => {
  const baseFolder = library();
  const options = { cache: join(baseFolder, "cache"), baseFolder, offline: true };
  const first = await fetchRelease(release(), options);
  expect(readdirSync(first.path).toSorted()).toEqual(["README", "src"]);
  writeFileSync(join(baseFolder, "lib/src/a.c"), "int b;\n");
  expect(readFileSync(join(first.path, "src/a.c"), "utf8")).toBe("int a;\n");
  const second = await fetchRelease(release(), options);
  expect(second.path).not.toBe(first.path);
  expect(second.digest).not.toBe(first.digest);
  expect(readFileSync(join(second.path, "src/link"), "utf8")).toBe("int b;\n");
});

it("an unchanged folder is not copied again", async () => {
  const baseFolder = library();
  const options = { cache: join(baseFolder, "cache"), baseFolder };
  expect(await fetchRelease(release(["src"]), options)).toEqual(await fetchRelease(release(["src"]), options));
  expect(readdirSync(join(options.cache, "trees"))).toHaveLength(1);
});

it("a folder is kept in part and lies where 'into' says", async () => {
  const baseFolder = library();
  const tree = await fetchRelease(release(["deep/src"], { into: "deep" }), { cache: join(baseFolder, "cache"), baseFolder });
  expect(readdirSync(join(tree.path, "deep/src")).toSorted()).toEqual(["a.c", "link", "run"]);
  expect(tree).toMatchObject({ kind: "folder", origin: "folder lib", files: 3 });
});

it("a folder without the kept sub-tree is refused", async () => {
  const baseFolder = library();
  const error = await refusalOf(fetchRelease(release(["nowhere"]), { cache: join(baseFolder, "cache"), baseFolder }));
  expect(error.message).toMatch(/lib has no nowhere/);
});

it("each kind of source is described in one line", () => {
  const sources = releaseSchema.parse({
    id: "R",
    sources: [
      { kind: "git", url: "https://git.example.org/src", ref: "v1", deps: [{ path: "src/third_party", into: "third_party" }] },
      { kind: "archive", file: "lib.tar.xz", sha256: "a".repeat(64) },
      { kind: "debian", package: "lib", version: "2", suites: ["old", "old-security"] },
      { kind: "folder", path: "../lib" },
    ],
  }).sources;
  expect(sources.map(describeSource)).toEqual([
    "git https://git.example.org/src at v1 with src/third_party of its DEPS",
    "archive lib.tar.xz (SHA-256 aaaaaaaaaaaa…)",
    "debian lib 2 (old, old-security)",
    "folder ../lib",
  ]);
});
