/** Owns conversions of enumerations, values and equal layouts, with assertions on what they rely on. */
import type { ClassPlan, EnumPlan, FieldPlan, ShimPlan } from "../plan/model.js";
import { hasOneNumbering, hasSameValues } from "../plan/plan-enum.js";
import { everyClass, everyEnum } from "./library-types.js";
import { indented, wordOf } from "./text.js";

export function converters(plan: ShimPlan): string[] {
  const classes = everyClass(plan.classes);
  return [
    ...everyEnum(plan).flatMap((one) => enumConverter(one, plan.namespace)),
    ...classes.filter(({ kind }) => kind === "layout" || kind === "opaque").flatMap((one) => sameLayout(one, plan.namespace)),
    ...plan.handed.flatMap((name) => handedName(`${plan.namespace}::${name}`)),
    ...classes.filter(({ kind }) => kind === "value").flatMap((one) => valueConverter(one, plan.namespace)),
  ];
}

function enumConverter(one: EnumPlan, namespace: string): string[] {
  const [n, f] = [`${namespace}::${one.name}`, `typename L::${wordOf(one.name)}`];
  const same = hasSameValues(one);
  const numbered = one.flags && hasOneNumbering(one);
  const body =
    one.flags && !numbered
      ? bitwise(one, n)
      : numbered
        ? [
            "  // Values that are or-ed cross as numbers.",
            "  static F ToLibrary(N value, Lender) { return static_cast<F>(value); }",
            "  static N ToShim(F value, Lender) { return static_cast<N>(value); }",
          ]
        : [
            "  static F ToLibrary(N value, Lender) {",
            ...indented(switchLines(one, n, "to-library"), "    "),
            "  }",
            "  static N ToShim(F value, Lender) {",
            ...indented(switchLines(one, n, "to-shim"), "    "),
            "  }",
          ];
  return [
    "template <class L>",
    `struct Convert<L, ${n}, ${f}, void> {`,
    `  using N = ${n};`,
    `  using F = ${f};`,
    ...(same || numbered ? one.enumerators.filter((each) => each.in[0] && each.in[1]).map((each) => valueAssert(one, each.name)) : []),
    ...body,
    "};",
    ...(same
      ? ["template <class L>", `struct SameLayout<L, ${n}, ${f}> : std::integral_constant<bool, sizeof(${n}) == sizeof(${f})> {};`]
      : []),
    "",
  ];
}

/** Flags whose bits are not the same in both releases: bit by bit, and what is left must be none. */
function bitwise(one: EnumPlan, scope: string): string[] {
  const bits = one.enumerators.filter(({ value }) => BigInt(value) > 0n && (BigInt(value) & (BigInt(value) - 1n)) === 0n);
  const lines = (to: "F" | "N"): string[] =>
    bits.map((bit) => {
      const [from, into] = to === "F" ? [`${scope}::${bit.name}`, `F::${bit.name}`] : [`F::${bit.name}`, `${scope}::${bit.name}`];
      const line = `if (TakeBit(left, static_cast<unsigned long long>(${from}))) result |= static_cast<unsigned long long>(${into});`;
      return bit.in[0] && bit.in[1] ? line : `if constexpr (L::kIndex == ${bit.in[0] ? 0 : 1}) { ${line} }`;
    });
  const functionOf = (to: "F" | "N", name: string): string[] => [
    `  static ${to} ${name}(${to === "F" ? "N" : "F"} value, Lender) {`,
    "    unsigned long long left = static_cast<unsigned long long>(value), result = 0;",
    ...indented(lines(to), "    "),
    `    if (left != 0) unfork::UnknownValue(L::kLibrary, L::kFlavor, "${one.name}", static_cast<long long>(value));`,
    `    return static_cast<${to}>(result);`,
    "  }",
  ];
  return [...functionOf("F", "ToLibrary"), ...functionOf("N", "ToShim")];
}

