/** Owns the generated tests of values: every enumerator and every field goes to the library and comes back. */
import type { ClassPlan, EnumPlan, ShimPlan, SideIndex } from "../../plan/model.js";
import { everyClass, everyEnum } from "../library-types.js";
import { wordOf } from "../text.js";

/** Samples come before whatever asks for them: enumerations first, then classes, the inner and the needed ones first. */
export function samples(plan: ShimPlan, side: SideIndex): string[] {
  return [
    ...enumsOf(plan, side).flatMap((one) => enumSample(one, plan.namespace)),
    ...valuesOf(plan, side).flatMap((one) => valueSample(one, plan.namespace, side)),
  ];
}

export function valueTests(plan: ShimPlan, side: SideIndex): string[] {
  return [
    ...enumsOf(plan, side).flatMap((one) => enumTest(one, plan.namespace, side)),
    ...valuesOf(plan, side).flatMap((one) => valueTest(one, plan.namespace, side)),
  ];
}

export function enumsOf(plan: ShimPlan, side: SideIndex): EnumPlan[] {
  return everyEnum(plan).filter(({ library, enumerators }) => library[side] !== null && enumerators.length > 0);
}

export function valuesOf(plan: ShimPlan, side: SideIndex): ClassPlan[] {
  const all = everyClass(plan.classes).filter(
    ({ kind, library, key, fields }) =>
      (kind === "value" || kind === "layout") && library[side] !== null && key !== "union" && fields.length > 0,
  );
  return inOrderOfUse(all);
}

/** A template's explicit specialisation has to stand before its first use. */
function inOrderOfUse(classes: readonly ClassPlan[]): ClassPlan[] {
  const placed = new Set<ClassPlan>();
  const visiting = new Set<ClassPlan>();
  function place(one: ClassPlan): void {
    if (placed.has(one) || visiting.has(one)) return;
    visiting.add(one);
    for (const other of classes)
      if (other !== one && one.fields.some(({ type }) => type.needs.some((need) => need === other.name) || mentions(type.shim, other.name)))
        place(other);
    placed.add(one);
  }
  for (const one of classes) place(one);
  return [...placed];
}

function mentions(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at !== -1 && !/\w/.test(text.charAt(at + name.length)) && !/\w/.test(text.charAt(at - 1));
}

function enumSample({ name, enumerators, of }: EnumPlan, namespace: string): string[] {
  const joint = enumerators.filter((one) => of.every((side, index) => side === null || one.in[index as SideIndex]));
  const two = joint.slice(-2);
  if (two.length === 0) return [];
  const n = `${namespace}::${name}`;
  const given = (index: number): string => `${n}::${(two[index] ?? two[0])?.name}`;
  return [
    "template <>",
    `struct Sample<${n}> {`,
    "  static constexpr bool kIs = true;",
    `  static ${n} Make(int seed) { return seed % 2 == 0 ? ${given(0)} : ${given(1)}; }`,
    `  static bool Same(${n} a, ${n} b) { return a == b; }`,
    "};",
  ];
}

/** Fields that the flavor has. Packed ones can only be copied, which arrays cannot. */
function fieldsOn({ fields, layout }: ClassPlan, side: SideIndex): ClassPlan["fields"] {
  return fields.filter(({ of, name, array }) => of[side] !== null && name !== "" && (!isPacked(layout) || array === ""));
}

function isPacked(layout: ClassPlan["layout"]): boolean {
  return layout !== null && layout.pack !== null;
}

function valueSample(one: ClassPlan, namespace: string, side: SideIndex): string[] {
  const n = `${namespace}::${one.name}`;
  const fields = fieldsOn(one, side);
  const set = fields.map(({ name, width }, index) =>
    width === null
      ? isPacked(one.layout)
        ? `    made.${name} = WithSample(made.${name}, seed + ${index});`
        : `    SetSample(made.${name}, seed + ${index});`
      : `    made.${name} = static_cast<decltype(made.${name})>(seed > 0 ? 1 : 0);`,
  );
  const compare = isPacked(one.layout) ? "SameCopies" : "SameValue";
  const same = fields.map(({ name, width }) => (width === null ? `${compare}(a.${name}, b.${name})` : `a.${name} == b.${name}`));
  return [
    "template <>",
    `struct Sample<${n}> {`,
    `  static constexpr bool kIs = kCanBeEmpty<${n}>;`,
    `  static ${n} Make(int seed) {`,
    "    (void)seed;",
    `    ${n} made = Empty<${n}>();`,
    ...set,
    "    return made;",
    "  }",
    `  static bool Same(const ${n}& a, const ${n}& b) {`,
    "    (void)a;",
    "    (void)b;",
    `    return ${same.length === 0 ? "true" : same.join(" && ")};`,
    "  }",
    "};",
  ];
}

