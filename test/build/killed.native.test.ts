import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";

import { buildFlavor } from "../../src/build/build-flavor.js";
import { killChildren } from "../../src/support/children.js";
import { runOk } from "../../src/support/exec.js";
import { sha256File } from "../../src/support/hash.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { type SmallProject, smallDescription, smallProject, writeFiles } from "./small-library.js";

const toolsThere = (await findTool("g++")) !== undefined && (await findTool("ninja")) !== undefined;

/** The small project with more files, so that there is something to kill. */
async function longerProject(root?: string): Promise<SmallProject> {
  const project = await smallProject(root);
  const more = Array.from({ length: 12 }, (_, i) => [
    `core/more${i}.cc`,
    `#include <string>\nstd::string more${i}() { return __FILE__; }\n`,
  ]);
  await writeFiles(project.trees.legacy.tree, Object.fromEntries(more));
  return project;
}

function build(project: SmallProject) {
  const { legacy } = project.trees;
  return buildFlavor({ ...legacy, flavor: "legacy", description: smallDescription(), root: project.root, out: project.out, jobs: 2 });
}

async function archiveDigest(project: SmallProject): Promise<string> {
  const outcome = await build(project);
  if (outcome.status === "failed") throw new Error(JSON.stringify(outcome.errors));
  return sha256File(outcome.result.archives[0] ?? "");
}

/** Builds, and after `ms` kills ninja and its compilers as a power cut would. Says whether the kill came in time. */
async function buildKilledAfter(project: SmallProject, ms: number): Promise<"killed" | "ended"> {
  const ended = build(project).then(
    () => "ended" as const,
    () => "killed" as const,
  );
  await pause(ms);
  killChildren();
  return ended;
}

describe.skipIf(!toolsThere)("a build (skipped when g++ or ninja is not installed)", () => {
  it("that is killed ends with the same archive when it is started again, wherever the kill fell", async () => {
    const whole = await archiveDigest(await longerProject());
    const falls: string[] = [];
    for (const ms of [100, 250, 500, 900]) {
      const project = await longerProject();
      falls.push(await buildKilledAfter(project, ms));
      expect(await archiveDigest(project)).toBe(whole);
    }
    expect(falls).toContain("killed");
  }, 180_000);

  it("that is killed while it makes anew what changed ends with the same archive, too", async () => {
    const whole = await archiveDigest(await longerProject());
    const project = await longerProject();
    await archiveDigest(project);
    for (const ms of [150, 300]) {
      await writeFiles(project.trees.legacy.tree, { "include/tone/tone.h": "#error changed\n", "core/more1.cc": "int changed;\n" });
      await buildKilledAfter(project, ms);
      await longerProject(project.root);
      expect(await archiveDigest(project)).toBe(whole);
    }
  }, 180_000);

  it("that is killed leaves no archive in place that is not whole", async () => {
    const project = await longerProject();
    const whole = await archiveDigest(project);
    await writeFiles(project.trees.legacy.tree, { "core/more1.cc": "#include <vector>\n#include <string>\nint other;\n" });
    await buildKilledAfter(project, 150);
    const there = await sha256File(join(project.out, "liblegacy.a"));
    expect([whole, await archiveDigest(project)]).toContain(there);
  });

  it("after a ninja by hand on an edited tree trusts no object", async () => {
    const project = await longerProject();
    const whole = await archiveDigest(project);
    await writeFiles(project.trees.legacy.tree, { "core/more1.cc": "int edited;\n" });
    await runOk({ command: "ninja", args: [], cwd: project.out });
    await longerProject(project.root);
    expect(await archiveDigest(project)).toBe(whole);
  });
});
