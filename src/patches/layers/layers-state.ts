/** Owns what the root's notes keep of its layers: `layers/<release>.json`, which pins and which results, for every clone. */
import { type LayersPort, type LayersState, layersStateSchema } from "../../model/patch-layers.js";
import { UnforkError } from "../../support/errors.js";
import { canonicalJson } from "../../support/hash.js";
import { type PatchState, STATE_REF } from "../state/patch-state.js";

/** Throws `state-invalid` for one that does not hold. */
export async function readLayersState({ files }: PatchState, release: string): Promise<LayersState | undefined> {
  const content = await files.read(pathOf(release));
  if (content === undefined) return undefined;
  try {
    return layersStateSchema.parse(JSON.parse(content.toString("utf8")));
  } catch (error) {
    throw new UnforkError("state-invalid", `${STATE_REF} holds a ${pathOf(release)} that is not one of ours`, {
      hint: "remove that file from the ref",
      cause: error,
    });
  }
}

export async function writeLayersState({ files }: PatchState, port: LayersPort): Promise<void> {
  const state: LayersState = {
    from: port.from,
    to: port.to,
    layers: port.layers.map(({ name, path, from, to, stacks }) => ({
      name,
      path,
      pins: { from: from.commit, to: to.commit },
      stacks: stacks.map(({ name: stack, owner, kind, fate, base, tip, onto, commit, branch, summary }) => ({
        name: stack,
        owner,
        kind,
        fate,
        base,
        tip,
        onto,
        commit,
        branch,
        summary,
      })),
    })),
  };
  await files.set(pathOf(port.to), `${canonicalJson(state, 2)}\n`);
}

function pathOf(release: string): string {
  return `layers/${release}.json`;
}
