/** Owns the plan of a whole shim: from two snapshots and a surface to what becomes of each item. */
import { type ApiPair, pairApi } from "../../api/diff/pair.js";
import { writtenArguments } from "../../api/snapshot/text/template-arguments.js";
import { diffSide } from "../../api/diff/side.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import { UnforkError } from "../../support/errors.js";
import { type SurfacePlace, wantSoundSurface } from "./check-surface.js";
import { classKinds } from "./class-kinds.js";
import { type PlanContext, placesOf } from "./context.js";
import { classesByName, type FlavorInput, flattened, flavorPlan, isDefinedIn } from "./flavor-input.js";
import { flowsIn } from "./flows.js";
import { everyInstance } from "./instances/every-instance.js";
import { askedKeys, missingInstances, surfaceWithWords } from "./instances/surface-instances.js";
import { type WithInstances, withInstances } from "./instances/with-instances.js";
import { instanceSpeller, spokenBy } from "./instances/spell-instances.js";
import type { ClassPlan, ConstantPlan, EnumPlan, FunctionPlan, InstancePlan, Left, ShimPlan, TypedefPlan } from "./model.js";
import { friendsOf } from "./friends-of.js";
import { withHanded } from "./handed.js";
import { inOrder, typedefsInOrder } from "./order.js";
import { countsItself, indexPairs, isNameless, type PairIndex } from "./pair-index.js";
import { operationNames, SAME_SIGNATURE, signatureOf } from "./plan-callable.js";
import { planClassTree } from "./plan-class-tree.js";
import { planMacro, planVariable } from "./plan-constants.js";
import { constantsOfNameless, hasSameValues, planEnum } from "./plan-enum.js";
import { planFunction } from "./plan-functions.js";
import { leaveTypedef, planTypedef } from "./plan-typedef.js";
import { relativeName, shimNamespace } from "./shim-names.js";
import { canCopy } from "./special-members.js";
import { matcher, rootsOf } from "./surface.js";
import { extents } from "./type-sizes.js";
import { createWishes, type Wishes } from "./wishes.js";

export type { FlavorInput } from "./flavor-input.js";

/** Throws `input-invalid` for a surface that names nothing, or names what no snapshot has. */
export function planShim(
  older: FlavorInput,
  newer: FlavorInput,
  given: ShimSurface,
  place: SurfacePlace = (path) => path.join("."),
): ShimPlan {
  const plain = [diffSide(older.name, given.map), diffSide(newer.name, given.map)] as const;
  const asked = askedKeys(given, plain[1]);
  const promoted = [older, newer].map(({ snapshot }, side) =>
    withInstances({ snapshot, side: plain[side as 0 | 1], surface: given, asked: new Set(asked.keys()) }),
  ) as unknown as readonly [WithInstances, WithInstances];
  const inputs = [
    flattened({ ...older, snapshot: promoted[0].snapshot }),
    flattened({ ...newer, snapshot: promoted[1].snapshot }),
  ] as const;
  const surface = surfaceWithWords(given, promoted, plain[1]);
  const sides = [diffSide(older.name, surface.map), diffSide(newer.name, surface.map)] as const;
  const [legacy, latest] = inputs;
  const index = indexPairs(
    pairApi(legacy.snapshot, latest.snapshot, surface.map, { legacy: legacy.name, latest: latest.name }),
    sides,
    surface,
  );
  wantSoundSurface(surface, index, [legacy.name, latest.name], place);
  const isExcluded = matcher(surface.exclude);
  const wishes = createWishes(index.outermost, isExcluded);
  const context = contextOf(inputs, surface, index, wishes, sides, isExcluded, promoted);
  const askedNames = new Set(promoted.flatMap(({ words }) => [...words].flatMap(([key, name]) => (asked.has(key) ? [name] : []))));
  const roots = rootsOf(index.pairs, surface, isExcluded, askedNames, place);
  context.left.push(...missingInstances(asked, promoted, [older.snapshot, newer.snapshot], context));
  if (roots.length === 0)
    throw new UnforkError("input-invalid", "the surface names nothing that the snapshots have", {
      hint: "give headers or names as the snapshots have them: unfork api diff lists them",
    });
  for (const { kind, name } of roots) if (kind === "class" || kind === "enum") wishes.want(name);
  const free = planFree([...roots, ...friendsOf(roots, index.pairs, context)], index, context);
  const types = planTypes(index, wishes, context);
  const all = [...everyInstance(types.classes), ...free.functions.flatMap(({ instance }) => instance ?? [])];
  return {
    library: surface.library,
    namespace: shimNamespace(surface),
    language: latest.snapshot.language,
    flavors: [flavorPlan(legacy, surface), flavorPlan(latest, surface)],
    ...types,
    typedefs: typedefsInOrder(types.typedefs),
    ...free,
    ...withHanded({ classes: inOrder(types.classes), functions: free.functions }, index.pairs, context),
    hand: surface.byHand.map(({ comment = null, ...one }) => Object.assign(one, { comment })),
    ...instancesOf(all, promoted, context),
  };
}

