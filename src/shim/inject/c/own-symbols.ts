/** Owns which external names the C sources of a component define: told by their objects, compiled with only the library's words changed. */
import { join } from "node:path";

import { writeFilesAtomic } from "../../../support/fs.js";
import { byText } from "../../../support/order.js";
import { compileFlavors } from "../compile-flavors.js";
import { flavoredHeader } from "../flavored-header.js";
import type { FlavoredNames, InjectRequest } from "../model.js";
import { definedSymbols } from "../repeated-symbols.js";

/** Writes the header that changes the library's words alone into a folder. */
export async function writePlain(request: InjectRequest, names: FlavoredNames, folder: string): Promise<void> {
  const path = join(folder, "include", request.component, "flavored.h");
  await writeFilesAtomic([{ path, data: Buffer.from(flavoredHeader(request, names)) }]);
}

/** Of the sources that compile, in either flavor; `main` stays what it is. @param plain a folder that `writePlain` filled */
export async function ownSymbols(request: InjectRequest, sources: readonly string[], plain: string): Promise<string[]> {
  const { built } = await compileFlavors({ ...request, compilers: request.compilers.slice(0, 1) }, sources, plain, plain);
  const found = new Set(built.flatMap((each) => Array.from(definedSymbols(each).keys())));
  const words = [...found].map((name) => (process.platform === "darwin" ? name.replace(/^_/, "") : name));
  return words.filter((name) => name !== "main" && /^[A-Za-z_]\w*$/.test(name)).toSorted(byText);
}
