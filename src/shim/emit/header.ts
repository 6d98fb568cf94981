/** Owns the shim's header: what applications include, with no header of either release in it. */
import { sha256 } from "../../support/hash.js";
import type { ClassPlan, FunctionPlan, HandPlan, InstancePlan, ShimPlan } from "../plan/model.js";
import { systemHeaders } from "../plan/system-types.js";
import { classLines, keyOf } from "./declare-class.js";
import { constantLines, enumLines } from "./declare-enum.js";
import { byHandHeaderName } from "./by-hand.js";
import { definitions } from "./define-class.js";
import { handRegion } from "./hand-region.js";
import { instanceHead, instanceParameters, notInstances, templateLines } from "./instances.js";
import { classNamed, handOperation, operationStructs, variadics } from "./operations.js";
import { beforeName, commentLines, declared, declaredWithDefault, givenOn, inNamespaces, isByValueObject, opsName } from "./text.js";

export function headerText(plan: ShimPlan): string {
  const { library, namespace, flavors } = plan;
  const guard = `${namespace.toUpperCase()}_H_`;
  const body = bodyLines(plan);
  const lines = [
    `// ${library} as both ${flavors[0].release} (${flavors[0].name}) and ${flavors[1].release} (${flavors[1].name}) have it. Generated; edits belong into the marked regions.`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    ...[...new Set([...INCLUDES, ...systemHeaders(body.join("\n"))])].toSorted().map((name) => `#include <${name}>`),
    "",
    '#include "unfork/shim.h"',
    "",
    ...handRegion("includes"),
    "",
    `namespace ${namespace} {`,
    "",
    ...runtimeNames(body),
    ...body,
    "",
    ...handRegion("end"),
    "",
    `}  // namespace ${namespace}`,
    "",
    `#if __has_include("${namespace}/${byHandHeaderName(namespace)}")`,
    `#include "${namespace}/${byHandHeaderName(namespace)}"`,
    "#endif",
    "",
    `#endif  // ${guard}`,
    "",
  ];
  return lines.join("\n").replaceAll(/\n{3,}/g, "\n\n");
}

/** Names that libraries have of their own for what the runtime brings. */
function runtimeNames(body: readonly string[]): string[] {
  const counts = body.some((line) => /\bunfork::(scoped_refptr|RefCounted)\b/.test(line));
  return counts ? ["using unfork::make_ref_counted;", "using unfork::scoped_refptr;", ""] : [];
}

function bodyLines(plan: ShimPlan): string[] {
  const { library, flavors } = plan;
  const named = classNamed(plan);
  const names = [flavors[0].name, flavors[1].name] as const;
  return [
    ...flavorLines(plan),
    "",
    "namespace detail {",
    "int ProcessFlavor();",
    "}  // namespace detail",
    "",
    "// Classes.",
    ...inNamespaces(
      plan.classes.filter(({ instance }) => instance === null),
      ({ name }) => name,
      (one, name) => [`${keyOf(one)} ${name};`],
    ),
    ...templateLines(plan),
    "",
    ...inNamespaces(
      plan.enums,
      ({ name }) => name,
      (one) => [...enumLines(one, names), ""],
    ),
    ...typedefLines(plan),
    ...inNamespaces(
      plan.constants,
      ({ name }) => name,
      (one) => constantLines(one, false),
    ),
    "",
    "namespace detail {",
    ...plan.classes.filter(({ kind }) => kind !== "opaque" && kind !== "layout").flatMap(opsForward),
    "}  // namespace detail",
    "",
    ...inNamespaces(
      plan.classes.filter(({ kind }) => kind !== "opaque"),
      ({ name }) => name,
      (one) => [...classLines(one, { flavors: names, named, namespace: plan.namespace }), ""],
    ),
    "namespace detail {",
    "",
    ...operationStructs(plan),
    "",
    ...apiLines(plan),
    "",
    "}  // namespace detail",
    "",
    ...afterApi(),
    "",
    ...definitions(plan.classes, named, library),
    ...inNamespaces(
      plan.functions,
      ({ path }) => path,
      (one, name) => functionLines(one, name, library),
    ),
    ...inNamespaces(
      notInstances(plan.functions),
      ({ path }) => path,
      (one) => [one.text],
    ),
    ...plan.hand.flatMap((one) => handLines(one, library)),
  ];
}

