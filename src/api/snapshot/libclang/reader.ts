/** Owns what every part of the reading by libclang shares: names, types, texts, and what a declaration is at large. */
import type { ApiPlace } from "../../../model/api-snapshot.js";
import type { Ast, AstCursor, AstPlace } from "../../../toolchain/libclang/ast.js";
import { ACCESS, ATTRIBUTES } from "../../../toolchain/libclang/ast-kinds.js";
import type { ApiFiles } from "../places.js";
import { commentAt } from "../text/comments.js";
import { type CToken, lineOf, tokensIn } from "../text/c-tokens.js";
import type { SourceTexts } from "../text/source-texts.js";
import { attributesOf } from "./attributes.js";
import type { Names } from "./names.js";
import type { Types } from "./types.js";

export interface Reader {
  readonly ast: Ast;
  readonly names: Names;
  readonly types: Types;
  readonly texts: SourceTexts;
  readonly files: ApiFiles;
}

/** A declaration with its place, as far as it lies below the roots. */
export interface Declared {
  readonly cursor: AstCursor;
  readonly children: readonly AstCursor[];
  /** Where its name lies, absolute; and its place in the snapshot. */
  readonly at: AstPlace;
  readonly place: ApiPlace;
  readonly start: AstPlace;
  readonly end: AstPlace;
}

/** Undefined for one outside of the roots. */
export function declared({ ast, files }: Reader, cursor: AstCursor): Declared | undefined {
  const at = ast.place(ast.location(cursor));
  const file = files.pathOf(at.file);
  if (file === undefined) return undefined;
  const extent = ast.lib.extent(cursor);
  return {
    cursor,
    at,
    place: { file, line: at.line },
    children: ast.children(cursor),
    start: ast.place(ast.lib.rangeStart(extent)),
    end: ast.place(ast.lib.rangeEnd(extent)),
  };
}

export function commonOf(reader: Reader, one: Declared) {
  const { cursor, place, start, end, at } = one;
  const text = reader.texts.of(at.file);
  return {
    name: reader.names.simple(cursor),
    place,
    comment: start.file === at.file ? (commentAt(text, start.offset, end.offset) ?? commentOfTypedef(reader, cursor)) : null,
    attributes: hasAttributes(one) ? attributesOf(reader.ast, cursor, (attribute) => writtenOf(reader, attribute)) : [],
  };
}

/** Of a tag that a typedef names. */
function commentOfTypedef({ ast, names, texts }: Reader, tag: AstCursor): string | null {
  const typedef = names.typedefOf(tag);
  if (typedef === undefined) return null;
  const [start, end] = [ast.place(ast.start(typedef)), ast.place(ast.end(typedef))];
  return commentAt(texts.of(start.file), start.offset, end.offset);
}

export function scopedOf(reader: Reader, one: Declared) {
  const parent = reader.names.parent(one.cursor);
  return {
    ...commonOf(reader, one),
    qualifiedName: reader.names.qualified(one.cursor),
    parent,
    access: parent === null ? ("public" as const) : accessOf(reader.ast, one.cursor),
  };
}

export function accessOf({ lib }: Ast, cursor: AstCursor) {
  return ACCESS[lib.access(cursor) as number] ?? "public";
}

/** As the header writes it. */
function writtenOf({ ast, texts }: Reader, cursor: AstCursor): string {
  const [start, end] = [ast.place(ast.start(cursor)), ast.place(ast.end(cursor))];
  return lineOf(tokensIn(texts.of(start.file), start.offset, end.offset));
}

function hasAttributes({ children }: Declared): boolean {
  return children.some(({ kind }) => kind >= ATTRIBUTES.first && kind <= ATTRIBUTES.last);
}

/** The tokens before the declaration's name: `static inline constexpr int`. */
export function headTokens({ texts }: Reader, { start, at }: Declared): readonly CToken[] {
  return start.file === at.file ? tokensIn(texts.of(at.file), start.offset, at.offset) : [];
}