function valueAssert({ enumerators }: EnumPlan, name: string): string {
  const value = enumerators.find((one) => one.name === name)?.value ?? "0";
  const number =
    value === "-9223372036854775808" ? "(-9223372036854775807 - 1)" : `${value}${BigInt(value) > 9223372036854775807n ? "ull" : "ll"}`;
  const type = BigInt(value) > 9223372036854775807n ? "unsigned long long" : "long long";
  return `  static_assert(static_cast<${type}>(F::${name}) == ${number}, "${name} has another value than when the shim was generated");`;
}

/** Enumerators that one flavor lacks are asked about there only. */
function switchLines(one: EnumPlan, scope: string, to: "to-library" | "to-shim"): string[] {
  const lines: string[] = [];
  const seen = [new Set<string>(), new Set<string>()] as const;
  const joint = one.enumerators.filter((each) => each.in[0] && each.in[1]);
  const byValue = (name: string, side: 0 | 1): string | undefined => one.of[side]?.enumerators.find((each) => each.name === name)?.value;
  const cases = joint.map(({ name, value }) => {
    const keys = to === "to-library" ? [value, value] : [byValue(name, 0) ?? value, byValue(name, 1) ?? value];
    const isNew = ([0, 1] as const).map((side) => !seen[side].has(keys[side] as string));
    for (const side of [0, 1] as const) seen[side].add(keys[side] as string);
    return { name, isNew };
  });
  lines.push("switch (value) {");
  for (const { name } of cases.filter(({ isNew }) => isNew.every(Boolean)))
    lines.push(to === "to-library" ? `  case ${scope}::${name}: return F::${name};` : `  case F::${name}: return ${scope}::${name};`);
  lines.push("  default: break;", "}");
  // A value of its own in one release that is another's alias in the other.
  for (const { name, isNew } of cases.filter(({ isNew: [old, latest] }) => old !== latest))
    lines.push(`if constexpr (L::kIndex == ${isNew[0] === true ? 0 : 1}) {`, `  if (value == F::${name}) return ${scope}::${name};`, "}");
  for (const side of [0, 1] as const) {
    const only = one.enumerators.filter((each) => each.in[side] && !each.in[1 - side]);
    if (only.length === 0) continue;
    lines.push(`if constexpr (L::kIndex == ${side}) {`);
    for (const { name } of only)
      lines.push(
        to === "to-library"
          ? `  if (value == ${scope}::${name}) return F::${name};`
          : `  if (value == F::${name}) return ${scope}::${name};`,
      );
    lines.push("}");
  }
  return [...lines, ...unknownLines(one, scope, to)];
}

function unknownLines(one: EnumPlan, scope: string, to: "to-library" | "to-shim"): string[] {
  const result = to === "to-library" ? "F" : "N";
  if (one.onUnknown === "error") return [`unfork::UnknownValue(L::kLibrary, L::kFlavor, "${one.name}", static_cast<long long>(value));`];
  const joint = one.enumerators.filter((each) => each.in[0] && each.in[1]).toSorted((a, b) => (BigInt(a.value) < BigInt(b.value) ? -1 : 1));
  const [first, last] = [joint[0], joint.at(-1)];
  if (first === undefined || last === undefined) return [`return static_cast<${result}>(value);`];
  const name = (each: { readonly name: string }): string => (to === "to-library" ? `F::${each.name}` : `${scope}::${each.name}`);
  if (one.onUnknown === "default") return [`return ${name(joint.find(({ value }) => value === "0") ?? first)};`];
  return [
    `return static_cast<long long>(value) < static_cast<long long>(${to === "to-library" ? `${scope}::${first.name}` : `F::${first.name}`}) ? ${name(first)} : ${name(last)};`,
  ];
}

/** Pointers to it are remembered with their flavor under this name. */
function handedName(n: string): string[] {
  return ["template <>", `struct HandedName<${n}> {`, `  static constexpr const char* value = "${n}";`, "};", ""];
}

function sameLayout(one: ClassPlan, namespace: string): string[] {
  const [n, f] = [`${namespace}::${one.name}`, `typename L::${wordOf(one.name)}`];
  return ["template <class L>", `struct SameLayout<L, ${n}, ${f}> : std::true_type {};`, ""];
}

