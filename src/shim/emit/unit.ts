/** Owns one flavor's adapter unit: its headers, its types, its free functions, its tables. */
import type { CallPlan, ClassPlan, FunctionPlan, HandPlan, ShimPlan, SideIndex } from "../plan/model.js";
import { tableValues } from "./adapters.js";
import { callStatements } from "./call-body.js";
import { layoutAssertions } from "./converters.js";
import { catching, mayThrow, throwDefinitions, throwsAny } from "./exceptions.js";
import { handRegion } from "./hand-region.js";
import { apiVariable } from "./header.js";
import { libraryIncludes } from "./library-includes.js";
import { everyClass, everyEnum, type LibraryTypes } from "./library-types.js";
import { classNamed, classOperations, functionOperation, handOperation, hasOps, type Operation, variadics } from "./operations.js";
import { beforeName, callsName, indented, opsName, wordOf } from "./text.js";

export function unitText(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string {
  const flavor = plan.flavors[side];
  const tag = tagOf(flavor.name);
  const lines = [
    `// ${plan.library} ${flavor.release} behind ${plan.namespace}: sees that release's headers only. Generated.`,
    `#include "${plan.namespace}/${plan.namespace}.h"`,
    "",
    ...libraryIncludes(flavor),
    ...handRegion("includes"),
    "",
    "// What a release marks as deprecated is part of its API all the same; objects are ended as the class that made them.",
    "#if defined(__GNUC__)",
    '#pragma GCC diagnostic ignored "-Wdeprecated-declarations"',
    '#pragma GCC diagnostic ignored "-Wdelete-non-virtual-dtor"',
    "#endif",
    "",
    `#if !defined(UNFORK_SHIM_ONLY) || UNFORK_SHIM_ONLY == ${side}`,
    "",
    `#include "${plan.namespace}/adapters.h"`,
    "",
    `namespace ${plan.namespace} {`,
    "namespace detail {",
    "",
    ...flavorStruct(plan, side, types),
    "",
    ...throwDefinitions(plan, side, tag),
    "}  // namespace detail",
    `}  // namespace ${plan.namespace}`,
    ...(plan.hand.length === 0
      ? [`#if __has_include("${handFile(plan, side)}")`, `#include "${handFile(plan, side)}"`, "#endif"]
      : [`#include "${handFile(plan, side)}"`]),
    `namespace ${plan.namespace} {`,
    "namespace detail {",
    "",
    ...functionCalls(plan, side, types),
    "",
    ...tablesOf(plan, side, tag),
    "",
    "}  // namespace detail",
    `}  // namespace ${plan.namespace}`,
    "",
    ...layoutAssertions(plan, side),
    "",
    ...handRegion("end"),
    "",
    "#endif",
    "",
  ];
  return lines.join("\n").replaceAll(/\n{3,}/g, "\n\n");
}

/** What stands beside the unit and is never generated over. */
export function handFile({ namespace, flavors }: ShimPlan, side: SideIndex): string {
  return `${namespace}_by_hand_${flavors[side].name}.h`;
}

/** `legacy` → `Legacy`. */
export function tagOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function flavorStruct(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string[] {
  const flavor = plan.flavors[side];
  const own = [...everyClass(plan.classes), ...everyEnum(plan)].filter(({ library }) => library[side] !== null);
  return [
    `struct ${tagOf(flavor.name)} {`,
    `  static constexpr int kIndex = ${side};`,
    `  static constexpr const char* kLibrary = "${plan.library}";`,
    `  static constexpr const char* kFlavor = "${flavor.name}";`,
    ...own.map(({ name, library }) => `  using ${wordOf(name)} = ${library[side]};`),
    ...types.list().flatMap(({ name, library }) => (library[side] === null ? [] : [`  using ${name} = ${library[side]};`])),
    "};",
  ];
}

function functionCalls(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string[] {
  const tag = tagOf(plan.flavors[side].name);
  const plain = plan.functions.filter(({ variadic }) => !variadic);
  const list = variadics(plan);
  return [
    `struct ${tag}Functions {`,
    `  using L = ${tag};`,
    "  static const char* flavor(void*) { return L::kFlavor; }",
    ...indented(plain.flatMap((one) => one.calls.flatMap((call) => functionCall(one, call, side, plan, types)))),
    "};",
    ...(list.length === 0
      ? []
      : [
          "",
          `const VariadicOps k${tag}Variadics = {`,
          ...list.flatMap((one) =>
            one.calls.map(
              () =>
                `    ${one.library[side] === null ? "nullptr" : `reinterpret_cast<decltype(VariadicOps::${(one.calls[0] as CallPlan).operation})>(&${one.library[side]})`},`,
            ),
          ),
          "};",
        ]),
  ];
}

function functionCall(one: FunctionPlan, call: CallPlan, side: SideIndex, plan: ShimPlan, types: LibraryTypes): string[] {
  const operation = functionOperation(one, call);
  const library = one.library[side];
  const body =
    library === null
      ? [...operation.names.map((name) => `(void)${name};`), `unfork::NotInFlavor(L::kLibrary, L::kFlavor, "${one.path}");`]
      : callStatements({
          parameters: call.parameters,
          result: one.result,
          call: (args) => `${one.hidden[side] ? one.name : `(${library})`}(${args})`,
          types: withoutTypename(types),
          lender: "",
          handed: { plan: one.handed, name: `${plan.namespace}::${one.path}` },
        });
  const head = `static ${beforeName(operation.result)} ${operation.name}(${operation.parameters.join(", ")})`;
  return catching(head, indented(body), "Shim", throwsAny(plan) && mayThrow(one) ? "L" : undefined);
}

/** `L` is no parameter here. */
function withoutTypename(types: LibraryTypes): LibraryTypes {
  return { ...types, of: (type) => types.of(type).replace(/^typename /, "") };
}

function tablesOf(plan: ShimPlan, side: SideIndex, tag: string): string[] {
  const named = classNamed(plan);
  const classes = everyClass(plan.classes).filter(hasOps);
  const plain = plan.functions.filter(({ variadic }) => !variadic);
  const operations = plain.flatMap((one) => one.calls.map((call) => functionOperation(one, call)));
  const hasVariadics = variadics(plan).length > 0;
  const lacking = classes.filter(({ library }) => library[side] === null);
  return [
    "#if defined(UNFORK_SHIM_ONLY)",
    ...classes.flatMap((one) =>
      classOperations(one, named).map((each) =>
        one.library[side] === null ? directLacking(one, each, tag) : direct(opsName(one), `${callsName(one)}<${tag}>`, each),
      ),
    ),
    direct("FunctionOps", `${tag}Functions`, { name: "flavor", result: "const char*", parameters: ["void* self"], names: ["self"] }),
    ...operations.map((each) => direct("FunctionOps", `${tag}Functions`, each)),
    ...plan.hand.map((one) => directHand(one, tag)),
    ...(hasVariadics ? [`extern const VariadicOps kVariadicOps;`, `const VariadicOps kVariadicOps = k${tag}Variadics;`] : []),
    "#else",
    ...tableValues(plan),
    ...lacking.flatMap((one) => lackingTable(one, classOperations(one, named), tag)),
    `const FunctionOps k${tag}FunctionOps = {`,
    `    &${tag}Functions::flavor,`,
    ...operations.map(({ name }) => `    &${tag}Functions::${name},`),
    ...plan.hand.map(({ name }) => `    &${tag}ByHand::${name},`),
    "};",
    `extern const Api ${apiVariable(plan.flavors[side].name, plan)};`,
    `const Api ${apiVariable(plan.flavors[side].name, plan)} = {`,
    ...classes.map((one) =>
      one.library[side] === null ? `    &k${tag}Lacks${opsName(one)},` : `    &TableOf${opsName(one)}<${tag}>::value,`,
    ),
    `    &k${tag}FunctionOps,`,
    ...(hasVariadics ? [`    &k${tag}Variadics,`] : []),
    "};",
    "#endif",
  ];
}

/** All operations of a class that the flavor has not: each ends the process. */
function lackingTable(one: ClassPlan, operations: readonly Operation[], tag: string): string[] {
  const name = `${tag}Lacks${wordOf(one.name)}`;
  return [
    `struct ${name} : ${tag} {`,
    `  static constexpr const char* kName = "${one.name}";`,
    "};",
    `const ${opsName(one)} k${tag}Lacks${opsName(one)} = {`,
    ...operations.map((each) => `    &unfork::Lacking<${name}, decltype(${opsName(one)}::${each.name})>::Call,`),
    "};",
  ];
}

function directLacking(one: ClassPlan, { name, result, parameters }: Operation, tag: string): string {
  const list = parameters.map((text) => (text === "void" ? "" : text.replace(/\s*\b\w+$/, ""))).join(", ");
  return `${beforeName(result)} ${opsName(one)}::${name}(${list}) { unfork::NotInFlavor(${tag}::kLibrary, ${tag}::kFlavor, "${one.name}"); }`;
}

function directHand(one: HandPlan, tag: string): string {
  const { name, result, parameters, names } = handOperation(one);
  const given = names.map((each, index) => forwarded(parameters[index] as string, each)).join(", ");
  return `${result} FunctionOps::${name}(${parameters.join(", ")}) { return ${tag}ByHand::${one.name}(${given}); }`;
}

function direct(ops: string, calls: string, { name, result, parameters, names }: Operation): string {
  const list = parameters.map((text) => (text === "void" ? "" : text)).join(", ");
  const given = names.map((each, index) => forwarded(parameters[index] as string, each)).join(", ");
  return `${beforeName(result)} ${ops}::${name}(${list}) { return ${calls}::${name}(${given}); }`;
}

/** What is held by value is moved on. */
function forwarded(parameter: string, name: string): string {
  const type = parameter.slice(0, -name.length).trim();
  return /[&*]$/.test(type) && !type.endsWith("&&") ? name : `std::forward<${type}>(${name})`;
}
