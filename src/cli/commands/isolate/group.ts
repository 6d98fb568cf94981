/** Owns what the group `unfork isolate` is called and which commands are in it, without loading them. */
import type { Command } from "commander";

/** The commands beside `unfork isolate <tree>` itself. */
export const INNER_COMMANDS: readonly string[] = ["revert", "callsites", "headers", "compat", "scan", "shared", "prove"];

export function addGroup(program: Command): Command {
  return program.command("isolate").description("Give a tree's names the flavor's suffix, so that two releases link into one program.");
}
