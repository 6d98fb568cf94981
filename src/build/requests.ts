/** Owns what a caller asks of a build, and the two ways it can end. */
import type { BuildDescription, CompileError, Flavor, FlavorBuildResult, Mode, ProgramResult } from "../model/build.js";

/** One flavor's tree: as isolated, and as it was before renaming (same relative paths), for error messages. */
export interface FlavorTree {
  readonly tree: string;
  readonly originalTree: string;
}

interface Common {
  readonly description: BuildDescription;
  /** The config's folder; commands run there, own sources and replacement headers lie there. */
  readonly root: string;
  /** Where everything that the build makes goes. */
  readonly out: string;
  /** Parallel compile jobs; default: one per core. */
  readonly jobs?: number;
}

export interface FlavorRequest extends Common, FlavorTree {
  readonly flavor: Flavor;
}

/** Both flavors at once: no core idles while one flavor's last file compiles. Results lie in `out`/<flavor>. */
export interface FlavorsRequest extends Common {
  readonly trees: Readonly<Partial<Record<Flavor, FlavorTree>>>;
}

/** A generated shim. Absolute paths. */
export interface ShimFiles {
  /** Holds `include`. */
  readonly folder: string;
  /** The include root of the headers that generated code stands on. */
  readonly runtime: string;
  /** An include root, too: what the project writes by hand. */
  readonly byHand: string;
  /** Each flavor's unit: one more adapter. */
  readonly units: Readonly<Record<Flavor, string>>;
}

export interface ProgramRequest extends Common {
  readonly mode: Mode;
  /** Isolated trees of the flavors in this mode. */
  readonly trees: Readonly<Partial<Record<Flavor, string>>>;
  readonly originalTrees: Readonly<Partial<Record<Flavor, string>>>;
  readonly archives: Readonly<Partial<Record<Flavor, readonly string[]>>>;
  readonly shim?: ShimFiles;
  /** Link anew even when nothing changed. */
  readonly relink?: boolean;
}

export interface BuildFailed {
  readonly status: "failed";
  /** Sorted by place; at least one. */
  readonly errors: CompileError[];
}

export type FlavorOutcome = { readonly status: "built"; readonly result: FlavorBuildResult } | BuildFailed;
export type FlavorsOutcome = { readonly status: "built"; readonly results: FlavorBuildResult[] } | BuildFailed;
export type ProgramOutcome = { readonly status: "built"; readonly result: ProgramResult } | BuildFailed;

/** The flavors that a mode's program contains, legacy first. */
export function flavorsOf(mode: Mode): readonly Flavor[] {
  return mode === "dual" ? ["legacy", "latest"] : [mode];
}
