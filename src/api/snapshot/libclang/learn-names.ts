/** Owns the short walk over a unit: what the texts of types need to know of it, without its declarations. */
import type { AstCursor } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import type { Reader } from "./reader.js";
import { templateParametersOf } from "./template-parameters.js";

const CLASSES: ReadonlySet<number> = new Set([D.struct, D.union, D.class, D.classTemplate, D.partialSpecialization]);
const BLOCKS: ReadonlySet<number> = new Set([D.namespace, D.linkage, D.unexposed]);

/** Typedefs that name tags, parameters of class templates, alias templates and inline namespaces, of those below the roots. */
export function learnNames(reader: Reader, top: readonly AstCursor[]): void {
  const { ast, names, types, files } = reader;

  function scope(children: readonly AstCursor[]): void {
    for (const child of children) if (child.kind === D.typedef && isApi(child)) types.typedefs.namesItsTag(child);
    for (const child of children) visit(child);
  }

  function isApi(cursor: AstCursor): boolean {
    return files.pathOf(ast.place(ast.location(cursor)).file) !== undefined;
  }

  function visit(cursor: AstCursor): void {
    const isClass = CLASSES.has(cursor.kind);
    if (cursor.kind === D.aliasTemplate) return alias(cursor);
    if ((!isClass && !BLOCKS.has(cursor.kind)) || !isApi(cursor)) return;
    const children = ast.children(cursor);
    if (cursor.kind === D.namespace) names.qualified(cursor);
    if (cursor.kind === D.classTemplate) learn(cursor, children);
    scope(children);
  }

  function learn(template: AstCursor, children: readonly AstCursor[]): void {
    const kinds = templateParametersOf(reader, children).map(({ kind }) => kind);
    types.learnTemplate(names.qualified(template), kinds);
  }

  function alias(cursor: AstCursor): void {
    if (isApi(cursor)) types.learnAlias(names.simple(cursor), names.qualified(cursor));
  }

  scope(top);
}