/** Of names that are one value in the flavor, the first that both releases have is given. */
function nameFor(name: string, { of, enumerators }: EnumPlan, side: SideIndex): string {
  const valueOf = (wanted: string): string | undefined => of[side]?.enumerators.find((each) => each.name === wanted)?.value;
  const same = enumerators.filter((each) => each.in[side] && valueOf(each.name) === valueOf(name));
  return (same.find((each) => each.in[0] && each.in[1]) ?? same[0])?.name ?? name;
}

function enumTest(one: EnumPlan, namespace: string, side: SideIndex): string[] {
  const [n, f] = [`${namespace}::${one.name}`, `L::${wordOf(one.name)}`];
  const own = one.enumerators.filter((each) => each.in[side]);
  const foreign = one.of[side] === null ? [] : one.enumerators.filter((each) => !each.in[side]);
  const answers = one.onUnknown === "error" && !one.flags;
  return [
    `void Test${wordOf(one.name)}() {`,
    "  const unfork::Lender lender;",
    ...own.flatMap(({ name }) => [
      `  Check((unfork::ToLibrary<L, ${f}>(${n}::${name}, lender) == ${f}::${name}), "${one.name}::${name} to the library");`,
      `  Check((unfork::ToShim<L, ${n}>(${f}::${name}, lender) == ${n}::${nameFor(name, one, side)}), "${one.name}::${name} from the library");`,
    ]),
    ...foreign
      .filter(({ value }) => answers && !own.some((each) => each.value === value))
      .map(
        ({ name }) =>
          `  CheckDies([&] { (void)unfork::ToLibrary<L, ${f}>(${n}::${name}, lender); }, "does not exist in flavor", "${one.name}::${name}, which the flavor lacks, ends the process");`,
      ),
    ...(answers ? unknownTest(one, n, f) : []),
    ...(foreign.length > 0 && !answers && !one.flags
      ? foreign.map(
          ({ name }) =>
            `  Check((unfork::ToShim<L, ${n}>(unfork::ToLibrary<L, ${f}>(${n}::${name}, lender), lender) != ${n}::${name}), "${one.name}::${name}, which the flavor lacks, becomes another");`,
        )
      : []),
    "}",
  ];
}

/** A number that no enumerator has, where the type can hold it. */
function unknownTest({ name, enumerators, scoped, underlying }: EnumPlan, n: string, f: string): string[] {
  const most = enumerators.map(({ value }) => BigInt(value)).reduce((a, b) => (a > b ? a : b), 0n);
  if ((!scoped && underlying === "") || most >= 126n) return [];
  return [
    `  CheckDies([&] { (void)unfork::ToLibrary<L, ${f}>(static_cast<${n}>(${most + 1n}), lender); }, "does not exist in flavor", "a number that ${name} has not ends the process");`,
  ];
}

function valueTest(one: ClassPlan, namespace: string, side: SideIndex): string[] {
  const [n, f] = [`${namespace}::${one.name}`, `L::${wordOf(one.name)}`];
  const fields = fieldsOn(one, side);
  const [bits, values] = isPacked(one.layout) ? ["SameBitsOfCopies", "SameCopies"] : ["SameBits", "SameValue"];
  const sees = fields.map(({ name, width }) =>
    width === null
      ? `    Check(${bits}(there.${name}, sent.${name}), "${one.name}::${name} in the library");`
      : `    Check(static_cast<long double>(there.${name}) == static_cast<long double>(sent.${name}), "${one.name}::${name} in the library");`,
  );
  const back = fields.map(({ name, width }) =>
    width === null
      ? `    Check(${values}(back.${name}, sent.${name}), "${one.name}::${name} there and back");`
      : `    Check(back.${name} == sent.${name}, "${one.name}::${name} there and back");`,
  );
  const readable = fields.every(({ of }) => of[side]?.access === "public");
  return [
    `void Test${wordOf(one.name)}() {`,
    `  if constexpr (Sample<${n}>::kIs) {`,
    "    const unfork::Lender lender;",
    `    const ${n} sent = Sample<${n}>::Make(1);`,
    `    const auto there = unfork::ToLibrary<L, ${f}>(sent, lender);`,
    "    (void)there;",
    ...(readable ? sees : []),
    `    const auto back = unfork::ToShim<L, ${n}>(there, lender);`,
    ...back,
    `    const ${n} copy(sent);`,
    `    Check(Sample<${n}>::Same(copy, sent), "${one.name}: a copy");`,
    ...(one.defaultsByFlavor && one.hasDefault
      ? [`    Check((Sample<${n}>::Same(${n}(), unfork::ToShim<L, ${n}>(${f}(), lender))), "${one.name}: the flavor's defaults");`]
      : []),
    "  } else {",
    `    Skip("${one.name}: no empty one can be made");`,
    "  }",
    "}",
  ];
}
