/** Owns one command of the group `unfork patch` by itself: the modules of all together take longer to load than a port takes. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { patchGroup } from "./group.js";

type Add = (target: Command, setExitCode: SetExitCode) => void;

/** The commands that are worth it. */
export const ALONE_IN_PATCH: ReadonlyMap<string, () => Promise<Add>> = new Map([
  ["port", async () => (await import("./port.js")).addPort],
  ["candidate", async () => (await import("./candidate.js")).addCandidate],
  ["forecast", async () => (await import("./forecast.js")).addForecast],
]);

/** Adds the group with that command alone; all of it for any other name. */
export async function patchCommand(name: string): Promise<Add> {
  const load = ALONE_IN_PATCH.get(name);
  if (load === undefined) return (await import("./index.js")).addPatch;
  const add = await load();
  return (program, setExitCode) => add(patchGroup(program), setExitCode);
}
