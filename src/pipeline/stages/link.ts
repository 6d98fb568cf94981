/** Owns the stage that links the three programs: legacy only, latest only, both. */
import { join, relative } from "node:path";

import { buildProgram } from "../../build/build-program.js";
import { type CompileError, FLAVORS, type Flavor, MODES, type Mode, type ProgramResult } from "../../model/build.js";
import { bytes, plural } from "../../report/figures.js";
import { folderDigest } from "../../support/tree-digest.js";
import { stageOutputSchemas } from "../outputs.js";
import type { Project } from "../project.js";
import { buildOf } from "../shared-modules.js";
import type { Stage, StageContext } from "../stage.js";
import { byHandFolder, shimFilesOf } from "../shim-places.js";
import { compileNeeds } from "./compile-needs.js";

export const linkStage: Stage<"link"> = {
  id: "link",
  title: "Link the programs",
  output: stageOutputSchemas.link,
  async inputs(project) {
    return {
      build: buildOf(project.config),
      sources: await Promise.all(programFolders(project).map((folder) => folderDigest(join(project.root, folder)))),
    };
  },
  paths: (output) => output.programs.map((program) => program.executable),
  plan: () => MODES.map((mode) => `link the ${mode} program`),
  async run(context) {
    const programs: ProgramResult[] = [];
    const errors: CompileError[] = [];
    for (const mode of MODES) {
      const outcome = await linkOne(context, mode);
      if (outcome.status === "built") programs.push(outcome.result);
      else errors.push(...outcome.errors);
    }
    const dual = programs.find((program) => program.mode === "dual");
    return {
      status: errors.length === 0 ? "done" : "failed",
      output: { programs, errors },
      summary: dual === undefined ? plural(errors.length, "error") : `both flavors in one program of ${bytes(dual.size.stripped)}`,
      needs: compileNeeds(errors, (error) => generatedHint(context, error)),
    };
  },
};

/** Folders that hold what the program is made of besides the library, relative to the root. */
export function programFolders(project: Project): string[] {
  const { build, shim } = project.config;
  const byHand = shim === undefined ? [] : [relative(project.root, byHandFolder(project, shim))];
  if (build.system === "commands") return byHand;
  const { sources, adapters } = build.program;
  const patterns = [...sources, ...adapters.legacy, ...adapters.latest];
  const folders = patterns.map((pattern) => pattern.slice(0, Math.max(0, pattern.search(/[^/]*$/))));
  return [...new Set([...folders, ...byHand])].toSorted();
}

async function linkOne(context: StageContext, mode: Mode): ReturnType<typeof buildProgram> {
  const { project } = context;
  const flavors: readonly Flavor[] = mode === "dual" ? FLAVORS : [mode];
  const built = context.output("build");
  const shim = shimFilesOf(context);
  return buildProgram({
    mode,
    description: buildOf(project.config),
    root: project.root,
    out: join(project.paths.build, "program"),
    trees: each(flavors, (flavor) => context.output("isolate")[flavor].path),
    originalTrees: each(flavors, (flavor) => context.output("features")[flavor].path),
    archives: each(flavors, (flavor) => built[flavor]?.archives ?? []),
    ...(shim === undefined ? {} : { shim }),
    jobs: context.jobs,
    relink: true,
  });
}

function each<T>(flavors: readonly Flavor[], value: (flavor: Flavor) => T): Partial<Record<Flavor, T>> {
  return Object.fromEntries(flavors.map((flavor) => [flavor, value(flavor)]));
}

/** What to do about an error in a file that nobody wrote. */
function generatedHint({ project }: StageContext, { file, message }: CompileError): string | undefined {
  const { shim } = project.config;
  const folder = `${relative(project.root, project.paths.shim)}/`;
  if (shim === undefined || !file.startsWith(folder)) return undefined;
  if (/\bunfork\/\w+\.h\b/.test(message)) return "the runtime's headers: give your commands -I{shim:runtime}";
  return `generated: leave the item out in ${shim.surface} (exclude), or name it there under byHand and write its body`;
}
