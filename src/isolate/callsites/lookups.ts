/** Owns the call sites whose lookup changes: names that become ambiguous in an opened namespace, functions found by their arguments only. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { bitsOf, type FileView, headEdit, isMemberUse, markAt, pathOf, wordAt } from "./file-view.js";
import type { Found } from "./finding.js";
import type { BlockFound } from "./in-namespace.js";
import { NAME } from "./library.js";
import type { NamespaceBlock } from "./walk-file.js";

/**
 * Unqualified names inside an opened namespace that the library declares there and that are visible at global scope:
 * the using-directive makes the library's appear at global scope, too (ISO C++ [namespace.udir]).
 */
export function findAmbiguous(view: FileView, isVisible: (name: string) => boolean): BlockFound[] {
  const blocks = view.walk.blocks.filter((block) => pathOf(view, block) !== undefined);
  return blocks.flatMap((block) => ambiguousIn(view, block, isVisible));
}

function ambiguousIn(view: FileView, block: NamespaceBlock, isVisible: (name: string) => boolean): BlockFound[] {
  const { stream, words } = view.reading;
  const path = (pathOf(view, block) as readonly string[]).filter((word) => word !== "");
  const root = path.slice(0, 1);
  const said = new Set<string>();
  const found: BlockFound[] = [];
  for (let i = block.brace + 1; i < block.end; i++) {
    if (stream.kinds[i] !== KIND.identifier || words.keyword.has(stream.values[i] as number)) continue;
    const name = wordAt(view, i);
    if (said.has(name) || block.outer !== undefined) continue;
    if (!isGlobalUse(view, i, bitsOf(view, root, name)) || !isVisible(name) || hasOwn(view, root, name)) continue;
    said.add(name);
    const offset = stream.starts[i] as number;
    found.push({ block, found: { offset, construct: "ambiguous-name", name, detail: root.join("::"), edit: headEdit(view, block) } });
  }
  return found;
}

function hasOwn({ facts }: FileView, root: readonly string[], name: string): boolean {
  return facts.own.get(root[0] as string)?.has(name) === true;
}

/** Used as what the library's name is: a type before a name or a mark of types, a function before its parentheses, a namespace before `::`. */
function isGlobalUse(view: FileView, token: number, bits: number): boolean {
  if ((bits & NAME.header) === 0 || isMemberUse(view, token) || markAt(view, token - 1) === PUNCTUATION.scope) return false;
  const before = wordAt(view, token - 1);
  if (DECLARING.has(before)) return false;
  const next = markAt(view, token + 1);
  if ((bits & NAME.namespace) !== 0 && next === PUNCTUATION.scope) return true;
  if ((bits & NAME.function) !== 0 && next === BYTE.open) return before === "" || before === "return";
  const isType = (bits & (NAME.type | NAME.alias)) !== 0;
  return (
    isType && (wordAt(view, token + 1) !== "" || [BYTE.star, BYTE.ampersand, PUNCTUATION.scope, BYTE.openBrace].includes(next as never))
  );
}

const DECLARING: ReadonlySet<string> = new Set(["class", "struct", "union", "enum", "namespace", "typename", "goto", "using", "define"]);

/**
 * Unqualified calls outside of the opened namespaces that found the library's function by an argument of a type that
 * the application itself put into the namespace: lookup by arguments ignores using-directives ([basic.lookup.argdep]).
 */
export function findAdlCalls(view: FileView): Found[] {
  const ownTypes = [...view.facts.ownTypes].flatMap(([root, names]) => [...names].map((name) => [name, root] as const));
  if (ownTypes.length === 0) return [];
  const rootOf = new Map(ownTypes);
  const values = valuesOf(view, rootOf);
  const imported = importedNames(view);
  const { stream } = view.reading;
  const found: Found[] = [];
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier || markAt(view, i + 1) !== BYTE.open) continue;
    if (isMemberUse(view, i) || markAt(view, i - 1) === PUNCTUATION.scope) continue;
    const before = wordAt(view, i - 1);
    if (before !== "" && before !== "return") continue;
    const name = wordAt(view, i);
    if (imported.has(name) || view.facts.declaredElsewhere.has(name)) continue;
    const root = argumentRoot(view, i + 1, values, rootOf);
    if (root === undefined || imported.has(root) || inside(view, i, root)) continue;
    const bits = bitsOf(view, [root], name);
    if ((bits & NAME.function) === 0 || (bits & NAME.header) === 0 || hasOwn(view, [root], name)) continue;
    const offset = stream.starts[i] as number;
    found.push({
      offset,
      construct: "adl-call",
      name,
      detail: root,
      edit: { file: view.file, start: offset, end: offset, text: `${root}::` },
    });
  }
  return found;
}

/** Names of variables and parameters that are declared with one of the types in this file. */
function valuesOf(view: FileView, types: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const { stream } = view.reading;
  const found = new Map<string, string>();
  for (let i = 0; i < stream.count; i++) {
    const root = stream.kinds[i] === KIND.identifier ? types.get(wordAt(view, i)) : undefined;
    if (root === undefined) continue;
    let next = i + 1;
    while (markAt(view, next) === BYTE.ampersand || wordAt(view, next) === "const") next++;
    if (wordAt(view, next) !== "") found.set(wordAt(view, next), root);
  }
  return found;
}

/** The root whose own type an argument of the call at `open` has. */
function argumentRoot(
  view: FileView,
  open: number,
  values: ReadonlyMap<string, string>,
  types: ReadonlyMap<string, string>,
): string | undefined {
  let depth = 0;
  for (let i = open; i < view.reading.stream.count && i < open + 60; i++) {
    const mark = markAt(view, i);
    if (mark === BYTE.open) depth++;
    else if (mark === BYTE.close && --depth === 0) return undefined;
    const plain = depth === 1 && !isMemberUse(view, i) && [BYTE.comma, BYTE.close].includes(markAt(view, i + 1) as never);
    const root = plain ? values.get(wordAt(view, i)) : undefined;
    if (root !== undefined) return root;
    if (depth === 1 && markAt(view, i + 1) === BYTE.openBrace && types.has(wordAt(view, i))) return types.get(wordAt(view, i));
  }
  return undefined;
}

/** Words of using-declarations and using-directives of the file. */
function importedNames(view: FileView): ReadonlySet<string> {
  const { stream, words } = view.reading;
  const found = new Set<string>();
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier || stream.values[i] !== words.id.using) continue;
    for (let at = i + 1; at < stream.count && markAt(view, at) !== BYTE.semicolon; at++) {
      const last = [BYTE.semicolon, BYTE.comma].includes(markAt(view, at + 1) as never);
      if (last && wordAt(view, at) !== "") found.add(wordAt(view, at));
    }
  }
  return found;
}

function inside(view: FileView, token: number, root: string): boolean {
  return view.walk.blocks.some((block) => block.brace < token && token < block.end && pathOf(view, block)?.[0] === root);
}
