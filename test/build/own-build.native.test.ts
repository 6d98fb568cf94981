import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { buildFlavor, buildFlavors } from "../../src/build/build-flavor.js";
import { buildProgram } from "../../src/build/build-program.js";
import { MODES, type Mode, type OwnBuild } from "../../src/model/build.js";
import { listen } from "../../src/support/bus.js";
import { runOk } from "../../src/support/exec.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { temporaryFolder } from "../helpers/temp.js";
import { type SmallProject, smallDescription, smallProject, writeFiles } from "./small-library.js";

const COMPILERS = [
  { cc: "gcc", cxx: "g++" },
  { cc: "clang", cxx: "clang++" },
];
const present = await Promise.all(
  COMPILERS.map(async ({ cxx }) => (await findTool(cxx)) !== undefined && (await findTool("ninja")) !== undefined),
);

async function archivesOf(project: SmallProject, description: OwnBuild): Promise<Record<"legacy" | "latest", string[]>> {
  const outcome = await buildFlavors({ description, trees: project.trees, root: project.root, out: join(project.out, "flavors"), jobs: 2 });
  if (outcome.status === "failed") throw new Error(JSON.stringify(outcome.errors, null, 1));
  const [legacy, latest] = outcome.results;
  return { legacy: legacy?.archives ?? [], latest: latest?.archives ?? [] };
}

async function programOf(project: SmallProject, description: OwnBuild, mode: Mode): Promise<string> {
  const archives = await archivesOf(project, description);
  const trees = { legacy: project.trees.legacy.tree, latest: project.trees.latest.tree };
  const originalTrees = { legacy: project.trees.legacy.originalTree, latest: project.trees.latest.originalTree };
  const out = join(project.out, "program");
  const outcome = await buildProgram({ mode, description, root: project.root, out, trees, originalTrees, archives, jobs: 2 });
  if (outcome.status === "failed") throw new Error(JSON.stringify(outcome.errors, null, 1));
  expect(outcome.result.size.raw).toBeGreaterThan(outcome.result.size.stripped);
  expect(outcome.result.size.stripped).toBeGreaterThan(outcome.result.size.gzip);
  return outcome.result.executable;
}

/** A source with a mistake in line 3. */
function wrongSource(suffix: string): string {
  return `#include "tone/tone.h"\nint f() {\n  return tone${suffix}::answer() + tone${suffix}::missing();\n}\n`;
}

async function outputOf(executable: string): Promise<string> {
  return (await runOk({ command: executable, args: [] })).stdout.toString("utf8");
}

/** Total of steps that ninja ran while `work` ran. */
async function stepsOf(work: () => Promise<unknown>): Promise<number> {
  let steps = 0;
  const stop = listen((event) => {
    if (event.type === "progress") steps = Math.max(steps, event.done);
  });
  await work().finally(stop);
  return steps;
}

