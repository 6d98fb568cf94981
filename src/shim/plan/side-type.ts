/** Owns what one side's type is in the shim and in the flavor's own build. */
import { typeText } from "../../api/type-text.js";
import type { ApiTemplateArgument, ApiType } from "../../model/api-snapshot.js";
import type { ApiPair } from "../../api/diff/pair.js";
import type { PlanContext } from "./context.js";
import { knownType } from "./known-types.js";
import type { SideIndex } from "./model.js";
import { isNameless } from "./pair-index.js";
import { planTypedef } from "./plan-typedef.js";
import { isSystemType } from "./system-types.js";
import { libraryName, relativeName, writtenName } from "./shim-names.js";

export interface SideType {
  /** As a type of the shim, and of the flavor's build. */
  readonly shim: ApiType;
  readonly library: ApiType;
  /** Why it cannot cross, or undefined. */
  readonly problem: string | undefined;
  /** Names in the shim that have to be complete before a declaration by value. */
  readonly needs: readonly string[];
  readonly lends: boolean;
}

/** Maps a type of that side. Classes of the library that it names are asked for. */
export function sideType(type: ApiType, side: SideIndex, context: PlanContext): SideType {
  const found: Found = { problem: undefined, needs: [], lends: false };
  const shim = mapped(type, side, context, found, true);
  const library = inBuild(type, side, context);
  return { shim, library, problem: found.problem, needs: found.needs, lends: found.lends };
}

interface Found {
  problem: string | undefined;
  readonly needs: string[];
  lends: boolean;
}

function mapped(type: ApiType, side: SideIndex, context: PlanContext, found: Found, byValue: boolean): ApiType {
  switch (type.kind) {
    case "builtin":
      return type;
    case "pointer":
      return { ...type, to: mapped(type.to, side, context, found, false) };
    case "reference":
      return { ...type, to: mapped(type.to, side, context, found, false) };
    case "array":
      return { ...type, of: mapped(type.of, side, context, found, byValue) };
    case "function":
      return {
        ...type,
        result: mapped(type.result, side, context, found, false),
        parameters: type.parameters.map((one) => mapped(one, side, context, found, false)),
      };
    case "alias":
      return aliasInShim(type, side, context, found, byValue);
    case "named":
      return namedInShim(type, side, context, found, byValue);
    case "member-pointer":
      found.problem ??= "a pointer to a member";
      return type;
    case "other":
      found.problem ??= `the type '${type.text}' depends on a template's parameter`;
      return type;
  }
}

type Alias = Extract<ApiType, { kind: "alias" }>;
type Named = Extract<ApiType, { kind: "named" }>;

/** A typedef that the shim has under its own name, or what it stands for. */
function aliasInShim(type: Alias, side: SideIndex, context: PlanContext, found: Found, byValue: boolean): ApiType {
  const common = context.sides[side].nameOf(type.name);
  if (isSystemType(type.name) && !context.types.has(common)) return qualifiedAs(type, { kind: "named", name: type.name, arguments: null });
  const target = mapped(type.target, side, context, found, byValue);
  const pair = context.types.get(common);
  if (context.language === "c" && type.arguments === null && pair !== undefined) {
    context.want(common);
    if (pair.kind === "typedef" && context.unasked(() => planTypedef(pair, context)) !== undefined)
      return qualifiedAs(type, { kind: "named", name: written(common, context), arguments: null });
  }
  return qualifiedAs(type, target);
}

function qualifiedAs(from: ApiType, to: ApiType): ApiType {
  return { ...to, ...(from.const === true ? { const: true } : {}), ...(from.volatile === true ? { volatile: true } : {}) };
}

function namedInShim(type: Named, side: SideIndex, context: PlanContext, found: Found, byValue: boolean): ApiType {
  const common = context.sides[side].nameOf(type.name);
  const known = knownType(common, type.arguments !== null, context.surface.types);
  if (known !== undefined || isStandard(type.name)) {
    const list = type.arguments?.slice(0, known?.keeps ?? type.arguments.length) ?? null;
    // An element has to be complete wherever its container is used by value; a pointer's target has not.
    const isPointer = /^(std::(unique_ptr|shared_ptr|weak_ptr)|unfork::(scoped_refptr|span))$/.test(known?.name ?? type.name);
    return {
      ...type,
      name: known?.name ?? type.name,
      arguments: list?.map((one) => argument(one, side, context, found, byValue && !isPointer)) ?? null,
    };
  }
  if (!context.types.has(common) && isSystemType(type.name)) return type;
  return ofLibrary(type, common, side, context, found, byValue);
}