/** With them what is left, in words of the library. */
function instancesOf(
  all: readonly InstancePlan[],
  promoted: readonly [WithInstances, WithInstances],
  { left, surface, flavors }: PlanContext,
): Pick<ShimPlan, "instances" | "instanceKeys" | "left"> {
  const words = promoted.flatMap((one) => [...one.words]);
  const outer = new RegExp(`\\b${surface.namespace ?? surface.library}::`, "g");
  const instanceKeys = new Map(
    words.toReversed().map(([key, name]) => [name.slice(name.lastIndexOf(":") + 1), lastPart(key.replaceAll(outer, ""))]),
  );
  const instances = [...new Map(all.map((one) => [one.word, one])).values()];
  const [legacy, latest] = flavors;
  const spell = instanceSpeller({ instances, instanceKeys, flavors: [{ name: legacy }, { name: latest }] });
  return { instances, instanceKeys, left: withoutRepeats(left).map(spokenBy(spell)) };
}

/** `inner::Box<a::B>` → `Box<a::B>`. */
function lastPart(key: string): string {
  const name = writtenArguments(key)?.name ?? key;
  return key.slice(name.lastIndexOf("::") === -1 ? 0 : name.lastIndexOf("::") + 2);
}

function contextOf(
  inputs: readonly [FlavorInput, FlavorInput],
  surface: ShimSurface,
  index: PairIndex,
  { want, tentatively, unasked }: Wishes,
  sides: PlanContext["sides"],
  isExcluded: (name: string) => boolean,
  promoted: readonly [WithInstances, WithInstances],
): PlanContext {
  const [legacy, latest] = inputs;
  const { types, inner, byWritten } = index;
  const context: PlanContext = {
    surface,
    language: latest.snapshot.language,
    flavors: [legacy.name, latest.name],
    sides,
    types,
    inner,
    classOf: [classesByName(legacy), classesByName(latest)],
    extentOf: [extents(legacy.snapshot), extents(latest.snapshot)],
    typeWords: new Set([...types.keys()].flatMap((name) => name.split("::").slice(-1))),
    left: [],
    instances: [promoted[0].instances, promoted[1].instances],
    instantiated: instantiatedNames(promoted.flatMap(({ words }) => [...words])),
    isExcluded,
    isDefined: (side, one) => isDefinedIn(inputs[side], one),
    isCopied: (written) => isCopied(byWritten.get(written), context),
    isCountRoot: (common) => {
      const pair = types.get(common);
      return pair !== undefined && countsItself(pair);
    },
    kindOf: classKinds(index, flowsIn(index.pairs, sides), () => context),
    want,
    tentatively,
    unasked,
    kindOfShim: (written) => {
      const pair = byWritten.get(written);
      if (pair === undefined) return undefined;
      if (pair.kind === "class") return context.kindOf(pair.name);
      if (pair.kind === "enum") return hasSameValues(planEnum(pair, context)) ? "same-enum" : "enum";
      return unasked(() => planTypedef(pair, context))?.asIs === true ? "typedef-as-is" : "typedef";
    },
  };
  return context;
}

