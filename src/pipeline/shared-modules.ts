/** Owns what a module shared by both flavors changes: it keeps its names, is built once, and both flavors see the owner's copy. */
import type { SharedNames } from "../model/audit.js";
import type { BuildDescription, Flavor, LibraryBuild, OwnBuild } from "../model/build.js";
import type { SharedModule, UnforkConfig } from "../model/config.js";
import type { IsolationPlan } from "../model/isolation.js";

/** The flavor's plan without the shared modules: their namespaces and files stay as upstream made them. */
export function isolationPlanOf(config: UnforkConfig, flavor: Flavor): IsolationPlan {
  const plan = config.flavors[flavor].isolate;
  const { modules } = config.shared;
  const shared = new Set(modules.flatMap((module) => module.namespaces));
  return {
    ...plan,
    namespaces: plan.namespaces.filter((name) => !shared.has(name)),
    share: [...plan.share, ...modules.map(({ path, namespaces, reason }) => ({ path, namespaces, reason }))],
  };
}

/** The build with each shared module compiled by its owner only, and its headers taken from the owner's tree by both. */
export function buildOf(config: UnforkConfig): BuildDescription {
  const { build, shared } = config;
  if (build.system === "commands" || shared.modules.length === 0) return build;
  return {
    ...build,
    flavors: { legacy: flavorBuild(build, "legacy", shared.modules), latest: flavorBuild(build, "latest", shared.modules) },
  };
}

function flavorBuild(build: OwnBuild, flavor: Flavor, modules: readonly SharedModule[]): LibraryBuild {
  return modules.filter((module) => module.from !== flavor).reduce(withoutModule, build.flavors[flavor]);
}

/** Isolated trees lie side by side, so the owner's copy is one step up and down again. */
function withoutModule(library: LibraryBuild, module: SharedModule): LibraryBuild {
  const inside = (path: string): boolean => path === module.path || path.startsWith(`${module.path}/`);
  const units = library.units
    .map((unit) => ({
      ...unit,
      sources: unit.sources.filter((source) => !inside(source)),
      exclude: [...unit.exclude, `${module.path}/**`],
    }))
    .filter((unit) => unit.sources.length > 0);
  const ownersCopy = (root: string): string => (inside(root) ? `../${module.from}/${root}` : root);
  return { ...library, units, includeRoots: library.includeRoots.map(ownersCopy) };
}

/** The module's names, for the audit: inline code of its headers stands in both archives, and the bodies are compared. */
export function sharedModuleNames(modules: readonly SharedModule[]): SharedNames[] {
  return modules.flatMap((module) => module.namespaces.map((namespace) => ({ pattern: `${namespace}::*`, reason: module.reason })));
}