/** Of an instance of a function template: a template that stands for these arguments alone. */
function functionInstanceLines(one: FunctionPlan, instance: InstancePlan, library: string): string[] {
  return one.calls.flatMap((call) => [
    ...commentLines(one.comment),
    `${instanceHead(instance, true)}`,
    `inline ${beforeName(one.result.shim)} ${instance.own}(${instanceParameters(one, call).join(", ")}) { return detail::CurrentApi("${library}_shim::${one.path}").functions->${call.operation}(${call.parameters.map(givenOn).join(", ")}); }`,
  ]);
}

const INCLUDES = [
  "array",
  "cstddef",
  "cstdint",
  "cstdio",
  "ctime",
  "deque",
  "functional",
  "istream",
  "list",
  "map",
  "memory",
  "optional",
  "ostream",
  "set",
  "string",
  "string_view",
  "unordered_map",
  "unordered_set",
  "utility",
  "vector",
] as const;

function opsForward(one: ClassPlan): string[] {
  const inside = one.nested.filter((each): each is ClassPlan => each.is === "class" && each.kind !== "opaque" && each.kind !== "layout");
  return [`struct ${opsName(one)};`, ...inside.flatMap(opsForward)];
}

function typedefLines(plan: ShimPlan): string[] {
  return inNamespaces(
    plan.typedefs,
    ({ name }) => name,
    (one, name) => [...commentLines(one.comment), `using ${name} = ${one.type};`],
  );
}

/** `enum class Flavor`, and what sets and asks it. */
function flavorLines({ flavors, library }: ShimPlan): string[] {
  return [
    `// Which ${library} this process uses: set once, at start-up.`,
    "enum class Flavor : int {",
    ...flavors.map(({ name, release }, index) => `  ${flavorConstant(name)} = ${index},  // ${release}`),
    "};",
    "",
    "void SetFlavor(Flavor flavor, unfork::Place where = unfork::Here());",
    "// Ends the process when none was set.",
    "Flavor ProcessFlavor(unfork::Place where = unfork::Here());",
    "bool IsFlavorBuilt(Flavor flavor);",
    "const char* FlavorName(Flavor flavor);",
    "const char* FlavorRelease(Flavor flavor);",
    "// Asks the environment, a file, a callback and the default, in this order, and sets what they say.",
    "Flavor ChooseAndSetFlavor(const unfork::FlavorSources& sources, unfork::Place where = unfork::Here());",
    "// Objects made and functions called on this thread while it lives are of that flavor.",
    "class FlavorScope;",
  ];
}

