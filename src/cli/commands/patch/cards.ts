/** Owns the commands that tell of features: `unfork patch list`, `show` and `card`. */
import { type Command, InvalidArgumentError } from "commander";

import type { FeatureDetail } from "../../../model/feature-card.js";
import { parseEdit } from "../../../patches/cards/card-edits.js";
import { type ListRequest, listFeatures } from "../../../patches/cards/list-features.js";
import { setCard, showFeature } from "../../../patches/cards/show-feature.js";
import { STALE_DAYS } from "../../../patches/cards/staleness.js";
import type { ProjectFeatures } from "../../../pipeline/project-features.js";
import { cardText, listText } from "../../../report/patch-cards.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface CardOptions extends GlobalOptions {
  readonly repo?: string;
  readonly release?: string;
  readonly stale?: true | number;
  readonly set?: readonly string[];
  readonly layers?: string;
}

function cardCommand(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .option("--repo <dir>", "the repository (default: the project's, or the one here)")
    .option("--release <release>", "only this release");
}

export function addList(group: Command, setExitCode: SetExitCode): void {
  const command = cardCommand(group, "list", "List the features: owner, releases, age, conflicts, whether upstream knows, what is stale.");
  command.option(
    "--stale [days]",
    `only stale ones: not reviewed for so long (default ${STALE_DAYS}), absent, without an owner; exit 1 for any`,
    days,
  );
  command.option("--layers <file>", "the layers file: each layer's pins and features, and what was ported");
  withExamples(command, [
    "unfork patch list --repo webrtc",
    "unfork patch list --layers layers.yaml",
    "unfork patch list --stale 180 --json",
  ]);
  command.action(async (_local: unknown, self: Command) => {
    const options = globalsOf(self) as CardOptions;
    if (options.layers !== undefined) return setExitCode(await listOverLayers(options, options.layers));
    const request = await requestOf(options);
    const all = await listFeatures(request);
    const list = options.stale === undefined ? all : { ...all, features: all.features.filter(({ stale }) => stale.length > 0) };
    const terminal = openTerminal(options);
    const text = options.stale !== undefined && list.features.length === 0 ? "no feature is stale" : listText(list, terminal);
    terminal.result(options.json === true ? canonicalJson(list, 2) : text);
    if (typeof request.layersFile === "string")
      terminal.complain(`over several repositories: unfork patch list --layers ${request.layersFile}`);
    setExitCode(options.stale !== undefined && list.features.length > 0 ? EXIT.gate : EXIT.done);
  });
}

async function listOverLayers({ release, repo, stale, ...options }: CardOptions, layers: string): Promise<number> {
  if (repo !== undefined || stale !== undefined)
    throw new UnforkError("usage", "--layers lists all layers; --repo and --stale are for one repository", { hint: "leave these out" });
  const { listLayers } = await import("../../../patches/layers/list-layers.js");
  const { layersListText } = await import("../../../report/patch-layers.js");
  const list = await listLayers({ layers, staleDays: STALE_DAYS, ...(release === undefined ? {} : { release }) });
  const terminal = openTerminal(options);
  terminal.result(options.json === true ? canonicalJson(list, 2) : layersListText(list, terminal));
  return EXIT.done;
}

export function addShow(group: Command, setExitCode: SetExitCode): void {
  const command = cardCommand(group, "show", "Show a feature: what it is for, where it stands, what to know, files, functions, patches.");
  command.argument("<feature>", "its name");
  withExamples(command, ["unfork patch show echo-control --repo webrtc", "unfork patch show echo-control --release M150 --json"]);
  command.action(async (feature: string, _local: unknown, self: Command) => {
    const options = globalsOf(self) as CardOptions;
    print(await showFeature({ ...(await requestOf(options)), feature }), options);
    setExitCode(EXIT.done);
  });
}

export function addCard(group: Command, setExitCode: SetExitCode): void {
  const command = cardCommand(
    group,
    "card",
    "Write on a feature's card, which a clone carries in refs/notes/unfork; without --set it is shown.",
  );
  command.argument("<feature>", "its name");
  command.option(
    "--set <key=value...>",
    "purpose=, owner=, upstream=never | sent:<url> | in-upstream:<commit>, reviewed=<day> | today, created=<day>, trap=<sentence> (one more), traps= (none)",
  );
  withExamples(command, [
    "unfork patch card echo-control --set reviewed=today --set trap='Its test needs a sound card.'",
    "unfork patch card echo-control --repo webrtc --set upstream=sent:https://review.example.org/c/1234",
  ]);
  command.action(async (feature: string, _local: unknown, self: Command) => {
    const options = globalsOf(self) as CardOptions;
    const request = { ...(await requestOf(options)), feature };
    const edits = (options.set ?? []).map(parseEdit);
    print(edits.length === 0 ? await showFeature(request) : await setCard(request, edits), options);
    setExitCode(EXIT.done);
  });
}

function print(feature: FeatureDetail, options: CardOptions): void {
  const terminal = openTerminal(options);
  terminal.result(options.json === true ? canonicalJson(feature, 2) : cardText(feature, terminal));
}

async function requestOf({ release, stale, ...options }: CardOptions): Promise<ListRequest & Place> {
  const staleDays = typeof stale === "number" ? stale : STALE_DAYS;
  return { ...(await placeOf(options)), staleDays, ...(release === undefined ? {} : { release }) };
}

export interface Place extends Pick<ListRequest, "repo" | "folder"> {
  readonly layers?: ProjectFeatures["layers"];
  readonly layersFile?: string | null;
}

/** The repository that is named, else the project's, else the one here. */
export async function placeOf({ repo, config }: Pick<CardOptions, "repo" | "config">): Promise<Place> {
  if (repo !== undefined) return { repo };
  const { projectFeatures } = await import("../../../pipeline/project-features.js");
  return (await projectFeatures(config, process.cwd())) ?? { repo: "." };
}

function days(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("a number of days is wanted");
}
