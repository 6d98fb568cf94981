/** Owns instances of templates as the shim's header has them, and how a flavor's unit calls them. */
import type { CallablePlan, CallPlan, ClassPlan, InstancePlan, ShimPlan } from "../plan/model.js";
import { everyClass, type LibraryTypes } from "./library-types.js";
import { declaredWithDefault, inNamespaces } from "./text.js";

/** The class templates: what is no instance of the shim's does not compile, and says so. */
export function templateLines({ classes, namespace }: ShimPlan): string[] {
  const byPath = new Map<string, { readonly key: string; readonly list: InstancePlan[] }>();
  for (const one of everyClass(classes)) {
    if (one.instance === null) continue;
    const found = byPath.get(one.instance.path) ?? { key: keyOf(one), list: [] };
    found.list.push(one.instance);
    byPath.set(one.instance.path, found);
  }
  return inNamespaces(
    [...byPath],
    ([path]) => path,
    ([path, { key, list }], name) => [
      "// Of the arguments that follow as specialisations.",
      `template <${classParameters(list).join(", ")}>`,
      `${key} ${name} {`,
      `  static_assert(${never(list[0] as InstancePlan)}, "${namespace}::${path} has no instance of these arguments: name it under instances in the shim's surface");`,
      "};",
    ],
  );
}

function keyOf({ kind, key }: ClassPlan): string {
  return kind === "object" || kind === "interface" ? "class" : key;
}

/** As many as the longest instance has; arguments that another leaves out have a default of their own. */
function classParameters(list: readonly InstancePlan[]): string[] {
  const counts = list.map(({ arguments: given }) => given.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const [longest] = list.filter(({ arguments: given }) => given.length === most) as [InstancePlan];
  const { parameters } = longest;
  const found: string[] = [];
  for (let index = 0; index < most; index++) {
    const { kind, name, pack, type } = parameters[index] ?? { kind: "type", name: "", pack: false, type: "auto" };
    if (pack) return [...found, `${kind === "type" ? "class" : "auto"}... ${name}`];
    const isLeftOut = index >= least;
    if (kind === "type") found.push(`class ${name || `T${index + 1}`}${isLeftOut ? " = unfork::ByDefault" : ""}`);
    else found.push(isLeftOut ? `auto ${name || `N${index + 1}`} = unfork::kByDefault` : `${type} ${name || `N${index + 1}`}`);
  }
  return found;
}

/** False, but not before the template is instantiated. */
function never({ parameters: [first] }: InstancePlan): string {
  const name = first?.name || (first?.kind === "type" ? "T1" : "N1");
  const all = first?.pack === true ? "..." : "";
  return first?.kind === "type" ? `unfork::kNoInstance<${name}${all}>` : `unfork::kNoInstanceOf<${name}${all}>`;
}

/** `template <class T, unfork::Instance<std::is_same_v<T, int>> = 0>`; `declares`: with the default that a definition must not repeat. */
export function instanceHead(instance: InstancePlan, declares: boolean): string {
  return `template <${[...functionParameters(instance), `unfork::Instance<${condition(instance)}>${declares ? " = 0" : ""}`].join(", ")}>`;
}

function functionParameters({ parameters, arguments: given }: InstancePlan): string[] {
  return given.map((_, index) => {
    const { kind, type } = parameters[index] as InstancePlan["parameters"][number];
    return `${kind === "type" ? "class" : type} ${nameOf(parameters, index)}`;
  });
}

function nameOf(parameters: InstancePlan["parameters"], index: number): string {
  const { kind, name } = parameters[index] as InstancePlan["parameters"][number];
  return name || `${kind === "type" ? "T" : "N"}${index + 1}`;
}

function condition({ parameters, arguments: given }: InstancePlan): string {
  return given
    .map((one, index) => {
      const name = nameOf(parameters, index);
      return one.kind === "type" ? `std::is_same_v<${name}, ${one.shim}>` : `(${name} == ${one.shim})`;
    })
    .join(" && ");
}

/** Parameters that the template writes by its own parameters stay so: then the arguments of a call tell the instance. */
export function instanceParameters({ instance, of }: CallablePlan, { parameters }: CallPlan): string[] {
  const lists = of.map((one, side) =>
    one === null ? null : instance?.patterns[side as 0 | 1]?.get(`${one.place.file}:${one.place.line}`),
  );
  const known = lists.filter((one) => one !== null);
  return parameters.map((parameter, index) => {
    const texts = known.map((one) => one?.[index]);
    const [text] = texts;
    const isOne = text !== undefined && texts.every((each) => each === text);
    return isOne && isByParameter(text, instance as InstancePlan) ? `${text} ${parameter.name}` : declaredWithDefault(parameter);
  });
}

function isByParameter(text: string, { parameters, arguments: given }: InstancePlan): boolean {
  const [, word] = /^(?:const )?(\w+)(?: ?(?:&|&&|\*))?$/.exec(text) ?? [];
  return parameters.slice(0, given.length).some(({ kind, name }) => kind === "type" && name === word);
}

/** Of each function template one that is deleted: for arguments that the shim has no instance for. */
export function notInstances<T extends CallablePlan & { readonly path?: string }>(
  list: readonly T[],
): { readonly path: string; readonly text: string }[] {
  const groups = new Map<string, { readonly one: T; readonly conditions: string[] }>();
  for (const one of list) {
    const { instance, calls } = one;
    if (instance === null) continue;
    const isConst = "const" in one && (one as unknown as { readonly const: boolean }).const;
    const isStatic = "static" in one && (one as unknown as { readonly static: boolean }).static;
    for (const call of calls) {
      const types = instanceParameters(one, call).map((text) => text.replace(/\s*=.*$/, "").replace(/\s*\b\w+$/, ""));
      const head = functionParameters(instance).join(", ");
      const key = `${head}|${isStatic ? "static " : ""}|${instance.path}|(${types.join(", ")})${isConst ? " const" : ""}`;
      const found = groups.get(key) ?? { one, conditions: [] };
      found.conditions.push(`(${condition(instance)})`);
      groups.set(key, found);
    }
  }
  return [...groups].map(([key, { one, conditions }]) => {
    const [head, word, , tail] = key.split("|") as [string, string, string, string];
    const instance = one.instance as InstancePlan;
    return {
      path: one.path ?? "",
      text: `template <${head}, unfork::NotAmongTheInstancesOfTheSurface<!(${conditions.join(" || ")})> = 0> ${word}void ${instance.own}${tail} = delete;`,
    };
  });
}

/** In a template over the flavor: `template as<typename L::Item>`. */
export function libraryInstance({ own, arguments: given }: InstancePlan, types: LibraryTypes): string {
  const list = given.map((one) => {
    const isOne = one.library.every((text) => text === null || text === one.shim);
    if (isOne) return one.shim;
    return types.of({ shim: one.shim, library: one.library, identical: false, needs: [], lends: false });
  });
  return `template ${own}<${list.join(", ")}>`;
}
