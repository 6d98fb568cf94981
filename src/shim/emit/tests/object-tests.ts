/** Owns the generated tests of objects and interfaces: nothing, identity, ownership, copies, and calls that come back. */
import type { CallPlan, ClassPlan, MethodPlan, ShimPlan, SideIndex } from "../../plan/model.js";
import { adapterName, overName, virtualMethods } from "../interface-adapters.js";
import { everyClass } from "../library-types.js";
import { classNamed, type ClassNamed } from "../operations.js";
import { beforeName, wordOf } from "../text.js";

export function objectsOf(plan: ShimPlan, side: SideIndex): ClassPlan[] {
  return everyClass(plan.classes).filter(({ kind, library }) => (kind === "object" || kind === "interface") && library[side] !== null);
}

export function objectTests(plan: ShimPlan, side: SideIndex): string[] {
  const named = classNamed(plan);
  return objectsOf(plan, side).flatMap((one) => objectTest(one, plan, side, named));
}

function objectTest(one: ClassPlan, plan: ShimPlan, side: SideIndex, named: ClassNamed): string[] {
  return [
    ...(one.kind === "interface" && !one.refCounted ? fake(one, plan, side, named) : []),
    "template <class L>",
    `void Test${wordOf(one.name)}() {`,
    "  unfork::PoolSlot slot;",
    "  const unfork::Lender lender(slot);",
    ...nothingTest(one, plan.namespace),
    ...(one.kind === "object" && !one.refCounted && isMadeFromNothing(one, side) ? madeTest(one, plan, side) : []),
    ...(one.kind === "interface" && !one.refCounted ? interfaceTest(one, plan, side, named) : []),
    "}",
  ];
}

function namesOf({ name }: ClassPlan, namespace: string): { readonly n: string; readonly f: string } {
  return { n: `${namespace}::${name}`, f: `typename L::${wordOf(name)}` };
}

function nothingTest(one: ClassPlan, namespace: string): string[] {
  const { n, f } = namesOf(one, namespace);
  const owned = one.destructible && !one.refCounted;
  return [
    `  Check((unfork::ToLibrary<L, ${f}*>(static_cast<${n}*>(nullptr), lender) == nullptr), "${one.name}: no object to the library");`,
    `  Check((unfork::ToShim<L, ${n}*>(static_cast<${f}*>(nullptr), lender) == nullptr), "${one.name}: no object from the library");`,
    ...(owned
      ? [
          `  Check((unfork::ToLibrary<L, std::unique_ptr<${f}>>(std::unique_ptr<${n}>(), lender) == nullptr), "${one.name}: no owned object to the library");`,
          `  Check((unfork::ToShim<L, std::unique_ptr<${n}>>(std::unique_ptr<${f}>(), lender) == nullptr), "${one.name}: no owned object from the library");`,
        ]
      : []),
  ];
}

function isMadeFromNothing({ constructors, destructible }: ClassPlan, side: SideIndex): boolean {
  return (
    destructible && constructors.some((one) => one.lacking[side] === null && one.calls.some(({ parameters }) => parameters.length === 0))
  );
}

function madeTest(one: ClassPlan, plan: ShimPlan, side: SideIndex): string[] {
  const { n, f } = namesOf(one, plan.namespace);
  const other = plan.flavors[side === 0 ? 1 : 0].name;
  const isInBoth = one.library.every((each) => each !== null) && isMadeFromNothing(one, side === 0 ? 1 : 0);
  return [
    "  {",
    `    ${n} object;`,
    `    auto* library = unfork::ToLibrary<L, ${f}*>(&object, lender);`,
    `    Check(library != nullptr && (unfork::ToLibrary<L, ${f}*>(&object, lender) == library), "${one.name}: one library object behind it");`,
    ...(one.copyable
      ? [
          `    ${n} copy(object);`,
          `    Check((unfork::ToLibrary<L, ${f}*>(&copy, lender) != library), "${one.name}: a copy has a library object of its own");`,
          ...(one.assignable
            ? ["    copy = object;", `    Check((unfork::ToLibrary<L, ${f}*>(&object, lender) == library), "${one.name}: assigned from");`]
            : []),
        ]
      : []),
    `    auto owned = std::make_unique<${n}>();`,
    `    ${n}* const before = owned.get();`,
    `    auto* const behind = unfork::ToLibrary<L, ${f}*>(before, lender);`,
    `    std::unique_ptr<${f}> given = unfork::ToLibrary<L, std::unique_ptr<${f}>>(std::move(owned), lender);`,
    `    Check(given.get() == behind, "${one.name}: the library owns the object that was given");`,
    `    Check((unfork::ToShim<L, ${n}*>(given.get(), lender) == before), "${one.name}: pointers to an object that was given stay good");`,
    `    std::unique_ptr<${n}> back = unfork::ToShim<L, std::unique_ptr<${n}>>(std::move(given), lender);`,
    `    Check(back != nullptr && (unfork::ToLibrary<L, ${f}*>(back.get(), lender) == behind), "${one.name}: given back");`,
    ...(isInBoth
      ? [
          "    CheckDies(",
          "        [&] {",
          `          ${plan.namespace}::FlavorScope scope(${plan.namespace}::Flavor::k${other.charAt(0).toUpperCase()}${other.slice(1)});`,
          `          ${n} foreign;`,
          `          (void)unfork::ToLibrary<L, ${f}*>(&foreign, lender);`,
          "        },",
          `        "was handed to flavor", "${one.name}: an object of the other flavor ends the process");`,
        ]
      : []),
    "  }",
  ];
}

