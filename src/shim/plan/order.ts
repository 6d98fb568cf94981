/** Owns the order of classes and typedefs in a header: each behind what it has to know. */
import type { CallablePlan, ClassPlan, CrossingType, EnumPlan, TypedefPlan } from "./model.js";

/** Typedefs, each behind those that it is made of. */
export function typedefsInOrder(typedefs: readonly TypedefPlan[]): TypedefPlan[] {
  const byName = new Map(typedefs.map((one) => [one.name, one]));
  const found = new Set<TypedefPlan>();
  const onTheWay = new Set<TypedefPlan>();
  function place(one: TypedefPlan): void {
    if (found.has(one) || onTheWay.has(one)) return;
    onTheWay.add(one);
    for (const [word] of one.type.matchAll(/\w+(?:::\w+)*/g)) {
      const other = byName.get(word);
      if (other !== undefined) place(other);
    }
    found.add(one);
  }
  for (const one of typedefs) place(one);
  return [...found];
}

/** Outer classes, in their given order where nothing else decides. */
export function inOrder(classes: readonly ClassPlan[]): ClassPlan[] {
  const byName = new Map(classes.map((one) => [one.name, one]));
  const placed = new Set<ClassPlan>();
  const onTheWay = new Set<ClassPlan>();
  const found: ClassPlan[] = [];
  function place(one: ClassPlan): void {
    if (placed.has(one) || onTheWay.has(one)) return;
    onTheWay.add(one);
    for (const need of needsOf(one, byName)) {
      const other = outerOf(need, byName);
      if (other !== undefined && other !== one) place(other);
    }
    onTheWay.delete(one);
    placed.add(one);
    found.push(one);
  }
  for (const one of classes) place(one);
  return found;
}

/** `AudioProcessing::Config` → the class that it is nested in. */
function outerOf(name: string, byName: ReadonlyMap<string, ClassPlan>): ClassPlan | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf("::", end - 1)) {
    const found = byName.get(name.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names that have to be complete: bases, members by value, and what is nested in another class. A declaration by value needs no whole class. */
function needsOf(one: ClassPlan, byName: ReadonlyMap<string, ClassPlan>): string[] {
  const signatures = [...one.methods, ...one.constructors].flatMap(typesOf);
  return [
    ...one.bases.map(({ name }) => name),
    ...(one.instance?.needs ?? []),
    ...one.fields.flatMap(({ type }) => type.needs),
    ...one.typedefs.flatMap(({ needs }) => needs.filter((name) => outerOf(name, byName)?.name !== name)),
    ...signatures.flatMap(({ needs }) => needs.filter((name) => outerOf(name, byName)?.name !== name)),
    ...one.nested.flatMap((each: ClassPlan | EnumPlan) => (each.is === "class" ? needsOf(each, byName) : [])),
  ];
}

function typesOf({ result, calls }: CallablePlan): CrossingType[] {
  return [result, ...calls.flatMap(({ parameters }) => parameters.map(({ type }) => type))];
}
