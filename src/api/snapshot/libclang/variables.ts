/** Owns variables, constants and static data members, with the values of constants. */
import type { ApiVariable } from "../../../model/api-snapshot.js";
import type { Ast, AstCursor, AstType } from "../../../toolchain/libclang/ast.js";
import { TYPE } from "../../../toolchain/libclang/ast-kinds.js";
import { type Declared, headTokens, type Reader, scopedOf } from "./reader.js";

const EXTERN = 2;
const EVALUATED = { int: 1, float: 2, text: 4 } as const;

export function variableOf(reader: Reader, one: Declared, inC: boolean, inTemplate: boolean): ApiVariable {
  const { ast, types } = reader;
  const type = ast.lib.type(one.cursor) as AstType;
  const words = new Set(headTokens(reader, one).map(({ text }) => text));
  const constexpr = words.has("constexpr");
  const isConstant = constexpr || isConst(ast, type);
  return {
    kind: "variable",
    ...scopedOf(reader, one),
    type: types.of(type),
    constexpr,
    external: ast.lib.storage(one.cursor) === EXTERN,
    cLanguage: inC,
    value: isConstant && !inTemplate ? valueOf(ast, one.cursor, type) : null,
  };
}

function isConst({ lib }: Ast, type: AstType): boolean {
  const element = type.kind === TYPE.constantArray ? (lib.element(type) as AstType) : type;
  return lib.isConstQualified(lib.canonical(element)) !== 0;
}

/** A number as decimal text, a text between double quotes, null for anything else. */
export function valueOf({ lib }: Ast, cursor: AstCursor, type: AstType): string | null {
  const { kind } = lib.canonical(type) as AstType;
  const isPlain =
    (kind >= TYPE.firstBuiltin && kind <= TYPE.lastBuiltin) || kind === TYPE.enum || kind === TYPE.pointer || kind === TYPE.constantArray;
  if (!isPlain) return null;
  const result = lib.evaluate(cursor) as number;
  if (result === 0) return null;
  const found = textOf(lib, result);
  lib.disposeEvaluation(result);
  return found;
}

function textOf(lib: Ast["lib"], result: number): string | null {
  const kind = lib.evaluatedKind(result) as number;
  if (kind === EVALUATED.int)
    return String(lib.isEvaluatedUnsigned(result) === 0 ? lib.evaluatedLong(result) : lib.evaluatedUnsigned(result));
  if (kind === EVALUATED.float) return String(lib.evaluatedDouble(result));
  return kind === EVALUATED.text ? JSON.stringify(lib.evaluatedText(result)) : null;
}
