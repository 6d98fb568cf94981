/** Owns the bodies of the shim's classes: each a call through the table of its object, or of the flavor in force. */
import type { CallPlan, ClassPlan, MethodPlan } from "../plan/model.js";
import { standardBaseInit } from "./exceptions.js";
import { everyClass } from "./library-types.js";
import { canBeEmpty, hasUnset, isGivenAway } from "./declare-class.js";
import { instanceHead, instanceParameters } from "./instances.js";
import { type ClassNamed, interfacesOf, takesSlot } from "./operations.js";
import { beforeName, declared, givenOn, opsName, selfName, wordOf } from "./text.js";

export function definitions(classes: readonly ClassPlan[], named: ClassNamed, library: string): string[] {
  function linesOf(one: ClassPlan): string[] {
    const lines =
      one.kind === "object"
        ? objectLines(one, named, library)
        : one.kind === "interface"
          ? interfaceLines(one, library)
          : one.kind === "value"
            ? valueLines(one, named, library)
            : [];
    return lines.length === 0 ? [] : [...lines, ""];
  }
  return everyClass(classes).flatMap(linesOf);
}

function current(one: ClassPlan, call: string, library: string): string {
  return `detail::CurrentApi("${library}_shim::${call}").for_${wordOf(one.name)}`;
}

function parameterList({ parameters }: CallPlan): string {
  return parameters.map(declared).join(", ");
}

function objectLines(one: ClassPlan, named: ClassNamed, library: string): string[] {
  const { name } = one;
  const last = selfName(name);
  const handle = `unfork::Handle<detail::${opsName(one)}>`;
  const bases = one.bases.filter(({ kind }) => kind === "object");
  const baseInits = bases
    .map((base) => `${library}_shim::${base.name}(handle->as_${wordOf(base.name)}(handle.self(), handle.slot())), `)
    .join("");
  const lines = [
    `inline ${name}::${last}(${handle} handle) noexcept : ${standardBaseInit(one)}${baseInits}unfork_handle_(std::move(handle)) {}`,
    `inline ${name}::~${last}() = default;`,
  ];
  if (canBeEmpty(one)) lines.push(`inline ${name}::${last}(unfork::Unset) noexcept {}`);
  if (!one.refCounted)
    for (const method of one.constructors)
      for (const call of method.calls) {
        const table = current(one, `${name}::${last}`, library);
        const args = call.parameters.map(givenOn).join(", ");
        const slot = takesSlot(one, method) ? (args === "" ? "slot" : "slot, ") : "";
        lines.push(
          `inline ${name}::${last}(${parameterList(call)})`,
          `    : ${last}(unfork::Construct<detail::${opsName(one)}>(${table}, [&](auto ops, unfork::PoolSlot&${slot === "" ? "" : " slot"}) { return ops->${call.operation}(${slot}${args}); })) {}`,
        );
      }
  if (one.movable && !one.refCounted)
    lines.push(`inline ${name}::${last}(${last}&& other) noexcept : ${last}(std::move(other.unfork_handle_)) {}`);
  if (isGivenAway(one))
    lines.push(
      `inline ${name}& ${name}::operator=(${last}&& other) noexcept {`,
      "  unfork_handle_ = std::move(other.unfork_handle_);",
      "  return *this;",
      "}",
    );
  if (one.copyable) {
    lines.push(`inline ${name}::${last}(const ${last}& other) : ${last}(unfork::CopyOf(other.unfork_handle_)) {}`);
    if (one.assignable)
      lines.push(
        `inline ${name}& ${name}::operator=(const ${last}& other) {`,
        ...assignment(one, named, `${library}_shim`),
        "  return *this;",
        "}",
      );
    if (one.assignable && !one.refCounted)
      lines.push(
        `inline ${name}& ${name}::operator=(${last}&& other) noexcept {`,
        ...assignment(one, named, `${library}_shim`),
        "  return *this;",
        "}",
      );
  }
  for (const base of interfacesOf(one, named))
    lines.push(
      `inline unfork::Wrapped ${name}::unfork_wrapped(unfork::Of<${library}_shim::${base}>) const { return unfork_handle_->as_${wordOf(base)}(unfork_handle_.self()); }`,
    );
  for (const method of one.methods.filter(({ access }) => access === "public"))
    for (const call of method.calls) lines.push(...methodBody(one, method, call, library));
  return lines;
}

/** A new library object is seen by the bases, too. */
function assignment(one: ClassPlan, named: ClassNamed, namespace: string): string[] {
  const assign = "unfork::AssignFrom(unfork_handle_, other.unfork_handle_)";
  const seen = seenByBases(one, "unfork_handle_", named, namespace);
  return seen.length === 0 ? [`  ${assign};`] : [`  if (${assign}) {`, ...seen.map((line) => `    ${line}`), "  }"];
}

