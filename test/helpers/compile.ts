/** Owns the compilation of tiny sources in tests. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runOk } from "../../src/support/exec.js";
import { findTool } from "../../src/toolchain/find-tool.js";

/** Those of the tools that are not on this machine; a suite that needs one is skipped by name. */
export async function missingTools(...tools: string[]): Promise<string[]> {
  const found = await Promise.all(tools.map(async (tool) => ((await findTool(tool)) === undefined ? tool : "")));
  return found.filter((tool) => tool !== "");
}

export interface Compilation {
  readonly folder: string;
  /** File name; its extension chooses the language. */
  readonly name: string;
  readonly source: string;
  /** Default: gcc for `.c`, else g++. */
  readonly compiler?: string;
  readonly flags?: readonly string[];
}

/** Compiles one source to an object beside it; gives the object's path. */
export async function compileObject({ folder, name, source, compiler, flags = [] }: Compilation): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, source);
  const command = compiler ?? (name.endsWith(".c") ? "gcc" : "g++");
  await runOk({ command, args: [...flags, "-c", path, "-o", `${path}.o`] });
  return `${path}.o`;
}

/** Packs objects into `<folder>/<name>`; gives its path. */
export async function makeArchive(folder: string, name: string, objects: readonly string[], flags = "rcs"): Promise<string> {
  const path = join(folder, name);
  await runOk({ command: "ar", args: [flags, path, ...objects] });
  return path;
}
