/** Owns conversions that stand for one to `bool` in C++ before 11: to a pointer that nothing else can be done with. */
import type { ApiMethod, ApiSnapshot, ApiType } from "../../model/api-snapshot.js";

const BOOL: ApiType = { kind: "builtin", name: "bool" };

/** With `operator bool` in their place: the same in a condition, and the same as a release has it that says `explicit operator bool`. */
export function withSafeBools(snapshot: ApiSnapshot): ApiSnapshot {
  const declarations = snapshot.declarations.map((one) => {
    if (one.kind !== "class" || !one.methods.some((method) => isSafeBool(method, one.qualifiedName))) return one;
    return { ...one, methods: one.methods.map((method) => (isSafeBool(method, one.qualifiedName) ? asBool(method) : method)) };
  });
  return { ...snapshot, declarations };
}

function asBool(method: ApiMethod): ApiMethod {
  return { ...method, name: "operator bool", result: BOOL };
}

/** To a pointer to a member, or to a function that takes pointers to the class: by the class's own typedef for it. */
function isSafeBool({ role, result, explicit }: ApiMethod, owner: string): boolean {
  if (role !== "conversion" || explicit || result.kind !== "alias" || !result.name.startsWith(`${owner}::`)) return false;
  const { target } = result;
  if (target.kind === "member-pointer") return true;
  if (target.kind !== "pointer" || target.to.kind !== "function") return false;
  return target.to.parameters.length > 0 && target.to.parameters.every((one) => one.kind === "pointer" && pointsTo(one, owner));
}

function pointsTo(type: ApiType, owner: string): boolean {
  return type.kind === "pointer" ? pointsTo(type.to, owner) : type.kind === "named" && type.name === owner;
}
