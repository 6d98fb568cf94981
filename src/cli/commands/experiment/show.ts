/** Owns `unfork experiment show`: one experiment with its ramp, its last decision and what is known of a halt. */
import type { Command } from "commander";

import type { Decision } from "../../../model/decision.js";
import type { StoredAttribution } from "../../../model/halt-attribution.js";
import { type ShownExperiment, experimentText } from "../../../report/experiment/show.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { openTerminal } from "../../terminal.js";

type Options = GlobalOptions & ConnectionOptions;

/** What the server answers; the decision with what became of it. */
type Answer = Omit<ShownExperiment, "decision" | "attributions"> & {
  readonly decision: { readonly decision: Decision } | null;
  readonly attributions: readonly { readonly at: string; readonly attribution: StoredAttribution }[];
};

export function addExperimentShow(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("show")
    .description("Show an experiment: its ramp, its metrics, the last decision, what lies behind a halt.")
    .argument("<id>", "the experiment");
  addConnectionOptions(command);
  withExamples(command, ["unfork experiment show laptop-call-m150 --url https://unfork.example --token-file reader.token"]);
  command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await show(id, globalsOf(self) as Options)));
}

async function show(id: string, options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const server = await serverOf(options);
  const answer = await server.get<Answer>(`/api/v1/experiments/${encodeURIComponent(id)}`);
  if (options.json === true) terminal.result(JSON.stringify(answer, null, 2));
  else {
    const attributions = answer.attributions.map(({ attribution }) => attribution);
    terminal.result(experimentText({ ...answer, decision: answer.decision?.decision ?? null, attributions }, terminal));
  }
  return EXIT.done;
}
