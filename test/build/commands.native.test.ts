import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { buildFlavor, buildFlavors } from "../../src/build/build-flavor.js";
import { buildProgram } from "../../src/build/build-program.js";
import { type CommandBuild, commandBuildSchema } from "../../src/model/build.js";
import { runOk } from "../../src/support/exec.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { type SmallProject, smallProject, writeFiles } from "./small-library.js";

const compilerThere = (await findTool("g++")) !== undefined;

const FLAVOR_SCRIPT = `set -e
cd "$2"
g++ -std=c++20 -O1 -DFAST=1 -I"$1/include" -c "$1/core/tone.cc" -o core.o
g++ -std=c++20 -O1 -DFAST=1 -I"$1/include" -c "$1/fast/tone.cc" -o fast.o
gcc -c "$1/core/table.c" -o table.o
rm -f libtone.a
ar rcsD libtone.a core.o fast.o table.o
echo '[]' > compile_commands.json
`;
const PROGRAM_SCRIPT = `set -e
out=$1; shift
g++ -std=c++20 -DUNFORK_HAS_LEGACY -DUNFORK_FLAVOR_LEGACY -DUNFORK_FLAVOR_NAME=legacy -I"$1/include" program/main.cc program/adapter_legacy.cc "$2" -o "$out/tone"
`;

async function scripted(
  change: (build: CommandBuild) => void = () => undefined,
): Promise<{ project: SmallProject; description: CommandBuild }> {
  const project = await smallProject();
  await writeFiles(project.root, { "flavor.sh": FLAVOR_SCRIPT, "program.sh": PROGRAM_SCRIPT });
  const description = commandBuildSchema.parse({
    system: "commands",
    flavor: {
      commands: [["sh", "flavor.sh", "{tree}", "{out}"]],
      archives: ["{out}/libtone.a"],
      compileDatabase: "{out}/compile_commands.json",
    },
    program: { commands: [["sh", "program.sh", "{out}", "{tree:legacy}", "{archive:legacy}"]], executable: "{out}/tone" },
  });
  change(description);
  return { project, description };
}

function wrongSource(suffix: string): Record<string, string> {
  return { "core/tone.cc": `namespace tone${suffix} { int f() { return tone${suffix}::none; } }\n` };
}

function buildLegacy({ project, description }: { project: SmallProject; description: CommandBuild }) {
  return buildFlavor({ ...project.trees.legacy, flavor: "legacy", description, root: project.root, out: join(project.out, "legacy") });
}

describe.skipIf(!compilerThere)("a build system of the user's own (skipped when g++ is not installed)", () => {
  it("makes archives and program where the description says", async () => {
    const { project, description } = await scripted();
    const built = await buildLegacy({ project, description });
    expect(built).toMatchObject({
      status: "built",
      result: { objects: 3, compileDatabase: join(project.out, "legacy/compile_commands.json") },
    });
    const archives = built.status === "built" ? built.result.archives : [];
    const linked = await buildProgram({
      mode: "legacy",
      description,
      root: project.root,
      out: join(project.out, "program"),
      trees: { legacy: project.trees.legacy.tree },
      originalTrees: {},
      archives: { legacy: archives },
    });
    if (linked.status === "failed") throw new Error(JSON.stringify(linked.errors));
    const said = await runOk({ command: linked.result.executable, args: [] });
    expect(said.stdout.toString("utf8")).toMatch(/^legacy 24 /);
  });

  it("gives each flavor a folder of its own", async () => {
    const { project, description } = await scripted();
    const outcome = await buildFlavors({ description, trees: project.trees, root: project.root, out: project.out });
    if (outcome.status === "failed") throw new Error(JSON.stringify(outcome.errors));
    const [legacy, latest] = await Promise.all(outcome.results.map((result) => readFile(result.archives[0] ?? "", "latin1")));
    expect([legacy?.includes("tone_legacy"), latest?.includes("tone_legacy"), latest?.includes("tone_latest")]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("shows its compile errors at their place in the original source", async () => {
    const { project, description } = await scripted();
    await writeFiles(project.trees.legacy.tree, wrongSource("_legacy"));
    await writeFiles(project.trees.legacy.originalTree, wrongSource(""));
    const outcome = await buildLegacy({ project, description });
    if (outcome.status === "built") throw new Error("built what cannot be built");
    expect(outcome.errors).toMatchObject([{ file: ".unfork/candidates/v1/core/tone.cc", line: 1, column: 41 }]);
    expect(outcome.errors[0]?.message).not.toContain("_legacy");
    expect(outcome.errors[0]?.command).toContain("sh flavor.sh");
  });

  it.each([
    [
      "archive",
      (build: CommandBuild) => build.flavor.archives.push("{out}/libmore.a"),
      /the archive of flavor legacy did not come out.*libmore\.a/,
    ],
    [
      "compile database",
      (build: CommandBuild) => {
        build.flavor.compileDatabase = "{out}/none.json";
      },
      /the compile database of flavor legacy did not come out.*none\.json/,
    ],
  ])("is told which %s it did not make", async (_what, change, message) => {
    await expect(scripted(change).then(buildLegacy)).rejects.toMatchObject({
      code: "input-missing",
      message: expect.stringMatching(message),
    });
  });

  it("is refused when its tool is missing, before anything runs", async () => {
    const missing = scripted((build) => build.flavor.commands.push(["no-such-make", "all"])).then(buildLegacy);
    await expect(missing).rejects.toMatchObject({ code: "tool-missing", message: expect.stringContaining("no-such-make") });
  });
});
