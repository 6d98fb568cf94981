import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { listFiles, makeFolder, removeLeftovers, replaceFolder, writeFileAtomic } from "../../src/support/fs.js";
import { temporaryFolder } from "../helpers/temp.js";

describe("whole writes", () => {
  it("replace a file and leave nothing beside it", async () => {
    const folder = temporaryFolder();
    await writeFileAtomic(join(folder, "deep/a.txt"), "one");
    await writeFileAtomic(join(folder, "deep/a.txt"), "two");
    expect(readFileSync(join(folder, "deep/a.txt"), "utf8")).toBe("two");
    expect(readdirSync(join(folder, "deep"))).toEqual(["a.txt"]);
  });

  it("leave the old folder whole when filling the new one fails", async () => {
    const folder = temporaryFolder();
    const target = join(folder, "tree");
    mkdirSync(target);
    writeFileSync(join(target, "old"), "old");
    const failing = replaceFolder(target, async (fresh) => {
      writeFileSync(join(fresh, "half"), "half");
      throw new Error("stop");
    });
    await expect(failing).rejects.toThrow("stop");
    expect(readdirSync(folder)).toEqual(["tree"]);
    expect(readdirSync(target)).toEqual(["old"]);
  });

  it("put the new folder in the old one's place", async () => {
    const target = join(temporaryFolder(), "tree");
    for (const name of ["a", "b"]) await replaceFolder(target, async (fresh) => writeFileSync(join(fresh, name), name));
    expect(readdirSync(target)).toEqual(["b"]);
  });

  it("say what to do when the place cannot be written", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "a file, not a folder");
    await expect(writeFileAtomic(join(file, "x"), "x")).rejects.toMatchObject({ code: "disk", message: expect.stringContaining(file) });
  });

  it("clear away only what a killed run left", async () => {
    const folder = temporaryFolder();
    for (const name of ["a.0123456789ab.tmp", "b.0123456789ab.new", "keep.tmp", "c.new"]) writeFileSync(join(folder, name), "");
    await removeLeftovers(folder);
    expect(readdirSync(folder).toSorted()).toEqual(["c.new", "keep.tmp"]);
  });
});

describe("making a folder", () => {
  it.skipIf(process.platform !== "linux")("fails where the system lets nobody make one", async () => {
    await expect(writeFileAtomic("/proc/none/deep/a.txt", "")).rejects.toThrow("cannot write /proc/none/deep/a.txt");
  });

  it("fails where a file is in the way, by the path", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    await expect(makeFolder(join(folder, "file"))).rejects.toThrow("EEXIST");
    await expect(makeFolder(join(folder, "file", "in"))).rejects.toThrow("ENOTDIR");
    await makeFolder(join(folder, "a/b/c"));
    await makeFolder(join(folder, "a/b/c"));
    expect(readdirSync(join(folder, "a/b"))).toEqual(["c"]);
  });
});

describe("walking a tree", () => {
  it("gives every file once, sorted by bytes", async () => {
    const folder = temporaryFolder();
    for (const path of ["b/x", "a", "B", "b/y/z"]) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), "");
    }
    expect(await listFiles(folder)).toEqual(["B", "a", "b/x", "b/y/z"]);
    expect(existsSync(join(folder, "a"))).toBe(true);
  });
});
