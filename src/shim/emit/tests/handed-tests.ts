/** Owns the generated tests of pointers that have no place for a tag: each function that takes one ends the process when it is the other flavor's. */
import type { FunctionPlan, ShimPlan, SideIndex } from "../../plan/model.js";
import { tagOf } from "../unit.js";

export function hasHandedTests(plan: ShimPlan, side: SideIndex): boolean {
  return tested(plan, side).length > 0;
}

/** Functions of the flavor that look a pointer up, and whose other arguments can be made of nothing. */
function tested({ functions }: ShimPlan, side: SideIndex): FunctionPlan[] {
  return functions.filter(
    ({ handed, library, calls }) =>
      library[side] !== null &&
      handed !== undefined &&
      isLookedUp(handed.parameters) !== -1 &&
      (calls[0]?.parameters ?? []).every(
        ({ type }, index) => index === isLookedUp(handed.parameters) || !/[^&]&$/.test(type.shim) || type.shim.startsWith("const "),
      ),
  );
}

function isLookedUp(parameters: NonNullable<FunctionPlan["handed"]>["parameters"]): number {
  return parameters.findIndex((one) => one !== null && one.way !== "through");
}

export function handedTests(plan: ShimPlan, side: SideIndex): string[] {
  const functions = tested(plan, side);
  if (functions.length === 0) return [];
  const other = plan.flavors[side === 0 ? 1 : 0].name;
  return [
    "struct Other : L {",
    "  static constexpr int kIndex = 1 - L::kIndex;",
    `  static constexpr const char* kFlavor = "${other}";`,
    "};",
    "",
    "void TestHanded() {",
    "  alignas(16) static char place[16];",
    ...functions.flatMap((one) => handedTest(one, plan, side)),
    "}",
  ];
}

function handedTest(one: FunctionPlan, { namespace, flavors }: ShimPlan, side: SideIndex): string[] {
  const parameters = one.calls[0]?.parameters ?? [];
  const at = one.handed === undefined ? -1 : isLookedUp(one.handed.parameters);
  const isReference = one.handed?.parameters[at]?.reference === true;
  const name = one.handed?.parameters[at]?.name ?? "";
  const args = parameters.map((_, index) => (index !== at ? "{}" : isReference ? "*pointer" : "pointer")).join(", ");
  const call = `${namespace}::detail::${tagOf(flavors[side].name)}Functions::${one.calls[0]?.operation}(${args})`;
  return [
    "  {",
    `    auto* pointer = reinterpret_cast<${namespace}::${name}*>(place);`,
    '    unfork::HandedOut<Other>(pointer, "the test");',
    `    CheckDies([&] { (void)${call}; }, "(the test handed it out", "${one.path}: a pointer of the other flavor ends the process");`,
    '    unfork::HandedOut<L>(pointer, "the test");',
    '    unfork::HandedBack<L>(pointer, "the test");',
    "  }",
  ];
}
