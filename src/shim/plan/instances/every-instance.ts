/** Owns the list of all instances of templates that a plan has. */
import type { ClassPlan, InstancePlan } from "../model.js";

/** Of classes, of those in them, and of their function templates. */
export function everyInstance(classes: readonly ClassPlan[]): InstancePlan[] {
  return classes.flatMap((one) => [
    ...(one.instance === null ? [] : [one.instance]),
    ...[...one.methods, ...one.constructors].flatMap(({ instance }) => instance ?? []),
    ...everyInstance(one.nested.filter((each): each is ClassPlan => each.is === "class")),
  ]);
}
