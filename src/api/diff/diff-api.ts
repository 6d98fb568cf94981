/** Owns the comparison of two snapshots: from pairs to items, counts, moved headers and suggestions for the map. */
import {
  type ApiDiff,
  type ApiDiffItem,
  type ApiDiffStatus,
  apiDiffKindSchema,
  apiDiffStatusSchema,
  type ShimWork,
} from "../../model/api-diff.js";
import type { ApiNameMap } from "../../model/api-name-map.js";
import type { ApiSnapshot } from "../../model/api-snapshot.js";
import { anyNameGlob } from "../../support/glob.js";
import { toolVersion } from "../../support/version.js";
import { withoutSuffix } from "../common-name.js";
import { knownOf } from "./class-facts.js";
import type { ApiItem } from "./declarations.js";
import { headerName, movedHeaders } from "./headers.js";
import type { DiffContext } from "./item.js";
import { itemsOf } from "./items.js";
import { type ApiPair, pairApi } from "./pair.js";
import { type DiffFlavors, diffSide } from "./side.js";
import { suggestMap } from "./suggest.js";

export interface DiffInput {
  /** The file it was read from, as the user named it. */
  readonly file: string;
  readonly snapshot: ApiSnapshot;
}

/**
 * `headersWanted`: patterns of headers; what neither release declares in one of them is left out. Throws `input-invalid` where
 * two classes of one side come to one name.
 */
export function diffApi(
  legacy: DiffInput,
  latest: DiffInput,
  map: ApiNameMap,
  flavors: DiffFlavors,
  headersWanted: readonly string[] = ["*"],
): ApiDiff {
  const all = pairApi(legacy.snapshot, latest.snapshot, map, flavors);
  const context = contextOf(all, legacy.snapshot, latest.snapshot, map, flavors);
  const isWanted = anyNameGlob(headersWanted);
  const pairs = all.filter((pair) => [pair.legacy, pair.latest].some((one) => one !== null && isWanted(one.place.file)));
  const items = pairs.flatMap((pair) => itemsOf(pair, context));
  const headers = movedHeaders(pairs, map);
  return {
    format: "unfork-api-diff",
    version: 1,
    tool: { name: "unfork", version: toolVersion() },
    legacy: sideOf(legacy, flavors.legacy),
    latest: sideOf(latest, flavors.latest),
    summary: summaryOf(items),
    items,
    headers,
    suggestions: suggestMap(pairs, headers, context),
  };
}

function contextOf(
  pairs: readonly ApiPair[],
  legacy: ApiSnapshot,
  latest: ApiSnapshot,
  map: ApiNameMap,
  flavors: DiffFlavors,
): DiffContext {
  const sides = { legacy: diffSide(flavors.legacy, map), latest: diffSide(flavors.latest, map) };
  const items = (side: "legacy" | "latest"): { name: string; item: ApiItem }[] =>
    pairs.flatMap((pair) => (pair[side] === null ? [] : [{ name: pair.name, item: pair[side] }]));
  return {
    ...sides,
    widths: { legacy: legacy.widths, latest: latest.widths },
    enums: new Set(pairs.filter(({ kind }) => kind === "enum").map(({ name }) => name)),
    known: { legacy: knownOf(items("legacy"), sides.legacy), latest: knownOf(items("latest"), sides.latest) },
    plainName: { legacy: (name) => withoutSuffix(name, flavors.legacy), latest: (name) => withoutSuffix(name, flavors.latest) },
    headerOf: headerName(map),
  };
}

function sideOf({ file, snapshot }: DiffInput, flavor: string): ApiDiff["legacy"] {
  const { headers, engine, diagnostics } = snapshot;
  return {
    flavor,
    snapshot: file,
    headers,
    engine: `${engine.name} ${engine.version}`,
    errors: diagnostics.filter(({ severity }) => severity === "error").length,
  };
}

function summaryOf(items: readonly ApiDiffItem[]): ApiDiff["summary"] {
  const kinds = apiDiffKindSchema.options
    .map((kind) => ({ kind, those: items.filter((item) => item.kind === kind) }))
    .filter(({ those }) => those.length > 0)
    .map(({ kind, those }) => ({ kind, statuses: counts(those) }));
  const worked = (by: ShimWork): { items: number; units: number } => {
    const those = items.filter(({ work }) => work.by === by);
    return { items: those.length, units: those.reduce((sum, { work }) => sum + work.units, 0) };
  };
  const work = { none: worked("none").items, generated: worked("generated"), byHand: worked("by hand") };
  return { statuses: counts(items), kinds, work };
}

function counts(items: readonly ApiDiffItem[]): Record<ApiDiffStatus, number> {
  const entries = apiDiffStatusSchema.options.map((status) => [status, items.filter((item) => item.status === status).length]);
  return Object.fromEntries(entries) as Record<ApiDiffStatus, number>;
}
