/** Owns what an application's own files say about themselves: which names are theirs, what they include, which macros stand for a namespace. */
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { textOf } from "./declaration.js";
import { type LibraryNames, NAME } from "./library.js";
import { gatherOpeners, type Opener } from "./macro-openers.js";
import { includePaths } from "./token-facts.js";
import type { FileWalk, NamespaceBlock } from "./walk-file.js";

/** Where a macro's body names a namespace. */
export interface MacroPlace {
  readonly file: string;
  /** Byte offsets of the word in the body. */
  readonly start: number;
  readonly end: number;
  readonly root: string;
}

export interface AppFacts {
  /** Root → names that the application itself introduces below it. */
  readonly own: Map<string, Set<string>>;
  /** Root → types among them that derive from nothing of the library. */
  readonly ownTypes: Map<string, Set<string>>;
  /** `path::name` of what the application defines in the library's namespaces. */
  readonly defined: Set<string>;
  /** Names at global scope → files that introduce them. */
  readonly globals: Map<string, Set<string>>;
  /** Every name that the application declares outside of the library's namespaces. */
  readonly declaredElsewhere: Set<string>;
  /** Functions and variables that the application defines with C linkage or at global scope. */
  readonly definedGlobals: Set<string>;
  readonly includes: Map<string, readonly string[]>;
  readonly macros: Map<string, MacroPlace>;
  /** Macros that open a namespace which they are given. */
  readonly openers: Map<string, Opener>;
}

export function createFacts(): AppFacts {
  return {
    own: new Map(),
    ownTypes: new Map(),
    defined: new Set(),
    globals: new Map(),
    declaredElsewhere: new Set(),
    definedGlobals: new Set(),
    includes: new Map(),
    macros: new Map(),
    openers: new Map(),
  };
}

/** The library's namespace that a block lies in: its path with the root spelled out, or undefined. */
export function libraryPath(block: NamespaceBlock | undefined, library: LibraryNames, facts: AppFacts): readonly string[] | undefined {
  const word = block?.path[0];
  if (block === undefined || word === undefined) return undefined;
  const root = library.roots.has(word) ? word : (facts.macros.get(word)?.root ?? library.namespaceMacros.get(word));
  return root === undefined ? undefined : [root, ...block.path.slice(1)];
}

/** First look at a file: macros and includes. */
export function gatherLines(reading: Reading, file: string, library: LibraryNames, facts: AppFacts): void {
  const { kinds, values, starts, ends, count } = reading.stream;
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.directive || values[i] !== DIRECTIVE.define || kinds[i + 3] !== KIND.directiveEnd) continue;
    const root = textOf(reading, i + 2);
    if (!library.roots.has(root)) continue;
    facts.macros.set(textOf(reading, i + 1), { file, start: starts[i + 2] as number, end: ends[i + 2] as number, root });
  }
  gatherOpeners(reading, facts.openers);
  facts.includes.set(file, includePaths(reading));
}

/** Second look: which names are the application's own. */
export function gatherNames(reading: Reading, walk: FileWalk, file: string, library: LibraryNames, facts: AppFacts): void {
  for (const block of walk.blocks) {
    const path = libraryPath(block, library, facts);
    if (path === undefined) {
      if (block.path.length === 1 && block.path[0] !== "") addTo(facts.globals, block.path[0] as string, file);
      continue;
    }
    for (const [depth, word] of path.entries()) if (depth > 0) noteOwn(library, facts, path.slice(0, depth), word);
  }
  for (const { declaration, block } of walk.declarations) {
    const { chain, form, defines, template } = declaration;
    if (chain.words.length !== 1 || chain.operator || template === "specialisation" || template === "instantiation") continue;
    const name = textOf(reading, chain.words[0]);
    const path = libraryPath(block, library, facts);
    if (path === undefined) {
      facts.declaredElsewhere.add(name);
      if (block === undefined) addTo(facts.globals, name, file);
      if (defines && (form === "function" || form === "variable")) facts.definedGlobals.add(name);
      continue;
    }
    if (defines) facts.defined.add([...path, name].join("::"));
    if (noteOwn(library, facts, path, name) && form === "type" && defines && !derives(reading, chain.words[0] as number))
      addTo(facts.ownTypes, path[0] as string, name);
  }
}

/** `class X : public Y {`: whether a base clause follows the name. */
function derives({ stream }: Reading, name: number): boolean {
  for (let i = name + 1; i < name + 4 && i < stream.count; i++) if (stream.kinds[i] === KIND.punctuation) return stream.values[i] === 58;
  return false;
}

function noteOwn(library: LibraryNames, { own }: AppFacts, path: readonly string[], name: string): boolean {
  const known = library.namespaces.get(path.filter((word) => word !== "").join("::"))?.get(name) ?? 0;
  if ((known & NAME.header) !== 0 && !path.includes("")) return false;
  addTo(own, path[0] as string, name);
  return true;
}

export function addTo<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
