/** Owns the commands that go on with a port in conflict: `edit`, `continue`, `skip`, `abort`. */
import type { Command } from "commander";

import type { PatchPort } from "../../../model/patch.js";
import { type WaitingPort, abortPort, continuePort, editPatch, skipPatch } from "../../../patches/alone/going-on.js";
import { isOpen } from "../../../patches/alone/run-port.js";
import { portText } from "../../../report/patch-port.js";
import { canonicalJson } from "../../../support/hash.js";
import { painter, printable } from "../../../support/style.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { placeOf } from "./place.js";
import { type ResolverOptions, addResolverOptions, settlersOf } from "./resolver-options.js";

interface WaitingOptions extends GlobalOptions, ResolverOptions {
  readonly repo?: string;
  readonly name: string;
  readonly work?: string;
  readonly reason?: string;
  readonly explain?: string;
}

function waitingCommand(group: Command, name: string, description: string): Command {
  return group
    .command(name)
    .description(description)
    .option("--repo <dir>", "the repository (default: the project here, else this folder)")
    .option("--name <name>", "the port's name", "port")
    .option("--work <dir>", "where conflicts are laid out (default: unfork/<name> in the git directory)");
}

export function addEdit(group: Command, setExitCode: SetExitCode): void {
  const command = waitingCommand(
    group,
    "edit",
    "Lay the conflicted files of a patch (in a project: of a feature, settled or not) out to be edited, each with its three sides.",
  );
  command.argument("[patch]", "id of the patch, or how it begins; in a project the feature (default: the first in conflict)");
  withExamples(command, [
    "unfork patch edit echo-control",
    "unfork patch edit --repo webrtc",
    "unfork patch edit 1a2b3c4d --repo webrtc --name m150-try",
  ]);
  command.action(async (patch: string | undefined, _local: unknown, self: Command) => {
    const options = globalsOf(self) as WaitingOptions;
    if (await isProjects(options)) return setExitCode(await (await import("./project-mode.js")).editInProject(options, patch));
    const laid = await editPatch(waitingOf(options), patch);
    const terminal = openTerminal(options);
    const paint = painter(terminal.color);
    const lines = [
      paint("strong", printable(`${laid.patch.slice(0, 10)} ${laid.subject}`)),
      ...laid.files.map(({ workFile }) => `  edit ${printable(workFile)}`),
      "  beside it: .base (the patch's base), .ours (upstream), .theirs (the patch)",
      `  then $ unfork patch continue${placeOf(options)}`,
    ];
    terminal.result(options.json === true ? canonicalJson(laid, 2) : lines.join("\n"));
    setExitCode(EXIT.done);
  });
}

export function addContinue(group: Command, setExitCode: SetExitCode): void {
  const command = waitingCommand(group, "continue", "Take what was edited, record it for exactly these contents, and port on from there.");
  command.option("--explain <text>", "why lines of the patch are left out, where the edited files leave some out");
  addResolverOptions(command);
  withExamples(command, ["unfork patch continue --repo webrtc", "unfork patch continue --repo webrtc --name m150-try --json"]);
  command.action(async (_local: unknown, self: Command) => {
    const options = globalsOf(self) as WaitingOptions;
    if (await isProjects(options)) return setExitCode(await (await import("./project-mode.js")).continueProject(options, options.explain));
    setExitCode(
      print(await continuePort(waitingOf(options), { explain: options.explain ?? null, ...(await settlersOf(options, true)) }), options),
    );
  });
}

export function addSkip(group: Command, setExitCode: SetExitCode): void {
  const command = waitingCommand(
    group,
    "skip",
    "Leave a patch (in a project: a feature) out of the release, with a reason that is kept, and port on.",
  );
  command.argument("[patch]", "id of the patch, or how it begins; in a project the feature (default: the first in conflict)");
  command.requiredOption("--reason <text>", "why this release does without it");
  withExamples(command, [
    "unfork patch skip echo-control --reason 'the device is gone'",
    "unfork patch skip 1a2b3c4d --repo webrtc --reason 'the device is gone'",
  ]);
  command.action(async (patch: string | undefined, _local: unknown, self: Command) => {
    const options = globalsOf(self) as WaitingOptions;
    if (await isProjects(options))
      return setExitCode(await (await import("./project-mode.js")).skipInProject(options, patch, options.reason ?? ""));
    setExitCode(print(await skipPatch(waitingOf(options), patch, options.reason ?? ""), options));
  });
}

export function addAbort(group: Command, setExitCode: SetExitCode): void {
  const command = waitingCommand(
    group,
    "abort",
    "Drop a port in conflict: its ref goes back to where it stood; recorded resolutions stay.",
  );
  withExamples(command, ["unfork patch abort --repo webrtc --name m150-try"]);
  command.action(async (_local: unknown, self: Command) => {
    const options = globalsOf(self) as WaitingOptions;
    if (await isProjects(options)) return setExitCode(await (await import("./project-mode.js")).abortProject(options));
    const result = await abortPort(waitingOf(options));
    const text =
      result.commit === null ? `${result.ref} is gone, as before the port` : `${result.ref} is ${result.commit.slice(0, 10)} again`;
    openTerminal(options).result(options.json === true ? canonicalJson(result, 2) : text);
    setExitCode(EXIT.done);
  });
}

/** Without --repo, a project's own run is meant wherever there is a project. */
async function isProjects(options: WaitingOptions): Promise<boolean> {
  return options.repo === undefined && (await (await import("./project-mode.js")).isInProject(options));
}

function waitingOf({ repo = ".", name, work }: WaitingOptions): WaitingPort {
  return { repo, name, ...(work === undefined ? {} : { work }) };
}

function print(result: PatchPort, options: WaitingOptions): number {
  const terminal = openTerminal(options);
  if (options.json === true) terminal.result(canonicalJson(result, 2));
  else terminal.result(portText(result, { color: terminal.color, verbose: options.verbose === true, place: placeOf(options) }));
  return result.patches.some((outcome) => isOpen(outcome) || outcome.fault !== undefined) ? EXIT.gate : EXIT.done;
}
