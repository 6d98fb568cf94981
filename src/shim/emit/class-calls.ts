/** Owns the templates that call a class of either flavor: `FooCalls<L>`, one function per operation. */
import type { CallPlan, ClassPlan, MethodPlan } from "../plan/model.js";
import { callStatements } from "./call-body.js";
import { catching, mayThrow } from "./exceptions.js";
import { libraryInstance } from "./instances.js";
import type { LibraryTypes } from "./library-types.js";
import { type ClassNamed, interfacesOf, methodOperation, takesSlot } from "./operations.js";
import { callsName, beforeName, indented, wordOf } from "./text.js";

export interface CallsContext {
  readonly types: LibraryTypes;
  readonly named: ClassNamed;
  readonly namespace: string;
  /** Whether any class of the shim is thrown. */
  readonly throws: boolean;
}

export function classCalls(one: ClassPlan, context: CallsContext): string[] {
  const library = `typename L::${wordOf(one.name)}`;
  const methods = [...one.constructors, ...one.methods.filter((method) => method.access === "public" || one.kind === "interface")];
  return [
    "template <class L>",
    `struct ${callsName(one)} {`,
    `  using Library = ${library};`,
    "  static const char* flavor(void*) { return L::kFlavor; }",
    ...indented(one.kind === "object" ? objectFunctions(one, context) : []),
    ...(one.kind === "value" && one.defaultsByFlavor && one.hasDefault
      ? [`  static ${one.name} defaults() { return unfork::ToShim<L, ${one.name}>(Library(), unfork::Lender()); }`]
      : []),
    ...indented(methods.flatMap((method) => method.calls.flatMap((call, index) => methodFunction(one, method, call, index, context)))),
    "};",
    "",
  ];
}

function objectFunctions(one: ClassPlan, { named }: CallsContext): string[] {
  const lines = ["static Library& Of(void* self) { return *static_cast<Library*>(self); }", destroyText(one)];
  if (one.copyable) lines.push("static void* copy(void* self) { return new Library(static_cast<const Library&>(Of(self))); }");
  if (one.assignable) lines.push("static void assign(void* self, void* other) { Of(self) = static_cast<const Library&>(Of(other)); }");
  for (const { name } of one.bases.filter(({ kind }) => kind === "object")) {
    const word = wordOf(name);
    lines.push(
      `static unfork::Handle<${word}Ops> as_${word}(void* self, unfork::PoolSlot& slot) {`,
      `  return unfork::Handle<${word}Ops>(unfork::Bound<L, ${name}>::ops(), static_cast<typename L::${word}*>(&Of(self)), slot.Get());`,
      "}",
    );
  }
  for (const name of interfacesOf(one, named)) {
    const word = wordOf(name);
    lines.push(
      `static unfork::Wrapped as_${word}(void* self) { return {unfork::FlavorTag<L>(), static_cast<typename L::${word}*>(&Of(self))}; }`,
    );
  }
  return lines;
}

/** What the library counts is released; what has no public destructor is never owned. */
function destroyText({ refCounted, destructible }: ClassPlan): string {
  if (refCounted) return "static void destroy(void* self) { Of(self).Release(); }";
  return destructible ? "static void destroy(void* self) { delete &Of(self); }" : "static void destroy(void*) {}";
}

function methodFunction(one: ClassPlan, method: MethodPlan, call: CallPlan, index: number, context: CallsContext): string[] {
  const operation = methodOperation(one, method, call);
  const head = `static ${beforeName(operation.result)} ${operation.name}(${operation.parameters.join(", ")})`;
  const body = guarded(
    method,
    byOwnName(method, (each) => methodStatements(one, each, call, index, context)),
    `${one.name}::${method.name}`,
  );
  return catching(head, indented(body), "Shim", context.throws && mayThrow(method) ? "L" : undefined);
}

/** A member that the releases call differently is called by each one's own name. */
function byOwnName(method: MethodPlan, statements: (method: MethodPlan) => readonly string[]): readonly string[] {
  const [old, one] = method.of;
  if (method.role !== "method" || method.instance !== null || old === null || one === null || old.name === one.name)
    return statements(method);
  const of = (name: string): string[] => indented(statements({ ...method, name }));
  return ["if constexpr (L::kIndex == 0) {", ...of(old.name), "} else {", ...of(one.name), "}"];
}

