/** Owns what the group `unfork isolate` is called, without loading its commands. */
import type { Command } from "commander";

export function addGroup(program: Command): Command {
  return program.command("isolate").description("Give a tree's names the flavor's suffix, so that two releases link into one program.");
}
