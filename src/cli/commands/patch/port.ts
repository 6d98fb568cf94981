/** Owns `unfork patch port`: a stack of patches onto a new base. */
import { relative } from "node:path";

import type { Command } from "commander";

import type { PatchPort } from "../../../model/patch.js";
import { portAlone } from "../../../patches/alone/port-alone.js";
import { portText } from "../../../report/patch-port.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { placeOf } from "./place.js";
import { type ResolverOptions, addResolverOptions, settlersOf } from "./resolver-options.js";

interface PortOptions extends GlobalOptions, ResolverOptions {
  readonly repo?: string;
  readonly series?: string;
  readonly onto?: string;
  readonly name: string;
  readonly upstreamed: boolean;
  readonly upstream?: string;
  readonly dryRun?: boolean;
  readonly to?: string;
  readonly layers?: string;
  readonly from?: string;
}

export function addPort(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("port")
    .description("Port a stack of patches onto a new base, in memory: every patch gets a fate, a conflict does not stop the rest.")
    .optionsGroup("In a project:")
    .option("--to <release>", "port all features to this release of the configuration, and merge its candidate")
    .optionsGroup("Over several repositories:")
    .option("--layers <file>", "the layers file: port every layer's patches onto its own pin of --to")
    .option("--from <release>", "the release that the patches stand on")
    .optionsGroup("On any git repository:")
    .option("--repo <dir>", "the repository (its work trees, index and branches are left alone)")
    .option("--series <old-base..tip>", "the patches: commits of TIP that OLD_BASE does not have")
    .option("--onto <new-base>", "the commit to port them onto")
    .option("--name <name>", "the result is refs/unfork/<name>", "port")
    .option("--no-upstreamed", "keep patches that upstream has already, and those that the stack itself takes back")
    .option("--upstream <ref>", "upstream's head beyond NEW_BASE: tells what it takes back until there")
    .option("--dry-run", "tell what would come out, move no ref");
  addResolverOptions(command);
  withExamples(command, [
    "unfork patch port --to M150",
    "unfork patch port --repo webrtc --series m120..our-webrtc --onto m150",
    "unfork patch port --repo webrtc --series m120..our-webrtc --onto m150 --name m150-try --json",
    "unfork patch port --layers layers.yaml --from M120 --to M150",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await port(globalsOf(self) as PortOptions)));
}

async function port(options: PortOptions): Promise<number> {
  const { repo, series, onto, name, to, layers, from } = options;
  if (layers !== undefined) return await portOverLayers(options, layers);
  if (from !== undefined) throw new UnforkError("usage", "--from is for --layers", { hint: "--repo wants --series and --onto" });
  if (to !== undefined) {
    if (repo !== undefined || series !== undefined || onto !== undefined)
      throw new UnforkError("usage", "--to is for a project; --repo, --series and --onto for any repository");
    return await (await import("./project-mode.js")).portProject(options, to);
  }
  if (repo === undefined || series === undefined || onto === undefined) {
    throw new UnforkError("usage", "--to is wanted in a project, or --repo, --series and --onto together", {
      hint: "unfork patch port --help shows examples",
    });
  }
  const { upstreamed, upstream } = options;
  const asked = { repo, series, onto, name, dryRun: options.dryRun === true, upstreamed, ...(await settlersOf(options, false)) };
  const result = await portAlone(upstream === undefined ? asked : { ...asked, upstream });
  const terminal = openTerminal(options);
  if (options.json === true) terminal.result(canonicalJson(result, 2));
  else terminal.result(portText(result, { color: terminal.color, verbose: options.verbose === true, place: placeOf({ repo, name }) }));
  return isOpen(result) ? EXIT.gate : EXIT.done;
}

async function portOverLayers(options: PortOptions, layers: string): Promise<number> {
  const { repo, series, onto, from, to, resolver, verify, upstream, upstreamed } = options;
  if (repo !== undefined || series !== undefined || onto !== undefined || upstream !== undefined)
    throw new UnforkError("usage", "--layers names repositories, series and bases itself", {
      hint: "leave --repo, --series, --onto and --upstream out",
    });
  if (from === undefined || to === undefined) throw new UnforkError("usage", "--layers wants --from and --to");
  if (resolver !== undefined || verify !== undefined)
    throw new UnforkError("usage", "--resolver and --verify are for one repository", {
      hint: "port, then unfork patch continue --repo … --name … --resolver …",
    });
  const { portLayers } = await import("../../../patches/layers/port-layers.js");
  const { layersPortText } = await import("../../../report/patch-layers.js");
  const result = await portLayers({ layers, from, to, dryRun: options.dryRun === true, upstreamed });
  const terminal = openTerminal(options);
  const shown = { ...result, layers: result.layers.map((layer) => Object.assign({}, layer, { repo: near(layer.repo) })) };
  const look = { color: terminal.color, verbose: options.verbose === true, layersFile: layers };
  terminal.result(options.json === true ? canonicalJson(result, 2) : layersPortText(shown, look));
  return result.layers.some(({ stacks }) => stacks.some(({ fate }) => fate === "waiting")) ? EXIT.gate : EXIT.done;
}

function isOpen({ summary, patches }: PatchPort): boolean {
  return summary.conflict + summary.cascade > 0 || patches.some(({ fault }) => fault !== undefined);
}

/** A folder as one would type it from here. */
function near(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path === "" ? "." : path.startsWith("../../") ? folder : path;
}
