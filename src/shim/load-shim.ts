/** Owns the way from what a user gives (snapshots, a surface or an application's trees) to the plan of a shim. */
import { resolve } from "node:path";

import { readSnapshot } from "../api/snapshot-file.js";
import type { ApiSnapshot } from "../model/api-snapshot.js";
import { definedNames } from "../objects/defined-names.js";
import { type ShimSurface, shimSurfaceSchema } from "../model/shim-surface.js";
import { UnforkError } from "../support/errors.js";
import { unmetUses, type UnmetUse } from "./app-names/unmet-uses.js";
import { type AppUse, type UsedName, usedNames } from "./app-names/used-names.js";
import { type FlavorInput, planShim } from "./plan/plan-shim.js";
import { type PlacedSurface, readSurface } from "./read-surface.js";
import type { ShimInputs } from "./shim-folder.js";

export interface FlavorFile {
  readonly name: string;
  /** Path of the snapshot. */
  readonly file: string;
  readonly release: string;
  /** The library's archives: what they do not define is left out. None: all that is declared counts as defined. */
  readonly archives?: readonly string[];
}

export interface ShimRequest {
  readonly flavors: readonly [FlavorFile, FlavorFile];
  /** Path of the surface file. */
  readonly surface: string | undefined;
  /** The library's name, where no surface file gives it. */
  readonly library: string | undefined;
  /** Trees whose use of the library is the surface. */
  readonly apps: readonly string[];
}

export interface LoadedShim extends ShimInputs {
  /** What the application's trees use; empty without trees. */
  readonly used: readonly UsedName[];
  /** What of that the shim does not give, or not on both flavors. */
  readonly unmet: readonly UnmetUse[];
}

/** Throws `usage`, `config-invalid`, `input-missing`, `input-invalid`. */
export async function loadShim(request: ShimRequest): Promise<LoadedShim> {
  const { flavors, apps } = request;
  const [legacy, latest] = await Promise.all(flavors.map(({ file }) => readSnapshot(file)));
  if (legacy === undefined || latest === undefined) throw new UnforkError("usage", "a shim needs two snapshots");
  if (legacy.language !== latest.language)
    throw new UnforkError("input-invalid", `${flavors[0].file} was read as ${legacy.language}, ${flavors[1].file} as ${latest.language}`, {
      hint: "take both snapshots with the same --language",
    });
  const snapshots = [legacy, latest] as const;
  const { surface: given, place } = await surfaceOf(request);
  const names = [flavors[0].name, flavors[1].name] as const;
  const app: AppUse =
    apps.length === 0 ? { used: [], words: new Map() } : await usedNames({ trees: apps, flavors: names, snapshots, surface: given });
  const { used } = app;
  const surface: ShimSurface =
    apps.length === 0 ? given : { ...given, names: [...new Set([...given.names, ...used.map(({ name }) => name)])] };
  const plan = planShim(flavorInput(flavors[0], legacy), flavorInput(flavors[1], latest), surface, place);
  return { plan, surface, snapshots, used, unmet: unmetUses(plan, surface, app) };
}

function flavorInput({ name, release, archives = [] }: FlavorFile, snapshot: ApiSnapshot): FlavorInput {
  if (archives.length === 0) return { name, release, snapshot };
  return { name, release, snapshot, defined: definedNames(archives.map((path) => resolve(path))) };
}

async function surfaceOf({ surface, library }: ShimRequest): Promise<PlacedSurface> {
  if (surface !== undefined) {
    const read = await readSurface(surface);
    return library === undefined ? read : { ...read, surface: { ...read.surface, library } };
  }
  if (library === undefined)
    throw new UnforkError("usage", "the shim needs a name: --library NAME, or a surface file that says it (--surface FILE)", {
      hint: "the library's outermost namespace, as in --library webrtc; the shim's is webrtc_shim",
    });
  const parsed = shimSurfaceSchema.safeParse({ library });
  if (parsed.success) return { surface: parsed.data, place: (path) => path.join(".") };
  throw new UnforkError("usage", `--library ${library}: a library's name is a C++ identifier`, { hint: "as in --library webrtc" });
}
