/** Owns public headers that leak the library: what they expose is taken into the library's shim, in the shim's types. */
import { basename, join, resolve } from "node:path";

import { parseSnapshot, snapshotText } from "../../api/snapshot-file.js";
import { takeSnapshot } from "../../api/snapshot/take-snapshot.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import type { ShimManifest } from "../../model/shim-manifest.js";
import { type ShimSurface, shimSurfaceSchema } from "../../model/shim-surface.js";
import { UnforkError } from "../../support/errors.js";
import { readText, writeFilesAtomic } from "../../support/fs.js";
import { loadShim, type ShimRequest } from "../load-shim.js";
import { readShimManifest } from "../read-manifest.js";
import { readSurface } from "../read-surface.js";
import { MANIFEST_FILE, writeShim } from "../write-shim.js";
import type { FlavoredNames, InjectFinding, InjectRequest } from "./model.js";
import { oneFlavorHeader } from "./one-flavor-header.js";

export interface JoinedShim {
  /** Relative to the folder of the generated files. */
  readonly files: readonly string[];
  /** What the shim could not take in, by the place in the component. */
  readonly findings: readonly InjectFinding[];
}

/** @param headers public headers that leak, relative to the component; @param out where the generated files go. Throws as `loadShim` does. */
export async function joinShim(
  request: InjectRequest & { readonly shim: string },
  names: FlavoredNames,
  headers: readonly string[],
  out: string,
  dryRun: boolean,
): Promise<JoinedShim> {
  const manifest = readShimManifest(join(request.shim, MANIFEST_FILE));
  const { inputs } = manifest;
  if (inputs === undefined || manifest.flavors.some(({ name }, side) => name !== request.flavors[side as 0 | 1].name))
    throw new UnforkError(
      "input-invalid",
      `${request.shim} is no shim of the flavors ${request.flavors.map(({ name }) => name).join(" and ")}`,
      {
        hint: "name the folder that `unfork shim generate` wrote for these flavors",
      },
    );
  const root = basename(request.folder);
  const texts = ([0, 1] as const).map((side) => ({
    path: `include/${request.component}/${request.flavors[side].name}.h`,
    text: oneFlavorHeader(request, names, side, headers),
  }));
  await writeAll(out, texts);
  const snapshots = await Promise.all(
    ([0, 1] as const).map(async (side) => {
      const file = resolve(request.shim, inputs.snapshots[side].file);
      const library = parseSnapshot(await readText(file), file);
      return merged(library, await componentSnapshot(request, side, out), `${request.component}/${request.flavors[side].name}.h`, root);
    }),
  );
  const surface = withComponent(await surfaceOf(request.shim, inputs), names, request);
  const files = [
    ...snapshots.map((snapshot, side) => ({ path: `${request.flavors[side as 0 | 1].name}.api.json`, text: snapshotText(snapshot) })),
    { path: "surface.json", text: `${JSON.stringify(surface, null, 2)}\n` },
  ];
  await writeAll(out, files);
  const shimRequest = requestOf(request, manifest, inputs, out);
  const shim = await loadShim(shimRequest);
  const { regeneration } = await writeShim(request.shim, shim, shimRequest, dryRun);
  const inside = names.namespaces.map((words) => words.join("::"));
  return {
    files: [...texts, ...files].map(({ path }) => path),
    findings: [
      ...regeneration.problems.map(({ path, outcome: { line, reason } }): InjectFinding => ({
        kind: "shim",
        path: join(request.shim, path),
        line,
        text: reason,
      })),
      ...shim.plan.left
        .filter(({ name }) => inside.some((each) => name === each || name.startsWith(`${each}::`)))
        .map(({ name, reason, places }): InjectFinding => {
          const [, file = "", line = "0"] = /^(.*):(\d+)$/.exec(places[0] ?? "") ?? [];
          const path = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
          return { kind: "leak", path, line: Number(line), text: `${name} is not in the shim: ${reason}` };
        }),
    ],
  };
}

async function componentSnapshot(request: InjectRequest, side: 0 | 1, out: string): Promise<ApiSnapshot> {
  const { folder, includes, flavors, flags, standard, component } = request;
  const own = join(out, "include");
  return await takeSnapshot({
    headers: [join(own, component, `${flavors[side].name}.h`)],
    roots: [join(folder, "..")],
    includes: [own, folder, ...includes, ...flavors[side].includes],
    flags,
    language: "c++",
    standard,
    keepGoing: false,
  });
}

/** The library's snapshot with what the component's files declare; what an earlier run took from them goes. */
function merged(before: ApiSnapshot, component: ApiSnapshot, header: string, folder: string): ApiSnapshot {
  const fresh = new Set(component.files);
  const isOld = (file: string): boolean => before.headers.includes(header) && (fresh.has(file) || file.startsWith(`${folder}/`));
  const library = new Set(before.files.filter((file) => !isOld(file)));
  const isKept = ({ place }: { readonly place: { readonly file: string } }): boolean => !isOld(place.file);
  const isOwn = ({ place }: { readonly place: { readonly file: string } }): boolean => !library.has(place.file);
  const spellings = new Set(before.instances.map(({ spelling }) => spelling));
  const namespaces = new Set(before.namespaces.map(({ name }) => name));
  return {
    ...before,
    headers: [...new Set([...before.headers, header])],
    files: [...library, ...component.files.filter((file) => !library.has(file))],
    declarations: [...before.declarations.filter(isKept), ...component.declarations.filter(isOwn)],
    macros: [...before.macros.filter(isKept), ...component.macros.filter(isOwn)],
    instances: [...before.instances, ...component.instances.filter(({ spelling }) => !spellings.has(spelling))],
    namespaces: [...before.namespaces, ...component.namespaces.filter(({ name }) => !namespaces.has(name))],
  };
}

async function surfaceOf(shim: string, { surface, library }: NonNullable<ShimManifest["inputs"]>): Promise<ShimSurface> {
  if (surface === null) return shimSurfaceSchema.parse({ library });
  const { surface: read } = await readSurface(resolve(shim, surface.file));
  return library === null ? read : { ...read, library };
}

/** A surface that names nothing covers all already. */
function withComponent(surface: ShimSurface, { namespaces }: FlavoredNames, { flavors }: InjectRequest): ShimSurface {
  const inside = namespaces.map((words) => words.join("::"));
  const isAll = surface.headers.length === 0 && surface.names.length === 0;
  const renamed = inside.flatMap((each) => flavors.map(({ name }) => [`${each}_${name}`, each] as const));
  return {
    ...surface,
    names: isAll ? [] : [...new Set([...surface.names, ...inside])],
    map: { ...surface.map, namespaces: { ...surface.map.namespaces, ...Object.fromEntries(renamed) } },
  };
}

function requestOf(
  { flavors }: InjectRequest,
  manifest: ShimManifest,
  inputs: NonNullable<ShimManifest["inputs"]>,
  out: string,
): ShimRequest {
  const [legacy, latest] = ([0, 1] as const).map((side) => ({
    name: flavors[side].name,
    file: join(out, `${flavors[side].name}.api.json`),
    release: manifest.flavors[side].release,
  }));
  return { flavors: [legacy, latest] as ShimRequest["flavors"], surface: join(out, "surface.json"), library: undefined, apps: inputs.apps };
}

async function writeAll(folder: string, texts: readonly { readonly path: string; readonly text: string }[]): Promise<void> {
  await writeFilesAtomic(texts.map(({ path, text }) => ({ path: join(folder, path), data: Buffer.from(text) })));
}
