/** Owns the plan of a whole shim: from two snapshots and a surface to what becomes of each item. */
import type { ApiItem } from "../../api/diff/declarations.js";
import { type ApiPair, pairApi } from "../../api/diff/pair.js";
import { diffSide } from "../../api/diff/side.js";
import type { ApiFunction, ApiMethod, ApiSnapshot } from "../../model/api-snapshot.js";
import type { ClassKind, ShimSurface } from "../../model/shim-surface.js";
import { UnforkError } from "../../support/errors.js";
import { type PlanContext, placesOf } from "./context.js";
import { crossingOf } from "./crossing.js";
import { withFlatBases } from "./flatten-bases.js";
import { flowsIn } from "./flows.js";
import { classesOf, classKind } from "./kinds.js";
import type { ClassPlan, ConstantPlan, EnumPlan, FunctionPlan, Left, ShimPlan, TypedefPlan } from "./model.js";
import { inOrder } from "./order.js";
import { operationNames, planCallable, SAME_SIGNATURE, signatureOf } from "./plan-callable.js";
import { planClass } from "./plan-class.js";
import { planMacro, planVariable } from "./plan-constants.js";
import { constantsOfNameless, hasSameValues, planEnum } from "./plan-enum.js";
import { planFunction } from "./plan-functions.js";
import { crossesAsItIs } from "./shape-problem.js";
import { relativeName, shimNamespace, writtenName } from "./shim-names.js";
import { canCopy, canDefault, type ClassOf } from "./special-members.js";
import { matcher, rootsOf } from "./surface.js";

export interface FlavorInput {
  readonly name: string;
  readonly release: string;
  readonly snapshot: ApiSnapshot;
  /** Names that the library's archives define, as the linker knows them; without them all that is declared counts as defined. */
  readonly defined?: ReadonlySet<string>;
}

