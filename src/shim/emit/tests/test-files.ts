/** Owns the generated tests as files: one unit per flavor, which holds the adapter unit too, and a main. */
import type { GeneratedFile } from "../../generate.js";
import { instanceSpeller } from "../../plan/instances/spell-instances.js";
import { type ShimPlan, type SideIndex, SIDES } from "../../plan/model.js";
import { filledTypes } from "../filled-types.js";
import { handRegion } from "../hand-region.js";
import { flavorConstant } from "../header.js";
import type { LibraryTypes } from "../library-types.js";
import { wordOf } from "../text.js";
import { tagOf } from "../unit.js";
import { checkHeader } from "./check-header.js";
import { keptTests } from "./kept-tests.js";
import { handedTests, hasHandedTests } from "./handed-tests.js";
import { objectsOf, objectTests } from "./object-tests.js";
import { enumsOf, samples, valuesOf, valueTests } from "./value-tests.js";

export function testFiles(plan: ShimPlan): GeneratedFile[] {
  const { namespace } = plan;
  const { types } = filledTypes(plan);
  const spell = instanceSpeller(plan);
  return [
    { path: `tests/${namespace}_check.h`, text: checkHeader(plan) },
    { path: `tests/${namespace}_test.cc`, text: mainText(plan) },
    ...SIDES.map((side) => ({ path: `tests/${namespace}_test_${plan.flavors[side].name}.cc`, text: spell(flavorText(plan, side, types)) })),
  ];
}

function flavorText(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string {
  const { namespace } = plan;
  const { name, release } = plan.flavors[side];
  const tested = [
    ...[...enumsOf(plan, side), ...valuesOf(plan, side)].map((one) => `  Test${wordOf(one.name)}();`),
    ...objectsOf(plan, side).map((one) => `  Test${wordOf(one.name)}<L>();`),
    "  TestFunctions<L>();",
    ...(hasHandedTests(plan, side) ? ["  TestHanded();"] : []),
  ];
  return [
    `// Tests of ${namespace} over ${plan.library} ${release}. This unit takes the place of src/${namespace}_${name}.cc. Generated.`,
    `#include "../src/${namespace}_${name}.cc"`,
    "",
    `#define UNFORK_TESTS ${namespace}_tests_${name}`,
    `#include "${namespace}_check.h"`,
    "",
    `namespace ${namespace}_tests_${name} {`,
    `using namespace ${namespace};`,
    `using L = ${namespace}::detail::${tagOf(name)};`,
    "",
    ...samples(plan, side),
    "",
    "namespace {",
    "",
    ...valueTests(plan, side),
    ...objectTests(plan, side),
    ...keptTests(plan, side, types),
    ...handedTests(plan, side),
    "",
    ...handRegion("tests"),
    "",
    "}  // namespace",
    "",
    "int Run() {",
    `  const ${namespace}::FlavorScope scope(${namespace}::Flavor::${flavorConstant(name)});`,
    ...tested,
    ...handRegion("run").map((line) => `  ${line}`),
    `  std::printf("${namespace} over ${release} (${name}): %d checks, %d failed, %d not tested\\n", checks, failures, skipped);`,
    "  return failures;",
    "}",
    "",
    `}  // namespace ${namespace}_tests_${name}`,
    "",
  ].join("\n");
}

function mainText({ namespace, flavors }: ShimPlan): string {
  return [
    `// Runs the tests of ${namespace} over both flavors. Generated.`,
    ...flavors.map(({ name }) => `namespace ${namespace}_tests_${name} {\nint Run();\n}`),
    "",
    "int main() {",
    "  int failures = 0;",
    ...flavors.map(({ name }) => `  failures += ${namespace}_tests_${name}::Run();`),
    "  return failures == 0 ? 0 : 1;",
    "}",
    "",
  ].join("\n");
}
