/**
 * Owns `patch port --layers`: every layer's patches onto its own pin of the new release. No ref moves in any repository
 * until all layers are computed; then all move, or none.
 */
import type { LayersPort } from "../../model/patch-layers.js";
import { PATCH_STATUSES, type PatchStatus } from "../../model/patch-status.js";
import { wallClockMs } from "../../support/clock.js";
import { atMost } from "../../support/at-most.js";
import { UnforkError } from "../../support/errors.js";
import { readLayersState, writeLayersState } from "./layers-state.js";
import { moveRefs } from "./move-refs.js";
import { ofLayer } from "./of-layer.js";
import { type OpenLayer, type OpenLayers, withLayers } from "./open-layers.js";
import { type Pin, type Pins, pinsAt } from "./pins.js";
import { type LayerResult, portLayer } from "./port-layer.js";

export interface LayersPortRequest {
  /** The layers file. */
  readonly layers: string;
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  /** Whether patches that upstream has already are looked for and left out. */
  readonly upstreamed: boolean;
}

export async function portLayers(request: LayersPortRequest): Promise<LayersPort> {
  const { from, to, dryRun } = request;
  if (from === to)
    throw new UnforkError("usage", `--from and --to are both ${from}`, { hint: "patches are ported from one release to another" });
  return await withLayers(request.layers, !dryRun, async (open) => {
    const pins = { from: await pinsAt(open, from), to: await pinsAt(open, to) };
    const known = await readLayersState(open.root.state, to);
    const turn = atMost(MOST_AT_ONCE);
    const results = await Promise.all(
      [open.root, ...open.pinned].map(async (layer: OpenLayer) => {
        const { name } = layer.layer;
        const { ported, updates } = await portLayer({
          open: layer,
          releases: { from, to },
          pins: { from: pinOf(pins.from, name), to: pinOf(pins.to, name) },
          known: known?.layers.find((one) => one.name === name),
          upstreamed: request.upstreamed,
          turn,
        }).catch((error: unknown) => Promise.reject(ofLayer(layer.layer, layer.session, error)));
        return { layer, ported, updates };
      }),
    );
    const layers = results.map(({ ported }) => ported);
    const count = (status: PatchStatus) => layers.flatMap(({ stacks }) => stacks).reduce((sum, { summary }) => sum + summary[status], 0);
    const summary = Object.fromEntries(PATCH_STATUSES.map((status) => [status, count(status)])) as Record<PatchStatus, number>;
    const port = { from, to, written: !dryRun, summary, layers };
    if (!dryRun) await keep(open, port, new Map(results.map(({ layer, updates }) => [layer, updates])));
    return port;
  });
}

/** Each has processes of its own; more at a time would only wait for a processor. */
const MOST_AT_ONCE = 4;

function pinOf(pins: Pins, name: string): Pin {
  const pin = pins.get(name);
  if (pin === undefined) throw new Error(`layer ${name} has no pin`);
  return pin;
}

/** The root last: its notes say what came out of all. */
async function keep(open: OpenLayers, port: LayersPort, updates: ReadonlyMap<OpenLayer, LayerResult["updates"]>): Promise<void> {
  await writeLayersState(open.root.state, port);
  const seconds = Math.floor(wallClockMs() / 1000);
  const moves = [...open.pinned, open.root].map((layer: OpenLayer) => {
    const notes = layer.state.files.update(`Port to ${port.to}, layer ${layer.layer.name} of ${open.root.layer.name}`, seconds);
    return {
      name: layer.layer.name,
      session: layer.session,
      updates: [...(updates.get(layer) ?? []), ...(notes === undefined ? [] : [notes])],
    };
  });
  await moveRefs(open.root.session.existing.repository.path, moves);
}
