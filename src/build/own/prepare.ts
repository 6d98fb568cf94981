/** Owns what stands in the ninja folder before ninja starts: build.ninja, compile databases, the compilers' versions. */
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";

import type { OwnBuild } from "../../model/build.js";
import { fileError } from "../../support/errors.js";
import { makeFolder, readTextIfThere, writeFileAtomic } from "../../support/fs.js";
import { probeCompiler } from "../../toolchain/compiler.js";
import { requireTools } from "../../toolchain/find-tool.js";
import type { BuildGraph, BuildTools } from "./graph.js";
import { TOOLCHAIN_FILE, ninjaText } from "./ninja-file.js";

/** Wants compilers, archiver, launcher and ninja, and gives the compilers' versions as text. Throws `tool-missing` naming all that lack. */
export async function checkTools(description: OwnBuild): Promise<string> {
  const { cc, cxx, ar, launcher } = description;
  await requireTools([cc, cxx, ar, "ninja", ...launcher.slice(0, 1)], "the build");
  const compilers = await Promise.all([cc, cxx].map(probeCompiler));
  return compilers.map((compiler) => `${compiler.command}: ${compiler.banner}; ${compiler.target}\n`).join("");
}

/** Writes the ninja file and the toolchain file, each only when its content changes; makes the folders of all outputs. */
export async function writeNinjaFolder(
  place: { readonly folder: string; readonly file: string },
  graph: BuildGraph,
  tools: BuildTools,
  toolchain: string,
): Promise<void> {
  const { folder, file } = place;
  await writeIfChanged(join(folder, TOOLCHAIN_FILE), toolchain);
  for (const written of graph.files) await writeIfChanged(join(folder, written.path), written.text);
  await writeIfChanged(join(folder, file), ninjaText(graph, tools));
  const outputs = [...graph.compiles.map((step) => step.object), ...graph.archives.map((step) => step.archive)];
  const folders = new Set([...outputs, ...graph.links.map((step) => step.executable)].map((output) => dirname(join(folder, output))));
  for (const needed of folders) await makeOutputFolder(needed);
}

/** Leaves the file and its time alone when it already says this. */
export async function writeIfChanged(path: string, text: string): Promise<void> {
  if ((await readTextIfThere(path)) !== text) await writeFileAtomic(path, text);
}

/** Throws `disk`. */
export async function makeOutputFolder(path: string): Promise<void> {
  await makeFolder(path).catch((error: unknown) => Promise.reject(fileError("write", path, error)));
}

/** Jobs as asked, or one per core. */
export function jobsOf(request: { readonly jobs?: number }): number {
  return request.jobs ?? availableParallelism();
}