/** Assertions of one flavor's unit: the layout is the one that the shim was generated for. */
export function layoutAssertions(plan: ShimPlan, side: 0 | 1): string[] {
  return everyClass(plan.classes)
    .filter((one) => one.kind === "layout" && one.library[side] !== null)
    .flatMap((one) => assertionsOf(one, `${plan.namespace}::${one.name}`, one.library[side] as string));
}

function assertionsOf({ name, fields }: ClassPlan, n: string, f: string): string[] {
  const message = `"${name} has another layout than when the shim was generated: take new snapshots"`;
  return [
    `static_assert(sizeof(${n}) == sizeof(${f}) && alignof(${n}) == alignof(${f}), ${message});`,
    ...fields
      .filter((field) => field.width === null && field.name !== "")
      .map((field) => `static_assert(offsetof(${n}, ${field.name}) == offsetof(${f}, ${field.name}), ${message});`),
  ];
}

function valueConverter(one: ClassPlan, namespace: string): string[] {
  const [n, f] = [`${namespace}::${one.name}`, `typename L::${wordOf(one.name)}`];
  return [
    "template <class L>",
    `struct Convert<L, ${n}, ${f}, void> {`,
    `  using N = ${n};`,
    `  using F = ${f};`,
    "  template <class From>",
    "  static F ToLibrary(From&& value, Lender lender) {",
    "    (void)lender;",
    ...makeLines(one),
    ...one.fields.flatMap((field) => onSide(field, `    ${fieldOut(field)}`, one)),
    "    return result;",
    "  }",
    "  template <class From>",
    "  static N ToShim(From&& value, Lender lender) {",
    "    (void)lender;",
    `    N result${one.defaultsByFlavor ? "{Unset{}}" : "{}"};`,
    ...one.fields.flatMap((field) => onSide(field, `    ${fieldIn(field)}`)),
    "    return result;",
    "  }",
    "};",
    "",
  ];
}

function makeText(names: readonly string[]): string {
  if (names.length === 0) return "F{}";
  return `F(${names.map((name) => `unfork::ToLibrary<L, decltype(F::${name})>(value.${name}, lender)`).join(", ")})`;
}

/** Without a default constructor: by the one that takes fields. */
function makeLines({ madeFrom }: ClassPlan): string[] {
  const [old, latest] = madeFrom;
  if (old.length === 0 && latest.length === 0) return ["    F result{};"];
  if (old.join(",") === latest.join(",")) return [`    F result = ${makeText(old)};`];
  return [
    "    auto make = [&]() -> F {",
    `      if constexpr (L::kIndex == 0) return ${makeText(old)};`,
    `      else return ${makeText(latest)};`,
    "    };",
    "    F result = make();",
  ];
}

function fieldOut({ name, width }: FieldPlan): string {
  if (width !== null) return `result.${name} = static_cast<decltype(result.${name})>(value.${name});`;
  return `ToField<L>(result.${name}, Out<From>(value.${name}), lender);`;
}

function fieldIn({ name, width }: FieldPlan): string {
  if (width !== null) return `result.${name} = static_cast<decltype(result.${name})>(value.${name});`;
  return `FromField<L>(result.${name}, Out<From>(value.${name}), lender);`;
}

/** A field that only one flavor has stays at its default in the other, which must be no surprise to who set it. */
function onSide(field: FieldPlan, line: string, owner?: ClassPlan): string[] {
  const [old, one] = field.of;
  if (old !== null && one !== null) return [line];
  const has = [`    if constexpr (L::kIndex == ${old === null ? 1 : 0}) {`, `  ${line}`];
  if (owner === undefined || field.onUnknown !== "error" || field.width !== null) return [...has, "    }"];
  const unset = owner.defaultsByFlavor ? "N{Unset{}}" : "N{}";
  const name = `${owner.name}::${field.name}`;
  return [
    ...has,
    `    } else if (!SameValue(value.${field.name}, ${unset}.${field.name})) {`,
    `      FieldNotInFlavor(L::kLibrary, L::kFlavor, "${name}");`,
    "    }",
  ];
}
