/** Owns classes as the shim's header declares them; bodies follow once all are known. */
import { typeText } from "../../api/type-text.js";
import type { ApiClass, ApiField } from "../../model/api-snapshot.js";
import type { LayoutPiece } from "../plan/layout-pieces.js";
import type { CallPlan, ClassPlan, EnumPlan, FieldPlan, MethodPlan, TypedefPlan } from "../plan/model.js";
import { constantLines, enumLines } from "./declare-enum.js";
import { instanceHead, instanceParameters, notInstances } from "./instances.js";
import { hiddenOverrideLines } from "./hidden-overrides.js";
import { handRegion } from "./hand-region.js";
import type { ClassNamed } from "./operations.js";
import { interfacesOf } from "./operations.js";
import { beforeName, commentLines, declaredWithDefault, indented, opsName, scopeAndName, selfName } from "./text.js";

export interface DeclareContext {
  readonly flavors: readonly [string, string];
  readonly named: ClassNamed;
  /** Of the shim: a base is written in full, as a nested namespace may have a class of the same name. */
  readonly namespace: string;
}

export function classLines(one: ClassPlan, context: DeclareContext): string[] {
  const { name } = scopeAndName(one.name);
  const special = one.instance === null ? "" : "template <> ";
  if (one.kind === "opaque") return [...commentLines(one.comment), `${special}${one.key} ${name};`];
  const body =
    one.kind === "layout" || one.kind === "value"
      ? valueBody(one, context)
      : one.kind === "object"
        ? objectBody(one, context)
        : interfaceBody(one, context);
  const isClass = one.kind === "object" || one.kind === "interface";
  const bases = basesText(one, name, context.namespace);
  const align = one.layout === null || one.layout.align === null ? "" : `alignas(${one.layout.align}) `;
  const lines = [
    ...commentLines(one.comment),
    `${special}${isClass ? "class" : one.key} ${align}${name}${bases} {`,
    ...(isClass || one.key === "class" ? [" public:"] : []),
    ...body,
    "};",
  ];
  return one.layout === null || one.layout.pack === null
    ? lines
    : [`#pragma pack(push, ${one.layout.pack})`, ...lines, "#pragma pack(pop)"];
}

/** One that stands for no library object until it is assigned. */
export function canBeEmpty({ kind, copyable, assignable, refCounted, bases, standardBase }: ClassPlan): boolean {
  return kind === "object" && standardBase === "" && copyable && assignable && !refCounted && bases.length === 0;
}

/** Whether a member of the class is given the mark that leaves it unset. */
export function hasUnset(one: ClassPlan | undefined): boolean {
  return one !== undefined && (canBeEmpty(one) || (one.kind === "value" && one.defaultsByFlavor));
}

function basesText({ kind, bases, refCounted, standardBase }: ClassPlan, name: string, namespace: string): string {
  const list = [...(standardBase === "" ? [] : [standardBase]), ...bases.map((base) => `${namespace}::${base.name}`)].map(
    (base) => `public ${base}`,
  );
  if (kind === "interface") list.push(`public unfork::Implementable<${name}>`);
  // A base that counts does so for the whole object.
  if (refCounted && bases.length === 0) list.push(`public unfork::RefCounted<${name}>`);
  return list.length === 0 ? "" : ` : ${list.join(", ")}`;
}

function nestedLines({ nested, constants, typedefs }: ClassPlan, context: DeclareContext): string[] {
  const forward = nested
    .filter((one): one is ClassPlan => one.is === "class")
    .map((one) => `${keyOf(one)} ${scopeAndName(one.name).name};`);
  const lines = [...nested.filter(isEnum), ...inOrderOfUse(nested.filter((one): one is ClassPlan => one.is === "class"))].flatMap((one) =>
    one.is === "enum" ? enumLines(one, context.flavors) : one.kind === "opaque" ? [] : classLines(one, context),
  );
  return indented([
    ...(forward.length > 1 ? forward : []),
    ...lines,
    ...typedefs.flatMap(typedefLine),
    ...constants.flatMap((one) => constantLines(one, true)),
  ]);
}

function typedefLine({ name, type, comment }: TypedefPlan): string[] {
  return [...commentLines(comment), `using ${scopeAndName(name).name} = ${type};`];
}

function isEnum(one: ClassPlan | EnumPlan): one is EnumPlan {
  return one.is === "enum";
}

export function keyOf(one: ClassPlan): string {
  return one.kind === "object" || one.kind === "interface" ? "class" : one.key;
}

