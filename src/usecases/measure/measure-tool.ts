/** Owns the small program that runs are measured by: compiled once per machine, kept in the cache. */
import { mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { cacheFolder } from "../../sources/cache.js";
import { UnforkError } from "../../support/errors.js";
import { failure, run } from "../../support/exec.js";
import { exists } from "../../support/fs.js";
import { sha256 } from "../../support/hash.js";
import { randomId } from "../../support/random.js";
import { packageRoot } from "../../support/version.js";
import { findTool } from "../../toolchain/find-tool.js";
import { installHint } from "../../toolchain/packages.js";

const FOLDER = "runtime/measure";
const SOURCE = "measure.cc";
const COMPILERS = ["c++", "g++", "clang++"];

/** Absolute path of the compiled program. Throws `tool-missing` without a C++ compiler, `tool-failed` when it does not compile. */
export async function measureTool(): Promise<string> {
  const source = join(packageRoot(), FOLDER, SOURCE);
  const folder = join(cacheFolder(), "tools");
  const tool = join(folder, `measure-${(await (digest ??= sourcesDigest())).slice(0, 16)}`);
  if (await exists(tool)) return tool;
  const fresh = `${tool}.${randomId()}.tmp`;
  await mkdir(folder, { recursive: true });
  const command = { command: await compiler(), args: ["-std=c++17", "-O1", "-o", fresh, source] };
  const result = await run(command);
  if (result.code !== 0) {
    await rm(fresh, { force: true });
    throw failure(command, result);
  }
  await rename(fresh, tool);
  return tool;
}

/** Of the sources, which stay as they are while this process lives. */
let digest: Promise<string> | undefined;

async function sourcesDigest(): Promise<string> {
  const folder = join(packageRoot(), FOLDER);
  const files = (await readdir(folder)).filter((name) => /\.(?:cc|h)$/.test(name)).toSorted();
  return sha256((await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).join("\0"));
}

async function compiler(): Promise<string> {
  for (const name of COMPILERS) {
    const found = await findTool(name);
    if (found !== undefined) return found;
  }
  throw new UnforkError("tool-missing", "no C++ compiler to build the program that measures runs", { hint: installHint(["g++"]) });
}
