/** Owns a class's fields; those of unions and structs without a name are fields of the class around them. */
import type { ApiField } from "../../../model/api-snapshot.js";
import type { AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { fieldInitializer } from "../text/initializer.js";
import { printed } from "./attributes.js";
import { accessOf, commonOf, type Declared, type Reader } from "./reader.js";

/** `around`: the type of the outermost class, null where no layout is known. */
export function fieldOf(reader: Reader, one: Declared, around: AstType | null): ApiField {
  const { ast, types } = reader;
  const { lib } = ast;
  const { cursor } = one;
  const common = commonOf(reader, one);
  const name = isNamed(common.name) ? common.name : "";
  return {
    ...common,
    name,
    type: types.of(lib.type(cursor)),
    access: accessOf(ast, cursor),
    offset: around === null ? null : offsetOf(reader, cursor, around, name),
    width: lib.isBitField(cursor) === 0 ? null : known(lib.bitWidth(cursor)),
    mutable: lib.isMutable(cursor) !== 0,
    initializer: initializerOf(reader, one),
  };
}

/** The place of a field without a name is its own class's; of a named one that in the outermost class. */
function offsetOf({ ast }: Reader, cursor: AstCursor, around: AstType, name: string): number | null {
  return known(name === "" ? ast.lib.fieldOffset(cursor) : ast.lib.offsetOf(around, name));
}

function initializerOf({ ast, texts }: Reader, { at, end, cursor }: Declared): string | null {
  if (end.file === at.file && !ast.isFromMacro(ast.location(cursor))) return fieldInitializer(texts.of(at.file), at.offset, end.offset);
  const shown = printed(ast, cursor);
  return fieldInitializer(shown, 0, shown.length);
}

/** Later releases name fields without a name by their place. */
function isNamed(name: string): boolean {
  return !name.includes("(");
}

function known(value: unknown): number | null {
  const number = Number(value);
  return number < 0 ? null : number;
}
