/** Owns the group `unfork api`: commands over what a library's headers declare. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addApiDiff } from "./diff.js";
import { addSnapshot } from "./snapshot.js";

/** Adds one command of the group. */
type AddToGroup = (group: Command, setExitCode: SetExitCode) => void;

const ADDERS: readonly AddToGroup[] = [addSnapshot, addApiDiff];

export function addApi(program: Command, setExitCode: SetExitCode): void {
  const group = program.command("api").description("Read what a library's headers declare, and compare two releases of it.");
  for (const add of ADDERS) add(group, setExitCode);
}
