/**
 * Owns what an audit asks of a symbol, read from the tree and not from its text: to what it belongs, and what its
 * template arguments speak of.
 */
import { eachChild, eachItem } from "./children.js";
import { tooBig } from "./failure.js";
import * as k from "./kinds.js";
import { type Component, componentsOf } from "./components.js";
import { MOST_DEPTH } from "./limits.js";
import { type SpecialKind, specialKind } from "./specials.js";
import { type Tree, kindOf, operand } from "./tree.js";

export interface NameParts {
  /** What the compiler made for the entity; undefined for the entity itself. */
  readonly special: SpecialKind | undefined;
  /**
   * The qualified name, outermost scope first, without template arguments, parameters and tags. Of a constructor the
   * last is the class's name, of a conversion `operator`, of a lambda `{lambda}`, of a type without a name `{unnamed}`.
   * Empty for what describes a type without a name of its own, such as the typeinfo of `int*`.
   */
  readonly scopes: readonly string[];
  /** Qualified names in template arguments and in types without a name, each once, in order, up to their own arguments. */
  readonly mentions: readonly string[];
}

/** Kinds that name an entity where they stand. */
const NAMES: ReadonlySet<number> = new Set([
  k.NAME,
  k.NESTED,
  k.LOCAL,
  k.TEMPLATE,
  k.ABBREVIATION,
  k.ABI_TAG,
  k.MODULE_ENTITY,
  k.FRIEND,
  k.GLOBAL,
  k.CLOSURE,
  k.UNNAMED_TYPE,
]);

/** The parts of a symbol's tree. */
export function partsOf(tree: Tree, source: Uint8Array, root: number): NameParts {
  const { special, subject, aside } = subjectOf(tree, root);
  const mentions = new Mentions(tree, source);
  const owner = ownerOf(tree, subject);
  const components = owner === 0 ? [] : componentsOf(tree, source, owner);
  for (const { args } of components) if (args !== 0) mentions.add(args);
  if (owner === 0) mentions.add(subject);
  if (aside !== 0) mentions.add(aside);
  return { special, scopes: components.map(({ text }) => text), mentions: mentions.found() };
}

interface SubjectNode {
  readonly special: SpecialKind | undefined;
  readonly subject: number;
  /** A type that is spoken of beside it, or 0. */
  readonly aside: number;
}

function subjectOf(tree: Tree, root: number): SubjectNode {
  const kind = kindOf(tree, root);
  if (kind === k.SUFFIXED) return subjectOf(tree, operand(tree, root, 1));
  if (kind === k.CONSTRUCTION_VTABLE) {
    return { special: "construction-vtable", subject: operand(tree, root, 2), aside: operand(tree, root, 1) };
  }
  if (kind !== k.SPECIAL) return { special: undefined, subject: root, aside: 0 };
  return { special: specialKind(operand(tree, root, 1)), subject: operand(tree, root, 2), aside: 0 };
}

/** The node of a name; 0 for a type that has none. */
function ownerOf(tree: Tree, subject: number): number {
  const kind = kindOf(tree, subject);
  if (kind === k.SPECIAL || kind === k.SUFFIXED || kind === k.CONSTRUCTION_VTABLE) return ownerOf(tree, subjectOf(tree, subject).subject);
  if (kind === k.ENCODING) return operand(tree, subject, 2);
  if (kind === k.MODULE || kind === k.BINDINGS) return subject;
  return NAMES.has(kind) ? subject : 0;
}

/** Collects qualified names; each node of the tree is gone through once. */
class Mentions {
  private readonly names = new Set<string>();
  private readonly seen = new Set<number>();
  private readonly tree: Tree;
  private readonly source: Uint8Array;
  private depth = 0;

  constructor(tree: Tree, source: Uint8Array) {
    this.tree = tree;
    this.source = source;
  }

  add(at: number): void {
    if (this.seen.has(at)) return;
    this.seen.add(at);
    if (++this.depth > MOST_DEPTH) tooBig();
    if (NAMES.has(kindOf(this.tree, at))) this.addName(componentsOf(this.tree, this.source, at));
    else eachChild(this.tree, at, (child) => this.add(child));
    this.depth--;
  }

  found(): string[] {
    return [...this.names];
  }

  /** The name up to its first arguments, then what these and later ones speak of, and parameters of functions in it. */
  private addName(components: readonly Component[]): void {
    const own = upToArguments(components);
    if (own !== "") this.names.add(own);
    for (const { args, signature } of components) {
      if (args !== 0) this.add(args);
      if (signature !== 0) eachItem(this.tree, operand(this.tree, signature, 3), (parameter) => this.add(parameter));
    }
  }
}

/** What follows arguments, a function or a type without a name is no name of its own. */
function upToArguments(components: readonly Component[]): string {
  const own: string[] = [];
  for (const { text, args, signature } of components) {
    if (text.startsWith("{")) break;
    own.push(text);
    if (args !== 0 || signature !== 0) break;
  }
  return own.join("::");
}