function argument(one: ApiTemplateArgument, side: SideIndex, context: PlanContext, found: Found, byValue: boolean): ApiTemplateArgument {
  return "type" in one ? { type: mapped(one.type, side, context, found, byValue) } : one;
}

function isStandard(name: string): boolean {
  return /^(std::|__gnu_cxx::)/.test(name);
}

function ofLibrary(type: Named, common: string, side: SideIndex, context: PlanContext, found: Found, byValue: boolean): ApiType {
  if (type.arguments !== null) {
    const key = context.sides[side].textKey(typeText(type).replace(/^const /, ""));
    found.problem ??= `an instance of a template that is not in the shim: name it, instances: ["${key}"]`;
    return type;
  }
  const pair = context.types.get(common);
  if (pair === undefined) {
    found.problem ??= `the type ${common} is declared in no header of the snapshots`;
    return type;
  }
  if (isNameless(pair)) {
    found.problem ??= `a ${pair.kind === "class" ? "class" : "enumeration"} without a name`;
    return type;
  }
  const access = accessOf(pair);
  if (access !== "public") {
    found.problem ??= `the type ${common} is ${access}`;
    return type;
  }
  if (context.isExcluded(common)) {
    found.problem ??= `the type ${common} is excluded from the surface`;
    return type;
  }
  if (isForeign(common, context)) {
    const at = (pair.latest ?? pair.legacy)?.place;
    found.problem ??= `the type ${common} is of another library (${at?.file}:${at?.line}): list it under names, or say under types what stands for it`;
    return type;
  }
  context.want(common);
  const kind = context.kindOf(common);
  if (kind === undefined && pair.kind === "class") found.problem ??= `the class ${common} is not in the shim`;
  if (kind === "object" || kind === "interface") found.lends = true;
  const relative = relativeName(common, context.surface);
  if (byValue) found.needs.push(relative);
  else if (relative.includes("::")) found.needs.push(relative);
  return { ...type, name: writtenName(relative, context.surface, context.inner) };
}

/** What callers of both releases may name. */
function accessOf({ legacy, latest }: ApiPair): string {
  const found = [latest, legacy].map((item) => (item === null || item.kind === "macro" ? "public" : item.access));
  return found.find((access) => access !== "public") ?? "public";
}

/** In another namespace than the surface's, and not named in the surface. What stands at global scope is the library's own. */
function isForeign(common: string, { surface, language }: PlanContext): boolean {
  const outer = surface.namespace ?? surface.library;
  if (language === "c" || !common.includes("::") || common.startsWith(`${outer}::`)) return false;
  return !surface.names.some((name) => common === name || common.startsWith(`${name}::`));
}

function written(common: string, context: PlanContext): string {
  return writtenName(relativeName(common, context.surface), context.surface, context.inner);
}

/** The type in the flavor's own build: names in full, with the suffix they have there. */
export function inBuild(type: ApiType, side: SideIndex, context: PlanContext): ApiType {
  const again = (one: ApiType): ApiType => inBuild(one, side, context);
  switch (type.kind) {
    case "pointer":
    case "reference":
    case "member-pointer":
      return { ...type, to: again(type.to) };
    case "array":
      return { ...type, of: again(type.of) };
    case "function":
      return { ...type, result: again(type.result), parameters: type.parameters.map(again) };
    case "named":
    case "alias": {
      const own = !isStandard(type.name) && (context.types.has(context.sides[side].nameOf(type.name)) || !isSystemType(type.name));
      const name = !own ? type.name : libraryName(type.name, context.flavors[side], context.surface);
      const list = type.arguments?.map((one) => ("type" in one ? { type: again(one.type) } : one)) ?? null;
      return { ...type, name, arguments: list };
    }
    case "builtin":
    case "other":
      return type;
  }
}
