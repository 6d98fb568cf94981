/** Owns qualified names: inline namespaces are left out, unnamed classes and enumerations are named by their place. */
import { usualSpacing } from "../text/usual-spacing.js";
import type { Ast, AstCursor } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D, isDeclaration } from "../../../toolchain/libclang/ast-kinds.js";

export const UNNAMED_NAMESPACE = "(anonymous)";

export interface Names {
  /** Without its scopes; "" for one without a name. */
  readonly simple: (cursor: AstCursor) => string;
  readonly qualified: (cursor: AstCursor) => string;
  /** The qualified name of the namespace or class around it, "" for the global one. */
  readonly scope: (cursor: AstCursor) => string;
  /** The class that it is a member of, or null. */
  readonly parent: (cursor: AstCursor) => string | null;
  readonly isInUnnamed: (cursor: AstCursor) => boolean;
  /** A typedef that only names a tag: one without a name gets it, and what is written around the typedef is written of the tag. */
  readonly adopt: (tag: AstCursor, typedef: AstCursor) => void;
  /** The typedef that names a tag. */
  readonly typedefOf: (tag: AstCursor) => AstCursor | undefined;
  /** A text of clang's without inline namespaces. */
  readonly clean: (text: string) => string;
}

const CLASSES: ReadonlySet<number> = new Set([D.struct, D.union, D.class, D.classTemplate, D.partialSpecialization]);

/** `placeOf` gives `file:line`. */
export function namesOf(ast: Ast, placeOf: (cursor: AstCursor) => string): Names {
  const known = new Map<number, string>();
  const adopted = new Map<number, AstCursor>();
  const inline = new Set<string>();

  function simple(cursor: AstCursor): string {
    const given = adopted.get(cursor.a);
    if (given !== undefined) return ast.spelling(given);
    if (cursor.kind === D.namespace) return ast.lib.isAnonymous(cursor) === 0 ? ast.spelling(cursor) : "";
    const isTag = CLASSES.has(cursor.kind) || cursor.kind === D.enum;
    const name = ast.spelling(cursor);
    // Releases differ in whether the text of one without a name is empty or tells its place.
    return isTag && (name.includes("(") || ast.lib.isAnonymous(cursor) !== 0) ? "" : name;
  }

  function qualified(cursor: AstCursor): string {
    let name = known.get(cursor.a);
    if (name === undefined) known.set(cursor.a, (name = build(cursor)));
    return name;
  }

  function build(cursor: AstCursor): string {
    const scope = scopeOf(cursor);
    if (cursor.kind === D.namespace && ast.lib.isInlineNamespace(cursor) !== 0) {
      inline.add(ast.spelling(cursor));
      return scope;
    }
    const word = wordOf(cursor);
    return scope === "" ? word : `${scope}::${word}`;
  }

  function wordOf(cursor: AstCursor): string {
    const word = simple(cursor);
    if (word !== "") return isInstance(cursor) ? usualSpacing(clean(ast.text(ast.lib.displayName(cursor)))) : word;
    if (cursor.kind === D.namespace) return UNNAMED_NAMESPACE;
    return `(${keyOf(cursor)} at ${placeOf(cursor)})`;
  }

  /** A class that is a template's instance, by which its members are told apart. */
  function isInstance(cursor: AstCursor): boolean {
    return CLASSES.has(cursor.kind) && cursor.kind !== D.classTemplate && ast.lib.specialized(cursor).kind === D.classTemplate;
  }

  /** Scopes that are no namespace or class (a function, a language's block) give no name. */
  function scopeOf(cursor: AstCursor): string {
    for (let at = ast.lib.semanticParent(cursor) as AstCursor; isDeclaration(at); at = ast.lib.semanticParent(at) as AstCursor) {
      if (at.kind === D.namespace || CLASSES.has(at.kind) || at.kind === D.enum) return qualified(at);
    }
    return "";
  }

  function parent(cursor: AstCursor): string | null {
    const around = ast.lib.semanticParent(cursor) as AstCursor;
    return CLASSES.has(around.kind) ? qualified(around) : null;
  }

  function clean(text: string): string {
    return inline.size === 0 || !text.includes("::")
      ? text
      : text.replaceAll(/\b([A-Za-z_]\w*)::/g, (whole, word: string) => (inline.has(word) ? "" : whole));
  }

  return {
    simple,
    qualified,
    scope: scopeOf,
    parent,
    isInUnnamed: (cursor) => qualified(cursor).includes(UNNAMED_NAMESPACE),
    adopt: (tag, typedef) => {
      adopted.set(tag.a, typedef);
      known.delete(tag.a);
    },
    typedefOf: (tag) => adopted.get(tag.a),
    clean,
  };
}

function keyOf({ kind }: AstCursor): string {
  if (kind === D.enum) return "enum";
  if (kind === D.union) return "union";
  return kind === D.struct ? "struct" : "class";
}