/** Throws `input-invalid` for a surface that names nothing, or names what no snapshot has. */
export function planShim(older: FlavorInput, newer: FlavorInput, surface: ShimSurface): ShimPlan {
  const [legacy, latest] = [flattened(older), flattened(newer)];
  const flavors = [legacy.name, latest.name] as const;
  const pairs = pairApi(legacy.snapshot, latest.snapshot, surface.map, { legacy: legacy.name, latest: latest.name }).filter(isItem);
  const sides = [diffSide(legacy.name, surface.map), diffSide(latest.name, surface.map)] as const;
  const types = new Map(
    pairs.filter(({ kind }) => kind === "class" || kind === "enum" || kind === "typedef").map((pair) => [pair.name, pair]),
  );
  const language = latest.snapshot.language;
  const left: Left[] = [];
  const wanted = new Set<string>();
  const queue: string[] = [];
  const inner = innerWords(pairs, surface);
  const isExcluded = matcher(surface.exclude);
  const inflow = flowsIn(pairs, sides);
  const kinds = new Map<string, ClassKind | undefined>();
  const byWritten = new Map([...types.keys()].map((name) => [writtenName(relativeName(name, surface), surface, inner), name]));

  const context: PlanContext = {
    surface,
    language,
    flavors,
    sides,
    types,
    inner,
    classOf: [classOf(legacy.snapshot), classOf(latest.snapshot)],
    typeWords: new Set([...types.keys()].flatMap((name) => name.split("::").slice(-1))),
    left,
    isExcluded,
    isDefined: (side, one) => isDefined((side === 0 ? legacy : latest).defined, one),
    isCopied: (written) => {
      const pair = types.get(byWritten.get(written) ?? "");
      return (
        pair === undefined ||
        pair.kind !== "class" ||
        [pair.legacy, pair.latest].every((one, side) => one?.kind !== "class" || canCopy(one, context.classOf[side as 0 | 1]))
      );
    },
    isCountRoot,
    kindOf,
    want,
    tentatively,
    kindOfShim: (written) => {
      const common = byWritten.get(written);
      if (common === undefined) return undefined;
      const pair = types.get(common) as ApiPair;
      if (pair.kind === "class") return kindOf(common);
      if (pair.kind === "enum") return hasSameValues(planEnum(pair, context)) ? "same-enum" : "enum";
      return typedefKind(pair);
    },
  };

  function typedefKind(pair: ApiPair): "typedef" | "typedef-as-is" {
    const plan = unasked(() => planTypedef(pair));
    return plan !== undefined && plan.asIs ? "typedef-as-is" : "typedef";
  }

  function kindOf(common: string): ClassKind | undefined {
    if (kinds.has(common)) return kinds.get(common);
    const pair = types.get(common);
    if (pair === undefined || pair.kind !== "class") return undefined;
    const forced = surface.kinds[common];
    // While it is being decided, one that contains itself by pointer counts as a name only.
    kinds.set(common, forced ?? "opaque");
    const kind =
      forced ??
      unasked(() =>
        classKind({
          pair,
          flowsIn: inflow.has(common),
          hasDefault: (one) => canDefault(one, context.classOf[one === pair.legacy ? 0 : 1]),
          language,
          isCounted: isCounted(pair),
          isSameBits: (type) => {
            const crossing = crossingOf([type, null], "field", context);
            return crossing.status === "crosses" && (crossing.type.identical || isAsItIs(type));
          },
          baseKinds: pair.members.filter((one) => one.kind === "base").map((one) => baseKind(one)),
        }),
      );
    kinds.set(common, kind);
    if (kind === "interface" && forced === undefined && !canBeImplemented(pair)) kinds.set(common, "object");
    return kinds.get(common);
  }

  /** Whether all that an implementation has to give can be given through the shim. */
  function canBeImplemented(pair: ApiPair): boolean {
    const operation = operationNames(new Set());
    return pair.members.every((member) => {
      if (member.kind !== "method" || (member.latest ?? member.legacy)?.pure !== true) return true;
      if (isCounted(pair) && /^(AddRef|Release|HasOneRef)$/.test(member.name)) return true;
      return unasked(() => planCallable([member.legacy, member.latest], member.name, context, operation).status === "planned");
    });
  }

  function isAsItIs(type: Parameters<typeof crossesAsItIs>[0]): boolean {
    const crossing = crossingOf([type, null], "parameter", context);
    if (crossing.status === "left") return false;
    return crossesAsItIs(renamed(type), context);
  }

  /** The type with the shim's names, so that its classes can be looked up. */
  function renamed(type: Parameters<typeof crossesAsItIs>[0]): Parameters<typeof crossesAsItIs>[0] {
    switch (type.kind) {
      case "pointer":
      case "reference":
        return { ...type, to: renamed(type.to) };
      case "array":
        return { ...type, of: renamed(type.of) };
      case "function":
        return { ...type, result: renamed(type.result), parameters: type.parameters.map(renamed) };
      case "alias":
        return renamed(type.target);
      case "named":
        return { ...type, name: writtenName(relativeName(nameOfEither(type.name), surface), surface, inner) };
      default:
        return type;
    }
  }

  function nameOfEither(name: string): string {
    const [old, one] = [sides[0].nameOf(name), sides[1].nameOf(name)];
    return types.has(one) ? one : old;
  }

  function baseKind(member: Extract<ApiPair["members"][number], { kind: "base" }>): ClassKind | undefined {
    const type = (member.latest ?? member.legacy)?.type;
    return type?.kind === "named" ? kindOf(sides[member.latest === null ? 0 : 1].nameOf(type.name)) : undefined;
  }

  function isCountRoot(common: string): boolean {
    const pair = types.get(common);
    return (
      pair !== undefined &&
      classesOf(pair).some(({ methods }) => methods.some(({ name }) => name === "AddRef") && methods.some(({ name }) => name === "Release"))
    );
  }

  function isCounted(pair: ApiPair): boolean {
    return (
      isCountRoot(pair.name) ||
      pair.members.some((one) => {
        const type = one.kind === "base" ? (one.latest ?? one.legacy)?.type : undefined;
        if (type?.kind !== "named") return false;
        const base = types.get(sides[1].nameOf(type.name)) ?? types.get(sides[0].nameOf(type.name));
        return base !== undefined && isCounted(base);
      })
    );
  }

  /** Depth of plans that may yet fall; what they ask for waits. */
  const waiting: string[][] = [];

  /** A question: what it meets is not asked for. */
  function unasked<T>(ask: () => T): T {
    waiting.push([]);
    const answer = ask();
    waiting.pop();
    return answer;
  }

  function tentatively<T extends { readonly status: string }>(plan: () => T): T {
    const asked: string[] = [];
    waiting.push(asked);
    const planned = plan();
    waiting.pop();
    if (planned.status !== "left") for (const name of asked) want(name);
    return planned;
  }

  function want(common: string): void {
    const held = waiting.at(-1);
    if (held !== undefined) {
      held.push(common);
      return;
    }
    const outer = outermost(common);
    if (wanted.has(outer) || isExcluded(common)) return;
    wanted.add(outer);
    queue.push(outer);
  }

  /** A nested type comes with the class around it. */
  function outermost(common: string): string {
    let found = common;
    for (let at = common.lastIndexOf("::"); at > 0; at = common.lastIndexOf("::", at - 1))
      if (types.get(common.slice(0, at))?.kind === "class") found = common.slice(0, at);
    return found;
  }

  function planTypedef(pair: ApiPair): (TypedefPlan & { readonly asIs: boolean }) | undefined {
    const of = [pair.legacy, pair.latest].map((one) => (one?.kind === "typedef" ? one : null));
    const [old, one] = [of[0] ?? null, of[1] ?? null];
    if ((old ?? one)?.templateParameters !== null) return undefined;
    const crossing = crossingOf([old?.type ?? null, one?.type ?? null], "field", context);
    if (crossing.status === "left") return undefined;
    const type = (one ?? old)?.type as Parameters<typeof crossesAsItIs>[0];
    const asIs = crossing.type.identical || crossesAsItIs(renamed(type), context);
    return {
      is: "typedef",
      common: pair.name,
      name: relativeName(pair.name, surface),
      type: crossing.type.shim,
      comment: (one ?? old)?.comment ?? null,
      asIs,
    };
  }

  const roots = rootsOf(pairs, surface, isExcluded);
  if (roots.length === 0)
    throw new UnforkError("input-invalid", "the surface names nothing that the snapshots have", {
      hint: "give headers or names as the snapshots have them: unfork api diff lists them",
    });
  for (const { kind, name } of roots) if (types.has(name) && kind !== "typedef") want(name);

  // Functions, constants and typedefs are planned first: they ask for types.
  const operation = operationNames(context.typeWords);
  const signatures = new Set<string>();
  const functions: FunctionPlan[] = [];
  const constants: ConstantPlan[] = [];
  const typedefs: TypedefPlan[] = [];
  for (const pair of roots) {
    if (pair.kind === "function") {
      const plan = planFunction(pair, context, operation);
      if (plan !== undefined && isNew(signatures, `${plan.path}(${signatureOf(plan)})`, pair)) functions.push(plan);
    }
    if (pair.kind === "variable" && parentOf(pair) === null) push(constants, planVariable(pair, context));
    if (pair.kind === "macro") push(constants, planMacro(pair, context));
    if (pair.kind === "enum" && isNameless(pair) && parentOf(pair) === null)
      constants.push(...constantsOfNameless(pair, scopeOf(pair.name), context));
    if (pair.kind === "typedef") want(pair.name);
  }

  const classes: ClassPlan[] = [];
  const enums: EnumPlan[] = [];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const pair = types.get(name);
    if (pair === undefined) continue;
    if (pair.kind === "enum" && !isNameless(pair)) enums.push(planEnum(pair, context));
    if (pair.kind === "class") push(classes, plannedClass(pair));
    if (pair.kind === "typedef") {
      const plan = planTypedef(pair);
      if (plan === undefined)
        left.push({
          kind: "typedef",
          name: relativeName(name, surface),
          reason: "what it stands for is not in the shim",
          places: placesOf(pair),
        });
      else if (plan.type !== plan.name) typedefs.push(plan);
    }
  }

  /** Overloads that differ in the library only by types that are one in the shim. */
  function isNew(known: Set<string>, signature: string, pair: ApiPair): boolean {
    if (!known.has(signature)) {
      known.add(signature);
      return true;
    }
    left.push({ kind: "function", name: relativeName(pair.name, surface), reason: SAME_SIGNATURE, places: placesOf(pair) });
    return false;
  }

  function plannedClass(pair: ApiPair): ClassPlan | undefined {
    const kind = kindOf(pair.name);
    if (kind === undefined) {
      const isTemplate = classesOf(pair).some(({ templateParameters }) => templateParameters !== null);
      const reason = isTemplate
        ? "a class template: name the instances that the surface needs"
        : "a union whose layout is not the same in both releases";
      left.push({ kind: "class", name: relativeName(pair.name, surface), reason, places: placesOf(pair) });
      return undefined;
    }
    const inside = [...types.values()].filter((one) => parentOf(one) === pair.name && accessOf(one) === "public" && !isExcluded(one.name));
    const nested = inside.flatMap((one): (ClassPlan | EnumPlan)[] => {
      if (one.kind === "enum" && !isNameless(one)) return [planEnum(one, context)];
      if (one.kind !== "class") return [];
      const plan = plannedClass(one);
      return plan === undefined ? [] : [plan];
    });
    const values = pairs.filter(
      (one) => one.kind === "variable" && parentOf(one) === pair.name && accessOf(one) === "public" && !isExcluded(one.name),
    );
    const nestedConstants = [
      ...values.flatMap((one) => planVariable(one, context) ?? []),
      ...inside.filter((one) => one.kind === "enum" && isNameless(one)).flatMap((one) => constantsOfNameless(one, pair.name, context)),
    ];
    return planClass(
      pair,
      { kind, isCounted: isCounted(pair), nested, constants: nestedConstants, overridable: overridable(pair) },
      context,
    );
  }

  /** Names of the virtual functions of interfaces among the bases. */
  function overridable(pair: ApiPair, seen = new Set<string>()): ReadonlySet<string> {
    const found = new Set<string>();
    for (const member of pair.members) {
      const type = member.kind === "base" ? (member.latest ?? member.legacy)?.type : undefined;
      if (type?.kind !== "named") continue;
      const base = types.get(sides[1].nameOf(type.name)) ?? types.get(sides[0].nameOf(type.name));
      if (base === undefined || seen.has(base.name)) continue;
      seen.add(base.name);
      if (kindOf(base.name) === "interface")
        for (const one of classesOf(base))
          for (const method of one.methods) if (method.virtual && method.role === "method") found.add(method.name);
      for (const name of overridable(base, seen)) found.add(name);
    }
    return found;
  }

  /** The commonName of the class around it. */
  function parentOf(pair: ApiPair): string | null {
    const [item, side] = pair.latest === null ? [pair.legacy, sides[0]] : [pair.latest, sides[1]];
    if (item === null || item.kind === "macro" || item.parent === null) return null;
    return side.nameOf(item.parent);
  }

  return {
    library: surface.library,
    namespace: shimNamespace(surface),
    language,
    flavors: [flavorPlan(legacy, surface), flavorPlan(latest, surface)],
    enums,
    classes: inOrder(classes),
    functions,
    hand: surface.byHand.map((one) => ({ ...one, comment: one.comment ?? null })),
    constants,
    typedefs,
    left: withoutRepeats(left),
  };
}

