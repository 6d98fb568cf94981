/** Owns the driver that calls a project's shim with generated arguments: written, compiled and linked as the dual program is. */
import { join, relative } from "node:path";

import { buildProgram } from "../../build/build-program.js";
import type { CompileError, Flavor, OwnBuild } from "../../model/build.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import type { ApiNameMap } from "../../model/api-name-map.js";
import { callAt } from "../../shim/catching/call-text.js";
import { type ApiCalls, apiCalls } from "../../shim/catching/calls.js";
import { type ChangedWords, driverText } from "../../shim/catching/driver-text.js";
import { loadShim } from "../../shim/load-shim.js";
import { UnforkError } from "../../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { ownFile } from "../../support/own-files.js";
import { latestRun, readEntries } from "../journal.js";
import { type StageId, type StageOutputs, stageOutputSchemas } from "../outputs.js";
import type { Project } from "../project.js";
import { buildOf as sharedBuildOf } from "../shared-modules.js";
import { byHandFolder } from "../shim-places.js";

export interface ProjectApi {
  readonly calls: ApiCalls;
  readonly snapshots: readonly [ApiSnapshot, ApiSnapshot];
  readonly map: ApiNameMap;
  /** Compiles and links the driver; what does not compile is left out of it. */
  readonly build: (words: ChangedWords) => Promise<ApiDriver>;
}

export interface ApiDriver {
  readonly executable: string;
  /** Those that are in it. */
  readonly calls: ApiCalls;
}

const NAME = "api-driver";

/** Throws `config-invalid` in a project without a shim or with a build system of its own, `state-invalid` where nothing is built yet. */
export async function projectApi(project: Project): Promise<ProjectApi> {
  const { config, paths, root } = project;
  const { shim } = config;
  const description = sharedBuildOf(config);
  if (shim === undefined)
    throw new UnforkError("config-invalid", `${project.configName} has no 'shim': there is no API over both flavors to call`, {
      hint: "hunt in a use case: unfork usecase catch ID",
    });
  if (description.system !== "own")
    throw new UnforkError("config-invalid", "the driver is only built where unfork builds the program (build.system: own)");
  const own: OwnBuild = description;
  const output = await outputsOf(project);
  const flavor = (name: Flavor) => ({ name, file: join(paths.shim, `${name}.api.json`), release: config.flavors[name].release });
  const surface = join(root, shim.surface);
  const loaded = await loadShim({ flavors: [flavor("legacy"), flavor("latest")], surface, library: undefined, apps: [] });
  const out = join(paths.build, "api");
  const byHand = byHandFolder(project, shim);
  const source = join(out, `${NAME}.cc`);
  async function buildOf(calls: ApiCalls, words: ChangedWords): Promise<ApiDriver> {
    const text = driverText(loaded.plan, calls, words);
    if ((await readTextIfThere(source)) !== text) await writeFileAtomic(source, text);
    const { folder, units } = output("shim");
    const outcome = await buildProgram({
      mode: "dual",
      description: driverIn(own, relative(root, source)),
      root,
      out,
      trees: each((name) => output("isolate")[name].path),
      originalTrees: each((name) => output("features")[name].path),
      archives: each((name) => output("build")[name]?.archives ?? []),
      shim: { folder, units, runtime: ownFile("../runtime/include"), byHand },
    });
    if (outcome.status === "built") return { executable: outcome.result.executable, calls };
    const fewer = withoutFailed(calls, text, outcome.errors);
    if (fewer !== undefined) return await buildOf(fewer, words);
    const [error] = outcome.errors;
    throw new UnforkError("tool-failed", `the driver does not build: ${error?.file}:${error?.line}: ${error?.message}`);
  }
  const calls = apiCalls(loaded.plan);
  return { calls, snapshots: loaded.snapshots, map: loaded.surface.map, build: (words) => buildOf(calls, words) };
}

/** Undefined where no error stands in the text of a call. */
function withoutFailed({ taken, left, ...rest }: ApiCalls, text: string, errors: readonly CompileError[]): ApiCalls | undefined {
  const failed = new Map<number, string>();
  for (const { file, line, message } of errors) {
    const index = file.endsWith(`${NAME}.cc`) ? callAt(text, line ?? 0) : undefined;
    if (index !== undefined && !failed.has(index)) failed.set(index, message);
  }
  if (failed.size === 0) return undefined;
  const more = [...failed].map(([index, message]) => ({ name: taken[index]?.name ?? "", why: `its call does not compile: ${message}` }));
  return { ...rest, taken: taken.filter((_, index) => !failed.has(index)), left: [...left, ...more] };
}

/** The project's program, made of the driver instead of its own sources. */
function driverIn(description: OwnBuild, source: string): OwnBuild {
  const { program } = description;
  const cxxflags = [...program.cxxflags, "-w", `-I${ownFile("../runtime/catching")}`];
  return { ...description, program: { ...program, name: NAME, sources: [source], cxxflags } };
}

function each<T>(value: (flavor: Flavor) => T): Record<Flavor, T> {
  return { legacy: value("legacy"), latest: value("latest") };
}

/** Of the newest run. */
async function outputsOf({ paths }: Project): Promise<<K extends StageId>(stage: K) => StageOutputs[K]> {
  const run = await latestRun(paths.runs);
  const entries = run === undefined ? [] : await readEntries(paths.runs, run);
  const missing = (["features", "isolate", "build", "shim"] as const).find(
    (stage) => !entries.some((entry) => entry.stage === stage && entry.status === "done"),
  );
  if (missing !== undefined)
    throw new UnforkError("state-invalid", `the last run has not come through '${missing}'`, { hint: "run `unfork upgrade --until link`" });
  return (stage) => stageOutputSchemas[stage].parse(entries.find((entry) => entry.stage === stage)?.output) as never;
}
