/** Owns `patch export --layers`: a feature's patches of every layer, or all of a release; paths count from each layer's own root. */
import { join } from "node:path";

import type { LayersExport } from "../../model/patch-layers.js";
import { UnforkError } from "../../support/errors.js";
import { replaceFolder } from "../../support/fs.js";
import { exportFrom, exportSeries } from "../export/export-alone.js";
import type { ExportFormat } from "../text/export-formats/export-input.js";
import { wantFree } from "../text/export-formats/write-export.js";
import { type LayerStackOn, portedSeries, stacksOn } from "./layer-stacks.js";
import { type OpenLayer, withLayers } from "./open-layers.js";
import { type Pin, pinsAt } from "./pins.js";

export interface LayersExportRequest {
  /** The layers file. */
  readonly layers: string;
  /** Undefined: all features and series. */
  readonly feature: string | undefined;
  readonly release: string;
  readonly format: ExportFormat;
  readonly out: string;
  /** What stands in the folder goes. */
  readonly replace: boolean;
}

/** Writes `<out>/<layer>` (a series, or the feature) or `<out>/<layer>/<feature>` (all): the folder is there whole, or not at all. */
export async function exportLayers(request: LayersExportRequest): Promise<LayersExport> {
  const { feature, release, out } = request;
  if (!request.replace) await wantFree(out);
  return await withLayers(request.layers, false, async (open) => {
    const pins = await pinsAt(open, release);
    const found: { layer: OpenLayer; pin: Pin; stack: Pick<LayerStackOn, "name" | "kind" | "tip" | "start"> }[] = [];
    for (const layer of [open.root, ...open.pinned]) {
      const pin = pins.get(layer.layer.name);
      if (pin === undefined) continue;
      for (const stack of await stacksOf(layer, pin, release))
        if (feature === undefined || stack.name === feature) found.push({ layer, pin, stack });
    }
    if (found.length === 0)
      throw new UnforkError("usage", `no layer has ${feature === undefined ? "patches" : `a feature ${feature}`} on ${release}`, {
        hint: `unfork patch list --layers ${open.file} shows what is where`,
      });
    return await replaceFolder(out, async (fresh) => {
      const exports: LayersExport["exports"] = [];
      for (const { layer, pin, stack } of found) {
        const { name } = layer.layer;
        const folder = stack.kind === "series" || feature !== undefined ? name : join(name, stack.name);
        const done = await exportStack(request, layer, pin, { stack, out: join(fresh, folder) });
        exports.push({ ...done, out: join(out, folder), layer: name, path: layer.layer.kind === "root" ? "." : layer.layer.path });
      }
      return { out, exports };
    });
  });
}

async function stacksOf(open: OpenLayer, pin: Pin, release: string): Promise<Pick<LayerStackOn, "name" | "kind" | "tip" | "start">[]> {
  const { series, name } = open.layer;
  if (series === undefined) return await stacksOn(open, pin, release);
  const ported = await portedSeries(open, series, pin, release);
  if (ported !== undefined) return [{ name, kind: "series", tip: ported, start: pin.commit }];
  const exists =
    open.refs.has(`refs/heads/${series.replaceAll("{release}", release)}`) || (await open.session.pool.find(series)) !== undefined;
  return exists ? await stacksOn(open, pin, release) : [];
}

interface Exporting {
  readonly stack: Pick<LayerStackOn, "name" | "kind" | "tip" | "start">;
  readonly out: string;
}

async function exportStack({ release, format }: LayersExportRequest, { layer, session }: OpenLayer, pin: Pin, { stack, out }: Exporting) {
  const { name, start, tip } = stack;
  if (stack.kind === "feature")
    return await exportFrom(session, { feature: name, release, format, out, replace: true, bases: new Map([[release, pin.commit]]) });
  if (layer.owner === undefined)
    throw new UnforkError("usage", `${layer.place}: the series of layer ${name} has no owner`, { hint: "owner: says who answers for it" });
  const purpose = `All patches of ${name} on ${release}.`;
  return await exportSeries(session, { name, purpose, owner: layer.owner, start, tip, release, format, out, replace: true });
}
