/** Owns the search for a mechanism of the library's own that keeps two copies of it apart. */
import type { Mechanism } from "../../model/isolation-scan.js";
import { byText } from "../../support/order.js";
import type { ReadTree } from "../inventory/read-tree.js";
import { SITE } from "../inventory/sites.js";
import { buildOptions } from "./build-options.js";
import { nameMacros } from "./name-macros.js";
import { namespaceMacros } from "./namespace-macros.js";
import { optionFiles } from "./option-files.js";
import { renamingBlocks } from "./renaming-blocks.js";

/** What the tree offers, by general rules; `paths` are all its files. Throws `input-missing` or `disk`. */
export function findMechanisms(read: ReadTree, paths: readonly string[], root: string): Mechanism[] {
  const files = optionFiles(read.files);
  const { interner, mentions } = read.reader;
  const usesOf = (macro: string): number => {
    const id = interner.find(macro);
    return id < 0 ? 0 : (mentions[id] ?? 0);
  };
  const found = [
    ...namespaceMacros(files, namespacesNamedByMacros(read)),
    ...renamingBlocks(files),
    ...nameMacros(files, usesOf),
    ...buildOptions(root, paths),
  ];
  const byOption = new Map<string, Mechanism>();
  for (const mechanism of found) if (!byOption.has(mechanism.option)) byOption.set(mechanism.option, mechanism);
  return [...byOption.values()].toSorted((a, b) => byText(a.library, b.library) || byText(a.option, b.option));
}

/** `namespace X {` and `inline namespace X {` where X is written as macros are. */
function namespacesNamedByMacros({ reader: { sites, interner } }: ReadTree): string[] {
  const ids = new Set<number>();
  for (let i = 0; i < sites.count; i++) {
    const kind = sites.kinds[i];
    if (kind === SITE.namespace || kind === SITE.nestedNamespace || kind === SITE.inlineNamespace) ids.add(sites.values[i] as number);
  }
  return [...ids]
    .map((id) => interner.name(id))
    .filter((name) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(name))
    .toSorted();
}
