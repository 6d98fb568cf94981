/** Owns both adapters of an interface: the shim's class over a library object, and the library's over an application's. */
import type { ApiMethod } from "../../model/api-snapshot.js";
import { type CallPlan, type ClassPlan, type CrossingType, type MethodPlan, type SideIndex, SIDES } from "../plan/model.js";
import { asRvalue, callStatements, passedArray } from "./call-body.js";
import { type CallsContext, guarded, notIn, operationWord } from "./class-calls.js";
import { catching, mayThrow } from "./exceptions.js";
import type { LibraryTypes } from "./library-types.js";
import type { ClassNamed } from "./operations.js";
import { interfacesOf } from "./operations.js";
import { beforeName, declared, indented, wordOf } from "./text.js";

export function overName({ name }: ClassPlan): string {
  return `${wordOf(name)}OverLibrary`;
}

export function adapterName({ name }: ClassPlan): string {
  return `${wordOf(name)}Adapter`;
}

/** Virtual functions of an interface and of those that it is derived from, each once. */
export function virtualMethods(one: ClassPlan, named: ClassNamed): MethodPlan[] {
  const own = [one, ...interfacesOf(one, named).flatMap((name) => named(name) ?? [])].flatMap(({ methods }) =>
    methods.filter((method) => method.virtual),
  );
  return [...new Map(own.toReversed().map((method) => [keyOf(method), method])).values()].toReversed();
}

function keyOf({ name, const: isConst, calls }: MethodPlan): string {
  return `${name}(${(calls[0] as CallPlan).parameters.map(({ type }) => type.shim).join(",")})${isConst ? "const" : ""}`;
}

export function overLibrary(one: ClassPlan, { types, named, namespace, throws }: CallsContext): string[] {
  const name = overName(one);
  const library = `typename L::${wordOf(one.name)}`;
  const methods = virtualMethods(one, named).flatMap((method) => overMethod(one, method, types, throws));
  const wraps = [one.name, ...interfacesOf(one, named)].map(
    (base) =>
      `unfork::Wrapped unfork_wrapped(unfork::Of<${namespace}::${base}>) const override { return {unfork::FlavorTag<L>(), static_cast<typename L::${wordOf(base)}*>(library_)}; }`,
  );
  const ends = one.refCounted ? "library_->Release();" : "delete library_;";
  return [
    `// The shim's ${one.name} over an object of the library.`,
    "template <class L>",
    `class ${name} final : public ${one.name} {`,
    " public:",
    `  using Library = ${library};`,
    `  ${name}(Library* library, unfork::Ownership ownership, unfork::Pool* pool)`,
    "      : library_(library), owned_(ownership == unfork::Ownership::kOwned), slot_(pool) {}",
    `  ~${name}() override {`,
    ...(one.destructible || one.refCounted ? [`    if (owned_) ${ends}`] : []),
    "    slot_.Drop();",
    "  }",
    "  // The library owns its object from now on.",
    "  void unfork_release() { owned_ = false; }",
    ...indented(wraps),
    ...indented(methods),
    "",
    " private:",
    "  Library* const library_;",
    "  bool owned_;",
    "  mutable unfork::PoolSlot slot_;",
    "};",
    "",
  ];
}

function overMethod(one: ClassPlan, method: MethodPlan, types: LibraryTypes, throws: boolean): string[] {
  const call = method.calls[0] as CallPlan;
  const { parameters } = call;
  const name = `${one.name}::${method.name}`;
  const forward = callStatements({
    parameters,
    result: method.result,
    call: (args) => `library_->${method.name}(${args})`,
    types,
    lender: "slot_",
    handed: { plan: method.handed, name },
  });
  const body =
    method.access === "public"
      ? guarded(method, forward, name)
      : notIn(
          name,
          parameters.map((each) => each.name),
        );
  const head = `${beforeName(method.result.shim)} ${method.name}(${parameters.map(declared).join(", ")})${method.const ? " const" : ""} override`;
  return catching(head, indented(body), "Shim", throws && mayThrow(method) ? "L" : undefined);
}

/** The library's class over an object of the application, with the flavor's own signatures. */
export function adapterOverObject(one: ClassPlan, { types, named, throws }: CallsContext): string[] {
  const name = adapterName(one);
  const methods = virtualMethods(one, named);
  const drifted = methods.filter((method) => !isAlike(method));
  const base = drifted.length === 0 ? undefined : `${name}Of<L>`;
  const alike = methods.filter(isAlike).flatMap((method) => adapterMethod(one, method, null, types.of, throws));
  const counted = one.refCounted;
  const held = (object: string): string => (base === undefined ? `object_(${object})` : `${base}(${object})`);
  const add = `{ unfork::Adapters<L, ${one.name}>::Add(this, object_); }`;
  return [
    ...(base === undefined ? [] : driftedLines(one, drifted, types.of, throws)),
    `// The library's ${one.name} over an object of the application.`,
    "template <class L>",
    `class ${name} final : public ${base ?? `L::${wordOf(one.name)}`} {`,
    " public:",
    `  using Library = typename L::${wordOf(one.name)};`,
    `  explicit ${name}(${one.name}& object) : ${held("&object")} ${add}`,
    ...(counted
      ? []
      : [`  explicit ${name}(std::unique_ptr<${one.name}> object) : ${held("object.get()")}, owned_(std::move(object)) ${add}`]),
    `  ~${name}() { unfork::Adapters<L, ${one.name}>::Remove(this); }`,
    ...(counted ? countingLines(one) : []),
    ...indented(alike),
    "",
    " private:",
    ...(base === undefined ? [`  ${one.name}* const object_;`] : [`  using ${base}::object_;`, `  using ${base}::slot_;`]),
    ...(counted ? [] : [`  std::unique_ptr<${one.name}> owned_;`]),
    ...(base === undefined ? ["  mutable unfork::PoolSlot slot_;"] : []),
    "};",
    "",
  ];
}

