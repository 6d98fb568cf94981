/** Owns the group `unfork patch`, for all who add a command to it. */
import type { Command } from "commander";

export function patchGroup(program: Command): Command {
  return program.command("patch").description("Keep patches as features on upstream's own history, and port them to each release.");
}
