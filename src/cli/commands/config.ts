/** Owns `unfork config`: the effective values and where each came from. */
import type { Command } from "commander";

import { type EffectiveValue, effectiveValues } from "../../config/effective.js";
import { configJsonSchema } from "../../config/json-schema.js";
import { type LoadedConfig, loadConfig } from "../../config/load-config.js";
import { toldDays } from "../../pipeline/lag.js";
import { projectOf } from "../../pipeline/project.js";
import { cacheFolder } from "../../sources/cache.js";
import { canonicalJson } from "../../support/hash.js";
import { table } from "../../support/table.js";
import { basename } from "node:path";
import { EXIT } from "../exit-codes.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { openTerminal } from "../terminal.js";

interface Options extends GlobalOptions {
  readonly show?: boolean;
  readonly schema?: boolean;
}

export function addConfig(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("config")
    .description("Check the configuration; show every effective value and where it came from.")
    .option("--show", "print each effective value with its origin")
    .option("--schema", "print the JSON schema of the configuration");
  withExamples(command, [
    "unfork config",
    "unfork config --show",
    "unfork config --show --json",
    "unfork config --schema > unfork.schema.json",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await config(globalsOf(self) as Options)));
}

async function config(options: Options): Promise<number> {
  const terminal = openTerminal(options);
  if (options.schema === true) {
    terminal.result(JSON.stringify(configJsonSchema(), null, 2));
    return EXIT.done;
  }
  const loaded = await loadConfig(options.config, process.cwd());
  const values = [...effectiveValues(loaded, basename(loaded.file)), ...(await dayValues(loaded)), cacheValue()];
  if (options.json === true) terminal.result(canonicalJson({ file: loaded.file, values }, 2));
  else if (options.show === true) terminal.result(showTable(values, terminal.width));
  else
    terminal.result(
      `${loaded.file} is valid: ${loaded.config.library}, ${loaded.config.flavors.legacy.release} → ${loaded.config.flavors.latest.release}`,
    );
  return EXIT.done;
}

function showTable(values: readonly EffectiveValue[], width: number): string {
  const columns = [{ head: "key" }, { head: "value", narrow: "cut" as const }, { head: "from" }];
  return table(
    columns,
    values.map(({ key, value, from }) => [key, String(value), from]),
    { width },
  ).join("\n");
}

/** Days that the sources told, for releases that the file gives none. */
async function dayValues(loaded: LoadedConfig): Promise<EffectiveValue[]> {
  const told = await toldDays(projectOf(loaded));
  return loaded.config.upstream.releases.flatMap(({ id }, index) => {
    const day = told.get(id);
    return day === undefined ? [] : [{ key: `upstream.releases[${index}].date`, value: day.day, from: day.from }];
  });
}

function cacheValue(): { key: string; value: string; from: string } {
  return { key: "(cache)", value: cacheFolder(), from: process.env["UNFORK_CACHE"] === undefined ? "default" : "UNFORK_CACHE" };
}