/** Both releases let it be overridden, by the same words behind its parameters. */
function isAlike({ of }: MethodPlan): boolean {
  const [legacy, latest] = of as readonly [ApiMethod | null, ApiMethod | null];
  if (legacy === null || latest === null) return false;
  return legacy.virtual && latest.virtual && legacy.const === latest.const && legacy.noexcept === latest.noexcept;
}

/** A class per flavor between the library's and the adapter: what one release has, or lets be overridden, and the other has not. */
function driftedLines(one: ClassPlan, methods: readonly MethodPlan[], typeOf: (type: CrossingType) => string, throws: boolean): string[] {
  const name = `${adapterName(one)}Of`;
  const ofSide = (side: SideIndex): string[] => [
    "template <class L>",
    `class ${name}<L, ${side}> : public L::${wordOf(one.name)} {`,
    " public:",
    `  using Library = typename L::${wordOf(one.name)};`,
    ...(one.library[side] === null ? [] : indented(methods.flatMap((method) => adapterMethod(one, method, side, typeOf, throws)))),
    "",
    " protected:",
    `  explicit ${name}(${one.name}* object) : object_(object) {}`,
    `  ~${name}() = default;`,
    `  ${one.name}* const object_;`,
    "  mutable unfork::PoolSlot slot_;",
    "};",
  ];
  return [
    "// Where the releases differ in what may be overridden.",
    "template <class L, int kIndex = L::kIndex>",
    `class ${name};`,
    ...SIDES.flatMap(ofSide),
    "",
  ];
}

/** The library's references are references to the application's object, which the adapter lives as long as. */
function countingLines({ countsConst }: ClassPlan): string[] {
  const library = countsConst ? "const Library&" : "Library&";
  const lines = (name: "AddRef" | "Release"): string[] => [
    `  decltype(std::declval<${library}>().${name}()) ${name}()${countsConst ? " const" : ""} override {`,
    ...(name === "AddRef"
      ? ["    object_->AddRef();", `    return static_cast<decltype(std::declval<${library}>().AddRef())>(1);`]
      : [
          "    const bool last = object_->Release() == unfork::RefCountReleaseStatus::kDroppedLastRef;",
          `    return static_cast<decltype(std::declval<${library}>().Release())>(last ? 0 : 1);`,
        ]),
    "  }",
  ];
  return lines("AddRef").concat(lines("Release"));
}

/** `side` null: the same in both. */
function adapterMethod(
  one: ClassPlan,
  method: MethodPlan,
  side: SideIndex | null,
  typeOf: (type: CrossingType) => string,
  throws: boolean,
): string[] {
  const call = method.calls[0] as CallPlan;
  const model = method.of[side ?? 1] as ApiMethod | null;
  if (model === null) return [];
  const own = (type: CrossingType): string => (type.identical ? beforeName(type.shim) : typeOf(type));
  const parameters = call.parameters.map(({ name, type }) => `${own(type)} ${name}`).join(", ");
  const tail = `${model.const ? " const" : ""}${model.noexcept ? " noexcept" : ""}`;
  const converted = call.parameters.filter(({ type }) => !type.identical);
  const args = call.parameters.map(({ name, type }) => (type.identical ? name : `unfork_${name}.get()`)).join(", ");
  const expression = `object_->${method.name}(${args})`;
  const needsLender = converted.length > 0 || !method.result.identical;
  const handed = call.parameters.flatMap(({ name, type }, index) => {
    const plan = method.handed?.parameters[index] ?? null;
    if (plan === null || plan.way === "through" || type.identical) return [];
    const pointer = `${plan.reference ? "&" : ""}unfork_${name}.get()`;
    return [plan.records ? `unfork::HandedOut<L>(${pointer}, "${one.name}::${method.name}");` : `unfork::HandedOn<L>(${pointer});`];
  });
  const body = [
    ...(needsLender ? ["const unfork::Lender lender(slot_);"] : []),
    ...converted.map(({ name, type, countedBy }) =>
      countedBy !== undefined
        ? passedArray("Inward", { name, from: typeOf(type), to: type.shim }, call.parameters[countedBy]?.name)
        : `unfork::Passed<unfork::Inward, L, ${typeOf(type)}, ${type.shim}> unfork_${name}(static_cast<${asRvalueOf(typeOf(type), type)}>(${name}), lender);`,
    ),
    ...handed,
    method.result.shim === "void"
      ? `${expression};`
      : method.result.identical
        ? `return ${expression};`
        : `return unfork::Returned<unfork::Outward, L, ${method.result.shim}, ${typeOf(method.result)}>(${expression}, lender);`,
  ];
  const isHidden = method.access === "private";
  const head = `${own(method.result)} ${method.name}(${parameters})${tail} override`;
  const lines = model.virtual ? catching(head, indented(body), "Library", throws && !model.noexcept ? "L" : undefined) : [];
  const defaults =
    method.pure || isHidden
      ? []
      : [
          "template <class... Args>",
          `decltype(auto) Default_${operationWord(method)}(Args&&... args) const {`,
          `  return const_cast<${adapterName(one)}${side === null ? "" : "Of"}*>(this)->Library::${method.name}(std::forward<Args>(args)...);`,
          "}",
        ];
  return [...lines, ...defaults];
}

function asRvalueOf(library: string, type: CrossingType): string {
  const shim = asRvalue(type.shim);
  return shim.endsWith("&&") ? `${library}&&` : library;
}
