/** Owns the one type of the shim for what two releases have at one place: equal, or one that both convert to. */
import { typeText } from "../../api/type-text.js";
import type { ApiType } from "../../model/api-snapshot.js";
import type { Role } from "./shape-problem.js";

export type Joined = { readonly status: "joined"; readonly type: ApiType } | { readonly status: "left"; readonly reason: string };

export function joinTypes(legacy: ApiType | null, latest: ApiType | null, role: Role): Joined {
  if (legacy === null || latest === null) return { status: "joined", type: (latest ?? legacy) as ApiType };
  const [old, one] = [typeText(legacy), typeText(latest)];
  if (old === one) return { status: "joined", type: latest };
  const pointed = joinPointed(legacy, latest, role);
  if (pointed !== undefined) return { status: "joined", type: pointed };
  const changes = isChangeable(legacy) || isChangeable(latest);
  const [oldValue, newValue] = [valueOf(legacy), valueOf(latest)];
  const converts = !changes && valuesConvert(oldValue, newValue);
  if (!converts) return { status: "left", reason: `the releases differ: ${old} in the older, ${one} in the newer` };
  if (role === "result" && typeText(newValue) === "std::string_view")
    return { status: "joined", type: { kind: "named", name: "std::string", arguments: null } };
  return { status: "joined", type: isOptional(oldValue) && !isOptional(newValue) ? legacy : latest };
}

/** The same target, constant in one release only: callers give what both take, and get what both give. */
function joinPointed(legacy: ApiType, latest: ApiType, role: Role): ApiType | undefined {
  if (role === "field" || legacy.kind !== latest.kind || (legacy.kind !== "pointer" && legacy.kind !== "reference")) return undefined;
  if (latest.kind !== "pointer" && latest.kind !== "reference") return undefined;
  const [old, one] = [legacy, latest].map((type) => typeText({ ...type, to: { ...type.to, const: true } }));
  if (old !== one || legacy.to.kind === "pointer") return undefined;
  const wanted = role === "parameter" ? legacy.to.const !== true : legacy.to.const === true;
  return wanted ? legacy : latest;
}

/** A reference or pointer through which the callee changes something. */
function isChangeable(type: ApiType): boolean {
  return (type.kind === "reference" && !type.rvalue && type.to.const !== true) || type.kind === "pointer";
}

/** Without a reference to it and its own `const`. */
function valueOf(type: ApiType): ApiType {
  const bare = type.kind === "reference" ? type.to : type;
  const { const: _, ...rest } = bare;
  return rest as ApiType;
}

const NUMBERS =
  /^(bool|char|signed char|unsigned char|short|unsigned short|int|unsigned int|unsigned|long|unsigned long|long long|unsigned long long|float|double|long double|u?int(8|16|32|64|ptr|max)_t|s?size_t|ptrdiff_t|off(64)?_t|time_t|std::(size_t|ptrdiff_t|u?int(8|16|32|64)_t))$/;

function valuesConvert(a: ApiType, b: ApiType): boolean {
  const [x, y] = [typeText(a), typeText(b)];
  if (x === y) return true;
  if (isNumber(a) && isNumber(b)) return true;
  if (isText(x) && isText(y)) return true;
  if (isOptional(a) && !isOptional(b)) return valuesConvert(elementOf(a), b);
  if (isOptional(b) && !isOptional(a)) return valuesConvert(a, elementOf(b));
  return false;
}

function isNumber(type: ApiType): boolean {
  return type.kind === "builtin" && NUMBERS.test(type.name);
}

function isText(text: string): boolean {
  return text === "std::string" || text === "std::string_view";
}

function isOptional(type: ApiType): boolean {
  return type.kind === "named" && type.name === "std::optional";
}

function elementOf(type: ApiType): ApiType {
  const first = type.kind === "named" ? type.arguments?.[0] : undefined;
  return first !== undefined && "type" in first ? first.type : type;
}
