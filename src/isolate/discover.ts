/** Owns the discovery of a tree's own global names: what it defines with external linkage outside of namespaces. */
import type { CodeTree } from "./code-tree.js";
import { readCodeTree } from "./code-tree.js";
import type { GlobalName } from "./names-table.js";
import { lineAt } from "./rewrite.js";
import type { Introduced } from "./survey.js";
import { isFixedName } from "./system-names.js";

/** A discovered name with the places that define it, as indices of the tree's files. */
export interface Discovered {
  readonly id: number;
  readonly introduced: Introduced;
  readonly file: number;
  readonly files: ReadonlySet<number>;
}

/**
 * The names that the files define: functions and variables with external linkage at global scope or with C linkage
 * in a namespace, types at global scope, exported assembler labels. Never names that are only declared, and never
 * the system's ({@link isFixedName}).
 */
export function discover(tree: CodeTree): Discovered[] {
  const declaredC = new Set(tree.files.flatMap((file) => file.survey.declaredC));
  const declaredExtern = new Set(tree.files.flatMap((file) => file.survey.declaredExtern));
  const found = new Map<number, Discovered & { files: Set<number> }>();
  function add(introduced: Introduced, file: number): void {
    const known = found.get(introduced.id);
    if (known === undefined) found.set(introduced.id, { id: introduced.id, introduced, file, files: new Set([file]) });
    else known.files.add(file);
  }
  for (const [index, { survey }] of tree.files.entries()) {
    for (const introduced of survey.defined) add(introduced, index);
    for (const introduced of survey.namespaced) if (declaredC.has(introduced.id)) add(introduced, index);
    for (const introduced of survey.constants) if (declaredExtern.has(introduced.id)) add(introduced, index);
  }
  return [...found.values()].filter(({ id }) => !isFixedName(tree.interner.name(id)));
}

/** The names that the code files among `files` (relative to `root`) define, sorted by name. */
export async function discoverGlobalNames(root: string, files: readonly string[]): Promise<GlobalName[]> {
  const tree = readCodeTree(root, files);
  return namesOf(tree, discover(tree));
}

export function namesOf(tree: CodeTree, discovered: readonly Discovered[]): GlobalName[] {
  const names = discovered.map(({ id, introduced, file }) => {
    const { path, bytes } = tree.files[file] as CodeTree["files"][number];
    return { name: tree.interner.name(id), kind: introduced.kind, file: path, line: lineAt(bytes, introduced.offset) };
  });
  return names.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
