import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { stageOutputSchemas } from "../../src/pipeline/outputs.js";
import { type Project, openProject } from "../../src/pipeline/project.js";
import { planUpgrade, runUpgrade } from "../../src/pipeline/upgrade.js";
import { run } from "../../src/support/exec.js";
import { findTool } from "../../src/toolchain/find-tool.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../helpers/temp.js";
import { LAB } from "../shim/lab.js";

const missing: string[] = [];
for (const tool of ["ninja", "clang++", "git"]) if ((await findTool(tool)) === undefined) missing.push(tool);
if ((await findLibclang()) === undefined) missing.push("libclang");

const SURFACE = `library: lab
names: [lab::*]
byHand:
  - name: Twice
    result: int
    parameters: [int value]
`;

function byHand(flavor: string, body = "return 2 * value;"): string {
  return `namespace lab_shim::detail {\nstruct ${flavor}ByHand {\n  static int Twice(int value) { ${body} }\n};\n}\n`;
}

/** The lab as its upstream wrote it, in two releases, and a program without any adapter. */
async function labProject(changes: { readonly shim?: object; readonly surface?: string } = {}): Promise<Project> {
  const root = join(temporaryFolder(), "my lab");
  for (const [flavor, release] of [
    ["legacy", "1"],
    ["latest", "2"],
  ] as const) {
    mkdirSync(join(root, "upstream", release), { recursive: true });
    for (const file of ["lab.h", "lab.cc"]) {
      const text = readFileSync(join(LAB, flavor, file), "utf8").replaceAll(`lab_${flavor}`, "lab");
      writeFileSync(join(root, "upstream", release, file), text);
    }
  }
  mkdirSync(join(root, "shim"));
  writeFileSync(join(root, "use.cc"), readFileSync(join(LAB, "use.cc")));
  writeFileSync(join(root, "shim/surface.yaml"), changes.surface ?? SURFACE);
  writeFileSync(join(root, "shim/lab_shim_by_hand_legacy.h"), byHand("Legacy"));
  writeFileSync(join(root, "shim/lab_shim_by_hand_latest.h"), byHand("Latest"));
  const library = { includeRoots: ["."], cxxflags: ["-std=c++17"], units: [{ sources: ["lab.cc"] }] };
  const config = {
    library: "lab",
    upstream: { releases: ["1", "2"].map((id) => ({ id, sources: [{ kind: "folder", path: `upstream/${id}` }] })) },
    flavors: {
      legacy: { release: "1", isolate: { namespaces: ["lab"] } },
      latest: { release: "2", isolate: { namespaces: ["lab"] } },
    },
    build: {
      system: "own",
      cc: "clang",
      cxx: "clang++",
      flavors: { legacy: library, latest: library },
      program: { name: "use", sources: ["use.cc"], cxxflags: ["-std=c++17"] },
    },
    shim: { surface: "shim/surface.yaml", headers: { legacy: ["lab.h"], latest: ["lab.h"] }, ...changes.shim },
  };
  writeFileSync(join(root, "unfork.config.json"), JSON.stringify(config));
  process.env["UNFORK_CACHE"] = join(root, "cache");
  return openProject(undefined, root);
}

function commandsOf({ paths }: Project, mode: string): string {
  return readFileSync(join(paths.build, "program", mode, "compile_commands.json"), "utf8");
}

function coverageOf(result: Awaited<ReturnType<typeof runUpgrade>>) {
  return stageOutputSchemas.shim.parse(result.entries.find(({ stage }) => stage === "shim")?.output).coverage;
}

function needsOf(result: Awaited<ReturnType<typeof runUpgrade>>): string[] {
  return result.entries.flatMap(({ needs }) => needs.map(({ what, command }) => `${what} $ ${command}`));
}

