/** Owns how the fields of a struct are laid out anew, so that each lies where the library has it: unions without a name, gaps, packing. */
import type { ApiClass } from "../../model/api-snapshot.js";
import type { Extent, ExtentOf } from "./type-sizes.js";

/** A field by its place among the fields, bytes that hold nothing, or structs that lie over each other. */
export type LayoutPiece =
  | { readonly is: "field"; readonly index: number }
  | { readonly is: "gap"; readonly bytes: number }
  | { readonly is: "union"; readonly runs: readonly (readonly LayoutPiece[])[] };

export interface LayoutPlan {
  readonly pieces: readonly LayoutPiece[];
  /** Bytes of `#pragma pack`; null: none. */
  readonly pack: number | null;
  /** Bytes of `alignas`; null: none. */
  readonly align: number | null;
}

interface Placed extends Extent {
  readonly index: number;
  /** In bits. */
  readonly from: number;
  readonly to: number;
  readonly width: number | null;
}

/** Undefined where the snapshot does not tell enough, or where no such struct can be written. */
export function layoutOf(one: ApiClass, extentOf: ExtentOf): LayoutPlan | undefined {
  const placed: Placed[] = [];
  for (const [index, { type, offset, width }] of one.fields.entries()) {
    const extent = extentOf(type);
    if (extent === undefined || offset === null) return undefined;
    placed.push({ ...extent, index, from: offset, to: offset + (width ?? extent.size * 8), width });
  }
  const natural = Math.max(1, ...placed.map(({ align }) => align));
  const align = one.align ?? natural;
  const isPacked = one.attributes.some((text) => /\bpacked\b/.test(text)) || align < natural;
  const alone = { pack: isPacked ? align : null, align: align > natural ? align : null };
  if (one.key === "union")
    return placed.every(({ from }) => from === 0) ? { pieces: placed.map(({ index }) => ({ is: "field", index })), ...alone } : undefined;
  const pieces = inRuns(placed, 0, alone.pack ?? natural);
  return pieces === undefined ? undefined : { pieces, ...alone };
}

/** Fields that follow each other, from a bit on; those that lie over each other become one union. */
function inRuns(placed: readonly Placed[], start: number, pack: number): LayoutPiece[] | undefined {
  const pieces: LayoutPiece[] = [];
  let end = start;
  for (let at = 0; at < placed.length;) {
    const cluster = clusterFrom(placed, at);
    const first = placed[at] as Placed;
    const begin = Math.min(...cluster.map(({ from }) => from));
    const gap = gapBefore(
      begin,
      end,
      cluster.length === 1 ? first : { ...first, align: Math.max(...cluster.map(({ align }) => align)), width: null },
      pack,
    );
    if (gap === undefined) return undefined;
    if (gap > 0) pieces.push({ is: "gap", bytes: gap });
    if (cluster.length === 1) {
      pieces.push({ is: "field", index: first.index });
      end = first.to;
    } else {
      const runs = runsOf(cluster).map((run) => inRuns(run, begin, pack));
      if (begin % 8 !== 0 || runs.some((run) => run === undefined)) return undefined;
      pieces.push({ is: "union", runs: runs as LayoutPiece[][] });
      const size = Math.max(...cluster.map(({ to }) => to)) - begin;
      const align = 8 * Math.min(pack, Math.max(...cluster.map((one) => one.align)));
      end = begin + Math.ceil(size / align) * align;
    }
    at += cluster.length;
  }
  return pieces;
}

/** As many fields from there on as lie over each other. */
function clusterFrom(placed: readonly Placed[], at: number): Placed[] {
  let count = 1;
  let end = (placed[at] as Placed).to;
  for (let next = at + 1; next < placed.length; next++) {
    const { from, to } = placed[next] as Placed;
    if (from >= end) continue;
    count = next - at + 1;
    for (const between of placed.slice(at, next)) end = Math.max(end, between.to);
    end = Math.max(end, to);
  }
  return placed.slice(at, at + count);
}

/** Each of them goes on as long as its fields follow each other. */
function runsOf(cluster: readonly Placed[]): Placed[][] {
  const runs: Placed[][] = [];
  let end = Infinity;
  for (const one of cluster) {
    if (one.from < end) runs.push([one]);
    else runs.at(-1)?.push(one);
    end = one.to;
  }
  return runs;
}

/** Bytes to be written before a field, so that it lies where it has to; undefined: it cannot lie there. */
function gapBefore(
  from: number,
  end: number,
  { align, width, size }: Pick<Placed, "align" | "width" | "size">,
  pack: number,
): number | undefined {
  if (width !== null) {
    // A bit-field follows the last one, or begins its own unit.
    const unit = size * 8;
    const fits = Math.floor(end / unit) === Math.floor((end + Math.max(width, 1) - 1) / unit);
    const next = fits || pack === 1 ? end : Math.ceil(end / unit) * unit;
    if (from === next || width === 0) return 0;
    return from % 8 === 0 && from > end ? (from - Math.ceil(end / 8) * 8) / 8 : undefined;
  }
  const step = 8 * Math.min(align, pack);
  const next = Math.ceil(end / step) * step;
  if (from === next) return 0;
  return from > next && from % step === 0 ? (from - Math.ceil(end / 8) * 8) / 8 : undefined;
}
