/** Owns the graph of one flavor's static archive. */
import { join } from "node:path";

import type { Flavor, LibraryBuild } from "../../model/build.js";
import type { ArchiveStep, CompileStep } from "./graph.js";
import { objectName } from "./object-name.js";
import { asksForDebug, includeArguments, sameEverywhere, seenFrom } from "./places.js";
import { type Precompiled, precompile } from "./precompiled.js";
import { type Language, type SourceFile, findSources } from "./sources.js";

export interface LibraryPlan extends Precompiled {
  readonly flavor: Flavor;
  readonly archive: ArchiveStep;
}

export interface LibraryPlaces {
  readonly ninjaFolder: string;
  /** Folder of this flavor's objects and archive, relative to the ninja folder; "" for the ninja folder itself. */
  readonly below: string;
  readonly tree: string;
  readonly root: string;
  /** Compile commands go through a launcher. */
  readonly launched: boolean;
}

/** Finds the sources and says how each is compiled. Throws `config-invalid` for globs and roots that name nothing. */
export async function planLibrary(flavor: Flavor, library: LibraryBuild, places: LibraryPlaces): Promise<LibraryPlan> {
  const key = `build.flavors.${flavor}`;
  const sources = await findSources(places.tree, library.units, `${key}.units`);
  const headers = await libraryHeaders(flavor, library, places);
  const plain = sources.map((source) => compileStep(source, library, headers, places));
  const compiled = precompile(plain, library.precompiled, join(places.below, "precompiled"), places.launched);
  const objects = plain.map((step) => step.object).toSorted();
  return { ...compiled, flavor, archive: { archive: join(places.below, `lib${flavor}.a`), objects } };
}

/** Include roots and defines of a flavor: what its own sources and its adapters see. */
export async function libraryHeaders(
  flavor: Flavor,
  library: LibraryBuild,
  places: Pick<LibraryPlaces, "ninjaFolder" | "tree" | "root">,
): Promise<string[]> {
  const key = `build.flavors.${flavor}`;
  return [
    ...(await includeArguments(places.ninjaFolder, places.root, library.ownIncludeRoots, `${key}.ownIncludeRoots`)),
    ...(await includeArguments(places.ninjaFolder, places.tree, library.includeRoots, `${key}.includeRoots`)),
    ...library.defines.map((define) => `-D${define}`),
  ];
}

/** A flavor's flags for one language. */
export function languageFlags(language: Language, library: Pick<LibraryBuild, "flags" | "cflags" | "cxxflags">): string[] {
  return [...library.flags, ...(language === "cxx" ? library.cxxflags : library.cflags)];
}

function compileStep(source: SourceFile, library: LibraryBuild, headers: readonly string[], places: LibraryPlaces): CompileStep {
  const flags = [...languageFlags(source.language, library), ...source.flags];
  const reproducible = sameEverywhere(places.ninjaFolder, [places.root, places.tree], asksForDebug(flags));
  return {
    source: seenFrom(places.ninjaFolder, join(places.tree, source.path)),
    object: join(places.below, "obj", objectName(source.path)),
    language: source.language,
    arguments: [...headers, ...flags, ...reproducible],
    seed: objectName(source.path),
    size: source.size,
  };
}
