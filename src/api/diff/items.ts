/** Owns the step from pairs of declarations to the items of a comparison: status, reasons, both declarations, cost. */
import type { ApiDiffItem, ApiDiffReason } from "../../model/api-diff.js";
import { compareItems } from "./compare-declarations.js";
import { reason } from "./costs.js";
import type { ApiItem } from "./declarations.js";
import { alone, both, type DiffContext } from "./item.js";
import { memberItems } from "./member-items.js";
import type { ApiPair } from "./pair.js";
import { showItem } from "./shown-declaration.js";

/** The declaration's own item, then those of its members. Private nested ones are nobody's API. */
export function itemsOf(pair: ApiPair, context: DiffContext): ApiDiffItem[] {
  const { legacy, latest } = pair;
  if ([legacy, latest].every((one) => one === null || isPrivate(one))) return [];
  if (legacy === null || latest === null) return [aloneItem(pair, legacy, latest)];
  const members = memberItems(pair, context);
  const own = [...names(legacy, latest, context), ...compareItems(legacy, latest, context), ...summed(members)];
  const shown = { legacy: showItem(legacy), latest: showItem(latest) };
  return [both({ kind: pair.kind, name: pair.name, owner: null, shown }, own), ...members];
}

function isPrivate(one: ApiItem): boolean {
  return one.kind !== "macro" && one.access === "private";
}

function aloneItem({ kind, name, members }: ApiPair, legacy: ApiItem | null, latest: ApiItem | null): ApiDiffItem {
  const only = (legacy ?? latest) as ApiItem;
  const isFunctionMacro = only.kind === "macro" && only.parameters !== null;
  const shown = { legacy: legacy === null ? null : showItem(legacy), latest: latest === null ? null : showItem(latest) };
  return alone({ kind, name, owner: null, shown }, { isFunctionMacro, members: members.length });
}

/** Flavors' suffixes are no new names; a nested one is renamed with what is around it. */
function names(legacy: ApiItem, latest: ApiItem, context: DiffContext): ApiDiffReason[] {
  const [old, one] = [legacy, latest].map((each) => (each.kind === "macro" ? each.name : each.qualifiedName)) as [string, string];
  const isNameless = legacy.kind === "enum" && legacy.name === "";
  const renamed = !isNameless && context.plainName.legacy(old) !== context.plainName.latest(one);
  const moved = context.headerOf(legacy.place.file) !== latest.place.file;
  return [
    ...(renamed ? [reason("renamed", `\`${old}\` is \`${one}\` now`)] : []),
    ...(moved ? [reason("header-moved", `stands in ${latest.place.file}, before in ${legacy.place.file}`)] : []),
  ];
}

/** A class is as far apart as its members are; they have the work. */
function summed(members: readonly ApiDiffItem[]): ApiDiffReason[] {
  const apart = members.filter(({ status }) => status !== "same" && status !== "renamed");
  if (apart.length === 0) return [];
  const text = `${apart.length} of ${members.length} members ${apart.length === 1 ? "differs" : "differ"}`;
  return [reason(apart.some(needsAdapter) ? "members-need-adapter" : "members-differ", text)];
}

/** A field or an enumerator that one side lacks is left out by the converter. */
function needsAdapter({ status, work }: ApiDiffItem): boolean {
  return status === "adapter" || (status !== "convertible" && work.by === "by hand");
}
