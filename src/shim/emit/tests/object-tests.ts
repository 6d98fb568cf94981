/** Owns the generated tests of objects and interfaces: nothing, identity, ownership, copies. */
import type { ClassPlan, ShimPlan, SideIndex } from "../../plan/model.js";
import { everyClass } from "../library-types.js";
import { classNamed, type ClassNamed } from "../operations.js";
import { wordOf } from "../text.js";
import { fakes, interfaceTest } from "./interface-tests.js";

export function objectsOf(plan: ShimPlan, side: SideIndex): ClassPlan[] {
  return everyClass(plan.classes).filter(({ kind, library }) => (kind === "object" || kind === "interface") && library[side] !== null);
}

export function objectTests(plan: ShimPlan, side: SideIndex): string[] {
  const named = classNamed(plan);
  return objectsOf(plan, side).flatMap((one) => objectTest(one, plan, side, named));
}

function objectTest(one: ClassPlan, plan: ShimPlan, side: SideIndex, named: ClassNamed): string[] {
  return [
    ...(one.kind === "interface" ? fakes(one, plan, named) : []),
    "template <class L>",
    `void Test${wordOf(one.name)}() {`,
    "  unfork::PoolSlot slot;",
    "  const unfork::Lender lender(slot);",
    ...nothingTest(one, plan.namespace),
    ...(one.kind === "object" && !one.refCounted && isMadeFromNothing(one, side) ? madeTest(one, plan, side) : []),
    ...(one.kind === "object" && one.refCounted && !isAbstract(one, side)
      ? [`  CheckCountedObject<L, ${plan.namespace}::${one.name}>("${one.name}");`]
      : []),
    ...(one.kind === "interface" ? interfaceTest(one, plan, side, named) : []),
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
    ...basesTest(one, n, f, plan.namespace),
    `  CheckLent<L, ${n}>("${one.name}");`,
    ...(one.movable ? [`  CheckMoved<L, ${n}>("${one.name}");`] : []),
  ];
}

/** What is made, and what is assigned to one that was moved away, is the same library object by each of its bases. */
function basesTest({ bases, movable, assignable, name }: ClassPlan, n: string, f: string, namespace: string): string[] {
  const objects = bases.filter(({ kind }) => kind === "object");
  if (objects.length === 0) return [];
  const checks = objects.map(
    (base) =>
      `    Check((unfork::ToLibrary<L, typename L::${wordOf(base.name)}*>(static_cast<${namespace}::${base.name}*>(&object), lender) == unfork::ToLibrary<L, ${f}*>(&object, lender)), "${name}: seen as ${base.name}");`,
  );
  const again = movable && assignable ? [`    ${n} other(std::move(object));`, `    object = ${n}();`, ...checks] : [];
  return ["  {", `    ${n} object;`, ...checks, ...again, "  }"];
}

function isAbstract({ of }: ClassPlan, side: SideIndex): boolean {
  return of[side]?.abstract === true;
}