/** A specialisation comes with its template. */
function isItem({ legacy, latest }: ApiPair): boolean {
  return ![legacy, latest].some((one) => one?.kind === "class" && one.specialization !== null);
}

/** Inline ones are wherever they are called; virtual ones are called through the object. */
function isDefined(defined: ReadonlySet<string> | undefined, one: ApiMethod | ApiFunction): boolean {
  if (defined === undefined || one.mangled === null || one.inline || one.constexpr) return true;
  if ("virtual" in one && (one.virtual || one.defaulted)) return true;
  return (
    one.mangled === "" ||
    defined.has(one.mangled) ||
    [...MANGLED_KINDS].some(([from, to]) => defined.has(one.mangled?.replace(from, to) ?? ""))
  );
}

/** A constructor may be known by its complete form only, or by its base form. */
const MANGLED_KINDS: readonly (readonly [RegExp, string])[] = [
  [/C1E/, "C2E"],
  [/C2E/, "C1E"],
];

function flattened(one: FlavorInput): FlavorInput {
  return { ...one, snapshot: withFlatBases(one.snapshot) };
}

function classOf({ declarations }: ApiSnapshot): ClassOf {
  const found = new Map(
    declarations.flatMap((one) => (one.kind === "class" && one.specialization === null ? [[one.qualifiedName, one] as const] : [])),
  );
  return (name) => found.get(name);
}

