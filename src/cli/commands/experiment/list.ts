/** Owns `unfork experiment list`: the server's experiments, a line each. */
import type { Command } from "commander";

import { wallClockIso } from "../../../support/clock.js";
import { type ListedExperiment, experimentListText } from "../../../report/experiment/list.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { openTerminal } from "../../terminal.js";
import { withBlocks } from "../rollout/status.js";

type Options = GlobalOptions & ConnectionOptions;

export function addExperimentList(group: Command, setExitCode: SetExitCode): void {
  const command = group.command("list").description("List the experiments of a server: state, stage, what each waits for.");
  addConnectionOptions(command);
  withExamples(command, ["unfork experiment list --url https://unfork.example --token-file reader.token", "unfork experiment list --json"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await list(globalsOf(self) as Options)));
}

async function list(options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const server = await serverOf(options);
  const answer = await server.get<{ readonly experiments: readonly ListedExperiment[] }>("/api/v1/experiments");
  terminal.result(
    options.json === true
      ? JSON.stringify(answer, null, 2)
      : experimentListText(await withBlocks(answer.experiments, wallClockIso()), terminal),
  );
  return EXIT.done;
}
