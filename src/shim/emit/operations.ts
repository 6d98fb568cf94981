/** Owns the tables of operations: what a class or the free functions need of a flavor, one line each. */
import type { CallPlan, ClassPlan, FunctionPlan, HandPlan, MethodPlan, ParameterPlan, ShimPlan } from "../plan/model.js";
import { everyClass } from "./library-types.js";
import { beforeName, declared, inMacro, opsName, wordOf } from "./text.js";

/** One operation: what the shim calls, and what the adapter defines. */
export interface Operation {
  readonly name: string;
  readonly result: string;
  /** As declared, the object first. */
  readonly parameters: readonly string[];
  /** Their names, to give them on. */
  readonly names: readonly string[];
}

/** Finds a class by its name in the shim. */
export type ClassNamed = (name: string) => ClassPlan | undefined;

export function classNamed({ classes }: ShimPlan): ClassNamed {
  const byName = new Map(everyClass(classes).map((one) => [one.name, one]));
  return (name) => byName.get(name);
}

/** Whether the object's pool is given along: it keeps what the call lends. */
export function takesSlot(owner: ClassPlan, method: MethodPlan): boolean {
  return method.lends && owner.kind === "object" && !method.static;
}

export function methodOperation(owner: ClassPlan, method: MethodPlan, call: CallPlan): Operation {
  const self = selfParameter(owner, method);
  const leading = [...(self === undefined ? [] : [self]), ...(takesSlot(owner, method) ? ["unfork::PoolSlot& slot"] : [])];
  const made = owner.kind === "value" ? owner.name : "void*";
  return operation(call.operation, method.role === "constructor" ? made : method.result.shim, leading, call.parameters);
}

/** Objects go as `void*`, values and interfaces as what they are. */
function selfParameter(owner: ClassPlan, method: MethodPlan): string | undefined {
  if (method.static || method.role === "constructor") return undefined;
  if (owner.kind === "object") return "void* self";
  return `${method.const ? "const " : ""}${owner.name}& self`;
}

export function functionOperation(of: FunctionPlan, call: CallPlan): Operation {
  return operation(call.operation, of.result.shim, [], call.parameters);
}

function operation(name: string, result: string, leading: readonly string[], parameters: readonly ParameterPlan[]): Operation {
  return {
    name,
    result,
    parameters: [...leading, ...parameters.map(declared)],
    names: [...leading.map((one) => /\w+$/.exec(one)?.[0] ?? ""), ...parameters.map((one) => one.name)],
  };
}

/** What every table of an object has beside its methods. */
function objectOperations(one: ClassPlan, named: ClassNamed): Operation[] {
  const self = { parameters: ["void* self"], names: ["self"] };
  const found: Operation[] = [{ name: "destroy", result: "void", ...self }];
  if (one.copyable) found.push({ name: "copy", result: "void*", ...self });
  if (one.assignable) found.push({ name: "assign", result: "void", parameters: ["void* self", "void* other"], names: ["self", "other"] });
  for (const { name } of one.bases.filter(({ kind }) => kind === "object")) {
    const parameters = ["void* self", "unfork::PoolSlot& slot"];
    found.push({ name: `as_${wordOf(name)}`, result: `unfork::Handle<${wordOf(name)}Ops>`, parameters, names: ["self", "slot"] });
  }
  for (const name of interfacesOf(one, named)) found.push({ name: `as_${wordOf(name)}`, result: "unfork::Wrapped", ...self });
  return found;
}

/** All of a class: its flavor's name, how an object is copied, ended, seen as its bases, then constructors and methods. */
export function classOperations(one: ClassPlan, named: ClassNamed): Operation[] {
  return [
    { name: "flavor", result: "const char*", parameters: ["void* self"], names: ["self"] },
    ...(one.kind === "object" ? objectOperations(one, named) : []),
    ...(one.kind === "value" && one.defaultsByFlavor && one.hasDefault
      ? [{ name: "defaults", result: one.name, parameters: ["void"], names: [] }]
      : []),
    ...[...one.constructors, ...one.methods].flatMap((method) => method.calls.map((call) => methodOperation(one, method, call))),
  ];
}

/** The interfaces that a class is derived from, and those that they are. */
export function interfacesOf({ bases }: ClassPlan, named: ClassNamed): string[] {
  const found = bases.flatMap(({ name, kind }) => {
    const base = named(name);
    return [...(kind === "interface" ? [name] : []), ...(kind === "interface" && base !== undefined ? interfacesOf(base, named) : [])];
  });
  return [...new Set(found)];
}

/** `CreateAudioProcessing` by hand, in the table of free functions. */
export function handOperation({ name, result, parameters }: HandPlan): Operation {
  return { name: `hand_${name}`, result, parameters, names: parameters.map((one) => /\w+$/.exec(one)?.[0] ?? "") };
}

export function hasOps({ kind }: ClassPlan): boolean {
  return kind === "object" || kind === "interface" || kind === "value";
}

export function variadics({ functions }: ShimPlan): FunctionPlan[] {
  return functions.filter(({ variadic }) => variadic);
}

/** The structs, and the one that holds a flavor's tables. */
export function operationStructs(plan: ShimPlan): string[] {
  const classes = everyClass(plan.classes).filter(hasOps);
  const named = classNamed(plan);
  const lines: string[] = [];
  for (const one of classes) lines.push(`struct ${opsName(one)} {`, ...classOperations(one, named).map(opLine), "};", "");
  lines.push("struct FunctionOps {", "  UNFORK_OP(const char*, flavor, void* self);");
  for (const one of plan.functions) if (!one.variadic) for (const call of one.calls) lines.push(opLine(functionOperation(one, call)));
  for (const one of plan.hand) lines.push(opLine(handOperation(one)));
  lines.push("};", "");
  if (variadics(plan).length > 0) {
    lines.push("// Functions with `...` are called by pointer in every build.", "struct VariadicOps {");
    for (const one of variadics(plan)) for (const call of one.calls) lines.push(variadicLine(one, call));
    lines.push("};", "");
  }
  lines.push("// All of one flavor.", "struct Api {");
  for (const one of classes) lines.push(`  unfork::OpsRef<${opsName(one)}> for_${wordOf(one.name)};`);
  lines.push("  unfork::OpsRef<FunctionOps> functions;");
  if (variadics(plan).length > 0) lines.push("  const VariadicOps* variadics;");
  lines.push("};");
  return lines;
}

function opLine({ name, result, parameters }: Operation): string {
  return `  UNFORK_OP(${inMacro(result)}, ${name}, ${parameters.length === 0 ? "void" : parameters.join(", ")});`;
}

function variadicLine({ result }: FunctionPlan, call: CallPlan): string {
  return `  ${beforeName(result.shim)} (*${call.operation})(${[...call.parameters.map(({ type }) => beforeName(type.shim)), "..."].join(", ")});`;
}
