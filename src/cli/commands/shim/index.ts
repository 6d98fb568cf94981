/** Owns the group `unfork shim`: one API over two releases, and the way to it. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addCodemod } from "./codemod.js";
import { addShimCheck } from "./check.js";
import { addGenerate } from "./generate.js";
import { addInject } from "./inject.js";

/** Adds one command of the group. */
type AddToGroup = (group: Command, setExitCode: SetExitCode) => void;

const ADDERS: readonly AddToGroup[] = [addGenerate, addShimCheck, addCodemod, addInject];

export function addShim(program: Command, setExitCode: SetExitCode): void {
  const group = program.command("shim").description("Give callers one API over two releases of a library, and move them to it.");
  for (const add of ADDERS) add(group, setExitCode);
}
