/** Owns the graph of one mode's program: sources that know no release, adapters that know one, the archives. */
import { stat } from "node:fs/promises";
import { join, relative } from "node:path";

import { FLAVORS, type Flavor, type LibraryBuild, type Mode, type OwnBuild } from "../../model/build.js";
import { fileError } from "../../support/errors.js";
import { type ShimFiles, flavorsOf } from "../requests.js";
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
  readonly shim?: ShimFiles | undefined;
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
  for (const flavor of flavors) groups.push(await adapterGroup(mode, flavor, description, places));
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
  const roots = [...program.includeRoots.map((root) => join(places.root, root)), ...shimRoots(places)];
  const asking = await Promise.all(sources.map((source) => dependsOnMode(join(places.root, source.path), roots)));
  const headers = [...(await ownHeaders(description, places)), ...program.defines.map((define) => `-D${define}`)];
  const flagsOf = (source: SourceFile) => languageFlags(source.language, { flags: program.flags, cflags: [], cxxflags: program.cxxflags });
  const modeDefines = flavorsOf(mode).map((flavor) => `-DUNFORK_HAS_${flavor.toUpperCase()}=1`);
  const common = { flagsOf, bases: basesOf(places) };
  return [
    {
      ...common,
      folder: `program-${mode}`,
      sources: sources.filter((_, index) => asking[index]),
      headers: [...headers, ...modeDefines, ...onlyDefine(mode, places)],
    },
    { ...common, folder: "program", sources: sources.filter((_, index) => !asking[index]), headers: ["-include", POISON_FILE, ...headers] },
  ];
}

/** A flavor's adapters, and the unit of a generated shim: they see that flavor's headers, defines and flags, and UNFORK_FLAVOR_NAME (a token) and UNFORK_FLAVOR_<NAME>=1. */
async function adapterGroup(mode: Mode, flavor: Flavor, description: OwnBuild, places: ProgramPlaces): Promise<Group> {
  const library: LibraryBuild = description.flavors[flavor];
  const tree = places.trees[flavor] ?? places.root;
  const key = `build.program.adapters.${flavor}`;
  const named = description.program.adapters[flavor];
  const sources = named.length === 0 ? [] : await findSources(places.root, [{ sources: named, exclude: [], flags: [] }], key);
  const headers = [
    ...(await ownHeaders(description, places)),
    ...(await libraryHeaders(flavor, library, { ninjaFolder: places.ninjaFolder, root: places.root, tree })),
    `-DUNFORK_FLAVOR_NAME=${flavor}`,
    `-DUNFORK_FLAVOR_${flavor.toUpperCase()}=1`,
    ...onlyDefine(mode, places),
  ];
  return {
    folder: onlyDefine(mode, places).length === 0 ? `adapter-${flavor}` : `adapter-${flavor}-only`,
    sources: [...sources, ...(await shimUnit(flavor, places))],
    headers,
    flagsOf: (source) => languageFlags(source.language, library),
    bases: [...basesOf(places), tree],
  };
}

async function ownHeaders({ program }: OwnBuild, places: ProgramPlaces): Promise<string[]> {
  const own = await includeArguments(places.ninjaFolder, places.root, program.includeRoots, "build.program.includeRoots");
  return [...own, ...shimRoots(places).map((root) => `-I${seenFrom(places.ninjaFolder, root)}`)];
}

function shimRoots({ shim }: ProgramPlaces): string[] {
  return shim === undefined ? [] : [join(shim.folder, "include"), shim.runtime, shim.byHand];
}

/** What paths in objects are relative to; the runtime lies with the tool, wherever that is. */
function basesOf({ root, shim }: ProgramPlaces): string[] {
  return shim === undefined ? [root] : [root, shim.runtime];
}

/** With one flavor in the program a shim's calls are direct ones: everything that includes it has to know. */
function onlyDefine(mode: Mode, { shim }: ProgramPlaces): string[] {
  return shim === undefined || mode === "dual" ? [] : [`-DUNFORK_SHIM_ONLY=${FLAVORS.indexOf(mode)}`];
}

async function shimUnit(flavor: Flavor, { root, shim }: ProgramPlaces): Promise<SourceFile[]> {
  if (shim === undefined) return [];
  const unit = shim.units[flavor];
  const { size } = await stat(unit).catch((error: unknown) => Promise.reject(fileError("read", unit, error)));
  return [{ path: relative(root, unit), language: "cxx", flags: [], size }];
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