describe.skipIf(missing.length > 0)(`a project's shim (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  let project: Project;
  beforeAll(async () => {
    project = await labProject();
  });

  it("stands in the plan, between the audit and the link", () => {
    const plan = planUpgrade(project, { from: "audit" });
    expect(plan.map(({ stage }) => stage)).toEqual(["audit", "shim", "link", "use-cases", "report"]);
    expect(plan[1]?.steps).toEqual(["generate one API over 1 (1 header) and 2 (1 header), as shim/surface.yaml says"]);
  });

  it("is all that the three programs need besides their own sources", async () => {
    const result = await runUpgrade(project, { jobs: 2, until: "link" });
    expect(needsOf(result)).toEqual([]);
    expect(result.status).toBe("done");
    const runs = [
      ["dual", "legacy"],
      ["dual", "latest"],
      ["dual", "both"],
      ["legacy", "legacy"],
      ["latest", "latest"],
    ] as const;
    for (const [mode, argument] of runs) {
      const { code, stderr } = await run({ command: join(project.paths.build, "program/bin", mode, "use"), args: [argument] });
      expect({ mode, argument, code, stderr }).toEqual({ mode, argument, code: 0, stderr: "" });
    }
  }, 240_000);

  it("calls without a table where the program has one flavor", async () => {
    expect(commandsOf(project, "legacy").match(/-DUNFORK_SHIM_ONLY=0/g)).toHaveLength(2);
    expect(commandsOf(project, "latest").match(/-DUNFORK_SHIM_ONLY=1/g)).toHaveLength(2);
    expect(commandsOf(project, "dual")).not.toContain("UNFORK_SHIM_ONLY");
  });

  it("tells what is generated, what is by hand, what is left and why", async () => {
    const shim = coverageOf(await runUpgrade(project, { jobs: 2, from: "shim", until: "shim" }));
    expect(shim).toMatchObject({ namespace: "lab_shim", handWritten: 1 });
    expect(shim.generated).toBeGreaterThan(50);
    // A class that is left counts by its members.
    expect(shim.left.filter(({ kind }) => kind !== "class")).toHaveLength(shim.handWritten + shim.unsupported);
    expect(shim.left.every(({ reason }) => reason !== "")).toBe(true);
  });

  it("is taken from the journal as long as the surface and what is by hand are the same", async () => {
    const again = await runUpgrade(project, { jobs: 2, from: "link", until: "link" });
    expect(again.status).toBe("done");
    writeFileSync(join(project.root, "shim/lab_shim_by_hand_latest.h"), byHand("Latest", "return value + value;"));
    await expect(runUpgrade(project, { jobs: 2, from: "link", until: "link" })).rejects.toMatchObject({
      code: "usage",
      hint: "start there: unfork upgrade --from shim",
    });
  }, 120_000);

  it("compiles the generated unit only when its text is another one", async () => {
    const object = join(project.paths.build, "program/obj/adapter-legacy", ".unfork~shim~src~lab_shim_legacy.cc.o");
    const { mtimeMs } = statSync(object);
    const again = await runUpgrade(project, { jobs: 2, from: "shim", until: "link" });
    expect(again.status).toBe("done");
    expect(statSync(object).mtimeMs).toBe(mtimeMs);
  }, 120_000);

  it("stops where a body by hand is missing, and names the stub to start from", async () => {
    rmSync(join(project.root, "shim/lab_shim_by_hand_legacy.h"));
    const result = await runUpgrade(project, { jobs: 2, from: "shim", until: "link" });
    expect(result.status).toBe("failed");
    const [need] = needsOf(result);
    expect(need).toContain("shim/lab_shim_by_hand_legacy.h is not there");
    expect(need).toContain("$ cp .unfork/shim/stubs/lab_shim_by_hand_legacy.h shim/lab_shim_by_hand_legacy.h");
    writeFileSync(
      join(project.root, "shim/lab_shim_by_hand_legacy.h"),
      readFileSync(join(project.root, ".unfork/shim/stubs/lab_shim_by_hand_legacy.h")),
    );
    const stubbed = await runUpgrade(project, { jobs: 2, from: "shim", until: "link" });
    expect(needsOf(stubbed)).toEqual([]);
    expect(coverageOf(stubbed)).toMatchObject({ handWritten: 0 });
  }, 120_000);

  it("says of an error in generated code which file it is and what to do", async () => {
    writeFileSync(join(project.root, "shim/surface.yaml"), SURFACE.replace("result: int", "result: NoSuchType"));
    const result = await runUpgrade(project, { jobs: 2, from: "shim", until: "link" });
    expect(result.status).toBe("failed");
    expect(needsOf(result).join("\n")).toMatch(
      /\.unfork\/shim\/include\/lab_shim\/lab_shim\.h:\d+:\d+: .*NoSuchType.*generated: leave the item out in shim\/surface\.yaml/,
    );
  }, 120_000);

  it("names the keys to look at when a header is not there", async () => {
    const other = await labProject({ shim: { headers: { legacy: ["lab.h"], latest: ["lib.h"] } } });
    await expect(runUpgrade(other, { jobs: 2, until: "shim" })).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringContaining("the latest flavor's headers for the shim: there is no header lib.h"),
      hint: expect.stringContaining("correct shim.headers.latest"),
    });
  }, 120_000);
});