/** `legacy` → `kLegacy`. */
export function flavorConstant(name: string): string {
  return `k${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Ends in a digest of all tables: a unit of another generation is found by the linker, not by a crash. */
export function apiVariable(name: string, plan: ShimPlan): string {
  return `${flavorConstant(name)}Api_${sha256(operationStructs(plan).join("\n")).slice(0, 8)}`;
}

/** In a program with one flavor all tables are functions, and nothing is asked. */
function apiLines(plan: ShimPlan): string[] {
  const { flavors, library } = plan;
  const hasVariadics = variadics(plan).length > 0;
  const built = (index: number, api: string): string => `unfork::Built{"${flavors[index]?.name}", "${flavors[index]?.release}", ${api}}`;
  return [
    "#if defined(UNFORK_SHIM_ONLY)",
    ...(hasVariadics ? ["extern const VariadicOps kVariadicOps;"] : []),
    `inline unfork::FlavorState state{"${library}", ${built(0, "UNFORK_SHIM_ONLY == 0 ? &unfork::kDirect : nullptr")}, ${built(1, "UNFORK_SHIM_ONLY == 1 ? &unfork::kDirect : nullptr")}};`,
    `inline Api CurrentApi(const char*) { return Api{${apiInit(plan, hasVariadics)}}; }`,
    "#else",
    ...flavors.map(({ name }) => `extern const Api ${apiVariable(name, plan)};`),
    `inline unfork::FlavorState state{"${library}", ${built(0, `&${apiVariable(flavors[0].name, plan)}`)}, ${built(1, `&${apiVariable(flavors[1].name, plan)}`)}};`,
    "inline const Api& CurrentApi(const char* call) { return *static_cast<const Api*>(state.Current(call)); }",
    "#endif",
    "inline int ProcessFlavor() { return state.Get(); }",
  ];
}

function apiInit(_plan: ShimPlan, hasVariadics: boolean): string {
  if (!hasVariadics) return "";
  return [...Array.from({ length: countTables(_plan) }, () => "{}"), "&kVariadicOps"].join(", ");
}

function countTables(plan: ShimPlan): number {
  return operationStructs(plan).filter((line) => line.startsWith("  unfork::OpsRef<")).length;
}

function afterApi(): string[] {
  return [
    "inline void SetFlavor(Flavor flavor, unfork::Place where) { detail::state.Set(static_cast<int>(flavor), where); }",
    "inline Flavor ProcessFlavor(unfork::Place where) { return static_cast<Flavor>(detail::state.Get(where)); }",
    "inline bool IsFlavorBuilt(Flavor flavor) { return detail::state.IsBuilt(static_cast<int>(flavor)); }",
    "inline const char* FlavorName(Flavor flavor) { return detail::state.name(static_cast<int>(flavor)); }",
    "inline const char* FlavorRelease(Flavor flavor) { return detail::state.release(static_cast<int>(flavor)); }",
    "inline Flavor ChooseAndSetFlavor(const unfork::FlavorSources& sources, unfork::Place where) {",
    "  return static_cast<Flavor>(unfork::SetFlavorFrom(detail::state, sources, where));",
    "}",
    "class FlavorScope {",
    " public:",
    "  template <int kUse = 0>",
    "  explicit FlavorScope(Flavor flavor, unfork::Place where = unfork::Here()) : scope_(detail::state, static_cast<int>(flavor), where) {}",
    "",
    " private:",
    "  unfork::FlavorScope scope_;",
    "};",
  ];
}

function handLines(one: HandPlan, library: string): string[] {
  const { name, names } = handOperation(one);
  const call = `detail::CurrentApi("${library}_shim::${one.name}").functions->${name}(${names.map((each, index) => handGiven(one.parameters[index] as string, each)).join(", ")})`;
  return [...commentLines(one.comment), `inline ${one.result} ${one.name}(${one.parameters.join(", ")}) { return ${call}; }`];
}

function handGiven(parameter: string, name: string): string {
  const type = parameter.slice(0, -name.length).trim();
  return isByValueObject(type) || type.endsWith("&&") ? `std::move(${name})` : name;
}

function functionLines(one: FunctionPlan, name: string, library: string): string[] {
  if (one.instance !== null) return functionInstanceLines(one, one.instance, library);
  return one.calls.flatMap((call) => {
    const table = `detail::CurrentApi("${library}_shim::${one.path}")`;
    const only = one.lacking.findIndex((reason) => reason !== null);
    const comment = [
      ...commentLines(one.comment),
      ...(only === -1 ? [] : [`// In ${only === 0 ? "the newer" : "the older"} release only: ends the process in the other.`]),
    ];
    if (one.variadic) {
      const parameters = call.parameters.map(declared);
      return [
        ...comment,
        "template <class... Args>",
        `inline ${beforeName(one.result.shim)} ${name}(${[...parameters, "Args... args"].join(", ")}) {`,
        `  return ${table}.variadics->${call.operation}(${[...call.parameters.map(givenOn), "args..."].join(", ")});`,
        "}",
      ];
    }
    return [
      ...comment,
      `inline ${beforeName(one.result.shim)} ${name}(${call.parameters.map(declaredWithDefault).join(", ")})${one.noexcept ? " noexcept" : ""} { return ${table}.functions->${call.operation}(${call.parameters.map(givenOn).join(", ")}); }`,
    ];
  });
}
