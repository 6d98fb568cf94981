/** Owns what a class of the shim implements of its interfaces where the library's class does so out of its callers' sight: `protected`, or left out. */
import { signatureOf } from "../plan/plan-callable.js";
import type { ClassPlan, MethodPlan } from "../plan/model.js";
import { type ClassNamed, interfacesOf } from "./operations.js";
import { beforeName } from "./text.js";

/** Without them it would be abstract. The library calls its own; who calls one through the interface is told. */
export function hiddenOverrideLines(one: ClassPlan, named: ClassNamed, namespace: string): string[] {
  const interfaces = interfacesOf(one, named).flatMap((name) => named(name) ?? []);
  const given = new Set(
    [...implementing(one, named), ...interfaces.flatMap(({ methods }) => methods.filter(({ pure }) => !pure))].map(keyOf),
  );
  const missing = new Map<string, string>();
  for (const { name, methods } of interfaces)
    for (const method of methods)
      if (method.virtual && method.pure && !given.has(keyOf(method))) missing.set(keyOf(method), overrideLine(method, namespace, name));
  return [...missing.values()];
}

/** The methods of the class, and of the classes that it is derived from. */
function implementing({ methods, bases }: ClassPlan, named: ClassNamed): MethodPlan[] {
  const inherited = bases.flatMap(({ name, kind }) => {
    const base = kind === "object" ? named(name) : undefined;
    return base === undefined ? [] : implementing(base, named);
  });
  return [...methods.filter(({ overrides }) => overrides), ...inherited];
}

function keyOf(method: MethodPlan): string {
  return `${method.name}(${signatureOf(method)})${method.const ? " const" : ""}`;
}

function overrideLine(method: MethodPlan, namespace: string, owner: string): string {
  const types = (method.calls[0]?.parameters ?? []).map(({ type }) => type.shim).join(", ");
  const head = `${beforeName(method.result.shim)} ${method.name}(${types})${method.const ? " const" : ""} override`;
  return `  ${head} { unfork::NotForCallers("${namespace}", "${owner}::${method.name}"); }`;
}
