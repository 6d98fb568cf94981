/** Owns which commit of a layer a release of the root has: by DEPS, by a submodule, by a table. */
import { FOLDER, entryAt } from "../../git/tree.js";
import { type DepsPin, depsPin } from "../../sources/deps-pin.js";
import { parseDeps } from "../../sources/deps-file.js";
import { UnforkError, messageOf } from "../../support/errors.js";
import { commitOf } from "../alone/session.js";
import { baseRef } from "../base-releases.js";
import { basesOf } from "../import/import-base.js";
import type { OpenLayer, OpenLayers } from "./open-layers.js";
import type { Pinned, Root } from "./read-layers.js";

export interface Pin {
  readonly commit: string;
  readonly tree: string;
  /** What says so: "DEPS src/third_party/libyuv", "submodule third_party/abseil-cpp", "releases", "base/M120". */
  readonly by: string;
}

/** Pins of one release by the layers' names, the root's own commit among them. */
export type Pins = ReadonlyMap<string, Pin>;

/** All pins of a release; throws with all that is missing at once. */
export async function pinsAt(open: OpenLayers, release: string): Promise<Pins> {
  const root = await rootPin(open.root, release);
  const found = await Promise.allSettled(open.pinned.map((layer) => layerPin(open, layer, root, release)));
  const failures = found.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const [first, ...others] = failures;
  if (first !== undefined) throw others.length === 0 ? first : together(failures);
  const pins = found.flatMap((result, at) =>
    result.status === "fulfilled" ? [[open.pinned[at]?.layer.name ?? "", result.value] as const] : [],
  );
  return new Map([[open.root.layer.name, root], ...pins]);
}

function together(failures: readonly unknown[]): unknown {
  const strange = failures.find((error) => !(error instanceof UnforkError));
  if (strange !== undefined) return strange;
  const hints = [...new Set(failures.map((error) => (error as UnforkError).hint).filter((hint) => hint !== undefined))];
  return new UnforkError("input-invalid", failures.map(messageOf).join("\n"), { hint: hints.join("\n    ") });
}

export async function rootPin({ layer, session, refs }: OpenLayer<Root>, release: string): Promise<Pin> {
  const named = layer.releases[release];
  const by = named === undefined ? `base/${release}` : "releases";
  const ref = named ?? (refs.has(baseRef(release)) ? baseRef(release) : undefined);
  if (ref === undefined) {
    const known = [...new Set([...Object.keys(layer.releases), ...basesOf(refs)])];
    throw new UnforkError(
      "usage",
      `${layer.place}: ${layer.name} has no release ${release}: neither under releases, nor a branch base/${release}`,
      {
        hint: known.length === 0 ? "list it: releases: { M150: <ref> }" : `releases that are known: ${known.join(", ")}`,
      },
    );
  }
  const { id, tree } = await commitOf(session, ref);
  return { commit: id, tree, by };
}

export async function layerPin(open: OpenLayers, { layer, session }: OpenLayer<Pinned>, root: Pin, release: string): Promise<Pin> {
  const { ref, by, url } = await namedPin(open.root, layer, root, release);
  const found = await session.pool.find(`${ref}^{commit}`);
  if (found !== undefined) return { commit: found.id, tree: (await commitOf(session, found.id)).tree, by };
  throw new UnforkError(
    "input-invalid",
    `${layer.place}: layer ${layer.name}: ${layer.folder} has no commit ${ref}, which ${by} names at ${release}`,
    {
      hint: `git -C ${layer.folder} fetch ${url ?? "origin"}${session.existing.shallow ? " --unshallow" : ` ${ref}`}`,
      context: { layer: layer.name, ref },
    },
  );
}

interface NamedPin {
  readonly ref: string;
  readonly by: string;
  readonly url?: string;
}

async function namedPin(root: OpenLayer<Root>, layer: Pinned, at: Pin, release: string): Promise<NamedPin> {
  if (layer.pin === "table") {
    const ref = layer.releases[release];
    if (ref !== undefined) return { ref, by: "releases" };
    throw missing(layer, `releases does not tell its commit at ${release}`, `it tells ${Object.keys(layer.releases).join(", ") || "none"}`);
  }
  if (layer.pin === "submodule") return { ref: await gitlinkAt(root, layer, at.tree, release), by: `submodule ${layer.path}` };
  const text = await depsText(root, layer, at.tree);
  if (text === undefined) throw missing(layer, `${root.layer.name} has no file ${layer.file} at ${release}`, "say which with `file`");
  const { key, pin } = depsEntry(layer, text, `${root.layer.name} at ${release}`);
  return { ref: pin.revision, by: `${layer.file} ${key}`, url: pin.url };
}

type SubmoduleLayer = Extract<Pinned, { pin: "submodule" }>;
type DepsLayer = Extract<Pinned, { pin: "deps" }>;

async function gitlinkAt({ layer: root, session }: OpenLayer<Root>, layer: SubmoduleLayer, tree: string, release: string): Promise<string> {
  const entry = await entryAt(session.pool, tree, layer.path);
  if (entry?.mode === GITLINK) return entry.id;
  const there = entry === undefined ? "nothing" : entry.mode === FOLDER ? "a folder" : "a file";
  throw missing(
    layer,
    `${layer.path} is no submodule of ${root.name} at ${release}: there is ${there}`,
    "correct `path`, or say pin: deps or pin: table",
  );
}

export const GITLINK = "160000";

/** A DEPS file of a tree of the root, one character per byte. */
export async function depsText({ session }: OpenLayer<Root>, { file }: DepsLayer, tree: string): Promise<string | undefined> {
  const entry = await entryAt(session.pool, tree, file);
  return entry === undefined || entry.mode === FOLDER ? undefined : (await session.pool.read(entry.id, "blob")).toString("latin1");
}

/** The entry of a layer in a DEPS file. `where` ends the sentence of an error. */
export function depsEntry(layer: DepsLayer, text: string, where: string): { readonly key: string; readonly pin: DepsPin } {
  try {
    const { deps } = parseDeps(text);
    const usual = [`src/${layer.path}`, layer.path];
    const key = layer.key ?? usual.find((one) => deps.has(one)) ?? usual[0] ?? "";
    return { key, pin: depsPin(text, key) };
  } catch (error) {
    throw error instanceof UnforkError ? missing(layer, `${error.message} (${layer.file} of ${where})`, "say the entry with `key`") : error;
  }
}

function missing({ place, name }: Pinned, what: string, hint: string): UnforkError {
  return new UnforkError("input-invalid", `${place}: layer ${name}: ${what}`, { hint, context: { layer: name } });
}