/** What may be overridden, each once: by those names that the adapter overrides. */
function overridden(one: ClassPlan, named: ClassNamed): MethodPlan[] {
  return virtualMethods(one, named).filter(({ access }) => access !== "private");
}

function parametersOf(method: MethodPlan): CallPlan["parameters"] {
  return (method.calls[0] as CallPlan).parameters;
}

function fakeMethod(one: ClassPlan, method: MethodPlan, plan: ShimPlan): string[] {
  const parameters = parametersOf(method);
  const result = resultOf(method, plan);
  const list = parameters.map(({ type }, index) => `${inTest(type.shim, one, plan)} a${index}`).join(", ");
  return [
    `  ${result} ${method.name}(${list})${method.const ? " const" : ""} override {`,
    "    ++calls;",
    ...parameters.map(({ type }, index) => `    Look<${inTest(type.shim, one, plan)}>(a${index}, ${index + 1});`),
    `    return Result<L, ${result}>::Give();`,
    "  }",
  ];
}

/** An application's class: it counts its calls and looks at what arrives. */
function fake(one: ClassPlan, plan: ShimPlan, side: SideIndex, named: ClassNamed): string[] {
  const { n } = namesOf(one, plan.namespace);
  const hidden = virtualMethods(one, named).filter(({ access, pure }) => access === "private" && pure);
  const lines = [...overridden(one, named), ...hidden].flatMap((method) => fakeMethod(one, method, plan));
  void side;
  return [
    `struct Fake${wordOf(one.name)} : ${n} {`,
    "  mutable int calls = 0;",
    "  mutable bool same = true;",
    "  bool* gone = nullptr;",
    `  ~Fake${wordOf(one.name)}() override {`,
    "    if (gone != nullptr) *gone = true;",
    "  }",
    "  template <class T>",
    "  void Look(const Plain<T>& arrived, int seed) const {",
    "    if constexpr (Argument<L, T>::kIs) same = same && Argument<L, T>::Same(arrived, seed);",
    "  }",
    ...lines,
    "};",
  ];
}

function resultOf(method: MethodPlan, plan: ShimPlan): string {
  void plan;
  return beforeName(method.result.shim);
}

/** A type as it is written outside of the shim's namespace: the tests use that namespace. */
function inTest(type: string, one: ClassPlan, plan: ShimPlan): string {
  void one;
  void plan;
  return beforeName(type);
}

function interfaceTest(one: ClassPlan, plan: ShimPlan, side: SideIndex, named: ClassNamed): string[] {
  const { n, f } = namesOf(one, plan.namespace);
  const word = wordOf(one.name);
  const methods = overridden(one, named).filter(({ access, lacking }) => access === "public" && lacking[side] === null);
  return [
    "  {",
    `    Fake${word} fake;`,
    `    auto* library = unfork::ToLibrary<L, ${f}*>(static_cast<${n}*>(&fake), lender);`,
    `    Check(library != nullptr && (unfork::ToLibrary<L, ${f}*>(static_cast<${n}*>(&fake), lender) == library), "${one.name}: one adapter over an application's object");`,
    `    Check((unfork::ToShim<L, ${n}*>(library, lender) == &fake), "${one.name}: the application's object comes back as itself");`,
    `    ${plan.namespace}::detail::${overName(one)}<L> over(library, unfork::Ownership::kLent, nullptr);`,
    "    (void)over;",
    ...methods.flatMap((method) => callTest(one, method, plan)),
    "  }",
    ...(one.destructible
      ? [
          "  {",
          "    bool gone = false;",
          `    auto owned = std::make_unique<Fake${word}>();`,
          "    owned->gone = &gone;",
          `    std::unique_ptr<${f}> given = unfork::ToLibrary<L, std::unique_ptr<${f}>>(std::unique_ptr<${n}>(std::move(owned)), lender);`,
          `    Check(given != nullptr && !gone, "${one.name}: given to the library, it lives");`,
          "    given.reset();",
          `    Check(gone, "${one.name}: it ends with the library's object");`,
          "  }",
        ]
      : []),
  ];
}

function callTest(one: ClassPlan, method: MethodPlan, plan: ShimPlan): string[] {
  const parameters = parametersOf(method);
  const what = `${one.name}::${method.name}(${parameters.map(({ type }) => type.shim).join(", ")})`;
  const result = resultOf(method, plan);
  const conditions = [
    ...parameters.map(({ type }) => `Argument<L, ${inTest(type.shim, one, plan)}>::kIs`),
    `Result<L, ${result}>::kIs`,
  ].join(" && ");
  return [
    `    if constexpr (${conditions}) {`,
    ...parameters.map(({ type }, index) => `      Argument<L, ${inTest(type.shim, one, plan)}> a${index}(${index + 1});`),
    "      fake.calls = 0;",
    "      fake.same = true;",
    `      const bool same = Result<L, ${result}>::Same([&]() -> ${result} { return static_cast<${plan.namespace}::${one.name}&>(over).${method.name}(${parameters.map((_, index) => `a${index}.get()`).join(", ")}); });`,
    `      Check(same && fake.same && fake.calls == 1, "${what}: called by the library with what was sent");`,
    "    } else {",
    `      Skip("${what}");`,
    "    }",
  ];
}

export { adapterName };