/** Members by value come first. */
function inOrderOfUse(classes: readonly ClassPlan[]): ClassPlan[] {
  const placed: ClassPlan[] = [];
  function place(one: ClassPlan): void {
    if (placed.includes(one)) return;
    const needs = new Set(one.fields.flatMap(({ type }) => type.needs));
    for (const other of classes)
      if (other !== one && [...needs].some((need) => need === other.name || need.startsWith(`${other.name}::`))) place(other);
    if (!placed.includes(one)) placed.push(one);
  }
  for (const one of classes) place(one);
  return placed;
}

/** `int a = 3;` and the struct's own functions. */
function valueBody(one: ClassPlan, context: DeclareContext): string[] {
  const name = selfName(one.name);
  const constructors = one.kind === "value" ? valueConstructors(one, name) : [];
  return [
    ...nestedLines(one, context),
    ...constructors,
    ...fieldLines(one, context),
    ...one.methods.flatMap((method) => methodLines(method)),
    ...deletedLines(one.methods),
    ...indented(handRegion(one.name)),
  ];
}

/** Of equal layout: each field lies where the library has it. */
function fieldLines(one: ClassPlan, { named }: DeclareContext): string[] {
  const linesOf = (field: FieldPlan): string[] => [...commentLines(field.comment), fieldText(field, one, named)];
  const model = one.of[1] ?? one.of[0];
  if (one.layout === null || model === null) return indented(one.fields.flatMap(linesOf));
  const byName = new Map(one.fields.map((field) => [field.name, field]));
  let gaps = 0;
  function pieceLines(piece: LayoutPiece): string[] {
    if (piece.is === "gap") return [`unsigned char unfork_gap_${(gaps += 1)}[${piece.bytes}];`];
    if (piece.is === "union") return ["union {", ...indented(piece.runs.flatMap(runLines)), "};"];
    const { name, type, width } = (model as ApiClass).fields[piece.index] as ApiField;
    const field = byName.get(name);
    return field === undefined || name === "" ? [`${typeText(type)} : ${width ?? 0};`] : linesOf(field);
  }
  function runLines(run: readonly LayoutPiece[]): string[] {
    const lines = run.flatMap(pieceLines);
    return run.length === 1 ? lines : ["UNFORK_EXTENSION struct {", ...indented(lines), "};"];
  }
  return indented(one.layout.pieces.flatMap(pieceLines));
}

function valueConstructors(one: ClassPlan, name: string): string[] {
  const own = one.constructors.filter(({ calls }) => calls.some(({ parameters }) => parameters.length > 0));
  if (!one.defaultsByFlavor)
    return own.length === 0 ? [] : [`  ${name}() = default;`, ...constructorLines({ ...one, constructors: own }, name)];
  return [
    ...(one.hasDefault ? ["  // With the defaults of the flavor in force.", `  ${name}();`] : []),
    "  // Without them: all fields are zero or empty.",
    `  explicit ${name}(unfork::Unset) noexcept;`,
    ...constructorLines({ ...one, constructors: own }, name),
  ];
}

export function fieldText({ name, type, array, width, initializer }: FieldPlan, { kind, key }: ClassPlan, named: ClassNamed): string {
  const isPlain = kind === "layout" || key === "union" || hasUnset(named(type.shim));
  const value =
    isPlain || initializer === "" || width !== null
      ? ""
      : initializer === "{}"
        ? "{}"
        : initializer.startsWith("{")
          ? initializer
          : ` = ${initializer}`;
  return `${beforeName(type.shim)} ${name}${array}${width === null ? "" : ` : ${width}`}${value};`;
}

