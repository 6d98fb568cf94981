/** Owns the graph of one mode's program: sources that know no release, adapters that know one, the archives. */
import { join } from "node:path";

import type { Flavor, LibraryBuild, Mode, OwnBuild } from "../../model/build.js";
import { flavorsOf } from "../requests.js";
import type { CompileStep, LinkStep, WrittenFile } from "./graph.js";
import { languageFlags, libraryHeaders } from "./library.js";
import { POISON_TEXT, dependsOnMode } from "./mode-dependence.js";
import { objectName } from "./object-name.js";
import { asksForDebug, includeArguments, sameEverywhere, seenFrom } from "./places.js";
import { type SourceFile, findSources } from "./sources.js";

const POISON_FILE = "no-modes.h";

export interface ProgramPlaces {
  readonly ninjaFolder: string;
  readonly root: string;
  readonly trees: Readonly<Partial<Record<Flavor, string>>>;
  readonly archives: Readonly<Partial<Record<Flavor, readonly string[]>>>;
}

export interface ProgramPlan {
  readonly files: readonly WrittenFile[];
  readonly compiles: readonly CompileStep[];
  readonly link: LinkStep;
}

/** One group of sources that are compiled alike. */
interface Group {
  readonly folder: string;
  readonly sources: readonly SourceFile[];
  readonly headers: readonly string[];
  readonly flagsOf: (source: SourceFile) => readonly string[];
  readonly bases: readonly string[];
}

/** Plans sources, adapters and link of `mode`. Throws `config-invalid` for globs and roots that name nothing. */
export async function planProgram(mode: Mode, description: OwnBuild, places: ProgramPlaces): Promise<ProgramPlan> {
  const flavors = flavorsOf(mode);
  const groups = await neutralGroups(mode, description, places);
  for (const flavor of flavors) groups.push(await adapterGroup(flavor, description, places));
  const compiles = groups.flatMap((group) => group.sources.map((source) => compileStep(source, group, places)));
  const archives = flavors.flatMap((flavor) => places.archives[flavor] ?? []).map((archive) => seenFrom(places.ninjaFolder, archive));
  const { name, linkFlags } = description.program;
  return {
    files: [{ path: POISON_FILE, text: POISON_TEXT }],
    compiles,
    link: { executable: join("bin", mode, name), objects: compiles.map((step) => step.object), archives, flags: linkFlags },
  };
}

/**
 * The program's own sources. Those that ask what the program holds (UNFORK_HAS_LEGACY, UNFORK_HAS_LATEST: 1 or
 * undefined) are compiled per mode, all others once.
 */
async function neutralGroups(mode: Mode, description: OwnBuild, places: ProgramPlaces): Promise<Group[]> {
  const { program } = description;
  const sources = await findSources(places.root, [{ sources: program.sources, exclude: [], flags: [] }], "build.program.sources");
  const roots = program.includeRoots.map((root) => join(places.root, root));
  const asking = await Promise.all(sources.map((source) => dependsOnMode(join(places.root, source.path), roots)));
  const headers = [...(await ownHeaders(description, places)), ...program.defines.map((define) => `-D${define}`)];
  const flagsOf = (source: SourceFile) => languageFlags(source.language, { flags: program.flags, cflags: [], cxxflags: program.cxxflags });
  const modeDefines = flavorsOf(mode).map((flavor) => `-DUNFORK_HAS_${flavor.toUpperCase()}=1`);
  const common = { flagsOf, bases: [places.root] };
  return [
    { ...common, folder: `program-${mode}`, sources: sources.filter((_, index) => asking[index]), headers: [...headers, ...modeDefines] },
    { ...common, folder: "program", sources: sources.filter((_, index) => !asking[index]), headers: ["-include", POISON_FILE, ...headers] },
  ];
}

/** A flavor's adapters: they see that flavor's headers, defines and flags, and UNFORK_FLAVOR_NAME (a token) and UNFORK_FLAVOR_<NAME>=1. */
async function adapterGroup(flavor: Flavor, description: OwnBuild, places: ProgramPlaces): Promise<Group> {
  const library: LibraryBuild = description.flavors[flavor];
  const tree = places.trees[flavor] ?? places.root;
  const key = `build.program.adapters.${flavor}`;
  const sources = await findSources(places.root, [{ sources: description.program.adapters[flavor], exclude: [], flags: [] }], key);
  const headers = [
    ...(await ownHeaders(description, places)),
    ...(await libraryHeaders(flavor, library, { ninjaFolder: places.ninjaFolder, root: places.root, tree })),
    `-DUNFORK_FLAVOR_NAME=${flavor}`,
    `-DUNFORK_FLAVOR_${flavor.toUpperCase()}=1`,
  ];
  return {
    folder: `adapter-${flavor}`,
    sources,
    headers,
    flagsOf: (source) => languageFlags(source.language, library),
    bases: [places.root, tree],
  };
}

function ownHeaders(description: OwnBuild, places: ProgramPlaces): Promise<string[]> {
  return includeArguments(places.ninjaFolder, places.root, description.program.includeRoots, "build.program.includeRoots");
}

function compileStep(source: SourceFile, group: Group, places: ProgramPlaces): CompileStep {
  const flags = group.flagsOf(source);
  return {
    source: seenFrom(places.ninjaFolder, join(places.root, source.path)),
    object: join("obj", group.folder, objectName(source.path)),
    language: source.language,
    arguments: [...group.headers, ...flags, ...sameEverywhere(places.ninjaFolder, group.bases, asksForDebug(flags))],
    seed: objectName(`${group.folder}/${source.path}`),
    size: source.size,
  };
}
