/** Owns the names outside of every namespace that the headers of both flavors declare, each with its verdict. */
import { join } from "node:path";

import type { SharedName } from "../../model/isolation-headers.js";
import { createArena } from "../engine/arena.js";
import { type GlobalDeclaration, type GlobalDeclarationKind, globalDeclarationReader } from "./global-declarations.js";
import type { HeaderTree } from "./header-tree.js";

interface Placed extends GlobalDeclaration {
  readonly file: string;
}

/** Names that reached headers of both trees declare at global scope, sorted. Throws `disk`. */
export function judgeNames(trees: readonly [HeaderTree, HeaderTree]): SharedName[] {
  const [first, second] = trees.map(declared) as [Map<string, Placed>, Map<string, Placed>];
  const shared = [...first.values()].flatMap((one) => {
    const other = second.get(one.name);
    return other === undefined ? [] : [judged(one, other, trees)];
  });
  return shared.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function declared(tree: HeaderTree): Map<string, Placed> {
  const read = createArena();
  const declarations = globalDeclarationReader(tree.reader.interner);
  const found = new Map<string, Placed>();
  for (const file of tree.reached) {
    for (const one of declarations(tree.reader.read(read(join(tree.root, file)).bytes)))
      if (!found.has(one.name)) found.set(one.name, { ...one, file });
  }
  return found;
}

function judged(one: Placed, other: Placed, [a]: readonly [HeaderTree, HeaderTree]): SharedName {
  const place = ({ file, line }: Placed) => ({ file, line });
  const common = {
    name: one.name,
    kind: one.kind,
    places: [place(one), place(other)] as [{ file: string; line: number }, { file: string; line: number }],
  };
  if (one.kind === "typedef" && one.text === other.text)
    return { ...common, verdict: "share", reason: "both say the same, which a unit may say twice", edits: [] };
  const edits = [`policy of each flavor: "rename": ["${one.name}"]`];
  if (hasNoSymbol(one.kind)) edits.push(`or before ${a.flavor}'s headers: #define ${one.name} ${one.name}_${a.flavor}`);
  return { ...common, verdict: "rename", reason: REASONS[one.kind], edits };
}

const REASONS: Readonly<Record<GlobalDeclarationKind, string>> = {
  type: "two definitions in one unit do not compile; in two units they break the one-definition rule",
  enumeration: "two definitions in one unit do not compile",
  function: "a symbol that both flavors define: they do not link",
  variable: "a symbol that both flavors define: they do not link",
  constant: "two definitions in one unit do not compile; makes no symbol",
  "static-function": "two definitions in one unit do not compile; makes no symbol",
  enumerator: "two definitions in one unit do not compile; makes no symbol",
  typedef: "they stand for different types; makes no symbol",
};

/** Whether the name can be changed by a macro around the headers, since no object file bears it. */
export function hasNoSymbol(kind: SharedName["kind"]): boolean {
  return kind === "constant" || kind === "static-function" || kind === "enumerator" || kind === "typedef";
}
