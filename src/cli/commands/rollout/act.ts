/** Owns `unfork rollout start|hold|resume|rollback|promote|finish`: what a person does to a ramp, with the reason that is kept. */
import type { Command } from "commander";

import type { Ramp } from "../../../model/ramp.js";
import { RAMP_MARKS } from "../../../report/experiment/marks.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { type ConnectionOptions, addConnectionOptions } from "../../connection.js";
import { EXIT } from "../../exit-codes.js";
import { serverOf } from "../../server-of.js";
import { openTerminal } from "../../terminal.js";

interface Options extends GlobalOptions, ConnectionOptions {
  readonly reason: string;
}

interface Changed {
  readonly ramp: Ramp;
  /** Version of the halt that was published. */
  readonly halt?: number;
  readonly stoppedWith: readonly string[];
  /** What keeps a raise that waits from being signed now. */
  readonly blocks: readonly { readonly text: string }[];
}

const ACTIONS: readonly (readonly [name: string, description: string])[] = [
  ["start", "Begin the first stage of a draft, once a signer has signed it."],
  ["hold", "Keep a rollout where it is; what is exposed stays so."],
  ["resume", "Go on after a hold."],
  ["rollback", "Send everybody back to the old flavor, at once and for good; takes a start back that waits, or a draft."],
  ["promote", "Raise by one stage without the gate, once a signer has signed it."],
  ["finish", "End a promoted rollout: the new flavor is everybody's, and nothing is assigned any more."],
];

export function addRolloutActions(group: Command, setExitCode: SetExitCode): void {
  for (const [name, description] of ACTIONS) {
    const command = group
      .command(name)
      .description(description)
      .argument("<id>", "the experiment")
      .requiredOption("--reason <text>", "why; kept in the audit log");
    addConnectionOptions(command);
    withExamples(command, [
      `unfork rollout ${name} laptop-call-m150 --reason "as agreed on Monday" --url https://unfork.example --token-file operator.token`,
    ]);
    command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await act(name, id, globalsOf(self) as Options)));
  }
}

async function act(name: string, id: string, options: Options): Promise<number> {
  const terminal = openTerminal(options);
  const server = await serverOf(options);
  const path = `/api/v1/experiments/${encodeURIComponent(id)}/rollout/${name}`;
  const changed = await server.post<Changed>(path, { reason: options.reason });
  terminal.result(options.json === true ? JSON.stringify(changed, null, 2) : changedText(id, changed));
  return EXIT.done;
}

function changedText(id: string, { ramp, halt, stoppedWith, blocks }: Changed): string {
  const [block] = blocks;
  const { glyph, word } = RAMP_MARKS[ramp.state];
  const parts = [
    `${id}: ${glyph} ${word}`,
    ...(ramp.pending === undefined ? [] : [block?.text ?? "waits for a signature: unfork rollout sign --key FILE"]),
    ...(halt === undefined ? [] : [`seed ${String(halt)} sends everybody back`]),
    ...(stoppedWith.length === 0 ? [] : [`stopped with it: ${stoppedWith.join(", ")}`]),
  ];
  return parts.join("; ");
}