/** Ends the process; the parameters are not looked at. */
export function notIn(name: string, parameters: readonly string[]): string[] {
  return [...parameters.map((one) => `(void)${one};`), `unfork::NotInFlavor(L::kLibrary, L::kFlavor, "${name}");`];
}

/** A flavor that lacks the function ends the process. */
export function guarded(of: Pick<MethodPlan, "lacking">, body: readonly string[], name: string): string[] {
  const side = of.lacking.findIndex((reason) => reason !== null);
  if (side === -1) return [...body];
  return [
    `if constexpr (L::kIndex == ${side}) {`,
    `  unfork::NotInFlavor(L::kLibrary, L::kFlavor, "${name}");`,
    "} else {",
    ...indented(body),
    "}",
  ];
}

function methodStatements(one: ClassPlan, method: MethodPlan, call: CallPlan, index: number, { types }: CallsContext): string[] {
  const { parameters } = call;
  const slot = takesSlot(one, method) ? "slot" : "";
  if (method.role === "constructor") return constructorStatements(one, method, call, types, slot);
  const expression = (target: string) => (args: string) => callText(method, target, args, types);
  const handed = { plan: method.handed, name: `${one.name}::${method.name}` };
  if (method.static)
    return callStatements({
      parameters,
      result: method.result,
      call: (args) => `Library::${calledName(method, types)}(${args})`,
      types,
      lender: "",
      handed,
    });
  if (one.kind === "object") {
    const target = method.const ? "static_cast<const Library&>(Of(self))" : "Of(self)";
    return callStatements({ parameters, result: method.result, call: expression(target), types, lender: slot, handed });
  }
  if (one.kind === "interface") return interfaceStatements(one, method, call, index, types);
  const after = method.const ? [] : [`self = unfork::ToShim<L, ${one.name}>(std::move(value_), unfork::Lender());`];
  const target = method.const ? "static_cast<const Library&>(value_)" : "value_";
  return [
    "Library value_ = unfork::ToLibrary<L, Library>(self, unfork::Lender());",
    ...callStatements({ parameters, result: method.result, call: expression(target), types, lender: "", handed, after }),
  ];
}

function callText(method: MethodPlan, target: string, args: string, types: LibraryTypes): string {
  const { role, result } = method;
  if (role === "conversion") return `static_cast<${result.identical ? result.shim : types.of(result)}>(${target})`;
  return `${target}.${calledName(method, types)}(${args})`;
}

/** `template as<int>` of an instance of a function template. */
function calledName({ name, instance }: MethodPlan, types: LibraryTypes): string {
  return instance === null ? name : libraryInstance(instance, types);
}

function constructorStatements(
  one: ClassPlan,
  method: MethodPlan,
  { parameters }: CallPlan,
  types: LibraryTypes,
  lender: string,
): string[] {
  const made = { shim: one.kind === "value" ? one.name : "void*", library: one.library, identical: true, needs: [], lends: false };
  const call =
    one.kind === "value"
      ? (args: string) => `unfork::ToShim<L, ${one.name}>(Library(${args}), unfork::Lender())`
      : (args: string) => `new Library(${args})`;
  const handed = { plan: method.handed, name: one.name };
  return callStatements({ parameters, result: made, call, types, lender, handed });
}

/** A virtual function's own operation is the library's default; others are called as callers do. */
function interfaceStatements(one: ClassPlan, method: MethodPlan, { parameters }: CallPlan, index: number, types: LibraryTypes): string[] {
  const isDefault = method.virtual && index === 0;
  if ((isDefault && method.pure) || (method.access !== "public" && !isDefault))
    return notIn(`${one.name}::${method.name}`, ["self", ...parameters.map(({ name }) => name)]);
  const library = `unfork::Unwrap<L, ${one.name}>(self)`;
  const call = isDefault
    ? (args: string) =>
        `static_cast<const typename unfork::Bound<L, ${one.name}>::Adapter*>(${library})->Default_${operationWord(method)}(${args})`
    : (args: string) => `${library}->${calledName(method, types)}(${args})`;
  const handed = { plan: method.handed, name: `${one.name}::${method.name}` };
  const statements = callStatements({ parameters, result: method.result, call, types, lender: "", handed });
  return statements;
}

export function operationWord({ calls }: MethodPlan): string {
  return (calls[0] as CallPlan).operation;
}
