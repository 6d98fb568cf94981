/** Owns which pointers to a value may be arrays: by the number beside them, by their names, by what the comment says. */
import type { ApiType } from "../../model/api-snapshot.js";

/** A parameter by the name that either release gives it. */
export interface NamedParameter {
  readonly name: string;
  readonly type: ApiType;
}

/** Why a pointer may be an array: `by` says how many elements it has, where a parameter does. */
export interface ArraySign {
  readonly by: string | undefined;
  readonly why: string;
}

const COUNT =
  /^(?:n|nb|num|cnt|len|count|size|length|sz)$|(?:^|_)(?:n|nb|num|cnt|len|count|size|length|total|amount|quantity|capacity|nmemb|nelems?|argc)(?:$|_)|(?:Count|Size|Length|Num|Len|Total)$|^(?:num|n)[A-Z]/;
const WHOLE =
  /^(?:unsigned |signed )?(?:char|short|int|long|long long)$|^(?:std::)?(?:s?size_t|ptrdiff_t|u?int(?:8|16|32|64)_t)$|^unsigned$/;
const SIZE = /^(?:std::)?(?:s?size_t|ptrdiff_t)$/;
/** What is no number of elements, whatever stands beside it. */
const OTHER =
  /(?:^|_)(?:index|idx|id|flags?|mode|modes|fd|handle|port|level|type|kind|value|val|timeout|ms|us|ns|msec|sec|secs|seconds|seed|depth|offset|off|pos|position|rate|hz|freq|version|bits|width|height|row|column|col|line|priority|prio|key|code|errno|err|error|status|signal|year|month|day|hour|minute|ssrc|seq|timestamp|time|delay|duration|step|stride|channel|color|mask|options?|opts?|what|which|where|whence|bool|enabled?|percent|ratio|scale|angle|x|y|z|radix|base|address|addr|alignment)$/i;
const SEVERAL = /(?:[^su]s|arr|array|list|vec|vector|table|buf|buffer|entries|first|begin|start|head|data)$/i;
const RANGE = [/(?:^|_)(?:begin|first|start)$/i, /(?:^|_)(?:end|last|stop)$/i] as const;

/** Only the first element of one would be converted. */
export function arraySign(parameters: readonly NamedParameter[], index: number, comment: string | null): ArraySign | undefined {
  const own = parameters[index] as NamedParameter;
  const beside = [runEnd(parameters, index, 1), runEnd(parameters, index, -1)].filter((one) => one !== undefined);
  for (const one of beside) {
    const isBehind = parameters.indexOf(one) > index;
    if (isWhole(one.type) && isNumberOf(one, own, isBehind))
      return { by: one.name, why: one.name === "" ? "the number beside it" : one.name };
  }
  if (isRange(parameters, index)) return { by: undefined, why: "the pointer beside it" };
  if (isArrayInComment(own.name, comment)) return { by: undefined, why: "its comment" };
  return undefined;
}

/** The next parameter that is no pointer to the same: `const Item* from, const Item* to, size_t n`. */
function runEnd(parameters: readonly NamedParameter[], index: number, step: 1 | -1): NamedParameter | undefined {
  const text = JSON.stringify((parameters[index] as NamedParameter).type);
  let at = index + step;
  while (parameters[at] !== undefined && JSON.stringify((parameters[at] as NamedParameter).type) === text) at += step;
  return parameters[at];
}

/** One before the pointer is its number only if its name says so. */
function isNumberOf(one: NamedParameter, pointer: NamedParameter, isBehind: boolean): boolean {
  const { name } = one;
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");
  if (COUNT.test(name)) return true;
  if (OTHER.test(words)) return false;
  if (!isBehind) return SEVERAL.test(pointer.name) && (name.length <= 2 || isSize(one.type));
  return name.length <= 2 || isSize(one.type) || SEVERAL.test(pointer.name) || /[^su]s$/.test(name);
}

function isRange(parameters: readonly NamedParameter[], index: number): boolean {
  const { name, type } = parameters[index] as NamedParameter;
  const isBeside = (other: NamedParameter | undefined, wants: RegExp): boolean =>
    other !== undefined && wants.test(other.name) && JSON.stringify(other.type) === JSON.stringify(type);
  return (
    (RANGE[0].test(name) && isBeside(parameters[index + 1], RANGE[1])) || (RANGE[1].test(name) && isBeside(parameters[index - 1], RANGE[0]))
  );
}

function isArrayInComment(name: string, comment: string | null): boolean {
  if (comment === null || name === "") return false;
  return new RegExp(`\\b${name}\\b[^.\\n]{0,40}\\barray\\b|\\barray\\b[^.\\n]{0,40}\\b${name}\\b`, "i").test(comment);
}

function isWhole(type: ApiType): boolean {
  if (type.kind === "alias") return WHOLE.test(type.name) || isWhole(type.target);
  return type.kind === "builtin" && WHOLE.test(type.name);
}

function isSize(type: ApiType): boolean {
  if (type.kind === "alias") return SIZE.test(type.name) || isSize(type.target);
  return type.kind === "builtin" && SIZE.test(type.name);
}
