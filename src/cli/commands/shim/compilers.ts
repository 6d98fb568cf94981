/** Owns which compilers a shim's commands try. */
import { UnforkError } from "../../../support/errors.js";
import { findTool } from "../../../toolchain/find-tool.js";

/** Those that were named, or g++ and clang++ where they are. Throws `tool-missing`. */
export async function compilersOf(given: readonly string[] | undefined): Promise<string[]> {
  const found: string[] = [];
  for (const one of given ?? ["g++", "clang++"]) {
    if ((await findTool(one)) !== undefined) found.push(one);
    else if (given !== undefined) throw new UnforkError("tool-missing", `${one} is not installed`);
  }
  if (found.length === 0)
    throw new UnforkError("tool-missing", "neither g++ nor clang++ is installed", { hint: "install one, or name yours: --compiler" });
  return found;
}
