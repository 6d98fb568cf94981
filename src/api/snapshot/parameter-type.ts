/** Owns what a parameter's declared type is to callers: arrays and functions are pointers, its own `const` is nobody's business. */
import type { ApiType } from "../../model/api-snapshot.js";

/** The adjusted type of [dcl.fct]/5, also where a typedef declares the array (`const mpz_t x` is `const __mpz_struct*`). */
export function asParameter(type: ApiType): ApiType {
  const first = firstOfArray(type, false);
  if (first !== undefined) return { kind: "pointer", to: first };
  if (isFunction(type)) return { kind: "pointer", to: type };
  if (type.const === undefined && type.volatile === undefined) return type;
  const { const: _const, volatile: _volatile, ...plain } = type;
  return plain;
}

function isFunction(type: ApiType): boolean {
  return type.kind === "alias" ? isFunction(type.target) : type.kind === "function";
}

/** The elements of an array, or of what an alias of one stands for; what qualifies the array qualifies them. */
function firstOfArray(type: ApiType, isConst: boolean): ApiType | undefined {
  const constant = isConst || type.const === true;
  if (type.kind === "alias") return firstOfArray(type.target, constant);
  if (type.kind !== "array") return undefined;
  return constant ? { ...type.of, const: true } : type.of;
}
