/** Owns finding, loading and checking `unfork.config.*`. */
import { basename, dirname, join, resolve } from "node:path";

import { type UnforkConfig, configSchema } from "../model/config.js";
import { importDefault } from "../support/import-module.js";
import { UnforkError, messageOf } from "../support/errors.js";
import { exists, readText } from "../support/fs.js";
import { explainIssues } from "../support/explain-issues.js";

export const CONFIG_NAMES = ["unfork.config.ts", "unfork.config.mjs", "unfork.config.json"] as const;

export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly file: string;
  /** Absolute path of its folder: what relative paths in it refer to. */
  readonly root: string;
  readonly config: UnforkConfig;
  /** As written, before defaults. */
  readonly raw: unknown;
}

/** Loads `given`, or the nearest config file at or above `from`. Throws `config-not-found` or `config-invalid`. */
export async function loadConfig(given: string | undefined, from: string): Promise<LoadedConfig> {
  const file = given === undefined ? await findConfig(from) : resolve(from, given);
  const raw = await readConfig(file);
  return { file, root: dirname(file), raw, config: checkConfig(raw, basename(file)) };
}

/** Checks a value against the schema; each problem is a line of the error's message. */
export function checkConfig(raw: unknown, name: string): UnforkConfig {
  const result = configSchema.safeParse(raw);
  if (result.success) return result.data;
  const lines = explainIssues(result.error.issues, raw, configSchema);
  throw new UnforkError(
    "config-invalid",
    `${name} has ${lines.length === 1 ? "a problem" : `${lines.length} problems`}:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    {
      hint: "correct the named keys; `unfork config --schema` prints what is allowed",
      context: { file: name },
    },
  );
}

async function findConfig(from: string): Promise<string> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    for (const name of CONFIG_NAMES) if (await exists(join(folder, name))) return join(folder, name);
    if (folder === dirname(folder)) break;
  }
  throw new UnforkError("config-not-found", `no ${CONFIG_NAMES.join(", ")} in ${resolve(from)} or above it`, {
    hint: "run `unfork init` to write one, or name one with --config FILE",
    context: { folder: resolve(from) },
  });
}

async function readConfig(file: string): Promise<unknown> {
  if (!(await exists(file)))
    throw new UnforkError("config-not-found", `there is no file ${file}`, { hint: "check the path given to --config", context: { file } });
  try {
    return file.endsWith(".json") ? JSON.parse(await readText(file)) : await importConfig(file);
  } catch (error) {
    if (error instanceof UnforkError) throw error;
    throw new UnforkError("config-invalid", `cannot read ${basename(file)}: ${messageOf(error)}`, {
      hint: "the file must be valid and export its configuration as the default",
      context: { file },
      cause: error,
    });
  }
}

async function importConfig(file: string): Promise<unknown> {
  const value = await importDefault(file);
  if (value === undefined || value === null)
    throw new UnforkError("config-invalid", `${basename(file)} has no default export`, {
      hint: "write `export default defineConfig({ … })`",
      context: { file },
    });
  return value;
}
