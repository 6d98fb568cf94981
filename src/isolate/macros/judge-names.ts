/** Owns the names outside of every namespace that the headers of both flavors declare, each with its verdict. */
import type { SharedName } from "../../model/isolation-headers.js";
import { isFixedName } from "../decide/system-names.js";
import { type GlobalDeclaration, type GlobalDeclarationKind, globalDeclarationReader } from "./global-declarations.js";
import type { HeaderTree } from "./header-tree.js";

interface Placed extends GlobalDeclaration {
  readonly file: string;
}

/** Names that reached headers of both trees declare at global scope, sorted. Throws `disk`. */
export function judgeNames(trees: readonly [HeaderTree, HeaderTree]): SharedName[] {
  const [first, second] = trees.map(declared) as [Map<string, Placed>, Map<string, Placed>];
  const pairs = [...first.values()].flatMap((one) => {
    const other = second.get(one.name);
    return other === undefined ? [] : [[one, other] as const];
  });
  const same = sameTypedefs(pairs);
  return pairs.map(([one, other]) => judged(one, other, same, trees)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Typedef names that say the same on both sides, and mention no name that does not. */
function sameTypedefs(pairs: readonly (readonly [Placed, Placed])[]): ReadonlySet<string> {
  const alike = pairs.filter(([one, other]) => one.kind === "typedef" && one.text === other.text);
  const same = new Set(alike.map(([{ name }]) => name));
  const differing = new Set(pairs.map(([{ name }]) => name).filter((name) => !same.has(name) && !isSystems(name)));
  for (let before = -1; before !== same.size;) {
    before = same.size;
    for (const [{ name, text }] of alike) {
      if (!text.split(" ").some((word) => word !== name && differing.has(word))) continue;
      same.delete(name);
      differing.add(name);
    }
  }
  return same;
}

function declared(tree: HeaderTree): Map<string, Placed> {
  const declarations = globalDeclarationReader(tree.reader.interner, tree.macros());
  const found = new Map<string, Placed>();
  for (const file of tree.reached) {
    for (const one of declarations(tree.tokens(file))) if (!found.has(one.name)) found.set(one.name, { ...one, file });
  }
  return found;
}

function judged(one: Placed, other: Placed, same: ReadonlySet<string>, [a]: readonly [HeaderTree, HeaderTree]): SharedName {
  const place = ({ file, line }: Placed) => ({ file, line });
  const common = {
    name: one.name,
    kind: one.kind,
    places: [place(one), place(other)] as [{ file: string; line: number }, { file: string; line: number }],
  };
  if (same.has(one.name)) return { ...common, verdict: "share", reason: "both say the same, which a unit may say twice", edits: [] };
  if (isSystems(one.name))
    return { ...common, verdict: "share", reason: "a name of the system, which both stand in for where a platform lacks it", edits: [] };
  const edits = [`policy of each flavor: "rename": ["${one.name}"]`];
  if (hasNoSymbol(one.kind)) edits.push(`or before ${a.flavor}'s headers: #define ${one.name} ${one.name}_${a.flavor}`);
  return { ...common, verdict: "rename", reason: REASONS[one.kind], edits };
}

/** A name that isolation keeps since it is the system's; single letters, which it keeps as well, are not. */
function isSystems(name: string): boolean {
  return name.length > 1 && isFixedName(name);
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
