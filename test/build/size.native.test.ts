import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { programSize } from "../../src/build/size.js";
import { runOk } from "../../src/support/exec.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { temporaryFolder } from "../helpers/temp.js";
import { writeFiles } from "./small-library.js";

const toolsThere = (await Promise.all(["gcc", "strip", "gzip", "stat"].map((tool) => findTool(tool)))).every((path) => path !== undefined);

describe.skipIf(!toolsThere)("sizes of a program (skipped when gcc, strip, gzip or stat is not installed)", () => {
  it("are those that strip and gzip -9n give, and the program stays as it is", async () => {
    const folder = temporaryFolder();
    await writeFiles(folder, { "p.c": "#include <stdio.h>\nint main(void) { return puts(__FILE__); }\n" });
    await runOk({ command: "gcc", args: ["-g", "p.c", "-o", "p"], cwd: folder });
    const before = await readFile(join(folder, "p"));
    const size = await programSize("dual", join(folder, "p"));
    expect(await readFile(join(folder, "p"))).toEqual(before);
    await runOk({ command: "strip", args: ["p"], cwd: folder });
    const packed = await runOk({ command: "gzip", args: ["-9nc", "p"], cwd: folder });
    expect(size).toMatchObject({ mode: "dual", raw: before.length, stripped: (await readFile(join(folder, "p"))).length });
    expect(Math.abs(size.gzip - packed.stdout.length)).toBeLessThan(200);
  });

  it("of a program that is not there are refused", async () => {
    await expect(programSize("dual", join(temporaryFolder(), "none"))).rejects.toMatchObject({ code: "tool-failed" });
  });
});
