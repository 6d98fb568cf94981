/** Owns both adapters of an interface: the shim's class over a library object, and the library's over an application's. */
import type { ApiMethod } from "../../model/api-snapshot.js";
import type { CallPlan, ClassPlan, CrossingType, MethodPlan } from "../plan/model.js";
import { asRvalue, callStatements } from "./call-body.js";
import { type CallsContext, guarded, notIn, operationWord } from "./class-calls.js";
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

export function overLibrary(one: ClassPlan, { types, named }: CallsContext): string[] {
  const name = overName(one);
  const library = `typename L::${wordOf(one.name)}`;
  const methods = virtualMethods(one, named).flatMap((method) => overMethod(one, method, types));
  const wraps = [one.name, ...interfacesOf(one, named)].map(
    (base) =>
      `unfork::Wrapped unfork_wrapped(unfork::Of<${base}>) const override { return {unfork::FlavorTag<L>(), static_cast<typename L::${wordOf(base)}*>(library_)}; }`,
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

function overMethod(one: ClassPlan, method: MethodPlan, types: LibraryTypes): string[] {
  const call = method.calls[0] as CallPlan;
  const { parameters } = call;
  const name = `${one.name}::${method.name}`;
  const forward = callStatements({
    parameters,
    result: method.result,
    call: (args) => `library_->${method.name}(${args})`,
    types,
    lender: "slot_",
  });
  const body =
    method.access === "public"
      ? guarded(method, forward, name)
      : notIn(
          name,
          parameters.map((each) => each.name),
        );
  return [
    `${beforeName(method.result.shim)} ${method.name}(${parameters.map(declared).join(", ")})${method.const ? " const" : ""} override {`,
    ...indented(body),
    "}",
  ];
}

/** The library's class over an object of the application, with the flavor's own signatures; `side` null: the same in both. */
export function adapterOverObject(one: ClassPlan, { types, named }: CallsContext): string[] {
  const name = adapterName(one);
  const methods = virtualMethods(one, named).flatMap((method) => adapterMethod(one, method, types.of));
  const counted = one.refCounted;
  return [
    `// The library's ${one.name} over an object of the application.`,
    "template <class L>",
    `class ${name} final : public L::${wordOf(one.name)} {`,
    " public:",
    `  using Library = typename L::${wordOf(one.name)};`,
    `  explicit ${name}(${one.name}& object) : object_(&object) { unfork::Adapters<L, ${one.name}>::Add(this, object_); }`,
    ...(counted
      ? [
          `  explicit ${name}(unfork::scoped_refptr<${one.name}> object) : object_(object.get()), counted_(std::move(object)) { unfork::Adapters<L, ${one.name}>::Add(this, object_); }`,
        ]
      : [
          `  explicit ${name}(std::unique_ptr<${one.name}> object) : object_(object.get()), owned_(std::move(object)) { unfork::Adapters<L, ${one.name}>::Add(this, object_); }`,
        ]),
    `  ~${name}() { unfork::Adapters<L, ${one.name}>::Remove(this); }`,
    ...(counted ? countingLines(one) : []),
    ...indented(methods),
    "",
    " private:",
    `  ${one.name}* const object_;`,
    counted ? `  unfork::scoped_refptr<${one.name}> counted_;` : `  std::unique_ptr<${one.name}> owned_;`,
    ...(counted ? ["  unfork::AdapterCount count_;"] : []),
    "  mutable unfork::PoolSlot slot_;",
    "};",
    "",
  ];
}

/** The library counts by functions of its own that are pure in an interface. */
function countingLines(one: ClassPlan): string[] {
  const release = one.of.flatMap((each) => each?.methods ?? []).find(({ name }) => name === "Release");
  const isVoid = release?.result.kind === "builtin" && release.result.name === "void";
  return [
    "  void AddRef() const override { count_.Add(); }",
    `  ${isVoid ? "void" : "typename L::ReleaseStatus"} Release() const override {`,
    "    const bool last = count_.Drop();",
    "    if (last) delete this;",
    ...(isVoid ? [] : ["    return static_cast<typename L::ReleaseStatus>(last ? 0 : 1);"]),
    "  }",
  ];
}

function adapterMethod(one: ClassPlan, method: MethodPlan, typeOf: (type: CrossingType) => string): string[] {
  const call = method.calls[0] as CallPlan;
  const [legacy, latest] = method.of as readonly [ApiMethod | null, ApiMethod | null];
  const model = (latest ?? legacy) as ApiMethod;
  const own = (type: CrossingType): string => (type.identical ? beforeName(type.shim) : typeOf(type));
  const parameters = call.parameters.map(({ name, type }) => `${own(type)} ${name}`).join(", ");
  const tail = `${model.const ? " const" : ""}${model.noexcept ? " noexcept" : ""}`;
  const converted = call.parameters.filter(({ type }) => !type.identical);
  const args = call.parameters.map(({ name, type }) => (type.identical ? name : `unfork_${name}.get()`)).join(", ");
  const expression = `object_->${method.name}(${args})`;
  const needsLender = converted.length > 0 || !method.result.identical;
  const body = [
    ...(needsLender ? ["const unfork::Lender lender(slot_);"] : []),
    ...converted.map(
      ({ name, type }) =>
        `unfork::Passed<unfork::Inward, L, ${typeOf(type)}, ${type.shim}> unfork_${name}(static_cast<${asRvalueOf(typeOf(type), type)}>(${name}), lender);`,
    ),
    method.result.shim === "void"
      ? `${expression};`
      : method.result.identical
        ? `return ${expression};`
        : `return unfork::Returned<unfork::Outward, L, ${method.result.shim}, ${typeOf(method.result)}>(${expression}, lender);`,
  ];
  const isHidden = method.access === "private";
  const lines = [`${own(method.result)} ${method.name}(${parameters})${tail} override {`, ...indented(body), "}"];
  const defaults =
    method.pure || isHidden
      ? []
      : [
          "template <class... Args>",
          `decltype(auto) Default_${operationWord(method)}(Args&&... args) const {`,
          `  return const_cast<${adapterName(one)}*>(this)->Library::${method.name}(std::forward<Args>(args)...);`,
          "}",
        ];
  return [...lines, ...defaults];
}

function asRvalueOf(library: string, type: CrossingType): string {
  const shim = asRvalue(type.shim);
  return shim.endsWith("&&") ? `${library}&&` : library;
}
