/** Owns the group `unfork isolate`: the command itself and those beside it. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addCompat } from "./compat.js";
import { addCallsites } from "./callsites.js";
import { addHeaders } from "./headers.js";
import { addProve } from "./prove.js";
import { addGroup } from "./group.js";
import { addIsolateItself } from "./isolate.js";
import { addRevert } from "./revert.js";
import { addScan } from "./scan.js";
import { addShared } from "./shared.js";

/** Adds one command of the group. */
type AddToGroup = (group: Command, setExitCode: SetExitCode) => void;

const ADDERS: readonly AddToGroup[] = [addIsolateItself, addRevert, addCallsites, addHeaders, addCompat, addScan, addShared, addProve];

export function addIsolate(program: Command, setExitCode: SetExitCode): void {
  const group = addGroup(program);
  for (const add of ADDERS) add(group, setExitCode);
  leaveOptionsToInner(program, group);
}

/** `isolate headers --flavor …`: the option is that of `headers`, though the group has one of the same name for its trees. */
function leaveOptionsToInner(program: Command, group: Command): void {
  const parse = group.parseOptions.bind(group);
  group.parseOptions = (argv) => {
    const first = program.args[1];
    const isInner = group.commands.some((command) => command.name() === first);
    return isInner ? { operands: [], unknown: [...argv] } : parse(argv);
  };
}
