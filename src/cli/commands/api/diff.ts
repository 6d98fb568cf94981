/** Owns `unfork api diff`: what became of each item of an API, and what that costs a shim. */
import { type Command, Option } from "commander";

import { diffApi } from "../../../api/diff/diff-api.js";
import type { DiffFlavors } from "../../../api/diff/side.js";
import { unusedKeys } from "../../../api/diff/unused-keys.js";
import { readNameMap } from "../../../api/read-name-map.js";
import { readSnapshot } from "../../../api/snapshot-file.js";
import type { ApiDiff } from "../../../model/api-diff.js";
import { type ApiNameMap, EMPTY_NAME_MAP } from "../../../model/api-name-map.js";
import { API_DIFF_FORMATS, type ApiDiffFormat, renderApiDiff } from "../../../report/api-diff/index.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { writeRendered } from "../../reporters.js";
import { openTerminal } from "../../terminal.js";

interface ApiDiffOptions extends GlobalOptions {
  readonly map?: string;
  readonly flavor?: readonly string[];
  readonly headers?: readonly string[];
  readonly all?: boolean;
  readonly failOn: "difference" | "by-hand" | "never";
  readonly reporter?: readonly ApiDiffFormat[];
  readonly output?: readonly string[];
}

export function addApiDiff(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("diff")
    .description("Compare two releases' APIs under a name map: what is the same, what a shim converts, what needs a person.")
    .argument("<legacy>", "snapshot of the older release")
    .argument("<latest>", "snapshot of the newer release")
    .optionsGroup("What is compared:")
    .option("--map <file>", "which names of either release mean the same, YAML or JSON (see docs/api.md)")
    .option("--flavor <name...>", "names of the older and the newer flavor, whose suffixes isolated trees bear (default: legacy latest)")
    .option("--headers <glob...>", "compare only what either release declares in these headers, as in 'api/audio/*'")
    .addOption(
      new Option("--fail-on <what>", "exit with 1 on any difference, or on work by hand")
        .choices(["difference", "by-hand", "never"])
        .default("never"),
    )
    .optionsGroup("What to print:")
    .option("--all", "also what differs without work, and what is the same")
    .addOption(
      new Option("--reporter <name...>", "format of the result, repeatable (default: text, or json under --json)").choices(
        API_DIFF_FORMATS,
      ),
    )
    .option("--output <file...>", "where each --reporter goes, in the same order (default: stdout)");
  withExamples(command, [
    "unfork api diff m120.json m150.json",
    "unfork api diff m120.json m150.json --map names.yaml --all",
    "unfork api diff m120.json m150.json --map names.yaml --headers 'api/audio/*' 'modules/audio_processing/include/*'",
    "unfork api diff m120.json m150.json --map names.yaml --reporter text html --output /dev/stdout api.html",
    "unfork api diff old.json new.json --fail-on by-hand",
  ]);
  command.action(async (legacy: string, latest: string, _local: unknown, self: Command) =>
    setExitCode(await apiDiff(legacy, latest, globalsOf(self) as ApiDiffOptions)),
  );
}

async function apiDiff(legacy: string, latest: string, options: ApiDiffOptions): Promise<number> {
  const terminal = openTerminal(options);
  const flavors = flavorsOf(options.flavor);
  const map: ApiNameMap = options.map === undefined ? EMPTY_NAME_MAP : await readNameMap(options.map);
  const [old, one] = [await readSnapshot(legacy), await readSnapshot(latest)];
  for (const key of unusedKeys(map, old, one, flavors)) terminal.message(`warning: ${options.map}: ${key} fits nothing in either release`);
  const diff = diffApi({ file: legacy, snapshot: old }, { file: latest, snapshot: one }, map, flavors, options.headers);
  await writeRendered(options, terminal, (format, look) =>
    renderApiDiff(format as ApiDiffFormat, diff, { ...look, all: options.all === true || options.verbose === true }),
  );
  return failsAt(diff, options.failOn) ? EXIT.gate : EXIT.done;
}

function flavorsOf(given: readonly string[] | undefined): DiffFlavors {
  if (given === undefined) return { legacy: "legacy", latest: "latest" };
  const [legacy, latest, ...more] = given;
  if (legacy !== undefined && latest !== undefined && more.length === 0 && legacy !== latest) return { legacy, latest };
  throw new UnforkError("usage", "--flavor needs the names of both flavors", {
    hint: "as in --flavor legacy latest, in the order of the snapshots",
  });
}

function failsAt({ summary: { statuses, work }, items }: ApiDiff, limit: ApiDiffOptions["failOn"]): boolean {
  if (limit === "never") return false;
  return limit === "by-hand" ? work.byHand.items > 0 : statuses.same < items.length;
}
