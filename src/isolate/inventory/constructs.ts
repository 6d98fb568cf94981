/** Owns the step from the places that were met to the rows of the inventory. */
import type { ScanConstruct, ScanNamespace, ScanPlace } from "../../model/isolation-scan.js";
import { byText } from "../../support/order.js";
import { isFixedName } from "../decide/system-names.js";
import { lineFinder } from "../../tokens/lines.js";
import type { OtherPlace } from "./other-files.js";
import type { ReadTree } from "./read-tree.js";
import { ROWS, type Row } from "./rows.js";
import { SITE } from "./sites.js";
import { type Sorted, sortPlace } from "./sort-place.js";

/** Site indices by row and part. */
export type SortedSites = ReadonlyMap<string, { readonly sites: number[]; readonly parts: string[] }>;

/** Sorts all places into rows. */
export function sortSites(tree: ReadTree, namespaces: readonly ScanNamespace[]): SortedSites {
  const { interner, sites } = tree.reader;
  const library = new Set(namespaces.filter(({ verdict }) => verdict === "renamed").map(({ name }) => interner.find(name)));
  const std = interner.find("std");
  const includes = includeTest(namespaces);
  const found = new Map<string, { sites: number[]; parts: string[] }>();
  const note = (index: number, [row, part]: NonNullable<Sorted>): void => {
    const known = found.get(row);
    if (known === undefined) found.set(row, { sites: [index], parts: [part] });
    else {
      known.sites.push(index);
      known.parts.push(part);
    }
  };
  const scopeOf = (context: number) =>
    context === -1 ? "global" : context === -2 ? "unnamed" : library.has(context) ? "library" : context === std ? "std" : "foreign";
  for (let i = 0; i < sites.count; i++) {
    const kind = sites.kinds[i] as number;
    if (kind === SITE.none || kind === SITE.string) continue;
    const id = sites.values[i] as number;
    if (kind === SITE.include) {
      if (includes(tree, i)) note(i, ["includes", ""]);
      continue;
    }
    const namesLibrary = library.has(id);
    if ((kind === SITE.use || kind === SITE.globalUse) && !namesLibrary) continue;
    if (isC(kind) && isFixedName(interner.name(id))) continue;
    const sorted = sortPlace({
      kind,
      name: id >= 0 ? interner.name(id) : "",
      namesLibrary,
      scope: scopeOf(sites.contexts[i] as number),
      column0: (sites.ends[i] as number) < 0,
    });
    if (sorted !== undefined) note(i, sorted);
    if (kind === SITE.cData || kind === SITE.globalData) note(i, ["writable", kind === SITE.cData ? "c" : "global"]);
  }
  return found;
}

function isC(kind: number): boolean {
  return kind === SITE.cFunction || kind === SITE.cData || kind === SITE.cTable || kind === SITE.globalFunction || kind === SITE.globalData;
}

/** Whether an include's path holds a word of a renamed namespace. */
function includeTest(namespaces: readonly ScanNamespace[]): (tree: ReadTree, site: number) => boolean {
  const words = namespaces.filter(({ verdict }) => verdict === "renamed").map(({ name }) => name);
  if (words.length === 0) return () => false;
  const expression = new RegExp(words.map((word) => (word.length >= 5 ? word : `(?<![A-Za-z0-9])${word}(?![A-Za-z0-9])`)).join("|"), "i");
  return ({ reader: { sites }, files }, site) => {
    const { bytes } = files[sites.files[site] as number] as ReadTree["files"][number];
    return expression.test(bytes.toString("latin1", sites.starts[site], sites.ends[site]));
  };
}

/** The rows with all their places, in the order of the table; rows that do not occur are left out. */
export function constructsOf(tree: ReadTree, sorted: SortedSites, others: readonly OtherPlace[]): ScanConstruct[] {
  const finders = new Map<number, (offset: number) => number>();
  return ROWS.flatMap((row) => {
    const here = sorted.get(row.id);
    const places = [
      ...(here?.sites ?? []).map((site, index) => placeOf(tree, finders, site, here?.parts[index] ?? "")),
      ...others.filter((other) => other.row === row.id).map(({ file, line, name, part }) => ({ file, line, name, part })),
    ];
    if (places.length === 0) return [];
    places.sort((a, b) => byText(a.file, b.file) || a.line - b.line || byText(a.name, b.name));
    return [constructOf(row, places)];
  });
}

function placeOf(
  { files, reader: { sites, interner } }: ReadTree,
  finders: Map<number, (offset: number) => number>,
  site: number,
  part: string,
): ScanPlace {
  const file = sites.files[site] as number;
  const { path, bytes } = files[file] as ReadTree["files"][number];
  const finder = finders.get(file) ?? lineFinder(bytes);
  finders.set(file, finder);
  const id = sites.values[site] as number;
  const start = sites.starts[site] as number;
  const name = id >= 0 ? interner.name(id) : bytes.toString("latin1", start, Math.abs(sites.ends[site] as number));
  return { file: path, line: finder(start), name, part };
}

function constructOf(row: Row, places: readonly ScanPlace[]): ScanConstruct {
  const counts = new Map<string, number>();
  for (const { part } of places) counts.set(part, (counts.get(part) ?? 0) + 1);
  const named = Object.entries(row.parts).flatMap(([id, title]) => (counts.has(id) ? [{ id, title, count: counts.get(id) ?? 0 }] : []));
  const free = [...counts].flatMap(([id, count]) => (id === "" || id in row.parts ? [] : [{ id, title: id, count }]));
  free.sort((a, b) => b.count - a.count || byText(a.id, b.id));
  const { id, group, title } = row;
  const raised = Object.entries(row.raised ?? {}).find(([part]) => counts.has(part))?.[1];
  const { severity, action } = raised ?? row;
  return { id, group, title, count: places.length, severity, action, parts: [...named, ...free], places: [...places] };
}