function flavorPlan({ name, release, snapshot }: FlavorInput, { includes }: ShimSurface): ShimPlan["flavors"][number] {
  return { name, release, includes: [...snapshot.headers, ...(includes[name] ?? [])] };
}

function accessOf({ legacy, latest }: ApiPair): string {
  const item = latest ?? legacy;
  return item === null || item.kind === "macro" ? "public" : item.access;
}

function isNameless({ legacy, latest }: ApiPair): boolean {
  return (latest ?? legacy)?.name === "";
}

function scopeOf(name: string): string {
  const at = name.indexOf("(enum at ");
  return at <= 0 ? "" : name.slice(0, at).replace(/::$/, "");
}

function push<T>(list: T[], one: T | undefined): void {
  if (one !== undefined) list.push(one);
}

/** Words that are declared inside of classes or as functions: a type that starts with one is written in full. */
function innerWords(pairs: readonly ApiPair[], surface: ShimSurface): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pair of pairs) {
    const relative = relativeName(pair.name, surface);
    const words = relative.split("::");
    if (words.length > 1) found.add(words.at(-1) as string);
    if (pair.kind === "function") found.add(words.at(-1) as string);
    for (const member of pair.members) if (member.kind !== "base" && !isConstructor(pair, member)) found.add(member.name);
  }
  return found;
}

function isConstructor(pair: ApiPair, member: ApiPair["members"][number]): boolean {
  return member.kind === "method" && pair.name.endsWith(member.name);
}

function withoutRepeats(left: readonly Left[]): Left[] {
  return [...new Map(left.map((one) => [`${one.kind} ${one.name} ${one.places.join(" ")}`, one])).values()];
}

export type { ApiItem };
