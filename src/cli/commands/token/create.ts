/** Owns `unfork token create`: a new token, shown once. */
import { type Command, InvalidArgumentError, Option } from "commander";

import type { NewToken } from "../../../server/core/tokens.js";
import type { Role } from "../../../store/state/tokens.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type PlaceOptions, addPlaceOptions, atPlace } from "./place.js";

interface CreateOptions extends PlaceOptions {
  readonly role: Role;
  readonly name: string;
  readonly days?: number;
}

const ROLES: readonly Role[] = ["ingest", "reader", "operator", "signer", "worker"];

export function addTokenCreate(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("create")
    .description("Make a token and print it, this once: only a hash of it is kept.")
    .optionsGroup("What:")
    .addOption(
      new Option(
        "--role <role>",
        "ingest: sends events; reader: reads all but tokens; operator: acts on rollouts; signer: brings signed seeds; worker: does jobs of a lab",
      )
        .choices(ROLES)
        .makeOptionMandatory(),
    )
    .requiredOption("--name <name>", "who or what has it; told in the audit log")
    .option("--days <n>", "it ends after so many days (default: never)", days);
  addPlaceOptions(command);
  withExamples(command, [
    "unfork token create --role operator --name ana --days 90",
    "unfork token create --role ingest --name fleet --url https://unfork.example --token-file operator.token",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await create(globalsOf(self) as CreateOptions)));
}

async function create(options: CreateOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { role, name } = options;
  const wanted = { role, name, ...(options.days === undefined ? {} : { days: options.days }) };
  const made = await atPlace<NewToken>(options, {
    makes: true,
    local: async (state) => (await import("../../../server/core/tokens.js")).createToken(state, wanted, { name: "local" }),
    remote: (server) => server.post("/api/v1/tokens", wanted),
  });
  terminal.result(options.json === true ? JSON.stringify(made, null, 2) : made.token);
  terminal.message(`${made.role} token ${made.id}: keep it now, it is not shown again`);
  return EXIT.done;
}

function days(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 3650) throw new InvalidArgumentError("it must be 1 to 3650.");
  return number;
}