/** Of templates that have an instance; what is in an instance by the instance's own name, too. */
function instantiatedNames(words: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const byKey = new Map(words);
  return new Set(
    words.flatMap(([key]) => {
      const name = writtenArguments(key)?.name ?? key;
      const end = name.lastIndexOf(">");
      const owner = end === -1 ? undefined : byKey.get(name.slice(0, end + 1));
      return owner === undefined ? [name] : [name, owner + name.slice(end + 1)];
    }),
  );
}

function isCopied(pair: ApiPair | undefined, { classOf }: PlanContext): boolean {
  if (pair === undefined || pair.kind !== "class") return true;
  return [pair.legacy, pair.latest].every((one, side) => one?.kind !== "class" || canCopy(one, classOf[side as 0 | 1]));
}

/** What stands in no class. Functions ask for types. */
function planFree(
  roots: readonly ApiPair[],
  index: PairIndex,
  context: PlanContext,
): { functions: FunctionPlan[]; constants: ConstantPlan[] } {
  const operation = operationNames(context.typeWords);
  const signatures = new Set<string>();
  const functions: FunctionPlan[] = [];
  const constants: ConstantPlan[] = [];
  for (const pair of roots) {
    if (pair.kind === "typedef") context.want(pair.name);
    if (pair.kind === "function") {
      const plan = planFunction(pair, context, operation);
      if (plan !== undefined && isNew(plan, pair, signatures, context)) functions.push(plan);
    }
    if (pair.kind === "macro") push(constants, planMacro(pair, context));
    if (index.parentOf(pair) !== null) continue;
    if (pair.kind === "variable") push(constants, planVariable(pair, context));
    if (pair.kind === "enum" && isNameless(pair)) constants.push(...constantsOfNameless(pair, scopeOf(pair.name), context));
  }
  return { functions, constants };
}

/** Overloads that differ in the library only by types that are one in the shim. */
function isNew(plan: FunctionPlan, pair: ApiPair, known: Set<string>, { left, surface }: PlanContext): boolean {
  const signature = `${plan.path}(${signatureOf(plan)})`;
  const found = known.has(signature);
  known.add(signature);
  if (found) left.push({ kind: "function", name: relativeName(pair.name, surface), reason: SAME_SIGNATURE, places: placesOf(pair) });
  return !found;
}

/** All types that were asked for; they ask for more. */
function planTypes(
  index: PairIndex,
  wishes: Wishes,
  context: PlanContext,
): { classes: ClassPlan[]; enums: EnumPlan[]; typedefs: TypedefPlan[] } {
  const classes: ClassPlan[] = [];
  const enums: EnumPlan[] = [];
  const typedefs: TypedefPlan[] = [];
  for (let name = wishes.next(); name !== undefined; name = wishes.next()) {
    const pair = index.types.get(name);
    if (pair?.kind === "enum" && !isNameless(pair)) enums.push(planEnum(pair, context));
    if (pair?.kind === "class" && !isNameless(pair)) push(classes, planClassTree(pair, index, context));
    // One that is declared in a class comes with it.
    if (pair?.kind !== "typedef" || index.parentOf(pair) !== null) continue;
    const plan = planTypedef(pair, context);
    if (plan === undefined) leaveTypedef(pair, context);
    else if (plan.type !== plan.name) typedefs.push(plan);
  }
  return { classes, enums, typedefs };
}

/** Of an enumeration without a name, which is called by its place. */
function scopeOf(name: string): string {
  const at = name.indexOf("(enum at ");
  return at <= 0 ? "" : name.slice(0, at).replace(/::$/, "");
}

function push<T>(list: T[], one: T | undefined): void {
  if (one !== undefined) list.push(one);
}

function withoutRepeats(left: readonly Left[]): Left[] {
  return [...new Map(left.map((one) => [`${one.kind} ${one.name} ${one.places.join(" ")}`, one])).values()];
}
