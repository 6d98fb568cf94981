/** Owns the comparison of the headers of two flavors: macros, names at global scope, namespaces, and the unit with both. */
import type { HeadersReport } from "../../model/isolation-headers.js";
import { surveyFile } from "../survey/survey.js";
import { type HeaderTree, loadHeaderTree } from "./header-tree.js";
import { judgeMacros } from "./judge-macros.js";
import { judgeNames } from "./judge-names.js";
import { pairMacros } from "./pair-macros.js";
import { type UnitRequest, writeUnit } from "./write-unit.js";

export interface HeadersRequest {
  readonly flavors: readonly [FlavorTree, FlavorTree];
  /** Globs over the headers that applications include; empty: all. */
  readonly headers: readonly string[];
  /** Include roots relative to the trees; empty: found. */
  readonly includeRoots: readonly string[];
  /** The unit to write, or undefined. */
  readonly unit: UnitRequest | undefined;
}

export interface FlavorTree {
  readonly name: string;
  readonly path: string;
}

/** Compares; writes nothing but the unit. Throws `input-invalid`, `input-missing`, `disk`. */
export async function compareHeaders(request: HeadersRequest): Promise<HeadersReport> {
  const trees = request.flavors.map(({ name, path }) =>
    loadHeaderTree({ flavor: name, root: path, chosen: request.headers, includeRoots: request.includeRoots }),
  ) as unknown as readonly [HeaderTree, HeaderTree];
  const macros = judgeMacros(trees, pairMacros(trees));
  const names = judgeNames(trees);
  const unit = request.unit === undefined ? null : await writeUnit(trees, macros, names, request.unit);
  return {
    format: 1,
    flavors: [describe(trees[0]), describe(trees[1])],
    macros,
    names,
    namespaces: sharedNamespaces(trees),
    limits: trees.flatMap((tree, side) => limitsOf(tree, trees[1 - side] as HeaderTree)),
    unit,
  };
}

function describe(tree: HeaderTree): HeadersReport["flavors"][0] {
  const { flavor, root, includeRoots, headers, chosen, reached } = tree;
  return { name: flavor, path: root, includeRoots: [...includeRoots], headers: headers.size, chosen: chosen.length, reached: reached.size };
}

/** Namespaces that reached headers of both trees open at global scope. */
function sharedNamespaces(trees: readonly [HeaderTree, HeaderTree]): string[] {
  const [first, second] = trees.map(openedNamespaces) as [Set<string>, Set<string>];
  return [...first].filter((name) => second.has(name) && name !== "std").toSorted();
}

function openedNamespaces(tree: HeaderTree): Set<string> {
  const { words, known } = tree.macros();
  const found = new Set<string>();
  for (const path of tree.reached) {
    const { stream, bytes } = tree.tokens(path);
    for (const { words: names, around } of surveyFile({ stream, bytes, words }, "header", known).namespaces) {
      if (around.length === 0 && names[0] !== undefined) found.add(tree.reader.interner.name(names[0]));
    }
  }
  return found;
}

function limitsOf(tree: HeaderTree, other: HeaderTree): HeadersReport["limits"] {
  const found: HeadersReport["limits"] = [];
  for (const file of [...tree.reached].toSorted()) {
    const facts = tree.headers.get(file);
    if (facts === undefined) continue;
    const tell = (line: number, what: string): unknown => found.push({ flavor: tree.flavor, file, line, what });
    for (const { path, next, line } of facts.includes) {
      if (path === undefined) tell(line, "a macro names the included file: it is not followed");
      if (next) tell(line, "#include_next searches behind the generated headers: the order of include roots decides");
    }
    for (const line of facts.asksForFiles)
      tell(line, `__has_include also finds headers that only ${other.flavor} has, when both are in one unit`);
    if (facts.once !== undefined && other.headers.has(file))
      tell(facts.once, "#pragma once: GCC takes a copy with the same bytes and time for the same file");
  }
  return found;
}
