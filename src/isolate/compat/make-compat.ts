/** Owns the making of the compatibility headers for an isolated tree. */
import { dirname, relative } from "node:path";

import type { CompatReport } from "../../model/isolation-compat.js";
import { UnforkError } from "../../support/errors.js";
import { writeFileAtomic } from "../../support/fs.js";
import { nearest } from "../../support/nearest.js";
import { readMarker } from "../marker.js";
import { compatText, type ImportKind, namesText } from "./compat-text.js";
import { isConvincing, movedNamespaces, type NamespaceMove } from "./map-namespaces.js";
import { readTreeNames, type TreeNames } from "./tree-names.js";

export interface CompatRequest {
  /** The isolated tree, or the original one with `namespaces`. */
  readonly tree: string;
  readonly flavor: string;
  readonly out: string;
  readonly import: ImportKind;
  /** For a tree that is not isolated: the namespaces that isolation renames. */
  readonly namespaces: readonly string[];
  /** Old namespaces that others have taken in: `rtc` is `webrtc` now. */
  readonly map: readonly { readonly old: string; readonly new: string }[];
  /** A tree of the older release, isolated or not, whose lost namespaces are looked for here. */
  readonly older: string | undefined;
  /** Where the second header goes, or undefined. */
  readonly names: string | undefined;
}

type Entry = CompatReport["namespaces"][0];

/** Writes the header or headers. Throws `input-invalid` (nothing to import, a map to nowhere), `input-missing`, `disk`. */
export async function makeCompat(request: CompatRequest): Promise<CompatReport> {
  await checkFlavor(request);
  const tree = readTreeNames(request.tree);
  const own = ownNamespaces(request, tree);
  const mapped = request.map.map((entry) => mappedNamespace(entry, own, request.flavor));
  const moves = request.older === undefined ? [] : await movesFrom(request.older, tree, request.flavor);
  const known = new Set([...own, ...mapped].map(({ old }) => old));
  const fresh = moves.filter(({ old }) => !known.has(old));
  const found = fresh.flatMap((move) => foundNamespace(move, own));
  const namespaces = [...own, ...mapped, ...found].toSorted((a, b) => (a.old < b.old ? -1 : 1));
  const names = globalNames(tree, request.flavor);
  if (namespaces.length === 0 && names.length === 0) throw nothing(request);
  const second = request.names === undefined ? undefined : nearPath(request.out, request.names);
  if (request.names !== undefined) await writeFileAtomic(request.names, namesText(request.flavor, names));
  await writeFileAtomic(request.out, compatText(request.flavor, namespaces, request.import, second));
  return {
    format: 1,
    flavor: request.flavor,
    tree: request.tree,
    import: request.import,
    header: request.out,
    namespaces,
    names: request.names === undefined ? null : { header: request.names, count: names.length },
    globalNames: names.length,
    unmapped: fresh
      .filter((move) => !found.some(({ old }) => old === move.old))
      .map(({ old, names: count, best, found: there }) => ({ old, names: count, best: best ?? null, found: there })),
  };
}

async function checkFlavor({ tree, flavor }: CompatRequest): Promise<void> {
  const marker = await readMarker(tree);
  if (marker === undefined || marker.flavor === flavor) return;
  throw new UnforkError("input-invalid", `${tree} is isolated as flavor '${marker.flavor}', not '${flavor}'`, {
    hint: `give --flavor ${marker.flavor}`,
  });
}

/** Namespaces of the tree that bear the flavor, under the name without it. */
function ownNamespaces({ flavor, namespaces }: CompatRequest, tree: TreeNames): Entry[] {
  const suffix = `_${flavor}`;
  const isolated = [...tree.namespaces.keys()].filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
  const given = namespaces.map((name) => {
    if (tree.namespaces.has(name) || tree.namespaces.has(name + suffix)) return name;
    const near = nearest(
      name,
      [...tree.namespaces.keys()].map((known) => without(known, suffix)),
    );
    throw new UnforkError("input-invalid", `no header of the tree opens a namespace '${name}'`, {
      hint: near === undefined ? "check --namespace" : `did you mean '${near}'?`,
    });
  });
  return [...new Set([...isolated, ...given])].map((old) => ({ old, new: old + suffix, from: "tree", evidence: null }));
}

function mappedNamespace({ old, new: to }: { old: string; new: string }, own: readonly Entry[], flavor: string): Entry {
  const target = own.find((entry) => entry.old === to || entry.new === to);
  if (target === undefined) {
    const near = nearest(
      to,
      own.map((entry) => entry.old),
    );
    throw new UnforkError("input-invalid", `--map ${old}=${to}: the tree has no namespace '${to}' of flavor ${flavor}`, {
      hint: near === undefined ? "map to a namespace of the tree" : `did you mean '${near}'?`,
    });
  }
  if (own.some((entry) => entry.old === old))
    throw new UnforkError("input-invalid", `--map ${old}=${to}: the tree has a namespace '${old}' of its own`, {
      hint: "one name cannot stand for two namespaces: leave this map out",
    });
  return { old, new: target.new, from: "map", evidence: null };
}

/** An older tree that is isolated says so itself; its flavor does not count. */
async function movesFrom(older: string, tree: TreeNames, flavor: string): Promise<NamespaceMove[]> {
  const marker = await readMarker(older);
  const strip = (name: string): string => without(marker === undefined ? name : without(name, `_${marker.flavor}`), `_${flavor}`);
  return movedNamespaces(readTreeNames(older), tree, strip);
}

function without(name: string, suffix: string): string {
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function foundNamespace(move: NamespaceMove, own: readonly Entry[]): Entry[] {
  const target = own.find(({ old }) => old === move.best);
  if (target === undefined || !isConvincing(move)) return [];
  return [{ old: move.old, new: target.new, from: "older", evidence: { names: move.names, found: move.found } }];
}

/** Names outside of namespaces that bear the flavor, under the name without it; for an isolated tree only. */
function globalNames(tree: TreeNames, flavor: string): string[] {
  const suffix = `_${flavor}`;
  const bearing = [...tree.globals, ...tree.macros].filter((name) => name.endsWith(suffix) && name.length > suffix.length);
  return [...new Set(bearing.map((name) => name.slice(0, -suffix.length)))].toSorted();
}

function nearPath(from: string, to: string): string {
  return relative(dirname(from), to);
}

function nothing({ tree, flavor }: CompatRequest): UnforkError {
  return new UnforkError("input-invalid", `no header of ${tree} declares a name of flavor '${flavor}'`, {
    hint: "give the isolated tree, or name the namespaces of the original one by --namespace",
  });
}
