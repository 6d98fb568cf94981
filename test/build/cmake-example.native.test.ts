import { cp } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { openProject } from "../../src/pipeline/project.js";
import { runUpgrade } from "../../src/pipeline/upgrade.js";
import { run, runOk } from "../../src/support/exec.js";
import { packageRoot } from "../../src/support/version.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { temporaryFolder } from "../helpers/temp.js";

const missing: string[] = [];
for (const tool of ["cmake", "ninja", "g++", "git", "nm"]) if ((await findTool(tool)) === undefined) missing.push(tool);

/** Copies of both examples side by side, as the one refers to the other. */
async function copiedExamples(): Promise<string> {
  const folder = join(temporaryFolder(), "my examples");
  for (const name of ["quick", "cmake-project"]) {
    await cp(join(packageRoot(), "examples", name), join(folder, name), { recursive: true, filter: (path) => !path.includes(".unfork") });
  }
  process.env["UNFORK_CACHE"] = join(folder, "cache");
  return folder;
}

async function definedNames(archive: string): Promise<string[]> {
  const listed = await runOk({ command: "nm", args: ["--defined-only", "--extern-only", "--format=just-symbols", archive] });
  const names = listed.stdout.toString("utf8").split("\n");
  return names.filter((name) => /^[A-Za-z_]\w*$/.test(name));
}

describe.skipIf(missing.length > 0)(`the CMake example (skipped when tools are not installed: ${missing.join(", ") || "none"})`, () => {
  it("builds archives without a common name of the library's, and a program that runs both flavors", async () => {
    const folder = await copiedExamples();
    const project = await openProject(undefined, join(folder, "cmake-project"));
    const result = await runUpgrade(project, { jobs: 2, until: "link" });
    expect(result.status).toBe("done");

    const [legacy = [], latest] = await Promise.all(
      ["legacy", "latest"].map((flavor) => definedNames(join(project.paths.build, flavor, "libmeter.a"))),
    );
    expect(legacy.length).toBeGreaterThan(20);
    const common = legacy.filter((name) => latest?.includes(name));
    expect(common.filter((name) => !/^(_ZN?K?S[tas]|_ZNKSt|_ZNSt|_ZSt|DW\.ref)/.test(name))).toEqual([]);

    const signal = join(folder, "signal.pcm");
    const program = join(project.paths.build, "program/dual/quick_meter");
    await runOk({ command: "node", args: [join(folder, "quick/signals/make-signal.mjs"), "sudden-step", signal] });
    const said = await runOk({ command: program, args: ["--both", "--in", signal, "--out", folder] });
    const lines: { flavor: string; quality: { settleMs: number } }[] = said.stdout
      .toString("utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.flavor)).toEqual(["legacy", "latest"]);
    expect(lines[1]?.quality.settleMs).toBeLessThan(lines[0]?.quality.settleMs ?? 0);

    const single = join(project.paths.build, "program/legacy/quick_meter");
    const refused = await run({ command: single, args: ["--flavor", "latest", "--in", signal, "--out", folder] });
    expect([refused.code, refused.stderr.split("\n")[0]]).toEqual([2, "quick_meter: this program has no flavor 'latest'"]);
  }, 240_000);
});