COMPILERS.forEach((compilers, index) => {
  describe.skipIf(!present[index])(`with ${compilers.cxx} (skipped when it or ninja is not installed)`, () => {
    const description = smallDescription(compilers);

    it("builds a program of every mode from one tree, and each flavor runs its own code", async () => {
      const project = await smallProject();
      const said: Record<string, string> = {};
      for (const mode of MODES) said[mode] = await outputOf(await programOf(project, description, mode));
      const legacy = "legacy 24 core/tone.cc Jan  1 197000:00:00\n";
      const latest = "latest 44 core/tone.cc Jan  1 197000:00:00\n";
      expect(said).toEqual({ legacy, latest, dual: legacy + latest });
    });

    it("writes the same bytes in whatever folder it builds, debug information included", async () => {
      const debugged = smallDescription(compilers);
      debugged.flavors.legacy.flags.push("-g");
      const here = await archivesOf(await smallProject(), debugged);
      const there = await archivesOf(await smallProject(join(temporaryFolder(), "deeper", "still")), debugged);
      for (const flavor of ["legacy", "latest"] as const)
        expect(await readFile(here[flavor][0] ?? "")).toEqual(await readFile(there[flavor][0] ?? ""));
    });

    it("compiles adapters, and sources that do not ask for the mode, once for all modes", async () => {
      const project = await smallProject();
      const wider = smallDescription(compilers);
      wider.program.sources.push("program/indifferent.cc", "program/asking.cc");
      await writeFiles(project.root, {
        "program/indifferent.cc": "int indifferent() { return 1; }\n",
        "program/modes.h": "#ifdef UNFORK_HAS_LEGACY\ninline int modes = 1;\n#endif\n",
        "program/asking.cc": '#include "modes.h"\n',
      });
      const steps: number[] = [];
      await archivesOf(project, wider);
      for (const mode of MODES) steps.push(await stepsOf(() => programOf(project, wider, mode)));
      expect(steps).toEqual([5, 4, 3]);
    });

    it("refuses a source that hides from us that it asks for the mode, instead of building it wrong", async () => {
      const project = await smallProject();
      await writeFiles(project.root, { "program/main.cc": '#define HIDDEN "modes.h"\n#include HIDDEN\nint main() {}\n' });
      await writeFiles(project.root, { "program/modes.h": "#ifdef UNFORK_HAS_LEGACY\n#endif\n" });
      await expect(programOf(project, description, "legacy")).rejects.toThrow(/program\/modes\.h.*poisoned/s);
    });

    it("makes the same objects with standard headers precompiled as with them included, and keeps the database plain", async () => {
      const including = smallDescription(compilers);
      including.launcher = ["env"];
      const precompiling = smallDescription(compilers);
      for (const one of [including, precompiling]) one.flavors.legacy.precompiled = ["vector", "cstring"];
      const project = await smallProject();
      const plain = await archivesOf(await smallProject(), including);
      const precompiled = await archivesOf(project, precompiling);
      expect(await readFile(precompiled.legacy[0] ?? "")).toEqual(await readFile(plain.legacy[0] ?? ""));
      expect(await readFile(join(project.out, "flavors/legacy/compile_commands.json"), "utf8")).toContain(
        '"legacy/precompiled/standard.h"',
      );
      expect((await stat(join(project.out, "flavors/legacy/precompiled/standard-0.h.gch"))).size).toBeGreaterThan(100_000);
    });

    it("names members by path, in sorted order, so that equal base names stay apart", async () => {
      const archives = await archivesOf(await smallProject(), description);
      const listed = await runOk({ command: "ar", args: ["t", archives.legacy[0] ?? ""] });
      expect(listed.stdout.toString("utf8").trim().split("\n")).toEqual(["core~table.c.o", "core~tone.cc.o", "fast~tone.cc.o"]);
    });

    it("compiles nothing when a tree is written anew with the same bytes", async () => {
      const project = await smallProject();
      const first = await stepsOf(() => archivesOf(project, description));
      await smallProject(project.root);
      expect([first, await stepsOf(() => archivesOf(project, description))]).toEqual([8, 0]);
    });

    it("compiles a changed file anew even when it comes with an old time, and drops a removed one from the archive", async () => {
      const project = await smallProject();
      const extra = join(project.trees.legacy.tree, "core/extra.c");
      await writeFile(extra, "int tone_extra_legacy;\n");
      await archivesOf(project, description);
      const file = join(project.trees.legacy.tree, "core/tone.cc");
      await writeFile(file, (await readFile(file, "utf8")).replace("(10)", "(11)"));
      await utimes(file, 1000, 1000);
      expect(await stepsOf(() => archivesOf(project, description))).toBe(2);
      expect(await outputOf(await programOf(project, description, "legacy"))).toContain("legacy 26 ");
      await rm(extra);
      const archives = await archivesOf(project, description);
      expect((await runOk({ command: "ar", args: ["t", archives.legacy[0] ?? ""] })).stdout.toString("utf8")).not.toContain("extra");
    });

    it("leaves build.ninja alone when nothing in it changes", async () => {
      const project = await smallProject();
      await archivesOf(project, description);
      const path = join(project.out, "flavors/build.ninja");
      await utimes(path, 1000, 1000);
      await archivesOf(project, description);
      expect((await stat(path)).mtimeMs).toBe(1_000_000);
    });

    it("lists every compile in a database that the compiler accepts", async () => {
      const project = await smallProject();
      const { legacy: place } = project.trees;
      const outcome = await buildFlavor({ ...place, flavor: "legacy", description, root: project.root, out: project.out });
      if (outcome.status === "failed") throw new Error("did not build");
      const entries: { directory: string; arguments: string[] }[] = JSON.parse(
        await readFile(outcome.result.compileDatabase ?? "", "utf8"),
      );
      expect(entries).toHaveLength(outcome.result.objects);
      for (const { directory, arguments: words } of entries)
        await runOk({ command: words[0] ?? "", args: [...words.slice(1), "-fsyntax-only"], cwd: directory });
    });

    it("shows an error at its line and column in the original source, with its names and the failing command", async () => {
      const project = await smallProject();
      const { legacy: place } = project.trees;
      await writeFile(join(place.tree, "core/wrong.cc"), wrongSource("_legacy"));
      await writeFile(join(place.originalTree, "core/wrong.cc"), wrongSource(""));
      const outcome = await buildFlavor({ ...place, flavor: "legacy", description, root: project.root, out: project.out });
      if (outcome.status === "built") throw new Error("built what cannot be built");
      expect(outcome.errors).toHaveLength(1);
      const [error] = outcome.errors;
      expect(error).toMatchObject({ file: ".unfork/candidates/v1/core/wrong.cc", line: 3, column: 33 });
      expect(error?.message).toMatch(/missing.*tone\W/);
      expect(error?.message).not.toContain("_legacy");
      expect(error?.command).toContain(`&& ${compilers.cxx} `);
    });

    it("tells of an undefined name at link time as an error, with the name", async () => {
      const project = await smallProject();
      await writeFile(join(project.root, "program/main.cc"), "int nowhere();\nint main() { return nowhere(); }\n");
      const archives = await archivesOf(project, description);
      const trees = { legacy: project.trees.legacy.tree };
      const request = { mode: "legacy" as const, description, root: project.root, out: project.out, trees, originalTrees: {}, archives };
      const outcome = await buildProgram(request);
      if (outcome.status === "built") throw new Error("linked what cannot be linked");
      expect(outcome.errors.map((error) => error.message)).toEqual(["undefined reference to 'nowhere()'"]);
    });
  });
});
