/** Holds which files a log of runs may be written to. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { openRunLog } from "../../src/usecases/run-log.js";
import { temporaryFolder } from "../helpers/temp.js";

const root = temporaryFolder();
const crash = { status: "crashed", how: "signal SIGABRT", stack: [] } as const;

describe("a log of runs", () => {
  it.each([
    ["a line of text", "numbers\n1 2 3\n"],
    ["text without a line's end", "1 2 3"],
    ["JSON of another kind", '{"useCase":"call"}\n'],
  ])("leaves a file that is none as it is: %s", async (_, text) => {
    const file = join(root, "mine.txt");
    writeFileSync(file, text);
    await expect(openRunLog(file, "one")).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("no log of a comparison"),
    });
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("is gone on with for the same comparison, and begun anew for another or where a kill left less than a first line", async () => {
    const file = join(root, "runs.ndjson");
    const key = { useCase: "call", arm: "latest", index: 0 } as const;
    await (await openRunLog(file, "one")).add(key, crash);
    expect((await openRunLog(file, "one")).find(key)).toEqual(crash);
    expect((await openRunLog(file, "two")).found).toBe(0);
    writeFileSync(file, '{"compar');
    expect((await openRunLog(file, "two")).found).toBe(0);
    expect(readFileSync(file, "utf8")).toBe('{"comparison":"two"}\n');
  });

  it("says where it cannot be written", async () => {
    writeFileSync(join(root, "file"), "");
    await expect(openRunLog(join(root, "file/runs.ndjson"), "one")).rejects.toMatchObject({ code: "input-invalid" });
    await expect(openRunLog("/dev/null/runs.ndjson", "one")).rejects.toMatchObject({
      message: expect.stringContaining("/dev/null/runs.ndjson"),
    });
  });

  it.runIf(process.platform === "linux")("does not try for ever where no folder can be made", async () => {
    await expect(openRunLog("/proc/nowhere/runs.ndjson", "one")).rejects.toMatchObject({ code: "input-missing" });
  });
});
