/** Owns what tells `unfork isolate <tree>` from the commands beside it, without loading any. */

/** The commands beside `unfork isolate <tree>` itself. */
export const INNER_COMMANDS: readonly string[] = ["revert", "callsites", "headers", "compat", "scan", "shared", "prove"];

/** Whether a command line calls `unfork isolate <tree>`. */
export function isIsolateItself([first, second]: readonly string[]): boolean {
  return first === "isolate" && second !== undefined && !second.startsWith("-") && !INNER_COMMANDS.includes(second);
}
