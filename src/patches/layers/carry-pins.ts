/** Owns the pins in the root's candidate: those of layers with patches name the layers' candidates, all others stay. */
import { bytesOf } from "../../git/bytes.js";
import { SIGNATURE } from "../../git/commit.js";
import { formatRawCommit } from "../../git/raw-commit.js";
import { openDraft, treeReader } from "../../git/tree-draft.js";
import { type TreeEntry, entryAt } from "../../git/tree.js";
import type { LayerClash } from "../../model/patch-layers.js";
import { repinDeps } from "../../sources/deps-repin.js";
import { UnforkError } from "../../support/errors.js";
import type { MergedLayer } from "./layer-candidate.js";
import type { OpenLayer } from "./open-layers.js";
import { GITLINK, depsEntry, depsText } from "./pins.js";
import type { Pinned, Root } from "./read-layers.js";

export interface CarriedPins {
  readonly commit: string;
  readonly tree: string;
  /** By layer, what carries its candidate. */
  readonly carried: ReadonlyMap<string, string>;
  readonly clashes: readonly LayerClash[];
}

export interface CarryRequest {
  readonly root: OpenLayer<Root>;
  readonly merged: MergedLayer;
  readonly layers: readonly (MergedLayer & { readonly open: OpenLayer<Pinned> })[];
  readonly release: string;
}

/** A pin as a tree of the root has it. */
interface PinIn {
  readonly revision: string;
  readonly by: string;
  /** The file that it stands in. */
  readonly file: string;
}

export async function carryPins({ root, merged, layers, release }: CarryRequest): Promise<CarriedPins> {
  const { pool } = root.session;
  const draft = openDraft({ readTree: treeReader(pool), add: pool.add }, merged.tree);
  const carried = new Map<string, string>();
  const clashes: LayerClash[] = [];
  for (const { open, pin, commit } of layers) {
    const { layer } = open;
    if (commit === pin.commit || layer.pin === "table") continue;
    const [before, now] = [await pinIn(root, layer, merged.pin.tree), await pinIn(root, layer, draft.write())];
    if (before === undefined || before.revision !== now?.revision) clashes.push(await movedPin(root, merged, layer, before));
    else {
      await draft.apply(new Map([[bytesOf(before.file), await pinned(root, layer, draft.write(), commit)]]));
      carried.set(layer.name, before.by);
    }
  }
  const tree = draft.write();
  if (tree === merged.tree) return { commit: merged.commit, tree, carried, clashes };
  const lines = layers.filter(({ open }) => carried.has(open.layer.name)).map(({ open, commit }) => `Layer: ${open.layer.name} ${commit}`);
  const message = `Pin the layers of r${release}\n\n${[...lines, `Release: ${release}`].join("\n")}\n`;
  const raw = { tree, parents: [merged.commit], author: SIGNATURE, committer: SIGNATURE, encoding: null, message: bytesOf(message) };
  return { commit: pool.add("commit", formatRawCommit(raw)), tree, carried, clashes };
}

/** Undefined where that tree does not pin the layer in the way that the file says. */
async function pinIn(root: OpenLayer<Root>, layer: Pinned, tree: string): Promise<PinIn | undefined> {
  if (layer.pin === "table") return undefined;
  if (layer.pin === "submodule") {
    const entry = await entryAt(root.session.pool, tree, layer.path);
    return entry?.mode === GITLINK ? { revision: entry.id, by: `submodule ${layer.path}`, file: layer.path } : undefined;
  }
  const text = await depsText(root, layer, tree);
  try {
    const { key, pin } = depsEntry(layer, text ?? "", "");
    return { revision: pin.revision, by: `${layer.file} ${key}`, file: layer.file };
  } catch (error) {
    if (error instanceof UnforkError) return undefined;
    throw error;
  }
}

/** What stands in the place of the pin then. */
async function pinned(root: OpenLayer<Root>, layer: Pinned, tree: string, commit: string): Promise<TreeEntry> {
  if (layer.pin !== "deps") return { mode: GITLINK, id: commit };
  const { pool } = root.session;
  const text = (await depsText(root, layer, tree)) ?? "";
  const { key } = depsEntry(layer, text, root.layer.name);
  const mode = (await entryAt(pool, tree, layer.file))?.mode ?? "100644";
  return { mode, id: pool.add("blob", Buffer.from(repinDeps(text, key, commit), "latin1")) };
}

/** The pin is not upstream's any more: some feature of the root moved it, and the layer's candidate would undo that. */
async function movedPin(root: OpenLayer<Root>, merged: MergedLayer, layer: Pinned, before: PinIn | undefined): Promise<LayerClash> {
  const moving = [];
  for (const { name, owner, tree, startTree } of merged.features) {
    const [old, next] = [await pinIn(root, layer, startTree), await pinIn(root, layer, tree)];
    if (old?.revision !== next?.revision) moving.push({ name, owner });
  }
  const by = before?.by ?? layer.path;
  return {
    layer: root.layer.name,
    features: moving,
    files: before === undefined ? [] : [before.file],
    what: `moves the pin of ${layer.name} (${by}), which has patches of its own: its candidate stands on upstream's pin`,
  };
}
