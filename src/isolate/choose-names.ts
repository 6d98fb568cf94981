/** Owns the choice of what is renamed: the plan's namespaces and patterns, and the names discovered in the tree. */
import type { IsolationPlan } from "../model/isolation.js";
import { UnforkError } from "../support/errors.js";
import { anyNameGlob } from "../support/glob.js";
import { nearest } from "../support/nearest.js";
import type { CodeTree } from "./code-tree.js";
import { discover, type Discovered } from "./discover.js";
import { nestedHomonyms } from "./nested-namespaces.js";
import { type NamesTable, ROLE } from "./names-table.js";

/** The table for one tree, plan and flavor. Throws `input-invalid` for a namespace that the tree does not open. */
export function chooseNames(tree: CodeTree, plan: IsolationPlan, flavor: string): NamesTable {
  const roles = new Uint8Array(tree.interner.size() + plan.namespaces.length);
  const files = new Map<number, ReadonlySet<number>>();
  const isKept = anyNameGlob(plan.keep);
  const suffix = `_${flavor}`;
  const mayRename = (name: string): boolean => !isKept(name) && !name.endsWith(suffix);
  for (const found of discover(tree)) if (mayRename(tree.interner.name(found.id))) give(tree, found, roles, files);
  giveMatching(tree, plan, mayRename, roles);
  requireNamespaces(tree, plan, flavor);
  const external = new Set(plan.namespaces.map((namespace) => tree.interner.find(namespace)).filter((id) => id >= 0));
  for (const id of external) roles[id] = ROLE.namespace;
  const nested = nestedHomonyms(
    tree.files.flatMap((file) => file.survey.namespaces),
    external,
  );
  const sorted: string[] = [];
  for (const [id, role] of roles.entries()) if (role > ROLE.namespace) sorted.push(tree.interner.name(id));
  return { roles, files, nested, sorted: sorted.toSorted() };
}

/** A name that also names members and that only source files know is renamed there; an enumeration, which makes no symbol, nowhere. */
function give(tree: CodeTree, found: Discovered, roles: Uint8Array, files: Map<number, ReadonlySet<number>>): void {
  if (!tree.members.has(found.id)) {
    roles[found.id] = ROLE.everywhere;
    return;
  }
  const inHeader = [...found.files].some((file) => tree.files[file]?.language === "header");
  if (inHeader && found.introduced.kind === "enumeration") return;
  roles[found.id] = inHeader ? ROLE.everywhere : ROLE.inFiles;
  if (!inHeader) files.set(found.id, found.files);
}

function giveMatching(tree: CodeTree, plan: IsolationPlan, mayRename: (name: string) => boolean, roles: Uint8Array): void {
  if (plan.names.length === 0) return;
  const matches = anyNameGlob(plan.names);
  for (let id = 0; id < tree.interner.size(); id++) {
    const name = tree.interner.name(id);
    if (matches(name) && mayRename(name)) roles[id] = ROLE.everywhere;
  }
}

/** First words of the namespaces that are opened at global scope. */
function openedAtTop(tree: CodeTree): Set<string> {
  const ids = tree.files.flatMap((file) => file.survey.namespaces.filter(({ around }) => around.length === 0).map(({ words }) => words[0]));
  return new Set(ids.filter((id) => id !== undefined).map((id) => tree.interner.name(id)));
}

function requireNamespaces(tree: CodeTree, plan: IsolationPlan, flavor: string): void {
  const opened = openedAtTop(tree);
  for (const namespace of plan.namespaces) {
    if (opened.has(namespace) || opened.has(`${namespace}_${flavor}`)) continue;
    const near = nearest(namespace, [...opened].toSorted());
    throw new UnforkError("input-invalid", `no file of the tree opens a namespace '${namespace}'`, {
      hint: near === undefined ? "check the namespaces of the isolation plan" : `did you mean '${near}'?`,
      context: { namespace },
    });
  }
}
