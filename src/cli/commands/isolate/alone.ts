/** Owns `unfork isolate <tree>` without the commands beside it, for a start without their modules. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addGroup } from "./group.js";
import { addIsolateItself } from "./isolate.js";

export function addIsolateAlone(program: Command, setExitCode: SetExitCode): void {
  addIsolateItself(addGroup(program), setExitCode);
}
