/** Owns enumerations of a dump, with values that the dump leaves to be counted. */
import type { ApiEnum, ApiType } from "../../../model/api-snapshot.js";
import { commentAt } from "../text/comments.js";
import { dependentValue } from "../text/dependent-value.js";
import type { AstNode } from "./nodes.js";
import { childrenOf, extentOf, type JsonReader, type JsonScope, scopedOf } from "./reader.js";

export function enumOf(reader: JsonReader, node: AstNode, scope: JsonScope): ApiEnum {
  const enumerators = childrenOf(node, "EnumConstantDecl");
  const values = valuesOf(enumerators);
  return {
    kind: "enum",
    ...scopedOf(reader, node, scope),
    scopedEnum: node.scopedEnumTag !== undefined,
    underlying:
      node.fixedUnderlyingType === undefined
        ? smallest(values, values.length > 0 && scope.inTemplate)
        : reader.types.of(node.fixedUnderlyingType, scope),
    enumerators: enumerators.map((one, i) => {
      const { file, start, end, line } = extentOf(one);
      const written = scope.inTemplate ? dependentValue(reader.texts.of(file), start, end) : null;
      return { name: one.name ?? "", value: written ?? String(values[i]), comment: commentAt(reader.texts.of(file), start, end), line };
    }),
  };
}

/** One without a value of its own is one more than that before it. */
function valuesOf(enumerators: readonly AstNode[]): bigint[] {
  let next = 0n;
  return enumerators.map((one) => {
    const given = valueIn(one);
    const value = given === undefined ? next : BigInt(given);
    next = value + 1n;
    return value;
  });
}

/** The type that clang takes for an enumeration that names none. */
function smallest(values: readonly bigint[], inTemplate: boolean): ApiType {
  if (inTemplate) return { kind: "builtin", name: "int" };
  const isSigned = values.some((value) => value < 0n);
  const isLong = values.some((value) => value > (isSigned ? 0x7fffffffn : 0xffffffffn) || value < -0x80000000n);
  return { kind: "builtin", name: isSigned ? (isLong ? "long" : "int") : isLong ? "unsigned long" : "unsigned int" };
}

function valueIn(node: AstNode): string | undefined {
  for (const child of node.inner ?? []) {
    const value =
      child.kind === "ConstantExpr"
        ? String(child.value)
            .replace(/^true$/, "1")
            .replace(/^false$/, "0")
        : "";
    if (/^-?\d+$/.test(value)) return value;
    const inner = child.kind === "ImplicitCastExpr" ? valueIn(child) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
