/** Owns `unfork rollout status`: where the server's ramps stand. */
import type { Command } from "commander";

import { type ListedExperiment, experimentListText } from "../../../report/experiment/list.js";
import { type RolloutView, rolloutText } from "../../../report/experiment/rollout.js";
import { type ServerStatus, statusText } from "../../../report/experiment/server-status.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type Connection, type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { type Terminal, openTerminal } from "../../terminal.js";

type Options = GlobalOptions & ConnectionOptions;

export function addRolloutStatus(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("status")
    .description("Show where all rollouts stand, or one: stages, what the seed does, what it waits for.")
    .argument("[id]", "one experiment");
  addConnectionOptions(command);
  withExamples(command, [
    "unfork rollout status --url https://unfork.example --token-file reader.token",
    "unfork rollout status laptop-call-m150",
  ]);
  command.action(async (id: string | undefined, _local: unknown, self: Command) =>
    setExitCode(await status(id, globalsOf(self) as Options)),
  );
}

async function status(id: string | undefined, options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const server = await serverOf(options);
  return id === undefined ? ofAll(server, options, terminal) : ofOne(server, id, options, terminal);
}

async function ofOne(server: Connection, id: string, options: Options, terminal: Terminal): Promise<number> {
  const view = await server.get<RolloutView>(`/api/v1/experiments/${encodeURIComponent(id)}/rollout`);
  terminal.result(options.json === true ? JSON.stringify(view, null, 2) : rolloutText(view, terminal));
  return EXIT.done;
}

async function ofAll(server: Connection, options: Options, terminal: Terminal): Promise<number> {
  const told = await server.get<ServerStatus>("/api/v1/status");
  const { experiments } = await server.get<{ readonly experiments: readonly ListedExperiment[] }>("/api/v1/experiments");
  if (options.json === true) terminal.result(JSON.stringify({ ...told, rollouts: experiments }, null, 2));
  else terminal.result(`${statusText(told, terminal)}\n\n${experimentListText(await withBlocks(experiments, told.at), terminal)}`);
  return EXIT.done;
}

/** Each with what keeps its raise from being signed: a freeze, or what it depends on. */
export async function withBlocks(entries: readonly ListedExperiment[], at: string): Promise<ListedExperiment[]> {
  const { raiseBlocks } = await import("../../../experiment/ramp/blocks.js");
  return entries.map(({ experiment, ramp }) => ({ experiment, ramp, blocked: raiseBlocks(experiment, entries, at)[0]?.text }));
}
