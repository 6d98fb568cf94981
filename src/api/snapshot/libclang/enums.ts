/** Owns enumerations with the values of their enumerators. */
import type { ApiEnum, ApiType } from "../../../model/api-snapshot.js";
import type { AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { DECLARATION as D } from "../../../toolchain/libclang/ast-kinds.js";
import { dependentValue } from "../text/dependent-value.js";
import { commentAt } from "../text/comments.js";
import { type Declared, type Reader, scopedOf } from "./reader.js";

/** CXTypeKind of unsigned integers. */
const UNSIGNED: ReadonlySet<number> = new Set([3, 4, 5, 6, 7, 8, 9, 10, 11]);

export function enumOf(reader: Reader, one: Declared, inTemplate: boolean): ApiEnum {
  const { ast, types } = reader;
  const type = ast.lib.enumType(one.cursor) as AstType;
  const isUnsigned = UNSIGNED.has((ast.lib.canonical(type) as AstType).kind);
  return {
    kind: "enum",
    ...scopedOf(reader, one),
    scopedEnum: ast.lib.isScoped(one.cursor) !== 0,
    underlying: underlyingOf(types.of(type)),
    enumerators: one.children
      .filter(({ kind }) => kind === D.enumerator)
      .map((cursor) => enumeratorOf(reader, cursor, isUnsigned, inTemplate)),
  };
}

/** Of an enumeration whose values depend on a template's parameters there is none yet. */
function underlyingOf(type: ApiType): ApiType {
  return type.kind === "other" ? { kind: "builtin", name: "int" } : type;
}

function enumeratorOf({ ast, texts }: Reader, cursor: AstCursor, isUnsigned: boolean, inTemplate: boolean): ApiEnum["enumerators"][number] {
  const [start, end] = [ast.place(ast.start(cursor)), ast.place(ast.end(cursor))];
  return {
    name: ast.spelling(cursor),
    value:
      (inTemplate ? dependentValue(texts.of(start.file), start.offset, end.offset) : null) ??
      String(isUnsigned ? ast.lib.enumUnsigned(cursor) : ast.lib.enumValue(cursor)),
    comment: commentAt(texts.of(start.file), start.offset, end.offset),
    line: start.line,
  };
}
