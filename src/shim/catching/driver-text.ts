/** Owns the C++ of the driver: how the library's own types are made and shown, one function for each call, and the table of them. */
import { everyEnum } from "../emit/library-types.js";
import type { ClassPlan, EnumPlan, ShimPlan } from "../plan/model.js";
import { callText, withObject } from "./call-text.js";
import type { ApiCalls } from "./calls.js";
import { type KnownTypes, gettersOf, jointEnumerators, valueFields, valueProblem } from "./types.js";

/** Numbers that changed lines of the sources name. */
export interface ChangedWords {
  readonly whole: readonly string[];
  readonly parts: readonly string[];
}

export function driverText(plan: ShimPlan, { taken, makers, types }: ApiCalls, words: ChangedWords): string {
  const { namespace } = plan;
  const place = { namespace, types };
  const values = [...types.classes.values()].filter(
    ({ kind, name }) => (kind === "value" || kind === "layout") && valueProblem(name, types) === undefined,
  );
  const shown = [...types.classes.values()].filter((one) => one.kind === "object" && gettersOf(one, types).length > 0);
  const enums = everyEnum(plan).filter((one) => jointEnumerators(one).length > 0);
  const lines = [
    `// Calls ${plan.library}'s functions with arguments that are made from bytes. Generated.`,
    `#include "${namespace}/${namespace}.h"`,
    "",
    '#include "driver.h"',
    "",
    ...wordLines(words),
    "namespace unfork_catch {",
    ...[...enums, ...values].flatMap(({ name }) => declaredGen(`${namespace}::${name}`, true)),
    ...shown.flatMap(({ name }) => declaredGen(`${namespace}::${name}`, false)),
    ...enums.flatMap((one) => enumGen(one, namespace)),
    ...values.flatMap((one) => valueGen(one, namespace, types)),
    ...shown.flatMap((one) => objectShow(one, namespace, types)),
    "}  // namespace unfork_catch",
    "",
    `namespace ${namespace} {`,
    "namespace {",
    "",
    ...[...makers].flatMap(([name, ways]) => withObject(name, ways, place)),
    ...taken.flatMap((call, index) => callText(call, index, place)),
    "struct Scoped {",
    "  explicit Scoped(int flavor) : scope(static_cast<Flavor>(flavor)) {}",
    "  FlavorScope scope;",
    "};",
    "",
    `const unfork_catch::Function kCalls[] = {${taken.map(({ name }, index) => `\n    {${JSON.stringify(name)}, &Call${index}},`).join("")}\n};`,
    "",
    "}  // namespace",
    "",
    "int RunCalls(int argc, char** argv) { return unfork_catch::Main<Scoped>(argc, argv, kCalls, sizeof kCalls / sizeof *kCalls); }",
    "",
    `}  // namespace ${namespace}`,
    "",
    `int main(int argc, char** argv) { return ${namespace}::RunCalls(argc, argv); }`,
    "",
  ];
  return lines.join("\n");
}

function wordLines({ whole, parts }: ChangedWords): string[] {
  return [
    "namespace unfork_catch {",
    "const Words& WordsOfTheChange() {",
    `  static const long long whole[] = {${["0", ...whole].join(", ")}};`,
    `  static const double parts[] = {${["0.0", ...parts].join(", ")}};`,
    "  static const Words words = {whole, sizeof whole / sizeof *whole, parts, sizeof parts / sizeof *parts};",
    "  return words;",
    "}",
    "}  // namespace unfork_catch",
    "",
  ];
}

function declaredGen(type: string, makes: boolean): string[] {
  return [
    "template <>",
    `struct Gen<${type}> {`,
    ...(makes ? [`  static ${type} Make(Input& in);`] : []),
    `  static void Show(std::string& out, const ${type}& value);`,
    "};",
  ];
}

function enumGen(one: EnumPlan, namespace: string): string[] {
  const type = `${namespace}::${one.name}`;
  const names = jointEnumerators(one).map((name) => `${type}::${name}`);
  return [
    `${type} Gen<${type}>::Make(Input& in) {`,
    `  static const ${type} all[] = {${names.join(", ")}};`,
    "  return Said(in, all[in.Pick(sizeof all / sizeof *all)]);",
    "}",
    `void Gen<${type}>::Show(std::string& out, const ${type}& value) {`,
    ...names.map((name) => `  if (value == ${name}) return void(out += "${name}");`),
    `  (out += "${type}(") += std::to_string(static_cast<long long>(value)) + ")";`,
    "}",
  ];
}

function valueGen(one: ClassPlan, namespace: string, types: KnownTypes): string[] {
  const type = `${namespace}::${one.name}`;
  const fields = valueFields(one, types);
  const set = fields.flatMap(({ name, array }, index) => [
    `  in.Say("${index === 0 ? "" : ", "}.${name} = ");`,
    array === "" ? `  made.${name} = MakeOne<std::remove_cv_t<decltype(made.${name})>>(in);` : `  MakeArray(in, made.${name});`,
  ]);
  const show = fields.flatMap(({ name, array }, index) => [
    `  out += "${index === 0 ? "" : ", "}.${name} = ";`,
    array === "" ? `  ShowOne<decltype(value.${name})>(out, value.${name});` : `  ShowArray(out, value.${name});`,
  ]);
  return [
    `${type} Gen<${type}>::Make(Input& in) {`,
    `  ${type} made{};`,
    `  in.Say("{");`,
    ...set,
    '  in.Say("}");',
    "  return made;",
    "}",
    `void Gen<${type}>::Show(std::string& out, const ${type}& value) {`,
    `  out += "{";`,
    ...show,
    "  (void)value;",
    '  out += "}";',
    "}",
  ];
}

/** By what its functions without arguments say. */
function objectShow(one: ClassPlan, namespace: string, types: KnownTypes): string[] {
  const type = `${namespace}::${one.name}`;
  return [
    `void Gen<${type}>::Show(std::string& out, const ${type}& value) {`,
    '  out += "{";',
    ...gettersOf(one, types).flatMap(({ name }, index) => [
      `  out += "${index === 0 ? "" : ", "}${type}::${name}() = ";`,
      `  ShowResult(out, [&]() -> decltype(auto) { return value.${name}(); });`,
    ]),
    '  out += "}";',
    "}",
  ];
}
