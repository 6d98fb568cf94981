/** Owns `unfork rollout sign`: a signer looks at what a server proposes, signs it and brings it back. */
import { confirm, isCancel } from "@clack/prompts";
import { type Command, InvalidArgumentError } from "commander";

import { reviewText } from "../../../report/experiment/review.js";
import { sleep } from "../../../support/clock.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type Connection, type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { type Terminal, openTerminal } from "../../terminal.js";
import type { Amendments } from "./amend.js";
import type { Reviewed } from "./proposal.js";

interface Options extends GlobalOptions, ConnectionOptions, Amendments {
  readonly key: string;
  readonly trust?: readonly string[];
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly upTo?: number;
  readonly every: number;
}

export function addRolloutSign(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("sign")
    .description("Sign the seed that a server proposes, after a look at all that it changes; the key stays on this machine.")
    .requiredOption("--key <file>", "the signer's private key")
    .option("--trust <file>", "public key of another signer whose bases count as known; repeatable", collect)
    .option("--yes", "sign without asking")
    .option("--dry-run", "show what would be signed")
    .optionsGroup("Besides what is proposed:")
    .option("--add-key <file>", "trust this public key, too, a signer's unless the file says otherwise; repeatable", collect)
    .option("--drop-key <id>", "trust this key no more, which may come back later; repeatable", collect)
    .option("--revoke <id>", "trust this key never again, wherever it is built in; repeatable", collect)
    .option(
      "--base-version <n>",
      "a higher version than the server proposes: after a restore, above what the fleet has seen",
      versionNumber,
    )
    .optionsGroup("Without a person:")
    .option("--watch", "sign what is proposed, again and again, as long as only exposures change")
    .option("--up-to <percent>", "never sign a raise beyond this share (with --watch it must be told)", percentage)
    .option("--every <seconds>", "between two looks", seconds, 30);
  addConnectionOptions(command);
  withExamples(command, [
    "unfork rollout sign --key signer.key.json --url https://unfork.example --token-file signer.token",
    "unfork rollout sign --key signer.key.json --watch --up-to 25",
    "unfork rollout sign --key signer.key.json --add-key second.pub.json",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await sign(globalsOf(self) as Options)));
}

async function sign(options: Options): Promise<number> {
  const terminal = openTerminal(options);
  if (options.watch === true && options.upTo === undefined)
    throw new UnforkError("usage", "--watch needs --up-to PERCENT: the share that may be reached without a person");
  if (options.watch === true && (options.addKey ?? options.dropKey ?? options.revoke ?? options.baseVersion) !== undefined)
    throw new UnforkError("usage", "--watch signs what is proposed: keys and versions are changed by a person, once");
  const server = await serverOf(options);
  return options.watch === true ? watch(server, options, terminal) : once(server, options, terminal);
}

async function once(server: Connection, options: Options, terminal: Terminal): Promise<number> {
  const { fetchProposal, upload } = await import("./proposal.js");
  const reviewed = await fetchProposal(server, options);
  if (reviewed === undefined) {
    terminal.result(options.json === true ? JSON.stringify({ signed: null }) : "nothing waits for a signature");
    return EXIT.done;
  }
  const text = reviewText(reviewed.view, terminal);
  if (options.dryRun === true) {
    terminal.result(options.json === true ? JSON.stringify({ signed: null, proposal: reviewed.view }, null, 2) : text);
    return EXIT.done;
  }
  const beyond = reviewed.beyond;
  if (beyond.length > 0)
    throw new UnforkError("usage", `not signed: ${beyond.join("; ")}`, { hint: "without --up-to a person may sign it" });
  if (!(await agreed(text, options, terminal))) return EXIT.gate;
  const { version } = await upload(server, reviewed);
  terminal.result(
    options.json === true
      ? JSON.stringify({ signed: version, proposal: reviewed.view }, null, 2)
      : `signed: base ${String(version)} is served`,
  );
  return EXIT.done;
}

async function agreed(text: string, { yes }: Options, terminal: Terminal): Promise<boolean> {
  terminal.message(text);
  if (yes === true) return true;
  if (!terminal.interactive) throw new UnforkError("usage", "nobody can be asked here: look with --dry-run, then sign with --yes");
  const answer = await confirm({ message: "Sign this?", initialValue: false });
  return !isCancel(answer) && answer;
}

/** Until it is interrupted. A server that is away for a while is asked again. */
async function watch(server: Connection, options: Options, terminal: Terminal): Promise<number> {
  let told = "";
  for (;;) {
    const news = await step(server, options).catch((error: unknown) => {
      if (error instanceof UnforkError && (error.code === "network" || error.code === "state-invalid")) return error.message;
      throw error;
    });
    if (news !== undefined && news !== told) terminal.message(news);
    told = news ?? "";
    await sleep(options.every * 1000);
  }
}

async function step(server: Connection, options: Options): Promise<string | undefined> {
  const { fetchProposal, upload } = await import("./proposal.js");
  const reviewed = await fetchProposal(server, options);
  if (reviewed === undefined) return undefined;
  if (reviewed.beyond.length > 0) return `base ${String(reviewed.view.version)} waits for a person: ${reviewed.beyond.join("; ")}`;
  const { version } = await upload(server, reviewed);
  return `signed: base ${String(version)} is served (${changesOf(reviewed)})`;
}

function changesOf({ view: { changes } }: Reviewed): string {
  return changes.map(({ useCase, from, to }) => `${useCase} ${String(from)} → ${String(to)} %`).join(", ") || "for a longer time";
}

function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

function percentage(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100)) throw new InvalidArgumentError("a share from above 0 to 100 is wanted.");
  return value;
}

function versionNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isSafeInteger(value) && value >= 1)) throw new InvalidArgumentError("a whole number from 1 on is wanted.");
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value >= 1 && value <= 86_400)) throw new InvalidArgumentError("1 to 86400 is wanted.");
  return value;
}
