/** Owns the group `unfork seed`: keys, signatures and checks on files alone, without a server. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addSeedKeygen } from "./keygen.js";
import { addSeedShow } from "./show.js";
import { addSeedSign } from "./sign.js";
import { addSeedVerify } from "./verify.js";

export function addSeed(program: Command, setExitCode: SetExitCode): void {
  const group = program.command("seed").description("Make keys, sign the seeds that devices fetch, and check them as a device does.");
  for (const add of [addSeedKeygen, addSeedSign, addSeedVerify, addSeedShow]) add(group, setExitCode);
}
