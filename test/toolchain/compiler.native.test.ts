import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { probeCompiler } from "../../src/toolchain/compiler.js";
import { findTool, requireTools } from "../../src/toolchain/find-tool.js";
import { temporaryFolder } from "../helpers/temp.js";

const [gcc, clang] = [await findTool("g++"), await findTool("clang++")];

describe("a compiler", () => {
  it.skipIf(gcc === undefined)("of the GNU family is known by its name and version (skipped when g++ is not installed)", async () => {
    expect(await probeCompiler("g++")).toMatchObject({ family: "gcc", version: expect.stringMatching(/^\d+\.\d+/) });
  });

  it.skipIf(clang === undefined)(
    "of the Clang family is known by its name and version (skipped when clang++ is not installed)",
    async () => {
      expect(await probeCompiler("clang++")).toMatchObject({ family: "clang", version: expect.stringMatching(/^\d+\.\d+/) });
    },
  );
});

describe("a tool", () => {
  it("is found on the PATH only when it can be run", async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, "mytool"), "#!/bin/sh\n");
    expect(await findTool("mytool", folder)).toBeUndefined();
    await chmod(join(folder, "mytool"), 0o755);
    expect(await findTool("mytool", `/nowhere:${folder}`)).toBe(join(folder, "mytool"));
  });

  it("that is a folder of that name is none", async () => {
    expect(await findTool("/tmp")).toBeUndefined();
  });

  it("that is missing is named together with all others that are", async () => {
    await expect(requireTools(["no-such-a", "no-such-b", "no-such-a"], "the build")).rejects.toMatchObject({
      code: "tool-missing",
      message: "the build needs no-such-a and no-such-b, not found on this machine",
    });
  });
});
