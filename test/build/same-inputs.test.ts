import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { settleTimes } from "../../src/build/own/same-inputs.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeFiles } from "./small-library.js";

const OLD = 1_000_000_000;

async function settled(): Promise<{ tree: string; record: string; timeOf: (path: string) => Promise<number> }> {
  const root = temporaryFolder();
  const [tree, record] = [join(root, "tree"), join(root, "out/inputs.json")];
  await writeFiles(tree, { "a.h": "a", "b/c.cc": "c" });
  await mkdir(join(root, "out"));
  await settleTimes(tree, record);
  return { tree, record, timeOf: async (path) => (await stat(join(tree, path))).mtimeMs };
}

async function writeOld(path: string, text: string): Promise<void> {
  await writeFile(path, text);
  await utimes(path, OLD, OLD);
}

describe("the times of a tree's files", () => {
  it("go back to what they were when a file is written anew with the same bytes", async () => {
    const { tree, record, timeOf } = await settled();
    const before = [await timeOf("a.h"), await timeOf("b/c.cc")];
    await writeOld(join(tree, "a.h"), "a");
    await settleTimes(tree, record);
    expect([await timeOf("a.h"), await timeOf("b/c.cc")]).toEqual(before);
  });

  it("are now when the bytes changed, even if the file comes with an old time and the same size", async () => {
    const { tree, record, timeOf } = await settled();
    const before = await timeOf("a.h");
    await writeOld(join(tree, "a.h"), "b");
    await settleTimes(tree, record);
    expect(await timeOf("a.h")).toBeGreaterThanOrEqual(before);
  });

  it("are now for a file that is back after it was gone, as nobody knows what it was compiled with", async () => {
    const { tree, record, timeOf } = await settled();
    await rm(join(tree, "a.h"));
    await settleTimes(tree, record);
    await writeOld(join(tree, "a.h"), "b");
    await settleTimes(tree, record);
    expect(await timeOf("a.h")).toBeGreaterThan(OLD * 1000);
  });

  it("are now for all files when the record is spoilt", async () => {
    const { tree, record, timeOf } = await settled();
    await writeFile(record, (await readFile(record, "utf8")).slice(0, 20));
    await writeOld(join(tree, "a.h"), "a");
    await settleTimes(tree, record);
    expect(await timeOf("a.h")).toBeGreaterThan(OLD * 1000);
    expect(JSON.parse(await readFile(record, "utf8"))).toHaveProperty(["b/c.cc"]);
  });
});