function objectBody(one: ClassPlan, context: DeclareContext): string[] {
  const name = selfName(one.name);
  const virtual = one.virtualDestructor || interfacesOf(one, context.named).length > 0 ? "virtual " : "";
  const copies = one.copyable
    ? [
        `  ${name}(const ${name}& other);`,
        ...(one.assignable ? [`  ${name}& operator=(const ${name}& other);`] : [`  ${name}& operator=(const ${name}&) = delete;`]),
      ]
    : [`  ${name}(const ${name}&) = delete;`, `  ${name}& operator=(const ${name}&) = delete;`];
  const moves =
    one.movable && !one.refCounted
      ? [
          `  ${name}(${name}&& other) noexcept;`,
          ...(one.assignable || isGivenAway(one) ? [`  ${name}& operator=(${name}&& other) noexcept;`] : []),
        ]
      : [];
  const destructor = `  ${virtual}~${name}();`;
  return [
    "  using unfork_kind = unfork::ObjectKind;",
    ...nestedLines(one, context),
    ...constructorLines(one, name),
    ...copies,
    ...moves,
    ...(one.destructible ? [destructor] : []),
    "",
    ...one.methods.filter(({ access }) => access === "public").flatMap((method) => methodLines(method)),
    ...deletedLines(one.methods),
    ...interfacesOf(one, context.named).map(
      (base) => `  unfork::Wrapped unfork_wrapped(unfork::Of<${context.namespace}::${base}>) const override;`,
    ),
    ...(canBeEmpty(one) ? ["  // None yet: to be assigned before it is used.", `  explicit ${name}(unfork::Unset) noexcept;`] : []),
    ...indented(handRegion(one.name)),
    "  // Of a library object; for the shim itself.",
    `  explicit ${name}(unfork::Handle<detail::${opsName(one)}> handle) noexcept;`,
    "",
    ...(one.destructible ? [" private:"] : [" protected:", destructor, "", " private:"]),
    ...hiddenOverrideLines(one, context.named, context.namespace),
    "  friend struct unfork::Access;",
    ...(one.refCounted ? [`  friend class unfork::RefCounted<${name}>;`] : []),
    `  unfork::Handle<detail::${opsName(one)}> unfork_handle_;`,
  ];
}

/** One that can be moved and not copied: its handle goes over to the other object. */
export function isGivenAway({ movable, copyable, bases, refCounted, standardBase }: ClassPlan): boolean {
  return standardBase === "" && movable && !copyable && !refCounted && bases.length === 0;
}

function interfaceBody(one: ClassPlan, context: DeclareContext): string[] {
  const name = selfName(one.name);
  return [
    "  using unfork_kind = unfork::InterfaceKind;",
    ...nestedLines(one, context),
    `  ${name}() = default;`,
    `  virtual ~${name}() = default;`,
    "",
    ...one.methods.flatMap((method) => methodLines(method, true)),
    ...deletedLines(one.methods),
    ...indented(handRegion(one.name)),
  ];
}

function constructorLines({ constructors, refCounted }: ClassPlan, name: string): string[] {
  if (refCounted) return [];
  return constructors.flatMap((method) =>
    method.calls.flatMap((call) => [
      ...commented(method),
      `  ${method.explicit && call.parameters.length > 0 ? "explicit " : ""}${name}(${parametersText(call)});`,
    ]),
  );
}

function parametersText({ parameters }: CallPlan): string {
  return parameters.map(declaredWithDefault).join(", ");
}

function methodLines(method: MethodPlan, inInterface = false): string[] {
  return method.calls.flatMap((call, index) => {
    const isVirtual = inInterface && method.virtual && index === 0;
    const words = [
      method.static ? "static " : "",
      isVirtual ? "virtual " : "",
      method.explicit && method.role === "conversion" ? "explicit " : "",
    ].join("");
    const tail = `${method.const ? " const" : ""}${method.noexcept && !isVirtual ? " noexcept" : ""}${method.overrides && index === 0 ? " override" : ""}${isVirtual && method.pure ? " = 0" : ""}`;
    const head = method.instance === null ? [] : [`  ${instanceHead(method.instance, true)}`];
    return [...commented(method), ...head, `  ${words}${signature(method, call)}${tail};`];
  });
}

/** What the templates say to arguments that the shim has no instance for. */
function deletedLines(methods: readonly MethodPlan[]): string[] {
  return indented(notInstances(methods.filter(({ access }) => access === "public")).map(({ text }) => text));
}

function signature(method: MethodPlan, call: CallPlan): string {
  if (method.instance !== null)
    return `${beforeName(method.result.shim)} ${method.instance.own}(${instanceParameters(method, call).join(", ")})`;
  const parameters = parametersText(call);
  if (method.role === "conversion") return `operator ${method.result.shim}(${parameters})`;
  return `${beforeName(method.result.shim)} ${method.name}(${parameters})`;
}

function commented({ comment, attributes, lacking }: MethodPlan): string[] {
  const [old, one] = lacking;
  const only =
    old === null && one === null
      ? []
      : [`  // In ${old === null ? "the older" : "the newer"} release only: ends the process in the other.`];
  const notes = attributes
    .filter((text) => /guard|lock|thread|capability|deprecated|nodiscard|warn_unused/.test(text))
    .map((text) => `  // [${text}]`);
  return [...indented(commentLines(comment)), ...notes, ...only];
}
