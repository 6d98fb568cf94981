/** Owns the entry to building a program: the own way or the user's own build system, as the description says. */
import { buildProgramByCommands } from "./commands/build-commands.js";
import { buildOwnProgram } from "./own/build-own.js";
import type { ProgramOutcome, ProgramRequest } from "./requests.js";

/**
 * Builds the program of `request.mode` from the flavors' archives. Compile and link errors are data. All modes may
 * share one `out`: the own way then compiles each adapter once.
 *
 * @throws UnforkError `tool-missing`, `config-invalid`, `input-missing`, `disk`
 */
export async function buildProgram(request: ProgramRequest): Promise<ProgramOutcome> {
  const { description } = request;
  if (description.system === "commands") return buildProgramByCommands({ ...request, description });
  return buildOwnProgram({ ...request, description });
}
