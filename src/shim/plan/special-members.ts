/** Owns which special members a class has by the language's rules: declared ones, or what its members and bases leave of the implicit ones. */
import { isCopyOrMove } from "../../api/diff/pair-members.js";
import type { ApiClass, ApiMethod, ApiType } from "../../model/api-snapshot.js";

/** Finds a class of that side by its name as the side spells it; templates too. */
export type ClassOf = (name: string) => ApiClass | undefined;

type Ability = "copy" | "move" | "default";

/** Whether objects of it can be copied. An abstract class cannot. */
export function canCopy(one: ApiClass, classOf: ClassOf): boolean {
  return !one.abstract && can(one, "copy", classOf, new Set());
}

/** Whether objects of it can be moved, or copied instead. */
export function canMove(one: ApiClass, classOf: ClassOf): boolean {
  return !one.abstract && can(one, "move", classOf, new Set());
}

/** Whether it can be made without arguments, by anybody. */
export function canDefault(one: ApiClass, classOf: ClassOf): boolean {
  return can(one, "default", classOf, new Set());
}

function can(one: ApiClass, ability: Ability, classOf: ClassOf, within: Set<ApiClass>): boolean {
  if (within.has(one)) return true;
  within.add(one);
  const declared = declaredMember(one, ability);
  const result =
    declared !== undefined
      ? isUsable(declared) && (!declared.defaulted || members(one, ability, classOf, within))
      : !isSuppressed(one, ability) && members(one, ability, classOf, within);
  within.delete(one);
  return result;
}

function declaredMember({ methods }: ApiClass, ability: Ability): ApiMethod | undefined {
  const constructors = methods.filter(({ role }) => role === "constructor");
  if (ability === "default") return constructors.find((one) => !isCopyOrMove(one) && one.parameters.every((each) => each.default !== null));
  const copies = constructors.filter(isCopyOrMove);
  const move = copies.find(takesRvalue);
  const copy = copies.find((one) => !takesRvalue(one));
  return ability === "copy" ? copy : (move ?? copy);
}

function takesRvalue({ parameters }: ApiMethod): boolean {
  const type = parameters[0]?.type;
  return type?.kind === "reference" && type.rvalue;
}

function isUsable({ deleted, access }: ApiMethod): boolean {
  return !deleted && access === "public";
}

/** Another declared member leaves this one undeclared, or deleted. */
function isSuppressed({ methods }: ApiClass, ability: Ability): boolean {
  const constructors = methods.filter(({ role }) => role === "constructor");
  if (ability === "default") return constructors.length > 0;
  const moves =
    constructors.some((one) => isCopyOrMove(one) && takesRvalue(one)) ||
    methods.some((one) => one.name === "operator=" && takesRvalue(one));
  return ability === "copy" && moves;
}

function members({ fields, bases }: ApiClass, ability: Ability, classOf: ClassOf, within: Set<ApiClass>): boolean {
  return (
    bases.every(({ type }) => typeCan(type, ability, classOf, within)) &&
    fields.every(({ type, initializer }) => (ability === "default" && initializer !== null) || typeCan(type, ability, classOf, within))
  );
}

const NEVER_COPIED = /^std::(unique_ptr|thread|promise|future|unique_lock|packaged_task|basic_(i|o)?fstream|i?o?f?stream)$/;
const NEVER_MOVED =
  /^std::(mutex|recursive_mutex|shared_mutex|timed_mutex|condition_variable|condition_variable_any|atomic|atomic_flag|once_flag|lock_guard)$/;

function typeCan(type: ApiType, ability: Ability, classOf: ClassOf, within: Set<ApiClass>): boolean {
  switch (type.kind) {
    case "alias":
      return typeCan(type.target, ability, classOf, within);
    case "array":
      return typeCan(type.of, ability, classOf, within);
    case "reference":
      return ability !== "default";
    case "named": {
      if (ability !== "default" && NEVER_MOVED.test(type.name)) return false;
      if (ability === "copy" && NEVER_COPIED.test(type.name)) return false;
      if (type.name.startsWith("std::")) return ability !== "copy" || elementsCan(type, ability, classOf, within);
      const found = classOf(type.name);
      return found === undefined || !found.defined || can(found, ability, classOf, within);
    }
    default:
      return true;
  }
}

/** Containers are copied by their elements; pointers to them are not. */
function elementsCan(type: Extract<ApiType, { kind: "named" }>, ability: Ability, classOf: ClassOf, within: Set<ApiClass>): boolean {
  if (/^std::(shared_ptr|weak_ptr|function|reference_wrapper)$/.test(type.name)) return true;
  return (type.arguments ?? []).every((one) => !("type" in one) || typeCan(one.type, ability, classOf, within));
}
