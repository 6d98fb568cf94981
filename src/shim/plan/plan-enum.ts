/** Owns an enumeration of the shim: all enumerators of both releases, with values that neither contradicts. */
import type { ApiPair } from "../../api/diff/pair.js";
import { typeText } from "../../api/type-text.js";
import type { ApiEnum } from "../../model/api-snapshot.js";
import type { PlanContext } from "./context.js";
import type { BySide, ConstantPlan, EnumPlan, EnumeratorPlan } from "./model.js";
import { libraryName, relativeName } from "./shim-names.js";

export function enumsOf({ legacy, latest }: ApiPair): BySide<ApiEnum> {
  return [legacy?.kind === "enum" ? legacy : null, latest?.kind === "enum" ? latest : null];
}

export function planEnum(pair: ApiPair, context: PlanContext): EnumPlan {
  const of = enumsOf(pair);
  const model = (of[1] ?? of[0]) as ApiEnum;
  const { surface } = context;
  const flags = surface.flags.includes(pair.name) || looksLikeFlags(of);
  const enumerators = enumeratorsOf(of, flags);
  return {
    is: "enum",
    common: pair.name,
    name: relativeName(pair.name, surface),
    scoped: model.scopedEnum,
    underlying: underlyingOf(model),
    enumerators,
    of,
    library: [nameIn(of[0], 0, context), nameIn(of[1], 1, context)],
    flags,
    onUnknown: surface.onUnknownOf[pair.name] ?? surface.onUnknown,
    comment: model.comment,
  };
}

function nameIn(item: ApiEnum | null, side: 0 | 1, { flavors, surface }: PlanContext): string | null {
  return item === null ? null : libraryName(item.qualifiedName, flavors[side], surface);
}

/** The compiler's choice needs no word; an unscoped one that was fixed is only seen where the choice would be another. */
function underlyingOf({ scopedEnum, underlying }: ApiEnum): string {
  const text = typeText(underlying);
  if (scopedEnum) return text === "int" ? "" : text;
  return text === "int" || text === "unsigned int" || text === "unsigned" ? "" : text;
}

/**
 * The newer release's values, in its order; those of the older alone keep theirs if it is free. Names that are one value in the
 * newer and two in the older get two: else the older would be handed one for the other.
 */
function enumeratorsOf([legacy, latest]: BySide<ApiEnum>, flags: boolean): EnumeratorPlan[] {
  const olds = new Map((legacy?.enumerators ?? []).map((one) => [one.name, one]));
  const news = new Map((latest?.enumerators ?? []).map((one) => [one.name, one]));
  const used = new Set([...news.values()].map(({ value }) => BigInt(value)));
  const oldOf = new Map<string, string>();
  const joint = [...news.values()].map(({ name, value, comment }) => {
    const old = olds.get(name)?.value;
    const known = oldOf.get(value);
    const parts = old !== undefined && known !== undefined && known !== old;
    if (old !== undefined && known === undefined) oldOf.set(value, old);
    return { name, value: parts ? String(free(BigInt(value), used, flags)) : value, comment, in: [old !== undefined, true] as const };
  });
  // A second name for what the newer still has stays one.
  const moved = new Map(
    joint.toReversed().flatMap(({ name, value }) => (olds.has(name) ? [[olds.get(name)?.value as string, value] as const] : [])),
  );
  const gone = [...olds.values()].filter(({ name }) => !news.has(name));
  return [
    ...joint,
    ...gone.map(({ name, value, comment }) => {
      const chosen = moved.get(value) ?? String(free(BigInt(value), used, flags));
      moved.set(value, chosen);
      return { name, value: chosen, comment, in: [true, false] as const };
    }),
  ];
}

/** A value that no enumerator of the newer release has; of flags a bit. */
function free(wanted: bigint, used: Set<bigint>, flags: boolean): bigint {
  let value = wanted;
  if (used.has(value)) {
    const most = [...used].reduce((high, one) => (one > high ? one : high), 0n);
    value = most + 1n;
    if (flags) for (value = 1n; value <= most; value *= 2n);
  }
  used.add(value);
  return value;
}

/** Whether both releases give each enumerator the value that the shim gives it. */
export function hasSameValues({ of, enumerators }: Pick<EnumPlan, "of" | "enumerators">): boolean {
  return of.every(
    (one) =>
      one !== null &&
      one.enumerators.length === enumerators.length &&
      one.enumerators.every(({ name, value }) => enumerators.some((each) => each.name === name && each.value === value)),
  );
}

/** Powers of two, at least 1, 2 and 4 or three others, and else only their sums: meant to be or-ed. `1, 2, 3` and `1, 2, 3, 4` are lists. */
function looksLikeFlags(of: BySide<ApiEnum>): boolean {
  const values = new Set(of.flatMap((one) => (one?.enumerators ?? []).map(({ value }) => BigInt(value))).filter((value) => value !== 0n));
  if ([...values].some((value) => value < 0n)) return false;
  const powers = [...values].filter((value) => (value & (value - 1n)) === 0n);
  const all = powers.reduce((sum, one) => sum | one, 0n);
  const sums = [...values].filter((value) => (value & (value - 1n)) !== 0n);
  return powers.length >= 3 && sums.length * 2 <= powers.length && sums.every((value) => (value & ~all) === 0n);
}

/** Whether an enumerator that both have means the same number in each. */
export function hasOneNumbering({ of, enumerators }: Pick<EnumPlan, "of" | "enumerators">): boolean {
  return of.every(
    (one) =>
      one === null || one.enumerators.every(({ name, value }) => enumerators.some((each) => each.name === name && each.value === value)),
  );
}

/** Enumerators of an enumeration without a name are constants of the scope around it. */
export function constantsOfNameless(pair: ApiPair, scope: string, context: PlanContext): ConstantPlan[] {
  const of = enumsOf(pair);
  return enumeratorsOf(of, false).map(({ name, comment }) => {
    const values = of.map((one) => one?.enumerators.find((each) => each.name === name)?.value ?? null) as [string | null, string | null];
    const common = scope === "" ? name : `${scope}::${name}`;
    return {
      is: "constant",
      common,
      name: relativeName(common, context.surface),
      type: numberType(values),
      isMacro: false,
      values,
      of: [null, null],
      comment,
    };
  });
}

function numberType(values: BySide<string>): string {
  const numbers = values.filter((value) => value !== null).map(BigInt);
  const fits = numbers.every((value) => value >= -(2n ** 31n) && value < 2n ** 31n);
  return fits ? "int" : numbers.every((value) => value >= 0n && value < 2n ** 32n) ? "unsigned int" : "long long";
}
