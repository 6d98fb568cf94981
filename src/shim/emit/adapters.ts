/** Owns the shared templates: all that both flavors' units do alike, over a struct of the flavor's types. */
import type { ClassPlan, ShimPlan } from "../plan/model.js";
import { classCalls } from "./class-calls.js";
import { converters } from "./converters.js";
import { throwDeclarations, throwsAny } from "./exceptions.js";
import { adapterName, adapterOverObject, overLibrary, overName } from "./interface-adapters.js";
import { everyClass, type LibraryTypes } from "./library-types.js";
import { classNamed, classOperations, hasOps } from "./operations.js";
import { callsName, opsName, wordOf } from "./text.js";

export function adaptersText(plan: ShimPlan, types: LibraryTypes): string {
  const { namespace } = plan;
  const guard = `${namespace.toUpperCase()}_ADAPTERS_H_`;
  const named = classNamed(plan);
  const classes = everyClass(plan.classes).filter(hasOps);
  const interfaces = classes.filter(({ kind }) => kind === "interface");
  const wrapped = classes.filter(({ kind }) => kind === "object" || kind === "interface");
  const context = { types, named, namespace, throws: throwsAny(plan) };
  const calls = classes.flatMap((one) => classCalls(one, context));
  const bridges = interfaces.flatMap((one) => [...overLibrary(one, context), ...adapterOverObject(one, context)]);
  const lines = [
    `// What both flavors' adapters of ${plan.library} do alike. \`L\` is a flavor: its names and its types. Generated.`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    "#include <cstddef>",
    "#include <memory>",
    "#include <utility>",
    "",
    '#include "unfork/adapters.h"',
    "",
    `namespace ${namespace} {`,
    "namespace detail {",
    ...throwDeclarations(plan),
    ...interfaces.flatMap((one) => [`template <class L>`, `class ${overName(one)};`, "template <class L>", `class ${adapterName(one)};`]),
    ...classes.flatMap((one) => ["template <class L>", `struct ${callsName(one)};`]),
    ...tables(
      classes.map((one) => ({ ops: opsName(one), calls: callsName(one), operations: classOperations(one, named).map(({ name }) => name) })),
    ),
    "}  // namespace detail",
    `}  // namespace ${namespace}`,
    "",
    "namespace unfork {",
    "",
    ...wrapped.flatMap((one) => bound(one.name, one.kind === "interface", namespace)),
    ...converters(plan),
    "}  // namespace unfork",
    "",
    `namespace ${namespace} {`,
    "namespace detail {",
    "",
    ...bridges,
    ...calls,
    "}  // namespace detail",
    `}  // namespace ${namespace}`,
    "",
    `#endif  // ${guard}`,
    "",
  ];
  return lines.join("\n").replaceAll(/\n{3,}/g, "\n\n");
}

interface Table {
  readonly ops: string;
  readonly calls: string;
  readonly operations: readonly string[];
}

/** In a dual program each flavor has a constant of each table. Its address is named before its functions are known. */
function tables(list: readonly Table[]): string[] {
  return [
    "#if !defined(UNFORK_SHIM_ONLY)",
    ...list.flatMap(({ ops }) => ["template <class L>", `struct TableOf${ops} {`, `  static const ${ops} value;`, "};"]),
    "#endif",
  ];
}

/** The values of the tables, behind all functions. */
export function tableValues(plan: ShimPlan): string[] {
  const named = classNamed(plan);
  return everyClass(plan.classes)
    .filter(hasOps)
    .flatMap((one) =>
      tableValue(
        one,
        classOperations(one, named).map(({ name }) => name),
      ),
    );
}

function tableValue(one: ClassPlan, names: readonly string[]): string[] {
  const [ops, calls] = [opsName(one), callsName(one)];
  return ["template <class L>", `const ${ops} TableOf${ops}<L>::value = {`, ...names.map((name) => `    &${calls}<L>::${name},`), "};"];
}

function bound(name: string, isInterface: boolean, namespace: string): string[] {
  const word = wordOf(name);
  const ops = `${namespace}::detail::${word}Ops`;
  return [
    "template <class L>",
    `struct Bound<L, ${namespace}::${name}> {`,
    `  using Library = typename L::${word};`,
    `  using Ops = ${ops};`,
    `  static constexpr const char* kName = "${namespace}::${name}";`,
    ...(isInterface
      ? [`  using OverLibrary = ${namespace}::detail::${word}OverLibrary<L>;`, `  using Adapter = ${namespace}::detail::${word}Adapter<L>;`]
      : [
          "#if defined(UNFORK_SHIM_ONLY)",
          "  static OpsRef<Ops> ops() { return {}; }",
          "#else",
          `  static OpsRef<Ops> ops() { return &${namespace}::detail::TableOf${word}Ops<L>::value; }`,
          "#endif",
        ]),
    "};",
    "",
  ];
}
