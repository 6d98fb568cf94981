/** Owns which names of a component get the flavor's. */
import { join } from "node:path";

import { ownSymbols, writePlain } from "./c/own-symbols.js";
import { isC } from "./compile-flavors.js";
import type { Component } from "./component.js";
import { libraryWords } from "./library-words.js";
import type { FlavoredNames, InjectRequest } from "./model.js";
import { ownNamespaces } from "./own-namespace.js";

/** Those of the namespaces, of the library, and of the C sources' external names. */
export async function flavoredNames(
  { files, publicHeaders, sources, language }: Component,
  request: InjectRequest,
  scratch: string,
): Promise<FlavoredNames> {
  const namespaces = language === "c" ? [] : ownNamespaces(publicHeaders, request);
  const units = sources.length > 0 ? sources : publicHeaders.map(({ path }) => path);
  const library = await libraryWords(files.values(), units, request, scratch);
  const own = new Set(request.names);
  const cSources = sources.filter(isC);
  if (cSources.length > 0) {
    const plain = join(scratch, "plain");
    await writePlain(request, { namespaces, library, own: request.names, pragmas: [] }, plain);
    for (const name of await ownSymbols(request, cSources, plain)) own.add(name);
  }
  const macros = new Set([...files.values()].flatMap((file) => file.macros.map(({ name }) => name)));
  return { namespaces, library, own: [...own], pragmas: [...own].filter((name) => macros.has(name)) };
}
