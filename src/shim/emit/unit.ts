/** Owns one flavor's adapter unit: its headers, its types, its free functions, its tables. */
import type { ApiMethod } from "../../model/api-snapshot.js";
import type { CallPlan, FunctionPlan, ShimPlan, SideIndex } from "../plan/model.js";
import { tableValues } from "./adapters.js";
import { callStatements } from "./call-body.js";
import { layoutAssertions } from "./converters.js";
import { apiVariable } from "./header.js";
import { everyClass, everyEnum, type LibraryTypes } from "./library-types.js";
import { classNamed, classOperations, functionOperation, hasOps, type Operation, variadics } from "./operations.js";
import { beforeName, callsName, indented, opsName, wordOf } from "./text.js";

export function unitText(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string {
  const flavor = plan.flavors[side];
  const tag = tagOf(flavor.name);
  const lines = [
    `// ${plan.library} ${flavor.release} behind ${plan.namespace}: sees that release's headers only. Generated.`,
    `#include "${plan.namespace}/${plan.namespace}.h"`,
    "",
    ...flavor.includes.map((header) => `#include "${header}"`),
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
    ...functionCalls(plan, side, types),
    "",
    ...tablesOf(plan, side, tag),
    "",
    "}  // namespace detail",
    `}  // namespace ${plan.namespace}`,
    "",
    ...layoutAssertions(plan, side),
    "",
    "#endif",
    "",
  ];
  return lines.join("\n").replaceAll(/\n{3,}/g, "\n\n");
}

/** `legacy` → `Legacy`. */
export function tagOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function flavorStruct(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string[] {
  const flavor = plan.flavors[side];
  const own = [...everyClass(plan.classes), ...everyEnum(plan)].filter(({ library }) => library[side] !== null);
  const release = releaseStatus(plan, side);
  return [
    `struct ${tagOf(flavor.name)} {`,
    `  static constexpr int kIndex = ${side};`,
    `  static constexpr const char* kLibrary = "${plan.library}";`,
    `  static constexpr const char* kFlavor = "${flavor.name}";`,
    ...own.map(({ name, library }) => `  using ${wordOf(name)} = ${library[side]};`),
    ...types.list().flatMap(({ name, library }) => (library[side] === null ? [] : [`  using ${name} = ${library[side]};`])),
    ...(release === undefined ? [] : [`  using ReleaseStatus = ${release};`]),
    "};",
  ];
}

/** What the library's own counting gives back. */
function releaseStatus(plan: ShimPlan, side: SideIndex): string | undefined {
  const counted = everyClass(plan.classes).find(
    ({ refCounted, kind, library }) => refCounted && kind === "interface" && library[side] !== null,
  );
  return counted === undefined ? undefined : `decltype(std::declval<const ${counted.library[side]}&>().Release())`;
}

function functionCalls(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string[] {
  const tag = tagOf(plan.flavors[side].name);
  const plain = plan.functions.filter(({ variadic }) => !variadic);
  const list = variadics(plan);
  return [
    `struct ${tag}Functions {`,
    `  using L = ${tag};`,
    "  static const char* flavor(void*) { return L::kFlavor; }",
    ...indented(plain.flatMap((one) => one.calls.flatMap((call) => functionCall(one, call, side, types)))),
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

function functionCall(one: FunctionPlan, call: CallPlan, side: SideIndex, types: LibraryTypes): string[] {
  const operation = functionOperation(one, call);
  const library = one.library[side];
  const body =
    library === null
      ? [...operation.names.map((name) => `(void)${name};`), `unfork::NotInFlavor(L::kLibrary, L::kFlavor, "${one.path}");`]
      : callStatements({
          parameters: call.parameters,
          result: one.result,
          call: (args) => `(${library})(${args})`,
          types: withoutTypename(types),
          lender: "",
        });
  return [`static ${beforeName(operation.result)} ${operation.name}(${operation.parameters.join(", ")}) {`, ...indented(body), "}"];
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
  return [
    "#if defined(UNFORK_SHIM_ONLY)",
    ...classes.flatMap((one) => classOperations(one, named).map((each) => direct(opsName(one), `${callsName(one)}<${tag}>`, each))),
    direct("FunctionOps", `${tag}Functions`, { name: "flavor", result: "const char*", parameters: ["void* self"], names: ["self"] }),
    ...operations.map((each) => direct("FunctionOps", `${tag}Functions`, each)),
    ...(hasVariadics ? [`extern const VariadicOps kVariadicOps;`, `const VariadicOps kVariadicOps = k${tag}Variadics;`] : []),
    "#else",
    ...tableValues(plan),
    `const FunctionOps k${tag}FunctionOps = {`,
    `    &${tag}Functions::flavor,`,
    ...operations.map(({ name }) => `    &${tag}Functions::${name},`),
    "};",
    `extern const Api ${apiVariable(plan.flavors[side].name)};`,
    `const Api ${apiVariable(plan.flavors[side].name)} = {`,
    ...classes.map((one) => `    &TableOf${opsName(one)}<${tag}>::value,`),
    `    &k${tag}FunctionOps,`,
    ...(hasVariadics ? [`    &k${tag}Variadics,`] : []),
    "};",
    "#endif",
  ];
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

export type { ApiMethod };