function seenByBases({ bases }: ClassPlan, handle: string, named: ClassNamed, namespace: string): string[] {
  const lines: string[] = [];
  for (const { name } of bases.filter(({ kind }) => kind === "object")) {
    const own = `unfork::Access::handle<${namespace}::${name}>(*this)`;
    const base = named(name);
    lines.push(`${own} = ${handle}->as_${wordOf(name)}(${handle}.self(), ${handle}.slot());`);
    if (base !== undefined) lines.push(...seenByBases(base, own, named, namespace));
  }
  return lines;
}

function methodBody(one: ClassPlan, method: MethodPlan, call: CallPlan, library: string): string[] {
  const table = method.static
    ? current(one, `${one.name}::${method.name}`, library)
    : one.kind === "object"
      ? "unfork_handle_"
      : current(one, `${one.name}::${method.name}`, library);
  const self = method.static ? [] : one.kind === "object" ? ["unfork_handle_.self()"] : ["*this"];
  const slot = takesSlot(one, method) ? ["unfork_handle_.slot()"] : [];
  const args = [...self, ...slot, ...call.parameters.map(givenOn)].join(", ");
  const instance = method.instance === null ? [] : [instanceHead(method.instance, false)];
  return [...instance, `${head(one, method, call)} { return ${table}->${call.operation}(${args}); }`];
}

function head(owner: ClassPlan, method: MethodPlan, call: CallPlan): string {
  const { name } = owner;
  const tail = `${method.const ? " const" : ""}${method.noexcept && !(owner.kind === "interface" && method.virtual) ? " noexcept" : ""}`;
  if (method.instance !== null)
    return `inline ${beforeName(method.result.shim)} ${name}::${method.instance.own}(${instanceParameters(method, call).join(", ")})${tail}`;
  if (method.role === "conversion") return `inline ${name}::operator ${method.result.shim}(${parameterList(call)})${tail}`;
  return `inline ${beforeName(method.result.shim)} ${name}::${method.name}(${parameterList(call)})${tail}`;
}

/** Functions with a body in the library: their default is the library's. */
function interfaceLines(one: ClassPlan, library: string): string[] {
  return one.methods.flatMap((method) =>
    method.calls.flatMap((call, index) => {
      if (method.virtual && method.pure && index === 0) return [];
      if (method.virtual && index > 0)
        return [
          `${head(one, method, call)} { return ${current(one, `${one.name}::${method.name}`, library)}->${call.operation}(*this${call.parameters.map((each) => `, ${givenOn(each)}`).join("")}); }`,
        ];
      return methodBody(one, method, call, library);
    }),
  );
}

function valueLines(one: ClassPlan, named: ClassNamed, library: string): string[] {
  const { name } = one;
  const last = selfName(name);
  const lines: string[] = [];
  if (one.defaultsByFlavor) {
    if (one.hasDefault) lines.push(`inline ${name}::${last}() : ${last}(${current(one, `${name}::${last}`, library)}->defaults()) {}`);
    lines.push(`inline ${name}::${last}(unfork::Unset) noexcept${unsetFields(one, named)} {}`);
  }
  for (const method of one.constructors)
    for (const call of method.calls) {
      if (call.parameters.length === 0) continue;
      lines.push(
        `inline ${name}::${last}(${parameterList(call)})`,
        `    : ${last}(${current(one, `${name}::${last}`, library)}->${call.operation}(${call.parameters.map(givenOn).join(", ")})) {}`,
      );
    }
  for (const method of one.methods) for (const call of method.calls) lines.push(...methodBody(one, method, call, library));
  return lines;
}

/** `{Foo(unfork::Unset{}), …}` for each element. */
function unsetArray(type: string, array: string): string {
  const sizes = [...array.matchAll(/\[(\d+)\]/g)].map(([, size]) => Number(size));
  const count = sizes.reduce((product, size) => product * size, 1);
  return `{${Array.from({ length: count }, () => `${type}(unfork::Unset{})`).join(", ")}}`;
}

/** Fields that would ask the flavor for their own defaults are left unset, too. */
function unsetFields({ fields }: ClassPlan, named: ClassNamed): string {
  const inits = fields
    .filter(({ type }) => hasUnset(named(type.shim)))
    .map(({ name, type, array }) => `${name}${array === "" ? "(unfork::Unset{})" : unsetArray(type.shim, array)}`);
  return inits.length === 0 ? "" : ` : ${inits.join(", ")}`;
}
